import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, moment, version } from "./columns.ts";
import { principals, users } from "./people.ts";

/**
 * `number` is what the full-text index knows a row by; `sortName` is the name as it is sorted. A draft is a row with
 * `editingId`, the assistant that it will replace, and `baseRevision`, the revision that it began from; it has no rows in
 * `access`, for its readers are the original's writers.
 */
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
    iconHash: text("icon_hash"),
    iconType: text("icon_type"),
    editingId: text("editing_id"),
    baseRevision: integer("base_revision"),
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
    uniqueIndex("assistants_by_original").on(table.editingId).where(sql`editing_id is not null`),
    index("assistants_by_folder").on(table.folderId).where(sql`folder_id is not null`),
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

/** Every committed state of a live assistant, whole. `number` is the version that the assistant had become by it. */
export const revisions = sqliteTable(
  "revisions",
  {
    assistantId: text("assistant_id")
      .notNull()
      .references(() => assistants.id, { onDelete: "cascade" }),
    number: integer().notNull(),
    content: text().notNull(),
    message: text(),
    operation: text().notNull(),
    createdAt: moment("created_at").notNull(),
    createdBy: text("created_by"),
  },
  (table) => [primaryKey({ columns: [table.assistantId, table.number] })],
);
