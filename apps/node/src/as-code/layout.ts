import { isDeepStrictEqual } from "node:util";
import { AssistantDocument, drivers, readDocument } from "@steward/core";
import { survivesInFile, toFile } from "./texts.ts";
import { toYaml } from "./yaml.ts";

/** All of an assistant but its instructions. */
export const documentFile = "assistant.yaml";
export const instructionsFile = "instructions.md";
/** What the documents in a folder are, for editors. */
export const schemaFile = "assistant-document.schema.json";

/** The files of an assistant; null for one that it does not have. */
export interface Files {
  readonly [documentFile]: string;
  readonly [instructionsFile]: string | null;
}

export const fileNames = [documentFile, instructionsFile] as const satisfies readonly (keyof Files)[];

/** Where an assistant's files stand in a folder. */
export interface Place {
  readonly naturalId: string;
  readonly owner: string;
  readonly slug: string;
  /** `owner/slug` */
  readonly path: string;
}

/** Whether a text is `owner:slug`, each half of which is then the plain name of a file. */
export const isNaturalId = (text: string): boolean => AssistantDocument.shape.naturalId.safeParse(text).success;

/** Of what {@link isNaturalId} says to be one. */
export function placeOf(naturalId: string): Place {
  const [owner = "", slug = ""] = naturalId.split(":");
  return { naturalId, owner, slug, path: `${owner}/${slug}` };
}

const head = `# yaml-language-server: $schema=../../${schemaFile}\n`;

/** A document that says no more than it must, with a part of each kind. */
const least = readDocument({
  format: "steward.assistant/1",
  naturalId: "a:a",
  name: "a",
  skills: [{ type: "a", name: "a" }],
  references: [{ targetType: "url", targetId: "a" }],
  secrets: [{ name: "a" }],
  knowledge: [{ dataset: "a" }],
});
const required = new Set(["format", "naturalId", "name", "type", "targetType", "targetId", "dataset"]);

const defaultsOf = (part: object | undefined): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(part ?? {}).filter(([key]) => !required.has(key)));

const defaults = {
  document: defaultsOf({ ...least, skills: [], references: [], secrets: [], knowledge: [] }),
  skill: defaultsOf(least.skills[0]),
  reference: defaultsOf(least.references[0]),
  secret: defaultsOf(least.secrets[0]),
  knowledge: defaultsOf(least.knowledge[0]),
};

const without = (byDefault: Readonly<Record<string, unknown>>, part: object): object =>
  Object.fromEntries(Object.entries(part).filter(([key, value]) => !isDeepStrictEqual(value, byDefault[key])));

const by =
  <T>(keyOf: (part: T) => string) =>
  (one: T, other: T): number => {
    const [a, b] = [keyOf(one), keyOf(other)];
    return a < b ? -1 : a > b ? 1 : 0;
  };

/**
 * The document with its parts in an order that does not depend on when each was made, so that what two servers hold alike
 * looks alike. Skills that are called the same keep theirs, by which an import tells them apart.
 */
function sorted(document: AssistantDocument): AssistantDocument {
  return {
    ...document,
    skills: document.skills.toSorted(by(({ name, type }) => `${name}\0${type}`)),
    references: document.references.toSorted(by(({ targetType, targetId }) => `${targetType}\0${targetId}`)),
    secrets: document.secrets.toSorted(by(({ name }) => name)),
    knowledge: document.knowledge.toSorted(by(({ dataset }) => dataset)),
  };
}

/** What a document says of the assistant, without what it says of itself. */
function saying({ leftBehind, $schema, _links, ...said }: AssistantDocument) {
  return sorted(said);
}

type Skill = AssistantDocument["skills"][number];

/** As a server keeps it: with what stands by default in its configuration. */
function configured(skill: Skill): Skill {
  const parsed = drivers.get(skill.type)?.configuration.safeParse(skill.data);
  return parsed?.success ? { ...skill, data: { ...parsed.data } } : skill;
}

const meaning = (document: AssistantDocument) => {
  const said = saying(document);
  return { ...said, skills: said.skills.map(configured) };
};

/** Whether two documents describe the same assistant. */
export const isSame = (one: AssistantDocument, other: AssistantDocument): boolean =>
  isDeepStrictEqual(meaning(one), meaning(other));

/** The files of a document. What stands by default is left out, for people to read. */
export function filesOf(document: AssistantDocument): Files {
  const { instructions, ...rest } = saying(document);
  const inFile = instructions !== null && survivesInFile(instructions);
  const value = without(defaults.document, {
    ...rest,
    instructions: inFile ? null : instructions,
    skills: rest.skills.map((skill) => without(defaults.skill, skill)),
    references: rest.references.map((reference) => without(defaults.reference, reference)),
    secrets: rest.secrets.map((secret) => without(defaults.secret, secret)),
    knowledge: rest.knowledge.map((known) => without(defaults.knowledge, known)),
  });
  return { [documentFile]: head + toYaml(value), [instructionsFile]: inFile ? toFile(instructions) : null };
}
