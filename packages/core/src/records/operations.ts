import * as z from "zod";
import { readDataset } from "../access.ts";
import { readBounded } from "../datasets/ask.ts";
import { recordQuery } from "../datasets/query.ts";
import { datasetKey } from "../datasets/schema.ts";
import { wordsOf } from "../datasets/search.ts";
import { ownView } from "../datasets/view.ts";
import { mySight, sameSight, underOneSight } from "../datasets/ways.ts";
import { operation } from "../operation.ts";
import { page, paging } from "../schemas.ts";
import { pageOf } from "./page.ts";
import { FilterInput, ShownRecord, SortInput, Words } from "./schema.ts";

export { add, delete, replace } from "./change-operations.ts";

const trips = {
  most: 2,
  because: "Which rights there are, and what the slots mean, decides on the statement",
} as const;

export const list = operation({
  http: "GET /datasets/{id}/data",
  rel: "inf:data",
  summary: "List the records of a dataset that you may see",
  description:
    "A cursor is good for the same question about the same data: when that has been replaced, begin again. A page may end early, at about 4 MiB.",
  needs: readDataset,
  input: { ...datasetKey, ...paging, q: Words.optional(), sort: SortInput.default([]), filter: FilterInput.optional() },
  output: page(ShownRecord),
  items: { rel: "inf:record" },
  errors: ["conflict", "rate_limited"],
  trips,
  scans: true,
  run: async (ctx, { id: _resolvedByTheGate, q, ...asked }) => {
    const typed = q === undefined ? undefined : ctx.read(wordsOf(q));
    return underOneSight(
      async () => ({ sight: await mySight(ctx), words: await typed }),
      (one, other) => sameSight(one.sight, other.sight),
      ({ sight, words }) => pageOf(ctx, sight, ownView(sight), { ...asked, q, words }),
    );
  },
});

const QueryAnswer = z
  .object({
    rows: z.array(ShownRecord),
    count: z.int().meta({ description: "How many rows this answer has" }),
    truncated: z.boolean().meta({ description: "Whether there are more" }),
    note: z.string().nullable().meta({ description: "What was left out, in words; null for nothing" }),
  })
  .meta({ id: "QueryAnswer", description: "What was asked of a dataset's records" });

export const query = operation({
  http: "POST /datasets/{id}/_query",
  summary: "Filter, sort, select, group and aggregate the records of a dataset that you may see",
  description:
    "It changes nothing, and a token that only reads may do it. An answer has at most 1,000 rows, and about 4 MiB.",
  needs: readDataset,
  input: { ...datasetKey, ...recordQuery },
  output: QueryAnswer,
  errors: ["conflict", "rate_limited"],
  trips,
  scans: true,
  run: async (ctx, { id: _resolvedByTheGate, ...asked }) => {
    const { rows, ...answer } = await underOneSight(
      () => mySight(ctx),
      sameSight,
      (sight) => readBounded(ctx, asked, ownView(sight)),
    );
    return { ...answer, rows: [...rows] };
  },
});
