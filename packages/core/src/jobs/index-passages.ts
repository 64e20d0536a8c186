import type { Executor } from "@steward/db";
import { inPieces } from "../datasets/loading/pieces.ts";
import { bitsOfPosition, idsOf, mostEmbeddings, positionOf } from "../documents/embedding-ids.ts";
import type { Lease } from "./lease.ts";

/** How a term of the index begins: the number of the library, of the same length for all. */
export const libraryTerms = (library: string): string => `printf('%010d', ${library})`;

/** The words of an embedding's text, in the order in which they stand. */
const termsOf = `(select group_concat(${libraryTerms("l.library")} || w.token, ' ' order by w.position)
  from words w where w.input = e.text)`;

/** What the job is about: where the index has come to, and how far it is to come. */
const state = `select l.number, l.indexed_position,
    coalesce((select max(e.id) - (d.number << ${bitsOfPosition}) + 1 from embeddings e where ${idsOf("e.id", "d.number")}), 0)
  from library_documents l cross join documents d on d.number = l.document_number and d.status = 'read'
  where l.library = ?1 and l.document_number = ?2 and not l.complete`;

/** That the index is still where this piece begins, and the document as it was read. */
const isNext = `from library_documents l cross join documents d on d.number = l.document_number and d.status = 'read'
  where l.number = ?1 and l.indexed_position = ?2 and not l.complete`;

const someWords = `select rowid from passage_search where ${idsOf("rowid", "?1")} limit ?3`;
const clear = `delete from passage_search where rowid in (${someWords}) and exists (select 1 ${isNext})`;
const insert = `insert into passage_search (rowid, terms) select id, terms from (
    select (l.number << ${bitsOfPosition}) + ${positionOf("e.id")} as id, ${termsOf} as terms
    from (select l.number, l.library, l.document_number as document ${isNext}) l
    cross join embeddings e on e.id >= (l.document << ${bitsOfPosition}) + ?2 and e.id < (l.document << ${bitsOfPosition}) + ?3
      and e.kind = 'text')
  where terms is not null`;
const moved = `update library_documents set indexed_position = ?3
  where number = ?1 and exists (select 1 ${isNext})`;
const completed = `update library_documents set complete = 1 where number = ?1 and exists (select 1 ${isNext})`;

/** Answers whether it is done: false where `isOver` has stopped it. The next one goes on from there. */
export async function indexPassages(
  { executor, lease, isOver }: { executor: Executor; lease: Lease; isOver: () => boolean },
  subject: string,
): Promise<boolean> {
  const [library = 0, document = 0] = subject.split(":").map(Number);
  const left = { sql: state, args: [library, document] };
  for (;;) {
    const [found] = await executor.batch([left], "read");
    const [row] = (found?.rows ?? []) as [number, number, number][];
    // Nothing to index, or nothing any more.
    if (!row) {
      if (await lease.finishUnless(left)) return true;
      continue;
    }
    const [number, position, total] = row;
    if (position === 0 && !(await clearPassages(lease, number, isOver))) return false;
    if (!(await insertPassages(lease, { number, position, total }, isOver))) return false;
    await lease.write([{ sql: completed, args: [number, total] }]);
  }
}

/** What an earlier reading has left. */
const clearPassages = (lease: Lease, number: number, isOver: () => boolean): Promise<boolean> =>
  inPieces(async (rows) => {
    const [cleared] = await lease.write([{ sql: clear, args: [number, 0, rows] }]);
    return cleared?.rowsAffected ?? 0;
  }, isOver);

interface Range {
  readonly number: number;
  readonly position: number;
  readonly total: number;
}

function insertPassages(lease: Lease, { number, position, total }: Range, isOver: () => boolean): Promise<boolean> {
  let from = position;
  return inPieces(async (rows) => {
    const to = Math.min(from + rows, total, mostEmbeddings);
    if (to <= from) return 0;
    const args = [number, from, to];
    const [, changed] = await lease.write(
      [
        { sql: insert, args },
        { sql: moved, args },
      ],
      { done: to, total },
    );
    const indexed = to - from;
    from = to;
    // Somebody has begun anew with it: then it is looked at again.
    return changed?.rowsAffected === 1 ? indexed : 0;
  }, isOver);
}
