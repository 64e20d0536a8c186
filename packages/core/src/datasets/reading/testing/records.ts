import type { Executor, Statement } from "@steward/db";
import { columnSlots, type StoredValue, slotOf } from "../../records.ts";
import { sqlOf, writtenKey } from "../index.ts";
import type { Read } from "./read.ts";

const columns = Array.from({ length: columnSlots }, (_, at) => `s${at + 1}`);

function insertOf(id: number, row: readonly StoredValue[], written: Readonly<Record<number, string>> = {}): Statement {
  const more = Object.fromEntries([
    ...row.slice(columnSlots).map((value, at) => [columnSlots + at + 1, value]),
    ...Object.entries(written).map(([slot, text]) => [writtenKey(Number(slot)), text]),
  ]);
  const values = columns.map((_, at) => row[at] ?? null);
  return {
    sql: `insert into records values (?, ${columns.map(() => "?")}, ?)`,
    args: [id, ...values, Object.keys(more).length === 0 ? null : JSON.stringify(more)],
  };
}

/** What lies in the records after they were stored in a database, and the fields that turned out to be text were widened. */
export async function widened(executor: Executor, { rows, written, fields, widenings }: Read) {
  const sqlBySlot = new Map(widenings.map((widening) => [widening.slot, sqlOf(widening)]));
  const values = fields.map(({ slot }) => sqlBySlot.get(slot) ?? slotOf(slot));
  const results = await executor.batch(
    [
      { sql: "drop table if exists records", args: [] },
      { sql: `create table records (id integer primary key, ${columns}, more)`, args: [] },
      ...rows.map((row, at) => insertOf(at, row, written[at])),
      { sql: `select ${values.length === 0 ? "null" : values} from records r order by id`, args: [] },
    ],
    "write",
  );
  return results.at(-1)?.rows ?? [];
}
