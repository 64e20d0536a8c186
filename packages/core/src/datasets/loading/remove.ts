import type { Executor } from "@steward/db";
import { idsOfLoad } from "../records.ts";
import { allInTurn, inPieces } from "./pieces.ts";

/** That nobody writes into the load `l`; `?1` is the time. */
const isLeft = `coalesce(l.loading_until <= ?1, true) and not exists (select 1 from uploads u
  where u.dataset_id = l.dataset_id and u.load_number = l.number and u.status = 'loading')`;
const isData = "exists (select 1 from datasets d where d.load_number = l.number)";

/** Loads that are nobody's data, and data behind which something was left that did not become part of it; `?1` is the time. */
export const garbage = `select l.number, ${isData} from dataset_loads l
  where ${isLeft} and (l.loading_until is not null or not ${isData}) limit 20`;

/** Some records that are left of the load `?2`, asked anew each time whether they still are. */
const leftovers = `select r.id from dataset_loads l cross join records r
    on r.id > l.number * ${idsOfLoad} + iif(${isData}, l.last_position, 0) and r.id < (l.number + 1) * ${idsOfLoad}
  where l.number = ?2 and ${isLeft} limit ?3`;
const removeWords = `delete from record_search where rowid in (${leftovers})`;
const removeRecords = `delete from records where id in (${leftovers})`;
const nothingLeft = `not exists (select 1 from records r where r.id > l.number * ${idsOfLoad}
  + iif(${isData}, l.last_position, 0) and r.id < (l.number + 1) * ${idsOfLoad})`;
const removeLoad = `delete from dataset_loads where number = (select l.number from dataset_loads l
  where l.number = ?2 and ${isLeft} and not ${isData} and ${nothingLeft})`;
const cleanLoad = `update dataset_loads set loading_until = null where number = (select l.number from dataset_loads l
  where l.number = ?2 and ${isLeft} and ${isData} and ${nothingLeft})`;

/** Removes records that are nobody's data, and their words. Answers whether nothing is left. */
export async function removeLeftovers(executor: Executor, now: number, isOver: () => boolean): Promise<boolean> {
  const [found] = await executor.batch([{ sql: garbage, args: [now] }], "read");
  const loads = (found?.rows ?? []) as [number, number][];
  return allInTurn(
    loads.map(
      ([load]) =>
        () =>
          removeLeft(executor, now, load, isOver),
    ),
  );
}

async function removeLeft(executor: Executor, now: number, load: number, isOver: () => boolean): Promise<boolean> {
  const done = await inPieces(async (rows) => {
    const args = [now, load, rows];
    const [, removed] = await executor.batch(
      [
        { sql: removeWords, args },
        { sql: removeRecords, args },
      ],
      "write",
    );
    return removed?.rowsAffected ?? 0;
  }, isOver);
  if (!done) return false;
  const args = [now, load];
  await executor.batch(
    [
      { sql: removeLoad, args },
      { sql: cleanLoad, args },
    ],
    "write",
  );
  return true;
}

const day = 24 * 60 * 60 * 1000;
/** How long it is remembered what became of an upload, in milliseconds from when its id expired. */
const rememberedFor = 30 * day;
/** The same of one that nobody used: long enough that whoever comes too late is told that it has expired. */
const unusedRememberedFor = day;

const hasDied = `status = 'loading' and not exists (
    select 1 from dataset_loads l where l.number = uploads.load_number and l.loading_until > ?1)`;
const longExpired = `expires_at <= ?1 - ${unusedRememberedFor}`;
const mayBeForgotten = `${longExpired} and status <> 'loading'
    and (status in ('waiting', 'stored') or expires_at <= ?1 - ${rememberedFor})`;
/** Uploads of which something is left to do; `?1` is the time. */
export const deadUploads = `select 1 from uploads where ${hasDied}`;
export const oldUploads = `select 1 from uploads where ${mayBeForgotten}`;

/** Those whose loader is gone have failed; those that nobody used in time, or that are long over, are forgotten. */
const died = `update uploads set status = 'failed', error = 'The server stopped', finished_at = ?1, updated_at = ?1,
    version = version + 1
  where ${hasDied}`;
const forgotten = `delete from uploads where id in (select id from uploads where ${mayBeForgotten} limit 200)`;
const anyOfThem = `select exists (select 1 from uploads where status = 'loading') or exists (select 1 from uploads where ${longExpired})`;

/** All of it is done at once. */
export async function tidyUploads(executor: Executor, now: number): Promise<true> {
  const args = [now];
  const [found] = await executor.batch([{ sql: anyOfThem, args }], "read");
  if (found?.rows[0]?.[0] !== 1) return true;
  await executor.batch(
    [
      { sql: died, args },
      { sql: forgotten, args },
    ],
    "write",
  );
  return true;
}
