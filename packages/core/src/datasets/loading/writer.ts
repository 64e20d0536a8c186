import { DatabaseError, type Executor, type ResultSet, type Statement } from "@steward/db";
import { StewardError } from "../../errors.ts";
import type { Clock } from "../../ports.ts";
import { columnSlots, idsOfLoad } from "../records.ts";
import { type Format, type LoadOrder, lease } from "./order.ts";
import { insertRows, type Rows } from "./rows.ts";

/** How far a load has come. */
export interface Progress {
  readonly format: Format | null;
  readonly bytesRead: number;
  readonly rowsRead: number;
  readonly rowsRejected: number;
}

/** A change of a value's slot: SQL over the record `r`. */
export interface Change {
  readonly slot: number;
  readonly sql: string;
}

/** Writes into a load as long as its upload goes on; each call is one batch, which changes nothing when it does not. */
export interface LoadWriter {
  /** Rejects with the StewardError that says what has ended the upload. */
  write(rows: Rows, width: number): Promise<void>;
  /** Tells how far it has come, and keeps the load its own for longer. */
  report(progress: Progress): Promise<void>;
  /** Gives slots of all that it has written new values. */
  change(changes: readonly Change[]): Promise<void>;
  readonly position: number;
}

const goesOn = `exists (select 1 from uploads where id = ?1 and status = 'loading')`;
const mustGoOn = `select case when ${goesOn} then 1 else json_extract('{}', 'refused:0') end`;
const told = `update uploads set format = coalesce(?2, format), bytes_read = ?3, rows_read = ?4, rows_rejected = ?5,
    updated_at = ?6, version = version + 1
  where id = ?1 and status = 'loading'
    and (format, bytes_read, rows_read, rows_rejected) is not (coalesce(?2, format), ?3, ?4, ?5)`;
const renewed = "update dataset_loads set loading_until = ?1 where number = ?2";

/** How many records get new values in one batch. */
const changedAtOnce = 1000;

export function openWriter(executor: Executor, clock: Clock, order: LoadOrder): LoadWriter {
  const { uploadId, loadNumber: load, fields } = order;
  let position = order.lastPosition;
  const guarded = async (statements: readonly Statement[]): Promise<ResultSet[]> => {
    try {
      return await executor.batch([{ sql: mustGoOn, args: [uploadId] }, ...statements], "write");
    } catch (error) {
      throw (error instanceof DatabaseError && (await whyEnded(executor, uploadId))) || error;
    }
  };

  return {
    get position() {
      return position;
    },
    async write(rows, width) {
      const behind = position;
      position += rows.rows.length;
      await guarded(insertRows(rows, { load, behind, width, anew: fields !== null }));
    },
    async report({ format, bytesRead, rowsRead, rowsRejected }) {
      const now = clock.now().getTime();
      await guarded([
        { sql: told, args: [uploadId, format, bytesRead, rowsRead, rowsRejected, now] },
        { sql: renewed, args: [now + lease, load] },
      ]);
    },
    async change(changes) {
      if (changes.length === 0) return;
      const sql = `update records as r set ${settings(changes)} where r.id > ? and r.id <= ?`;
      for (let from = order.lastPosition; from < position; from += changedAtOnce) {
        const first = load * idsOfLoad + from;
        await guarded([{ sql, args: [first, first + Math.min(changedAtOnce, position - from)] }]);
      }
    },
  };
}

/** A function of SQL takes 127 arguments at most. */
const pairsAtOnce = 60;

function settings(changes: readonly Change[]): string {
  const own = changes.filter(({ slot }) => slot <= columnSlots).map(({ slot, sql }) => `s${slot} = ${sql}`);
  const pairs = changes.filter(({ slot }) => slot > columnSlots).map(({ slot, sql }) => `'$."${slot}"', ${sql}`);
  let more = "r.more";
  for (let from = 0; from < pairs.length; from += pairsAtOnce)
    more = `json_set(${[more, ...pairs.slice(from, from + pairsAtOnce)].join(", ")})`;
  // A record without the rest has no value in any of these slots, so there is none to change.
  return [...own, ...(pairs.length > 0 ? [`more = ${more}`] : [])].join(", ");
}

/** What has ended an upload that does not go on; undefined where it does. */
export async function whyEnded(executor: Executor, uploadId: string): Promise<StewardError | undefined> {
  const [found] = await executor.batch(
    [{ sql: "select status, error from uploads where id = ?1", args: [uploadId] }],
    "read",
  );
  const [status, error] = (found?.rows[0] ?? ["cancelled", null]) as [string, string | null];
  if (status === "loading") return undefined;
  return new StewardError("conflict", { message: error ?? "The upload was cancelled: nothing of it was taken" });
}
