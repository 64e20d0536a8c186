import { tables } from "@steward/db";
import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import { me, writeDataset } from "../access.ts";
import type { Context } from "../context.ts";
import { becomesData, growsBy, nobodyAppends, stillCurrent } from "../datasets/loading/become.ts";
import {
  type Current,
  currentData,
  currentLoad,
  datasetId as datasetText,
  lateOnes,
} from "../datasets/loading/begin.ts";
import { columnSlots, idsOfLoad, mostPositions } from "../datasets/records.ts";
import { datasetId, datasetKey } from "../datasets/schema.ts";
import { StewardError } from "../errors.ts";
import { idempotent } from "../idempotency.ts";
import { operation } from "../operation.ts";
import { last } from "../records.ts";
import { Nothing, text, Version, versioned } from "../schemas.ts";
import { rawWrite, read } from "../statement.ts";
import { type GivenRecord, type TypedRecords, typedRecords } from "./typed.ts";

const { datasets } = tables;

const mostAtOnce = 10_000;
const GivenRecords = z
  .array(z.record(text(1000), z.union([z.string(), z.number(), z.boolean(), z.date(), z.null()])))
  .min(1)
  .max(mostAtOnce)
  .meta({ description: "A value for each field; null, or no key, for a missing one; dates as ISO 8601" });

const Changed = z
  .object({
    added: z.int().meta({ description: "How many records this has brought" }),
    rows: z.int().meta({ description: "How many there are now" }),
    version: Version.meta({ description: "The dataset's version from now on" }),
  })
  .meta({ id: "RecordsChanged", description: "What a change has made of a dataset's records" });

const trips = { most: 2, because: "What the fields are decides how the values are stored" } as const;

const changed = read((database) =>
  database
    .select({
      rows: sql<number>`(select rows from dataset_loads where number = ${datasets.loadNumber})`.as("rows"),
      version: datasets.version,
    })
    .from(datasets)
    .where(eq(datasets.id, datasetId)),
);

/** The number of the load into which is written: the one that is given, or the newest, which this commit has made. */
const load = "coalesce(:load, (select max(number) from dataset_loads))";

const inserts = Array.from({ length: columnSlots + 1 }, (_, columns) => {
  const slots = Array.from({ length: columns }, (_, index) => `s${index + 1}`);
  const values = slots.map((_, index) => `value ->> ${index}`);
  return rawWrite<{ load: number | null; behind: number; rows: string }>(`insert or replace into records
    (${["id", ...slots, "more"].join(", ")})
    select ${[`${load} * ${idsOfLoad} + :behind + key + 1`, ...values, `value ->> ${columns}`].join(", ")} from json_each(:rows)`);
});

function inserting({ columns, rows }: TypedRecords, load: number | null, behind: number) {
  const insert = inserts[columns];
  if (!insert) throw new Error(`There are no ${columns} columns`);
  return insert({ load, behind, rows });
}

interface NewLoad {
  readonly fields: string;
  readonly count: number;
  readonly bytes: number;
}
const makeLoad =
  rawWrite<NewLoad>(`insert into dataset_loads (dataset_id, fields, rows, bytes, last_position, created_at)
  values (${datasetText}, :fields, :count, :bytes, :count, :now)`);

/** The steps that make these records all that the dataset has. */
const asNewLoad = (typed: TypedRecords, count: number) => [
  makeLoad({ fields: JSON.stringify(typed.fields), count, bytes: typed.bytes }),
  inserting(typed, null, 0),
  becomesData(null),
];

const current = async (ctx: Context): Promise<Current> => {
  const [found] = await ctx.read(currentData());
  if (!found) throw new StewardError("internal");
  return found;
};

export const add = operation({
  http: "POST /datasets/{id}/data",
  summary: "Add records to a dataset, all of them or none",
  description:
    "A value that does not fit its field refuses them all. A dataset without data gets its fields from these records. Many more are loaded with `_upload?mode=append`.",
  needs: writeDataset,
  input: { ...datasetKey, ...idempotent, records: GivenRecords },
  output: Changed,
  errors: ["conflict", "too_large"],
  trips,
  run: async (ctx, { records }) => {
    const before = await current(ctx);
    const steps = await addition(records, before);
    const [after] = last(await ctx.commit([...steps, changed({})], { details: { added: records.length } }));
    if (!after) throw new StewardError("internal");
    ctx.defer(() => ctx.heavyWork.tend());
    return { added: records.length, ...after };
  },
});

async function addition(records: readonly GivenRecord[], before: Current) {
  const { currentLoad: load, fields, lastPosition: behind, limits, rows, bytes } = before;
  const room = { ...limits, rows: Math.min(limits.rows - rows, mostPositions - behind), bytes: limits.bytes - bytes };
  const typed = await typedRecords(records, load === null ? null : fields, room);
  const still = stillCurrent(load);
  if (load === null) return [still, ...asNewLoad(typed, records.length)];
  const growth = { load, rows: records.length, bytes: typed.bytes, behind, position: behind + records.length };
  // Who appended and has let its time run out would write over what is added here, where it goes on.
  return [still, nobodyAppends(), lateOnes({ append: true }), inserting(typed, load, behind), ...growsBy(growth)];
}

export const replace = operation({
  http: "PUT /datasets/{id}/data",
  summary: "Replace the records of a dataset, all at once",
  description: "The fields are found out from these records. More than 10,000 are loaded with `_upload`.",
  needs: writeDataset,
  input: { ...datasetKey, ...versioned, records: GivenRecords },
  output: Changed,
  errors: ["conflict", "too_large", "version_mismatch"],
  trips,
  run: async (ctx, { records, expectedVersion }) => {
    const [{ limits }, { version }] = await Promise.all([current(ctx), ctx.facts()]);
    if (expectedVersion !== undefined && version !== expectedVersion) throw new StewardError("version_mismatch");
    const typed = await typedRecords(records, null, limits);
    const steps = [...asNewLoad(typed, records.length), changed({})] as const;
    const [after] = last(await ctx.commit(steps, { details: { rows: records.length } }));
    if (!after) throw new StewardError("internal");
    ctx.defer(() => ctx.heavyWork.tend());
    return { added: records.length, ...after };
  },
});

/** Without data there is none to be emptied: then the pointer stays on nothing. */
const emptyLoad = rawWrite(`insert into dataset_loads (dataset_id, fields, created_at)
  select dataset_id, fields, :now from dataset_loads where number = ${currentLoad}`);
const becomesEmpty =
  rawWrite(`update datasets set load_number = iif(load_number is null, null, (select max(number) from dataset_loads)),
  version = version + 1, updated_at = :now, updated_by = ${me} where id = ${datasetText}`);

const removeAll = operation({
  http: "DELETE /datasets/{id}/data",
  summary: "Delete all records of a dataset; its fields stay",
  needs: writeDataset,
  input: { ...datasetKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  run: async (ctx) => {
    await ctx.commit([emptyLoad({}), becomesEmpty({})]);
    ctx.defer(() => ctx.heavyWork.tend());
  },
});

export { removeAll as delete };
