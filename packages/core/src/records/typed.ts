import type { StoredField } from "@steward/db";
import type { Limits } from "../datasets/loading/order.ts";
import { moreOf } from "../datasets/loading/rows.ts";
import { fromJson } from "../datasets/reading/given-values.ts";
import { type Batch, type Reading, type RejectedRow, readRecords } from "../datasets/reading/index.ts";
import { columnSlots, type StoredValue } from "../datasets/records.ts";
import { StewardError } from "../errors.ts";

/** A record as it is given: a value for each field. */
export type GivenRecord = Readonly<Record<string, string | number | boolean | Date | null>>;

/** Records as they are stored. */
export interface TypedRecords {
  readonly fields: readonly StoredField[];
  /** JSON: for each record the values of its columns, and behind them what has none. */
  readonly rows: string;
  readonly columns: number;
  /** Of the records as JSON. */
  readonly bytes: number;
}

/**
 * Records as what the fields are, or as what they are found out to be, by the same rules as a file of JSON. Throws
 * `validation_failed` with the places of the first 20 values that do not fit.
 */
export async function typedRecords(
  records: readonly GivenRecord[],
  fields: readonly StoredField[] | null,
  limits: Limits,
): Promise<TypedRecords> {
  const bytes = new TextEncoder().encode(records.map((record) => JSON.stringify(record)).join("\n"));
  const found = await readAll(bytes, fields, limits);
  refuseMisfits(records, found);
  // What turned out to be text late is read once more, as what it is.
  const all = found.widened ? await readAll(bytes, found.fields, limits) : found;
  const width = all.fields.length;
  const columns = Math.min(width, columnSlots);
  const rows = all.batches.flatMap(({ rows, written }) =>
    rows.map((row, index) => {
      const values = Array.from({ length: columns }, (_, column): StoredValue => row[column] ?? null);
      return [...values, moreOf(row, written[index])];
    }),
  );
  return { fields: all.fields, rows: JSON.stringify(rows), columns, bytes: bytes.length };
}

interface Found {
  readonly fields: readonly StoredField[];
  readonly batches: readonly Batch[];
  readonly rejected: readonly RejectedRow[];
  readonly widened: boolean;
}

async function readAll(
  bytes: Uint8Array<ArrayBuffer>,
  fields: readonly StoredField[] | null,
  limits: Limits,
): Promise<Found> {
  const reading: Reading = readRecords(new Blob([bytes]).stream(), {
    format: "ndjson",
    encoding: "utf-8",
    limits,
    fields: fields ?? undefined,
  });
  const batches: Batch[] = [];
  for await (const batch of reading.batches) batches.push(batch);
  const { fields: known, widenings } = reading.result();
  const rejected = batches.flatMap((batch) => batch.rejected);
  return { fields: known, batches, rejected, widened: widenings.length > 0 };
}

const mostDetails = 20;

function refuseMisfits(records: readonly GivenRecord[], { fields, rejected }: Found): void {
  if (rejected.length === 0) return;
  const details = rejected.slice(0, mostDetails).map(({ line, reason }) => {
    const key = misfitOf(records[line - 1] ?? {}, fields);
    return { path: `records.${line - 1}${key === undefined ? "" : `.${key}`}`, message: reason };
  });
  throw new StewardError("validation_failed", { details });
}

/** The first key of a record that is no field, or whose value does not fit. */
function misfitOf(record: GivenRecord, fields: readonly StoredField[]): string | undefined {
  return Object.entries(record).find(([key, value]) => {
    const field = fields.find(({ name }) => name === key);
    if (!field) return true;
    return (
      value !== null && fromJson(field.dataType, value instanceof Date ? value.toISOString() : value) === undefined
    );
  })?.[0];
}
