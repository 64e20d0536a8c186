import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, moment } from "./columns.ts";
import { part } from "./columns-of-part.ts";

/** What an assistant can do, beyond talking. `data` is what the driver of its type has checked. */
export const skills = sqliteTable(
  "skills",
  {
    ...part(),
    type: text().notNull(),
    name: text().notNull(),
    description: text(),
    enabled: flag("enabled", true),
    data: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
    datasetId: text("dataset_id"),
    datasourceId: text("datasource_id"),
    reportId: text("report_id"),
    queryId: text("query_id"),
    templateId: text("template_id"),
    integrationId: text("integration_id"),
  },
  (table) => [index("skills_by_assistant").on(table.assistantId, table.id)],
);

/** What an assistant points to: rows of Steward by their id, things of other systems and web addresses by theirs. */
export const references = sqliteTable(
  "assistant_references",
  {
    ...part(),
    targetType: text("target_type", {
      enum: ["assistant", "dataset", "file", "library", "query", "report", "template", "datasource", "url"],
    }).notNull(),
    targetId: text("target_id").notNull(),
    description: text(),
  },
  (table) => [
    index("assistant_references_by_assistant").on(table.assistantId, table.id),
    uniqueIndex("assistant_references_by_target").on(table.assistantId, table.targetId),
  ],
);

/**
 * `ciphertext` is a compact JWE, whose header names the tenant, the `lineage` and the key (`keyId`). The lineage is the
 * same in draft and live, and another in any copy.
 */
export const secrets = sqliteTable(
  "secrets",
  {
    ...part(),
    lineage: text().notNull(),
    name: text().notNull(),
    description: text(),
    ciphertext: text().notNull(),
    keyId: text("key_id").notNull(),
    allowedHosts: text("allowed_hosts", { mode: "json" }).$type<string[]>().notNull(),
    valueChangedAt: moment("value_changed_at").notNull(),
    lastUsedAt: moment("last_used_at"),
  },
  (table) => [
    uniqueIndex("secrets_by_name").on(table.assistantId, table.name),
    index("secrets_by_key").on(table.keyId, table.id),
  ],
);

/**
 * Which datasets an assistant knows, and how much of each: a part like its skills. With
 * `access` `assistant` it brings it along, which somebody with level 3 on the dataset has allowed.
 */
export const knowledge = sqliteTable(
  "assistant_datasets",
  {
    ...part(),
    datasetId: text("dataset_id").notNull(),
    mode: text({ enum: ["full", "subset", "schema", "sample"] }).notNull(),
    filter: text({ mode: "json" }).$type<Record<string, unknown>>(),
    sampleSize: integer("sample_size"),
    access: text({ enum: ["assistant", "asker"] }).notNull(),
  },
  (table) => [
    uniqueIndex("assistant_datasets_by_dataset").on(table.assistantId, table.datasetId),
    index("assistant_datasets_by_assistant").on(table.assistantId, table.id),
    index("assistant_datasets_of_dataset").on(table.datasetId, table.id),
  ],
);
