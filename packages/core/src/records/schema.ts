import * as z from "zod";
import { Criteria } from "../datasets/criteria.ts";
import { criteriaLimits } from "../datasets/criteria-schema.ts";
import { Sort } from "../datasets/order.ts";
import { findHostile } from "../hostile.ts";
import { text } from "../schemas.ts";

/** A record as people see it: a value for each field. */
export const ShownRecord = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.date(), z.null()]))
  .meta({
    id: "DatasetRecord",
    description: "A value for each field that you see; null for a missing one, dates as moments",
  });

const mostWords = 20;

/** What a person types to find records. */
export const Words = text(200, 1)
  .refine((asked) => (asked.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= mostWords, `At most ${mostWords} words`)
  .meta({
    description: `Words that must all occur in the fields of text that you see, at most ${mostWords}; the last may be the beginning of one`,
  });

/** A text of JSON as its value; undefined where it is none, or holds what no input may. */
function parsedOf(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return findHostile(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** What a cursor keeps of its last record: the values that it sorts by, as JSON. */
export const RecordPositionKey = z
  .string()
  .transform(parsedOf)
  .pipe(z.array(z.union([z.string(), z.number(), z.null()])).max(10));

/** Criteria as an object, or as the text of one, as an address has it. */
export const FilterInput = z
  .union([text(criteriaLimits.bytes), Criteria])
  .transform((given, context) => {
    if (typeof given !== "string") return given;
    const value = parsedOf(given);
    if (value === undefined)
      context.addIssue({ code: "custom", message: "Not JSON: an object of criteria is expected" });
    return value;
  })
  .meta({ description: "Criteria; in an address as JSON" });

const asList = (given: string | readonly string[]): unknown => {
  if (typeof given !== "string") return given;
  return given.startsWith("[") ? parsedOf(given) : given.split(",");
};

/** Fields as a list, or as a text with commas between them, as an address has it. */
export const SortInput = z
  .union([text(1000, 1), z.array(z.string())])
  .transform(asList)
  .pipe(Sort)
  .meta({
    description: `${Sort.meta()?.description}. In an address, with commas between them, or as an array of JSON; in the order in which they were loaded unless given`,
  });
