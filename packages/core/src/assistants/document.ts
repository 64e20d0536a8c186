import { tables } from "@steward/db";
import * as z from "zod";
import { Description, longestTarget } from "../references/urls.ts";
import { PrincipalName, text } from "../schemas.ts";
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
  datasetId: skillFields.datasetId.default(null),
  datasourceId: skillFields.datasourceId.default(null),
  reportId: skillFields.reportId.default(null),
  queryId: skillFields.queryId.default(null),
  templateId: skillFields.templateId.default(null),
  integrationId: skillFields.integrationId.default(null),
});

export const DocumentReference = z.strictObject({
  targetType: z.enum(tables.references.targetType.enumValues),
  targetId: text(longestTarget, 1).meta({
    description: "An assistant's natural id, a URL, or the id in its own system",
  }),
  description: Description.default(null),
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
    leftBehind: z
      .array(text(300))
      .max(50)
      .optional()
      .meta({ description: "What the export did not bring. An import does not read it" }),
    $schema: text(300).optional(),
    _links: z.unknown().optional(),
  })
  .meta({ id: "AssistantDocument", description: "An assistant as one portable document, without a secret's value" });

export type AssistantDocument = z.output<typeof AssistantDocument>;

/** What no document brings, in the words of whoever reads it. */
export const neverBrought: readonly string[] = [
  "values of secrets",
  "owner, shares and tokens",
  "comments, favorites, tags and folder",
  "revisions and activity",
];

/** The ids of other assistants in an assistant's content, where a document has their natural ids. */
export type Names = ReadonlyMap<string, string>;

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
  return { ...plain(skill, skillKeys), data: Object.fromEntries(data) };
}

/** The document of an assistant with this content. What it does not have is left out, so that a person likes to read it. */
export function documentOf(naturalId: string, content: Content, names: Names, unseen: number): AssistantDocument {
  const { skills, references, secrets } = content;
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
    leftBehind: [...neverBrought, ...(unseen > 0 ? [`natural ids of ${unseen} assistants that you cannot see`] : [])],
  };
  return document as AssistantDocument;
}
