import { tables } from "@steward/db";
import { and, eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Level } from "../access.ts";
import { assistantId, assistantKey } from "../assistants/schema.ts";
import { fragment } from "../fragment.ts";
import { broughtBy } from "../knowledge/rights.ts";
import { parsed } from "../records.ts";
import { shownDataset } from "../references/targets.ts";
import { Id, JsonObject, label, Moment, Reference, text, Version } from "../schemas.ts";
import { type Places, read } from "../statement.ts";
import { namesSecret } from "./templates.ts";

const { skills } = tables;

export const Type = text(64, 1).meta({ description: "The id of a driver, see `GET /skill-drivers`" });

export const Data = JsonObject.meta({
  description: "The configuration, as the driver's `configSchema` says; at most 64 KiB",
});

const ofAnother = (what: string) =>
  text(200, 1)
    .nullable()
    .meta({ description: `${what} of another system` });

/** What its writers may set at any time. */
export const fields = {
  name: label(255).meta({ description: "What people call it; the model's tool is named after it" }),
  description: text(1000)
    .refine((value) => !namesSecret(value), "It is told to the model: no secret may stand here")
    .nullable()
    .meta({ description: "What the model is told that it does; null for what the driver says" }),
  enabled: z.boolean().meta({ description: "Whether the assistant may use it" }),
  datasetId: Reference.nullable().meta({ description: "The dataset that it is about" }),
  datasourceId: ofAnother("A data source"),
  reportId: ofAnother("A report"),
  queryId: ofAnother("A query"),
  templateId: ofAnother("A template"),
  integrationId: ofAnother("An integration"),
};

export const Skill = z
  .object({
    id: Id,
    assistantId: Id,
    type: Type,
    ...fields,
    data: Data.nullable().meta({
      description: "The configuration; null for those who may only use an assistant whose instructions are hidden",
    }),
    dataset: z.object({ id: Id, name: z.string() }).optional().meta({
      description: "The dataset that it is about, where you may read it or the assistant brings it along",
    }),
    permissions: z.object({ write: z.boolean(), delete: z.boolean() }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "Skill", description: "What an assistant can do beyond talking" });

export const columns = {
  id: skills.id,
  assistantId: skills.assistantId,
  type: skills.type,
  name: skills.name,
  description: skills.description,
  enabled: skills.enabled,
  data: skills.data,
  datasetId: skills.datasetId,
  dataset: fragment(shownDataset("skills.dataset_id", broughtBy("skills.assistant_id", "skills.dataset_id"))).mapWith(
    parsed<{ id: string; name: string }>,
  ) as SQL<{ id: string; name: string } | null>,
  datasourceId: skills.datasourceId,
  reportId: skills.reportId,
  queryId: skills.queryId,
  templateId: skills.templateId,
  integrationId: skills.integrationId,
  hidden: sql`(select instructions_hidden from assistants where assistants.id = skills.assistant_id)`.mapWith(
    Boolean,
  ) as SQL<boolean>,
  version: skills.version,
  createdAt: skills.createdAt,
  updatedAt: skills.updatedAt,
};

interface Row {
  readonly hidden: boolean;
  readonly data: Record<string, unknown>;
  readonly dataset: { readonly id: string; readonly name: string } | null;
}

interface Reader {
  readonly readingLevel: Level;
  readonly level: Level;
}

/** A skill as this caller sees it: what it is told to do may say as much as hidden instructions do. */
export const toSkill = <R extends Row>({ hidden, data, dataset, ...row }: R, { readingLevel, level }: Reader) => ({
  ...row,
  ...(dataset && { dataset }),
  data: hidden && readingLevel < 2 ? null : data,
  permissions: { write: level >= 2, delete: level >= 2 },
});

export const skillKey = { ...assistantKey, skillId: Reference.meta({ description: "UUID" }) };

export interface Which {
  readonly skillId: string;
}
export const asWhich = (skillId: string): Which => ({ skillId: skillId.toLowerCase() });

/** The skill that the request names, of the assistant that it names. */
export const named = (places: Places<Which>) => and(eq(skills.assistantId, assistantId), eq(skills.id, places.skillId));

export const one = read((database, places: Places<Which>) =>
  database.select(columns).from(skills).where(named(places)),
);
