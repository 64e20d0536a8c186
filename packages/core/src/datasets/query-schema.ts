import * as z from "zod";
import { text } from "../schemas.ts";
import { Criteria } from "./criteria-schema.ts";
import { Sort } from "./order.ts";

const longestName = 128;

export const aggregateFunctions = ["count", "sum", "avg", "min", "max", "countDistinct"] as const;

const Name = text(longestName, 1).refine((name) => !name.startsWith("$"), "A name does not begin with $");

export const Aggregate = z
  .strictObject({
    function: z.enum(aggregateFunctions),
    field: text(longestName, 1).optional().meta({ description: "Of which field; only `count` does without" }),
    as: Name.meta({ description: "What its column in the answer is called" }),
  })
  .meta({
    description:
      "`count` of records, or of the values that a field has; `sum` and `avg` of numbers; `min` and `max` of numbers, dates and texts; `countDistinct` of any. Missing values do not count: of none at all, counts are 0 and everything else is null",
  });
export type Aggregate = z.output<typeof Aggregate>;

/** What may be asked of a dataset's records at once, key by key. */
export const recordQuery = {
  select: z.array(text(longestName, 1)).max(500).optional().meta({
    description: "Which fields, in this order; all of them where it is left out. With aggregates, `groupBy` says it",
  }),
  filter: Criteria.optional(),
  groupBy: z.array(text(longestName, 1)).max(10).optional().meta({
    description: "One row for each combination of values of these fields, missing ones included",
  }),
  aggregates: z.array(Aggregate).max(50).optional(),
  sort: Sort.optional().meta({
    description: "By which fields, or with `groupBy` and `aggregates` by which columns of the answer; `-name` descends",
  }),
  limit: z.int().min(1).max(1000).default(100).meta({ description: "How many rows at most" }),
};

export const RecordQuery = z.strictObject(recordQuery);
export type RecordQuery = z.output<typeof RecordQuery>;
