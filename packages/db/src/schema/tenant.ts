import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, moment, version } from "./columns.ts";
import { users } from "./people.ts";

/** What holds for the whole tenant: one row, made by the migration, with the tenant's own id. */
export const settings = sqliteTable("settings", {
  id: integer().primaryKey(),
  tenantId: text("tenant_id").notNull(),
  aiEnabled: flag("ai_enabled", true),
  sharePolicy: text("share_policy", { enum: ["anyone", "own-teams", "nobody"] })
    .notNull()
    .default("anyone"),
  revisionRetention: integer("revision_retention").notNull().default(100),
  sessionDays: integer("session_days").notNull().default(30),
  customSkillHosts: text("custom_skill_hosts", { mode: "json" }).$type<string[]>().notNull().default([]),
  datasetFields: integer("dataset_fields").notNull().default(500),
  datasetFieldLength: integer("dataset_field_length").notNull().default(32_768),
  datasetRows: integer("dataset_rows").notNull().default(5_000_000),
  datasetBytes: integer("dataset_bytes").notNull().default(2_147_483_648),
  fileBytes: integer("file_bytes").notNull().default(262_144_000),
  assistantFiles: integer("assistant_files").notNull().default(1_000),
  version: version(),
  updatedAt: moment("updated_at").notNull(),
  updatedBy: text("updated_by"),
});

/** What a request with an `Idempotency-Key` was answered, as the rows that the answer is made from. */
export const idempotentRequests = sqliteTable(
  "idempotent_requests",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    operation: text().notNull(),
    key: text().notNull(),
    fingerprint: text().notNull(),
    rows: text(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.operation, table.key] }),
    index("idempotent_requests_by_expiry").on(table.expiresAt),
  ],
);

/**
 * Who did what to which row, and when. Append-only. `assistantId` is the assistant to which the row belongs, for a draft
 * its original, and `revision` the one from which it was changed. `details` never hold a secret. `hash` is the SHA3-256,
 * in hex, of the hash before and this row; null until it is sealed.
 */
export const audit = sqliteTable(
  "audit",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    at: moment("at").notNull(),
    userId: text("user_id"),
    tokenId: text("token_id"),
    operation: text().notNull(),
    subject: text(),
    assistantId: text("assistant_id"),
    revision: integer(),
    details: text({ mode: "json" }).$type<Record<string, unknown>>(),
    hash: text(),
  },
  (table) => [
    index("audit_by_subject").on(table.subject, table.number),
    index("audit_by_user").on(table.userId, table.number),
    index("audit_by_assistant").on(table.assistantId, table.number).where(sql`assistant_id is not null`),
    index("audit_by_operation").on(table.operation, table.number),
    index("audit_by_time").on(table.at),
    index("audit_unsealed").on(table.number).where(sql`hash is null`),
  ],
);
