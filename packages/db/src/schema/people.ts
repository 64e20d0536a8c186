import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, moment, version } from "./columns.ts";

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
