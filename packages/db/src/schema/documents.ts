import { sql } from "drizzle-orm";
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, moment } from "./columns.ts";

/**
 * What is read from bytes in one format, once for all files that have both. `pending` until a job has read them; `read` when
 * their embeddings are there; `gone` when the bytes are, and what was read from them is still to be removed.
 */
export const documents = sqliteTable(
  "documents",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    hash: text().notNull(),
    format: text().notNull(),
    status: text({ enum: ["pending", "read", "failed", "unsupported", "gone"] }).notNull(),
    error: text(),
    pages: integer(),
    chunks: integer().notNull().default(0),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("documents_by_hash").on(table.hash, table.format),
    index("documents_gone").on(table.number).where(sql`status = 'gone'`),
  ],
);

/**
 * Passages and images of a document, in their order: the ids of those of document `n` begin at `n << 20`. `start` and `end` are
 * offsets in the document's whole text, in UTF-16 units; an image's bytes are the blob `hash`.
 */
export const embeddings = sqliteTable(
  "embeddings",
  {
    id: integer().primaryKey(),
    kind: text({ enum: ["text", "image"] }).notNull(),
    page: integer(),
    sheet: text(),
    heading: text(),
    start: integer(),
    end: integer(),
    text: text(),
    hash: text(),
    contentType: text("content_type"),
    width: integer(),
    height: integer(),
  },
  (table) => [index("embeddings_by_hash").on(table.hash).where(sql`hash is not null`)],
);

/** An embedding as numbers (little-endian 32-bit floats), by the model that has made them. */
export const vectors = sqliteTable(
  "vectors",
  {
    embeddingId: integer("embedding_id")
      .notNull()
      .references(() => embeddings.id, { onDelete: "cascade" }),
    model: text().notNull(),
    vector: blob({ mode: "buffer" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.embeddingId, table.model] })],
);

/**
 * Which documents are to be found in which library. The library of an assistant and of its draft is the number of the
 * assistant. `complete` when all of its passages are in the index, which has come to `indexedPosition` in their order; `error`
 * says why it has not and will not; `stale` when a file with that document has gone, and it is to be looked whether another one
 * is left. Its passages have the ids from `number << 20` on in the full-text index `passage_search`.
 */
export const libraryDocuments = sqliteTable(
  "library_documents",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    library: integer().notNull(),
    documentNumber: integer("document_number").notNull(),
    indexedPosition: integer("indexed_position").notNull().default(0),
    complete: flag("complete", false),
    stale: flag("stale", false),
    error: text(),
  },
  (table) => [
    uniqueIndex("library_documents_by_library").on(table.library, table.documentNumber),
    index("library_documents_by_document").on(table.documentNumber),
    index("library_documents_stale").on(table.number).where(sql`stale`),
  ],
);

/**
 * Work to be done in the background. Whoever takes a job has it until `leaseUntil`, under the name `worker`; one that fails waits
 * until `runAt`, longer each time, and is `dead` when it has failed too often.
 */
export const jobs = sqliteTable(
  "jobs",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    kind: text({ enum: ["read", "index"] }).notNull(),
    subject: text().notNull(),
    status: text({ enum: ["waiting", "running", "done", "dead"] }).notNull(),
    attempts: integer().notNull().default(0),
    done: integer().notNull().default(0),
    total: integer(),
    runAt: moment("run_at").notNull(),
    leaseUntil: moment("lease_until"),
    worker: text(),
    error: text(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("jobs_by_subject").on(table.kind, table.subject).where(sql`status in ('waiting', 'running')`),
    index("jobs_due").on(table.runAt).where(sql`status in ('waiting', 'running')`),
    index("jobs_over").on(table.updatedAt).where(sql`status in ('done', 'dead')`),
  ],
);
