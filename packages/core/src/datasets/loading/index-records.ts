import type { Executor, StoredField } from "@steward/db";
import { parsed } from "../../records.ts";
import { idsOfLoad, slotOf, termsOf } from "../records.ts";
import { allInTurn, inPieces } from "./pieces.ts";

/** What is some dataset's data and not all in the index. */
export const unindexed = `select l.number, l.fields from datasets d cross join dataset_loads l on l.number = d.load_number
  where l.indexed_position < l.last_position limit 20`;

/** That the index is still where this piece begins: two who index the same do nothing twice. */
const isNext = "(select indexed_position from dataset_loads where number = ?1) = ?2";

/**
 * SQL for the words of a record: of each field of text, behind its load and slot. What has none has no entry, and is not
 * found by any.
 */
function entries(load: number, fields: readonly StoredField[]): string {
  const texts = fields.filter(({ dataType }) => dataType === "string");
  const values = texts.map(({ slot }) => `('${termsOf(load, slot)}', ${slotOf(slot)})`);
  return `insert into record_search (rowid, terms) select id, terms from (
      select r.id, (with v(prefix, value) as (values ${values.join(", ")})
        select group_concat(v.prefix || w.token, ' ') from v cross join words w on w.input = v.value) as terms
      from records r where r.id > ${load * idsOfLoad} + ?2 and r.id <= ${load * idsOfLoad} + ?3 and ${isNext})
    where terms is not null`;
}

const moved = `update dataset_loads set indexed_position = ?3 where number = ?1 and indexed_position = ?2`;
const positions = "select indexed_position, last_position from dataset_loads where number = ?1";

/** Brings what has become data into the full-text index. Answers whether nothing is left. */
export async function indexRecords(executor: Executor, isOver: () => boolean): Promise<boolean> {
  const [found] = await executor.batch([{ sql: unindexed, args: [] }], "read");
  const loads = (found?.rows ?? []) as [number, string][];
  return allInTurn(
    loads.map(
      ([load, fields]) =>
        async () =>
          indexLoad(executor, load, parsed<StoredField[]>(fields), isOver),
    ),
  );
}

async function indexLoad(executor: Executor, load: number, fields: readonly StoredField[], isOver: () => boolean) {
  const isSearched = fields.some(({ dataType }) => dataType === "string");
  const insert = isSearched ? entries(load, fields) : undefined;
  return inPieces(async (rows) => {
    const [found] = await executor.batch([{ sql: positions, args: [load] }], "read");
    const [from, last] = (found?.rows[0] ?? [0, 0]) as [number, number];
    const to = insert ? Math.min(from + rows, last) : last;
    if (to <= from) return 0;
    const args = [load, from, to];
    await executor.batch([...(insert ? [{ sql: insert, args }] : []), { sql: moved, args }], "write");
    return insert ? to - from : 0;
  }, isOver);
}
