import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { moment, version } from "./columns.ts";
import { principals, users } from "./people.ts";

/**
 * What people load tables into. `loadNumber` points to the load whose records are the data; null while there are none, and
 * changed by nothing but one update, so that readers see the old data or the new.
 */
export const datasets = sqliteTable(
  "datasets",
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
    loadNumber: integer("load_number"),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    createdBy: text("created_by"),
    updatedBy: text("updated_by"),
  },
  (table) => [
    uniqueIndex("datasets_by_id").on(table.id),
    uniqueIndex("datasets_by_owner_and_slug").on(table.ownerId, table.slug),
    index("datasets_by_owner_and_name").on(table.ownerId, table.sortName, table.id),
    index("datasets_by_load").on(table.loadNumber),
  ],
);

/**
 * What somebody with level 3 gave to a user or a team: 1 read, 2 write, 3 admin. `filter` and `visibleFields` narrow a
 * level of 1: to the records that match, and to the fields of these names. Null for all.
 */
export const datasetShares = sqliteTable(
  "dataset_shares",
  {
    datasetId: text("dataset_id")
      .notNull()
      .references(() => datasets.id, { onDelete: "cascade" }),
    principalId: text("principal_id")
      .notNull()
      .references(() => principals.id, { onDelete: "cascade" }),
    level: integer().notNull(),
    filter: text({ mode: "json" }).$type<Record<string, unknown>>(),
    visibleFields: text("visible_fields", { mode: "json" }).$type<string[]>(),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    createdBy: text("created_by"),
  },
  (table) => [
    primaryKey({ columns: [table.datasetId, table.principalId] }),
    index("dataset_shares_by_principal").on(table.principalId),
  ],
);

/** Who may see which dataset: as `access` is for assistants, and kept by triggers in the same way. */
export const datasetAccess = sqliteTable(
  "dataset_access",
  {
    datasetId: text("dataset_id")
      .notNull()
      .references(() => datasets.id, { onDelete: "cascade" }),
    principalId: text("principal_id").notNull(),
    level: integer().notNull(),
    number: integer().notNull(),
    sortName: text("sort_name").notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.datasetId, table.principalId] }),
    index("dataset_access_by_name").on(table.principalId, table.sortName, table.datasetId, table.number),
    index("dataset_access_by_creation").on(table.principalId, table.createdAt, table.datasetId),
    index("dataset_access_by_update").on(table.principalId, table.updatedAt, table.datasetId),
  ],
);

/** One field of a load: under which name people know it, and in which slot of `records` its values lie. */
export interface StoredField {
  readonly name: string;
  readonly label: string;
  readonly dataType: "string" | "number" | "date" | "boolean";
  /** From 1 on; beyond the last slot of the table, values lie in its `more` under this number. */
  readonly slot: number;
}

/**
 * Records that were written together, and may be some dataset's data: those whose id lies in the load's range (see the
 * core's datasets/records.ts). `lastPosition` is how far they are numbered, `rows` how many there are; `indexedPosition` is
 * how far the full-text index has come. One that no dataset points to is being loaded (`loadingUntil`, a lease that is
 * renewed while it goes on), or is garbage and removed in the background.
 */
export const datasetLoads = sqliteTable(
  "dataset_loads",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    datasetId: text("dataset_id").notNull(),
    fields: text({ mode: "json" }).$type<StoredField[]>().notNull(),
    rows: integer().notNull().default(0),
    bytes: integer().notNull().default(0),
    lastPosition: integer("last_position").notNull().default(0),
    indexedPosition: integer("indexed_position").notNull().default(0),
    loadingUntil: moment("loading_until"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [index("dataset_loads_by_dataset").on(table.datasetId)],
);

/**
 * Bytes on their way in. An id is good for one upload by its maker within 24 hours. Counts are of what has been read so far;
 * `rejected` has the first 1,000 rows that were not taken, each with its line and the reason. One for a file is `stored` as soon
 * as its bytes are there, under `hash`, and `done` when it has become a file.
 */
export const uploads = sqliteTable(
  "uploads",
  {
    id: text().primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    datasetId: text("dataset_id"),
    loadNumber: integer("load_number"),
    hash: text(),
    filename: text(),
    contentType: text("content_type"),
    status: text({ enum: ["waiting", "stored", "loading", "done", "failed", "cancelled"] }).notNull(),
    format: text({ enum: ["csv", "ndjson", "json", "pdf", "docx", "xlsx", "html", "markdown", "text", "code"] }),
    bytesRead: integer("bytes_read").notNull().default(0),
    bytesTotal: integer("bytes_total"),
    rowsRead: integer("rows_read").notNull().default(0),
    rowsRejected: integer("rows_rejected").notNull().default(0),
    rejected: text({ mode: "json" }).$type<{ line: number; reason: string }[]>().notNull().default([]),
    error: text(),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    expiresAt: moment("expires_at").notNull(),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    index("uploads_by_user").on(table.userId, table.id),
    index("uploads_by_dataset").on(table.datasetId, table.id),
    index("uploads_by_expiry").on(table.expiresAt),
  ],
);
