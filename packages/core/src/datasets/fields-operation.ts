import * as z from "zod";
import { readDataset } from "../access.ts";
import type { Context } from "../context.ts";
import { fromCursor, toCursor } from "../cursor.ts";
import { operation } from "../operation.ts";
import { page, paging } from "../schemas.ts";
import { readExamples } from "./examples.ts";
import { DataField, datasetKey } from "./schema.ts";
import { ownView } from "./view.ts";
import { mySight, type Sight, sameSight, underOneSight } from "./ways.ts";

const Value = z.union([z.string(), z.number(), z.boolean(), z.date()]);

const SampledField = DataField.extend({
  sample: z.array(Value).meta({
    description: "Up to 5 different values among the first 100 records that you see; long texts are cut",
  }),
}).meta({ id: "SampledField", description: "A field of a dataset's records, with values that it has" });

interface FieldsPage {
  readonly start: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

function fieldsPage(ctx: Context, sight: Sight, { start: given, limit, cursor }: FieldsPage) {
  const list = ["fields", sight.id, sight.load?.number ?? null];
  const start = cursor === undefined ? given : fromCursor(cursor, list).start;
  const view = ownView(sight);
  const every = [...view.fields.values()];
  const shown = every.slice(start, start + limit);
  const examples = readExamples(ctx, view, shown, { most: 5, longest: 200 });
  const end = start + shown.length;
  return async () => {
    const samples = await examples();
    return {
      items: shown.map(({ name, label, dataType }, index) => ({
        name,
        label,
        dataType,
        position: start + index + 1,
        sample: samples[index] ?? [],
      })),
      start,
      count: shown.length,
      total: every.length,
      totalIsExact: true,
      next: end < every.length && shown.length > 0 ? toCursor({ key: end, id: "", start: end }, list) : null,
    };
  };
}

export const fields = operation({
  http: "GET /datasets/{id}/fields",
  rel: "inf:fields",
  summary: "List the fields of a dataset that you may see, with some of their values",
  needs: readDataset,
  input: { ...datasetKey, ...paging },
  output: page(SampledField),
  items: { rel: "inf:field" },
  errors: ["conflict", "rate_limited"],
  trips: { most: 2, because: "Which rights there are, and what the slots mean, decides on the statement" },
  scans: true,
  run: (ctx, { id: _resolvedByTheGate, ...asked }) =>
    underOneSight(
      () => mySight(ctx),
      sameSight,
      (sight) => fieldsPage(ctx, sight, asked),
    ),
});
