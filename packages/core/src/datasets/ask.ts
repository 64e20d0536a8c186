import type { Context } from "../context.ts";
import { readSql } from "../statement.ts";
import { boundedRows, mostBytes, upToBytes } from "./bounded.ts";
import { answerOf, compileQuery, type QueryAnswer, type RecordQuery } from "./query.ts";
import type { View } from "./view.ts";

/** Rows, and in words what was left out of them; null for nothing. */
export interface BoundedAnswer extends QueryAnswer {
  readonly count: number;
  readonly note: string | null;
}

/**
 * What is asked of a view, in one trip: no more than so many bytes of it. Throws `validation_failed` before it reads, with
 * the place of what is wrong; what is not seen is wrong as what is not there.
 */
export function readBounded(
  ctx: Context,
  query: RecordQuery,
  view: View,
  most = mostBytes,
): () => Promise<BoundedAnswer> {
  const compiled = compileQuery(query, view);
  const width = Math.max(1, compiled.columns.length);
  const names = compiled.columns.map(({ name }) => name);
  const statement = readSql(upToBytes(compiled.sql, width, names, most), (row) => row);
  return async () => {
    const { rows: found, full } = boundedRows(await ctx.read(statement), most);
    const { rows, truncated } = answerOf(compiled, found);
    return { rows, count: rows.length, truncated: truncated || full, note: noteOf(rows.length, truncated, full) };
  };
}

function noteOf(count: number, truncated: boolean, full: boolean): string | null {
  if (full)
    return `Only the first ${count} rows: more would be too much for one answer. Select fewer fields, filter, or group`;
  return truncated ? `Only the first ${count} rows: there are more. Filter or group, or raise the limit` : null;
}
