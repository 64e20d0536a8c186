import type { Statement } from "@steward/db";
import { writtenKey } from "../reading/index.ts";
import { columnSlots, idsOfLoad, type StoredValue } from "../records.ts";

/** Rows by their values (slot 1 first), and beside each how a value was written where it would be printed otherwise. */
export interface Rows {
  readonly rows: readonly (readonly StoredValue[])[];
  readonly written: readonly (Readonly<Record<number, string>> | undefined)[];
}

/** How many rows one statement takes: with more, binding takes longer than it spares. */
const rowsAtOnce = 25;

/** What a statement writes. Every value that is bound costs as much as SQLite takes to store it, so none is bound in vain. */
interface Shape {
  readonly columns: number;
  readonly rows: number;
  readonly hasMore: boolean;
  /** What lies at these ids, left by a load that was not finished, is written over. */
  readonly anew: boolean;
}

const texts = new Map<string, string>();

/** Its first argument is the id of its first row. */
function textOf({ columns, rows, hasMore, anew }: Shape): string {
  const key = `${columns} ${rows} ${hasMore} ${anew}`;
  let text = texts.get(key);
  if (!text) {
    const names = Array.from({ length: columns }, (_, index) => `s${index + 1}`);
    if (hasMore) names.push("more");
    const places = names.map(() => ", ?").join("");
    const values = Array.from({ length: rows }, (_, index) => `(?1 + ${index}${places})`);
    text = `insert ${anew ? "or replace " : ""}into records (${["id", ...names]}) values ${values}`;
    texts.set(key, text);
  }
  return text;
}

/** What of a row has no column: an object of JSON, or null where nothing is left. */
export function moreOf(row: readonly StoredValue[], written: Readonly<Record<number, string>> | undefined) {
  if (row.length <= columnSlots && !written) return null;
  const more: Record<string, StoredValue> = {};
  let any = false;
  for (let slot = columnSlots + 1; slot <= row.length; slot++) {
    const value = row[slot - 1];
    if (value === null || value === undefined) continue;
    more[slot] = value;
    any = true;
  }
  for (const [slot, text] of Object.entries(written ?? {})) {
    more[writtenKey(Number(slot))] = text;
    any = true;
  }
  return any ? JSON.stringify(more) : null;
}

/** Statements that write rows of `width` fields into a load, behind this position of it. */
export function insertRows(
  { rows, written }: Rows,
  { load, behind, width, anew }: { load: number; behind: number; width: number; anew: boolean },
): Statement[] {
  const columns = Math.min(width, columnSlots);
  const hasMore = width > columnSlots || written.some((some) => some !== undefined);
  const first = load * idsOfLoad + behind + 1;
  const statements: Statement[] = [];
  for (let begin = 0; begin < rows.length; begin += rowsAtOnce) {
    const end = Math.min(begin + rowsAtOnce, rows.length);
    const args: unknown[] = [first + begin];
    for (let index = begin; index < end; index++) {
      const row = rows[index] as readonly StoredValue[];
      for (let column = 0; column < columns; column++) args.push(row[column] ?? null);
      if (hasMore) args.push(moreOf(row, written[index]));
    }
    statements.push({ sql: textOf({ columns, rows: end - begin, hasMore, anew }), args });
  }
  return statements;
}
