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

const texts = new Map<string, string>();

/** `anew`: what lies at these ids, left by a load that was not finished, is written over. */
function textOf(columns: number, rows: number, anew: boolean): string {
  const key = `${columns} ${rows} ${anew}`;
  let text = texts.get(key);
  if (!text) {
    const names = Array.from({ length: columns }, (_, index) => `s${index + 1}`);
    const row = `(${Array(columns + 2).fill("?")})`;
    text = `insert ${anew ? "or replace " : ""}into records (${["id", ...names, "more"]}) values ${Array(rows).fill(row)}`;
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
  const first = load * idsOfLoad + behind + 1;
  const statements: Statement[] = [];
  for (let begin = 0; begin < rows.length; begin += rowsAtOnce) {
    const end = Math.min(begin + rowsAtOnce, rows.length);
    const args: unknown[] = [];
    for (let index = begin; index < end; index++) {
      const row = rows[index] as readonly StoredValue[];
      args.push(first + index);
      for (let column = 0; column < columns; column++) args.push(row[column] ?? null);
      args.push(moreOf(row, written[index]));
    }
    statements.push({ sql: textOf(columns, end - begin, anew), args });
  }
  return statements;
}
