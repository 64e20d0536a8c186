import { tables } from "@steward/db";
import * as z from "zod";
import { Criteria } from "../datasets/criteria.ts";
import { invalid } from "../errors.ts";

/** How many datasets an assistant knows at most. */
export const mostDatasets = 50;

const usualSample = 100;
const largestSample = 10_000;

export const Mode = z.enum(tables.knowledge.mode.enumValues).meta({
  description:
    "`full`: all records. `subset`: those that match `filter`. `schema`: the fields alone, never a value. `sample`: a stable random choice of those that match",
});
export const Access = z.enum(tables.knowledge.access.enumValues).meta({
  description:
    "Whose rights count when the assistant is asked. `assistant`: it brings the dataset along, whoever asks. `asker`: each reaches no more than its own share of the dataset shows",
});
export const Filter = Criteria.nullable().meta({
  description: "Which records: `{field: value}` and operators. Null for all; `subset` has one",
});
export const SampleSize = z
  .int()
  .min(1)
  .max(largestSample)
  .nullable()
  .meta({ description: `How many records of a \`sample\`, ${usualSample} unless given; null in any other mode` });

export type Mode = z.output<typeof Mode>;
export type Access = z.output<typeof Access>;

/** How much of a dataset an assistant sees. */
export interface Extent {
  readonly mode: Mode;
  readonly filter: Criteria | null;
  readonly sampleSize: number | null;
}

type Given = { readonly [K in keyof Extent]?: Extent[K] | undefined };

const usualMode = ({ filter }: Given): Mode => (filter ? "subset" : "full");

/** What is given, over what is kept; `validation_failed` where the whole does not go together. */
export function extentOf(given: Given, kept: Extent | null = null): Extent {
  const { filter = kept?.filter ?? null } = given;
  const mode = given.mode ?? kept?.mode ?? usualMode({ filter });
  if (mode === "full" && filter) throw invalid("filter", "`full` shows every record: say mode `subset`, or no filter");
  if (mode === "schema" && filter) throw invalid("filter", "`schema` shows no record that could match: say no filter");
  if (mode === "subset" && !filter) throw invalid("filter", "`subset` needs a filter: give one, or say mode `full`");
  if (mode !== "sample" && given.sampleSize) throw invalid("sampleSize", "Only mode `sample` has a size");
  const { sampleSize = kept?.sampleSize ?? null } = given;
  return { mode, filter, sampleSize: mode === "sample" ? (sampleSize ?? usualSample) : null };
}

/** In the form in which SQLite compares them: the order of keys counts. */
export const sameExtent = (one: Extent, other: Extent): boolean =>
  one.mode === other.mode && one.sampleSize === other.sampleSize && sameFilter(one.filter, other.filter);

export const sameFilter = (one: Criteria | null, other: Criteria | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
