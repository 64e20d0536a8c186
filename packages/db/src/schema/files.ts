import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { assistants } from "./assistants.ts";
import { flag, moment, version } from "./columns.ts";
import { part } from "./columns-of-part.ts";
import { users } from "./people.ts";

/**
 * Bytes in the store, each once. `key` is under which the store has them; `uses` is how many rows name `hash` (SHA-256, in hex),
 * which triggers keep. `missing`: a check has found that the store has lost them, and who brings them again replaces them.
 */
export const blobs = sqliteTable(
  "blobs",
  {
    hash: text().primaryKey(),
    key: text().notNull(),
    size: integer().notNull(),
    uses: integer().notNull().default(0),
    missing: flag("missing", false),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("blobs_by_key").on(table.key),
    index("blobs_unused").on(table.createdAt).where(sql`uses = 0`),
  ],
);

/** Files of assistants, a part like their skills. `format` is how their text is read (`documents`), null for not at all. */
export const files = sqliteTable(
  "assistant_files",
  {
    ...part(),
    filename: text().notNull(),
    contentType: text("content_type").notNull(),
    size: integer().notNull(),
    hash: text().notNull(),
    format: text(),
  },
  (table) => [
    uniqueIndex("assistant_files_by_name").on(table.assistantId, table.filename),
    index("assistant_files_by_assistant").on(table.assistantId, table.id),
    index("assistant_files_by_hash").on(table.hash, table.format),
  ],
);

/** Pictures that a model has drawn: of an assistant, or of its maker alone. */
export const images = sqliteTable(
  "images",
  {
    id: text().primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    assistantId: text("assistant_id").references(() => assistants.id, { onDelete: "cascade" }),
    prompt: text().notNull(),
    model: text().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    hash: text().notNull(),
    contentType: text("content_type").notNull(),
    version: version(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    index("images_by_user").on(table.userId, table.id),
    index("images_by_assistant").on(table.assistantId, table.id).where(sql`assistant_id is not null`),
  ],
);
