import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, sqliteView, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { assistants } from "./assistants.ts";
import { flag, moment, version } from "./columns.ts";
import { users } from "./people.ts";

/** `hash` is the SHA-256 of the id that the user's cookie holds. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text().primaryKey(),
    hash: text().notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    expiresAt: moment("expires_at").notNull(),
    address: text(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("sessions_by_hash").on(table.hash),
    index("sessions_by_user").on(table.userId, table.id),
    index("sessions_by_expiry").on(table.expiresAt),
  ],
);

/**
 * `scopes` as bits (read 1, chat 2, write 4); null is all that the type allows. `firstAddress` and `lastAddress` are the
 * range that `host` or `cidr` names: 16 bytes of IPv6 (or of IPv4 within it) as 32 hexadecimal digits.
 */
export const tokens = sqliteTable(
  "tokens",
  {
    id: text().primaryKey(),
    hash: text().notNull(),
    hint: text().notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    type: text({ enum: ["personal", "assistant"] }).notNull(),
    assistantId: text("assistant_id").references(() => assistants.id, { onDelete: "cascade" }),
    notes: text(),
    readOnly: flag("read_only", false),
    scopes: integer(),
    restrict: text({ enum: ["host", "cidr"] }),
    host: text(),
    cidr: text(),
    firstAddress: text("first_address"),
    lastAddress: text("last_address"),
    data: text({ mode: "json" }).$type<Record<string, unknown>>(),
    expiresAt: moment("expires_at"),
    lastUsedAt: moment("last_used_at"),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("tokens_by_hash").on(table.hash),
    index("tokens_by_user").on(table.userId, table.id),
    index("tokens_by_assistant").on(table.assistantId, table.id),
  ],
);

/**
 * What a presented credential stands for, whichever kind it is: the scopes and the level that it leaves of its user's.
 * A token of an assistant never does more than write to that one.
 */
export const credentials = sqliteView("credentials", {
  hash: text().notNull(),
  userId: text("user_id").notNull(),
  expiresAt: integer("expires_at").notNull(),
  sessionId: text("session_id"),
  tokenId: text("token_id"),
  scopes: integer().notNull(),
  assistantId: text("assistant_id"),
  maxLevel: integer("max_level").notNull(),
  firstAddress: text("first_address"),
  lastAddress: text("last_address"),
  lastUsedAt: integer("last_used_at"),
}).as(sql`
  select hash, user_id, expires_at, id as session_id, null as token_id, 7 as scopes, null as assistant_id, 3 as max_level,
    null as first_address, null as last_address, null as last_used_at
  from sessions
  union all
  select hash, user_id, coalesce(expires_at, 9007199254740991), null, id,
    coalesce(scopes, 7) & iif(read_only, 1, 7), assistant_id,
    iif(read_only or not coalesce(scopes, 7) & 4, 1, iif(type = 'assistant', 2, 3)), first_address, last_address, last_used_at
  from tokens`);

/** Failed attempts to sign in, by account and by address; a row counts until `resetsAt`. */
export const signInAttempts = sqliteTable(
  "sign_in_attempts",
  {
    key: text().primaryKey(),
    count: integer().notNull(),
    resetsAt: moment("resets_at").notNull(),
  },
  (table) => [index("sign_in_attempts_by_reset").on(table.resetsAt)],
);
