import type { Context } from "../context.ts";
import { readSql } from "../statement.ts";
import { withinLimits } from "./bounded.ts";
import { type RecordValue, type StoredValue, shownValue, type VisibleField } from "./records.ts";
import { resultOf } from "./result-column.ts";
import type { View } from "./view.ts";

interface HowMany {
  /** Different values of each field. */
  readonly most: number;
  /** Characters of a text; what is longer is cut. */
  readonly longest: number;
}

const recordsRead = 100;

/** Different values of these fields among the first records that a view shows, in one trip: a list for each field. */
export function readExamples(
  ctx: Context,
  { rows }: View,
  fields: readonly VisibleField[],
  { most, longest }: HowMany,
): () => Promise<NonNullable<RecordValue>[][]> {
  if (fields.length === 0) return async () => [];
  const cut = (field: VisibleField) => {
    const value = resultOf(field, field.sql);
    if (field.dataType !== "string") return value;
    return `iif(length(${value}) > :longest, substr(${value}, 1, :longest) || '...', ${value})`;
  };
  const statement = readSql(
    withinLimits({
      text: `select ${fields.map(cut).join(", ")} from records r where ${rows.text} order by r.id limit :recordsRead`,
      values: { ...rows.values, longest, recordsRead },
    }),
    (row) => row,
  );
  return async () => {
    const found = await ctx.read(statement);
    return fields.map(({ dataType }, index) => {
      const stored = new Set(found.map((row) => row[index] as StoredValue).filter((value) => value !== null));
      return [...stored].slice(0, most).flatMap((value) => shownValue(dataType, value) ?? []);
    });
  };
}
