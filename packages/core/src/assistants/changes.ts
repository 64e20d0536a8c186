import { diffLines } from "diff";
import * as z from "zod";
import type { Facts } from "../gate.ts";
import { ownPieces, type PartName, parts } from "./content.ts";

type Part = Readonly<Record<string, unknown>>;

/** What an assistant consists of, as the database says it (content.ts). */
export interface Content extends Readonly<Record<PartName, readonly Part[]>> {
  readonly [field: string]: unknown;
}

/** Of what is not there yet. */
export const nothingYet: Content = { skills: [], references: [], secrets: [], knowledge: [], files: [] };

/** Made from another column, and so no change of its own. */
const derived = new Set(["sortName"]);
/** What tells only whether it has changed. */
const opaque = new Set(["valueChangedAt", "lineage"]);

const Line = z.object({
  change: z.enum(["same", "added", "removed"]),
  text: z.string().meta({ description: "Whole lines, with their line breaks" }),
});

const FieldChange = z
  .object({
    field: z.string(),
    before: z.unknown(),
    after: z.unknown(),
    lines: z.array(Line).nullable().meta({
      description: "For a text of several lines: which of them. Unchanged ones are cut to those around a change",
    }),
  })
  .meta({ id: "FieldChange", description: "One field, before and after" });

const PartChange = z
  .object({
    change: z.enum(["added", "removed", "changed"]),
    id: z.string().meta({ description: "Of the live part, where there is one" }),
    name: z.string(),
    fields: z.array(FieldChange),
  })
  .meta({
    id: "PartChange",
    description:
      "One skill, reference, secret, dataset or file. A secret's value is only said to have changed; a dataset is called by its id where its name is not yours to see",
  });

/** What makes one state of an assistant another. */
export const Changes = z
  .object({
    changed: z.boolean(),
    fields: z.array(FieldChange),
    skills: z.array(PartChange),
    references: z.array(PartChange),
    secrets: z.array(PartChange),
    knowledge: z.array(PartChange),
    files: z.array(PartChange),
  })
  .meta({ id: "Changes", description: "Field by field and part by part, what makes one state another" });
export type Changes = z.output<typeof Changes>;

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** So different that nobody would read them side by side: comparing them would only take time. */
const mostLineChanges = 300;
const longestComparing = 100;
const around = 3;

const isLong = (value: unknown): value is string => typeof value === "string" && value.includes("\n");

function linesOf(before: unknown, after: unknown): z.output<typeof Line>[] | null {
  if (!isLong(before) && !isLong(after)) return null;
  const found = diffLines(String(before ?? ""), String(after ?? ""), {
    maxEditLength: mostLineChanges,
    timeout: longestComparing,
  });
  if (!found) return null;
  return found.map(({ value, added, removed }, index) => {
    if (added || removed) return { change: added ? "added" : "removed", text: value };
    return { change: "same", text: nearby(value, index > 0, index < found.length - 1) };
  });
}

/** The lines next to a change before and behind. */
function nearby(text: string, before: boolean, behind: boolean): string {
  const lines = text.split(/(?<=\n)/);
  const kept = (before ? around : 0) + (behind ? around : 0);
  if (lines.length <= kept) return text;
  return [...(before ? lines.slice(0, around) : []), ...(behind ? lines.slice(-around) : [])].join("");
}

type Values = Readonly<Record<string, unknown>>;

/** An icon is one thing to whoever reads the differences: what kind of picture it is, and not which bytes. */
const iconKeys = new Set(["iconHash", "iconType"]);
const iconIn = ({ iconHash, iconType }: Values) => (iconHash ? { contentType: iconType } : null);

function iconBetween(before: Values, after: Values): z.output<typeof FieldChange>[] {
  if (same(before.iconHash ?? null, after.iconHash ?? null)) return [];
  return [{ field: "icon", before: iconIn(before), after: iconIn(after), lines: null }];
}

function fieldsBetween(before: Values, after: Values, keys: readonly string[]): z.output<typeof FieldChange>[] {
  const changed = keys.filter((key) => !same(before[key] ?? null, after[key] ?? null));
  const told = changed.filter((key) => !opaque.has(key));
  const fields = told.map((field) => {
    const [from, to] = [before[field] ?? null, after[field] ?? null];
    return { field, before: from, after: to, lines: linesOf(from, to) };
  });
  return told.length < changed.length
    ? [...fields, { field: "value", before: null, after: null, lines: null }]
    : fields;
}

const keysOf = (pieces: readonly { readonly key: string }[]) =>
  pieces.map(({ key }) => key).filter((key) => !derived.has(key));

/** The names of datasets by their ids, as far as the reader may see them. */
export type DatasetNames = Readonly<Record<string, string>>;

function partsBetween(
  before: readonly Values[],
  after: readonly Values[],
  keys: readonly string[],
  datasets: DatasetNames,
) {
  const earlier = new Map(before.map((part) => [part.id, part]));
  const later = new Set(after.map(({ id }) => id));
  const told = (change: "added" | "removed" | "changed", part: Values, from: Values, to: Values) => ({
    change,
    id: String(part.id),
    name: String(part.name ?? part.filename ?? part.targetId ?? datasets[String(part.datasetId)] ?? part.datasetId),
    fields: fieldsBetween(from, to, keys),
  });
  return [
    ...before.filter(({ id }) => !later.has(id)).map((part) => told("removed", part, part, {})),
    ...after.flatMap((part) => {
      const old = earlier.get(part.id);
      if (!old) return told("added", part, {}, part);
      const change = told("changed", part, old, part);
      return change.fields.length > 0 ? change : [];
    }),
  ];
}

/** A token that is bound to an assistant knows nothing of its secrets. */
export const withoutSecretsOf = <C extends Content | null>({ onlyAssistantId }: Facts, content: C): C =>
  content && onlyAssistantId !== null ? { ...content, secrets: [] } : content;

/** What must be done to the first to make it the second. */
export function changesBetween(before: Content, after: Content, datasets: DatasetNames = {}): Changes {
  const told = keysOf(ownPieces).filter((key) => !iconKeys.has(key));
  const fields = [...fieldsBetween(before, after, told), ...iconBetween(before, after)];
  const [skills = [], references = [], secrets = [], knowledge = [], files = []] = parts.map(({ name, pieces }) =>
    partsBetween(before[name], after[name], keysOf(pieces), datasets),
  );
  const changed = [fields, skills, references, secrets, knowledge, files].some((list) => list.length > 0);
  return { changed, fields, skills, references, secrets, knowledge, files };
}
