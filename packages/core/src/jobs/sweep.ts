import type { Executor } from "@steward/db";
import { allInTurn, inPieces } from "../datasets/loading/pieces.ts";
import { idsOf } from "../documents/embedding-ids.ts";

/** Whether an assistant of the library `l`, or its draft, has a file with the document. */
const isUsed = `exists (select 1 from documents d cross join assistants o on o.number = l.library
    cross join assistants a on a.id in (select o.id union all select x.id from assistants x where x.editing_id = o.id)
    cross join assistant_files f on f.assistant_id = a.id and f.hash = d.hash and f.format = d.format
  where d.number = l.document_number)`;

/** Documents in libraries of which a file has gone. */
export const staleDocuments = "select number from library_documents where stale";
/** Documents whose bytes have gone. */
export const goneDocuments = "select number from documents where status = 'gone'";
const day = 24 * 60 * 60 * 1000;
const rememberedFor = 7 * day;
/** Jobs that nobody needs to know of any more; `?1` is the time. */
export const oldJobs = `select number from jobs where status in ('done', 'dead') and updated_at <= ?1 - ${rememberedFor}`;

const kept = `update library_documents as l set stale = 0 where number = ?1 and stale and ${isUsed}`;
/** The row is one that nobody uses. Asked anew with each piece: what has come back is left alone. */
const isUnused = `exists (select 1 from library_documents l where l.number = ?1 and l.stale and not ${isUsed})`;
const begun = `update library_documents set complete = 0, indexed_position = 0 where number = ?1 and ${isUnused}`;
const someWords = `select rowid from passage_search where ${idsOf("rowid", "?1")} limit ?2`;
const removeWords = `delete from passage_search where rowid in (${someWords}) and ${isUnused}`;
const removeRow = `delete from library_documents where number = ?1 and ${isUnused}
  and not exists (select 1 from passage_search where ${idsOf("rowid", "?1")})`;

const isGone = "exists (select 1 from documents where number = ?1 and status = 'gone')";
const markLibraries = `update library_documents set stale = 1 where document_number = ?1 and ${isGone}`;
const someEmbeddings = `select id from embeddings where ${idsOf("id", "?1")} limit ?2`;
const removeEmbeddings = `delete from embeddings where id in (${someEmbeddings}) and ${isGone}`;
const removeDocument = `delete from documents where number = ?1 and status = 'gone'
  and not exists (select 1 from embeddings where ${idsOf("id", "?1")})
  and not exists (select 1 from library_documents where document_number = ?1)`;
const forget = `delete from jobs where number in (${oldJobs} limit 500)`;

const atOnce = " order by number limit 100";

async function numbers(executor: Executor, sql: string): Promise<number[]> {
  const [found] = await executor.batch([{ sql: sql + atOnce, args: [] }], "read");
  return (found?.rows ?? []).map(([number]) => Number(number));
}

/** Removes what is found in a library, or was read, and is nobody's file any more; and jobs that are long over. */
export async function sweepFiles(executor: Executor, now: number, isOver: () => boolean): Promise<boolean> {
  const gone = await numbers(executor, goneDocuments);
  if (gone.length > 0)
    await executor.batch(
      gone.map((number) => ({ sql: markLibraries, args: [number] })),
      "write",
    );
  const stale = await numbers(executor, staleDocuments);
  return allInTurn([
    ...stale.map((number) => () => sweepLibrary(executor, number, isOver)),
    ...gone.map((number) => () => sweepDocument(executor, number, isOver)),
    async () => {
      await executor.batch([{ sql: forget, args: [now] }], "write");
      return true;
    },
  ]);
}

async function sweepLibrary(executor: Executor, number: number, isOver: () => boolean): Promise<boolean> {
  await executor.batch(
    [kept, begun].map((sql) => ({ sql, args: [number] })),
    "write",
  );
  const done = await inPieces(async (rows) => {
    const [removed] = await executor.batch([{ sql: removeWords, args: [number, rows] }], "write");
    return removed?.rowsAffected ?? 0;
  }, isOver);
  if (done) await executor.batch([{ sql: removeRow, args: [number] }], "write");
  return done;
}

async function sweepDocument(executor: Executor, number: number, isOver: () => boolean): Promise<boolean> {
  const done = await inPieces(async (rows) => {
    const [removed] = await executor.batch([{ sql: removeEmbeddings, args: [number, rows] }], "write");
    return removed?.rowsAffected ?? 0;
  }, isOver);
  if (done) await executor.batch([{ sql: removeDocument, args: [number] }], "write");
  return done;
}
