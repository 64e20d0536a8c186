import { tables } from "@steward/db";
import * as z from "zod";
import { Access, Filter, Mode, mostDatasets, SampleSize } from "../knowledge/extent.ts";
import { Description, longestTarget } from "../references/urls.ts";
import { PrincipalName, Reference, text } from "../schemas.ts";
import { drivers } from "../skills/drivers/index.ts";
import { Data, fields as skillFields, Type } from "../skills/schema.ts";
import { isSlug } from "../slug.ts";
import type { Content } from "./changes.ts";
import { fields, fieldsOfNew } from "./schema.ts";

/** Says which form a document has: another one gets another number. */
export const documentFormat = "steward.assistant/1";

const NaturalId = z
  .string()
  .refine((given) => {
    const [owner = "", slug = ""] = given.split(":");
    return PrincipalName.safeParse(owner).success && isSlug(slug) && given === `${owner}:${slug}`;
  }, "Must be `owner:slug`")
  .meta({ description: "Under which it is imported: `owner:slug`" });

/** The same fields as when a skill is made by itself, so that what is imported can be read. */
export const DocumentSkill = z.strictObject({
  type: Type,
  name: skillFields.name,
  description: skillFields.description.default(null),
  enabled: skillFields.enabled.default(true),
  data: Data.default({}).meta({
    description: "What the driver of its type takes. Assistants stand here by their natural ids",
  }),
  datasetId: skillFields.datasetId.default(null).meta({ description: "The natural id of the dataset it is about" }),
  datasourceId: skillFields.datasourceId.default(null),
  reportId: skillFields.reportId.default(null),
  queryId: skillFields.queryId.default(null),
  templateId: skillFields.templateId.default(null),
  integrationId: skillFields.integrationId.default(null),
});

export const DocumentReference = z.strictObject({
  targetType: z.enum(tables.references.targetType.enumValues),
  targetId: text(longestTarget, 1).meta({
    description: "The natural id of an assistant or a dataset, a URL, or the id in its own system",
  }),
  description: Description.default(null),
});

export const DocumentKnowledge = z.strictObject({
  dataset: Reference.meta({ description: "Its natural id" }),
  mode: Mode.optional().meta({ description: "`subset` where there is a filter, `full` otherwise" }),
  filter: Filter.default(null),
  sampleSize: SampleSize.default(null),
  access: Access.default("asker"),
});

const DocumentSecret = z.strictObject({
  name: text(128, 1),
  description: text(4000).nullable().default(null),
  allowedHosts: z.array(text(300)).max(100).default([]),
});

export type DocumentReference = z.output<typeof DocumentReference>;

/** An assistant as one portable document. Its JSON Schema is docs/assistant-document.schema.json. */
export const AssistantDocument = z
  .strictObject({
    format: z.literal(documentFormat),
    naturalId: NaturalId,
    ...fieldsOfNew,
    skills: z.array(DocumentSkill).max(200).default([]),
    references: z.array(DocumentReference).max(500).default([]),
    secrets: z
      .array(DocumentSecret)
      .max(100)
      .default([])
      .meta({ description: "Which secrets it needs. Their values are in no document" }),
    knowledge: z
      .array(DocumentKnowledge)
      .max(mostDatasets)
      .default([])
      .meta({ description: "Which datasets it knows" }),
    leftBehind: z
      .array(text(300))
      .max(50)
      .optional()
      .meta({ description: "What the export did not bring. An import does not read it" }),
    $schema: text(300).optional(),
    _links: z.unknown().optional(),
  })
  .meta({ id: "AssistantDocument", description: "An assistant as one portable document, without a secret's value" });

export type DocumentKnowledge = z.output<typeof DocumentKnowledge>;
export type AssistantDocument = z.output<typeof AssistantDocument>;

/** What no document brings, in the words of whoever reads it. */
export const neverBrought: readonly string[] = [
  "values of secrets",
  "owner, shares and tokens",
  "comments, favorites, tags and folder",
  "revisions and activity",
];

/** The ids of other assistants and of datasets in an assistant's content, where a document has their natural ids. */
export type Names = ReadonlyMap<string, string>;

/** How many of each there are that the exporter cannot see: they stand in the document by their UUIDs. */
export interface Unseen {
  readonly assistants: number;
  readonly datasets: number;
}

const plain = (part: Readonly<Record<string, unknown>>, keys: readonly string[]) =>
  Object.fromEntries(
    keys.filter((key) => part[key] !== null && part[key] !== undefined).map((key) => [key, part[key]]),
  );

const skillKeys = Object.keys(DocumentSkill.shape).filter((key) => key !== "data");

function skillOf(skill: Readonly<Record<string, unknown>>, names: Names) {
  const targets = new Set(drivers.get(String(skill.type))?.targets?.map(({ key }) => key));
  const data = Object.entries(skill.data as Readonly<Record<string, unknown>>).map(([key, value]) => [
    key,
    (targets.has(key) && typeof value === "string" && names.get(value)) || value,
  ]);
  const dataset = names.get(String(skill.datasetId));
  return { ...plain(skill, skillKeys), ...(dataset && { datasetId: dataset }), data: Object.fromEntries(data) };
}

/** The document of an assistant with this content. What it does not have is left out, so that a person likes to read it. */
export function documentOf(naturalId: string, content: Content, names: Names, unseen: Unseen): AssistantDocument {
  const { skills, references, secrets, knowledge } = content;
  const own = Object.keys(AssistantDocument.shape).filter((key) => key in fields);
  const document = {
    format: documentFormat,
    naturalId,
    ...plain(content, own),
    skills: skills.map((skill) => skillOf(skill, names)),
    references: references.map((reference) => ({
      ...plain(reference, Object.keys(DocumentReference.shape)),
      targetId: names.get(String(reference.targetId)) ?? reference.targetId,
    })),
    secrets: secrets.map((secret) => plain(secret, Object.keys(DocumentSecret.shape))),
    knowledge: knowledge.map((association) => ({
      dataset: names.get(String(association.datasetId)) ?? association.datasetId,
      ...plain(association, Object.keys(DocumentKnowledge.shape)),
    })),
    leftBehind: [
      ...neverBrought,
      ...(unseen.assistants > 0 ? [`natural ids of ${unseen.assistants} assistants that you cannot see`] : []),
      ...(unseen.datasets > 0 ? [`natural ids of ${unseen.datasets} datasets that you cannot see`] : []),
    ],
  };
  return document as AssistantDocument;
}
