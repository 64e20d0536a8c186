import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, sqliteView, text, uniqueIndex } from "drizzle-orm/sqlite-core";

const moment = (name: string) => integer(name, { mode: "timestamp_ms" });
const flag = (name: string, fallback: boolean) => integer(name, { mode: "boolean" }).notNull().default(fallback);
const version = () => integer().notNull().default(1);

/** Users and teams: one name space, and beneath the name an id that is never used again. */
export const principals = sqliteTable(
  "principals",
  {
    id: text().primaryKey(),
    kind: text({ enum: ["user", "team"] }).notNull(),
    name: text().notNull(),
    displayName: text("display_name").notNull(),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("principals_by_name").on(table.name),
    index("principals_by_kind").on(table.kind, table.name),
    index("principals_by_display_name").on(sql`${table.displayName} collate nocase`, table.name),
  ],
);

/**
 * What a user has beyond a name. `grants` are those beside the role's, as bits; `permissions` are what both give, which
 * the gate reads: for a superuser (32) all. The bits and presets are those of the core's grants.ts.
 */
export const users = sqliteTable("users", {
  id: text()
    .primaryKey()
    .references(() => principals.id, { onDelete: "cascade" }),
  email: text(),
  role: text({ enum: ["member", "creator", "admin"] }).notNull(),
  grants: integer().notNull().default(0),
  permissions: integer()
    .notNull()
    .generatedAlwaysAs(
      sql`case when "role" = 'admin' or "grants" & 32 then 63 when "role" = 'creator' then 7 | "grants" else "grants" end`,
      { mode: "stored" },
    ),
  enabled: flag("enabled", true),
  passwordHash: text("password_hash"),
});

export const teams = sqliteTable("teams", {
  id: text()
    .primaryKey()
    .references(() => principals.id, { onDelete: "cascade" }),
  description: text(),
});

/** `level` is what the role gives on an assistant that the team owns. */
export const memberships = sqliteTable(
  "memberships",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    teamId: text("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    role: text({ enum: ["admin", "publisher", "designer", "dataWizard", "memberPlus", "member"] }).notNull(),
    level: integer()
      .notNull()
      .generatedAlwaysAs(
        sql`case "role" when 'admin' then 3 when 'publisher' then 2 when 'designer' then 2 when 'dataWizard' then 2 else 1 end`,
        { mode: "stored" },
      ),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.teamId] }),
    index("memberships_by_user").on(table.userId, table.teamId, table.level),
    index("memberships_by_team").on(table.teamId, table.userId),
  ],
);

/** Who may use AI, and until when. */
export const seats = sqliteTable("seats", {
  userId: text("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  expiresAt: moment("expires_at"),
  version: version(),
  createdAt: moment("created_at").notNull(),
});

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

/** `scopes` as bits (read 1, chat 2, write 4); null is all that the type allows. */
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
}).as(sql`
  select hash, user_id, expires_at, id as session_id, null as token_id, 7 as scopes, null as assistant_id, 3 as max_level
  from sessions
  union all
  select hash, user_id, coalesce(expires_at, 9007199254740991), null, id,
    coalesce(scopes, 7) & iif(read_only, 1, 7), assistant_id,
    iif(read_only or not coalesce(scopes, 7) & 4, 1, iif(type = 'assistant', 2, 3))
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

/** `number` is what the full-text index knows a row by; `sortName` is the name as it is sorted. */
export const assistants = sqliteTable(
  "assistants",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull(),
    ownerId: text("owner_id")
      .notNull()
      .references(() => principals.id),
    slug: text().notNull(),
    name: text().notNull(),
    sortName: text("sort_name").notNull(),
    description: text(),
    instructions: text(),
    instructionsHidden: flag("instructions_hidden", false),
    welcome: text(),
    suggestions: text({ mode: "json" }).$type<string[]>().notNull(),
    modelId: text("model_id"),
    modelSettings: text("model_settings", { mode: "json" }).$type<Record<string, unknown>>(),
    dispatcher: flag("dispatcher", false),
    embedded: flag("embedded", false),
    enabled: flag("enabled", true),
    data: text({ mode: "json" }).$type<Record<string, unknown>>(),
    folderId: text("folder_id"),
    editingId: text("editing_id"),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    createdBy: text("created_by"),
    updatedBy: text("updated_by"),
  },
  (table) => [
    uniqueIndex("assistants_by_id").on(table.id),
    uniqueIndex("assistants_by_owner_and_slug").on(table.ownerId, table.slug),
    index("assistants_by_owner_and_name").on(table.ownerId, table.sortName, table.id),
    index("assistants_dispatchers").on(table.sortName, table.id).where(sql`dispatcher`),
  ],
);

/** What somebody with level 3 gave to a user or a team: 1 read, 2 write, 3 admin. */
export const shares = sqliteTable(
  "shares",
  {
    assistantId: text("assistant_id")
      .notNull()
      .references(() => assistants.id, { onDelete: "cascade" }),
    principalId: text("principal_id")
      .notNull()
      .references(() => principals.id, { onDelete: "cascade" }),
    level: integer().notNull(),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    createdBy: text("created_by"),
  },
  (table) => [
    primaryKey({ columns: [table.assistantId, table.principalId] }),
    index("shares_by_principal").on(table.principalId),
  ],
);

export const favorites = sqliteTable(
  "favorites",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    assistantId: text("assistant_id")
      .notNull()
      .references(() => assistants.id, { onDelete: "cascade" }),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.assistantId] }),
    index("favorites_by_assistant").on(table.assistantId),
  ],
);

/**
 * Who may see which assistant, in every order in which a list can be asked for. Derived from `assistants` and `shares`
 * by triggers and written by nothing else. `level` is a share's, or 4 for the owner, whose level is what its role gives.
 * The principal `*` stands for every superuser.
 */
export const access = sqliteTable(
  "access",
  {
    assistantId: text("assistant_id")
      .notNull()
      .references(() => assistants.id, { onDelete: "cascade" }),
    principalId: text("principal_id").notNull(),
    level: integer().notNull(),
    /** The assistant's, by which rows are counted: a whole number is told from others in half the time of an id. */
    number: integer().notNull(),
    sortName: text("sort_name").notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.assistantId, table.principalId] }),
    index("access_by_name").on(table.principalId, table.sortName, table.assistantId, table.number),
    index("access_by_creation").on(table.principalId, table.createdAt, table.assistantId),
    index("access_by_update").on(table.principalId, table.updatedAt, table.assistantId),
  ],
);

/** Who did what to which row, and when. Append-only. */
export const audit = sqliteTable(
  "audit",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    at: moment("at").notNull(),
    userId: text("user_id"),
    tokenId: text("token_id"),
    operation: text().notNull(),
    subject: text(),
  },
  (table) => [
    index("audit_by_subject").on(table.subject, table.number),
    index("audit_by_user").on(table.userId, table.number),
  ],
);
