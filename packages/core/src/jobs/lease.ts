import { DatabaseError, type Executor, type ResultSet, type Statement } from "@steward/db";
import type { Clock } from "../ports.ts";

export type JobKind = "read" | "index";

/** A job that this worker has, until its lease runs out. */
export interface Job {
  readonly number: number;
  readonly kind: JobKind;
  readonly subject: string;
  /** How often it was begun, this time included. */
  readonly attempts: number;
}

/** Milliseconds that a worker has a job for unless it says again that it is at work. */
const longestSilence = 60_000;
/** Milliseconds after which it says so. */
const renewEvery = 15_000;

/** What is due; `?1` is the time. One that runs is due again when its lease has run out. */
export const dueJobs = "select number from jobs where status in ('waiting', 'running') and run_at <= ?1";

const take = `update jobs set status = 'running', worker = ?2, attempts = attempts + 1, lease_until = ?3, run_at = ?3,
    updated_at = ?1
  where number = (${dueJobs} order by run_at, number limit 1) returning number, kind, subject, attempts`;

/** Takes the job that has waited longest, in one step, so that no two workers have the same; null where none is due. */
export async function takeJob(executor: Executor, clock: Clock, worker: string): Promise<Job | null> {
  const now = clock.now().getTime();
  const [taken] = await executor.batch([{ sql: take, args: [now, worker, now + longestSilence] }], "write");
  const [row] = (taken?.rows ?? []) as [number, JobKind, string, number][];
  if (!row) return null;
  const [number, kind, subject, attempts] = row;
  return { number, kind, subject, attempts };
}

/** Somebody else has the job now, or nobody: what this worker still wanted to do for it is not done. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

export interface Progress {
  readonly done: number;
  readonly total: number | null;
}

/** A worker's hold on a job. What it writes through it takes effect only while it has the job. */
export interface Lease {
  /** One batch, behind a check that the job is still this worker's; rejects with {@link LeaseLost} where it is not. */
  write(statements: readonly Statement[], progress?: Progress): Promise<ResultSet[]>;
  /** The end of the job, together with these statements. */
  finish(statements: readonly Statement[]): Promise<void>;
  /**
   * The end of the job where this query finds nothing that is left of it, in one step: whoever brings more meanwhile finds the
   * job running, and makes no other. Answers whether it has ended.
   */
  finishUnless(left: Statement): Promise<boolean>;
  /** Says that the worker is still at it, until it is called off. */
  keep(): () => void;
}

const isOurs = "exists (select 1 from jobs where number = ?1 and worker = ?2 and status = 'running')";
const mustBeOurs = `select case when ${isOurs} then 1 else json_extract('{}', 'refused:0') end`;
const renewal = `update jobs set lease_until = ?3, run_at = ?3, updated_at = ?4, done = coalesce(?5, done),
  total = coalesce(?6, total) where number = ?1 and worker = ?2 and status = 'running'`;
const ending = `update jobs set status = 'done', error = null, lease_until = null, worker = null, updated_at = ?3,
  done = coalesce(total, done) where number = ?1 and worker = ?2`;

export function openLease(executor: Executor, clock: Clock, worker: string, { number }: Job): Lease {
  const ours = [number, worker];
  const guarded = async (statements: readonly Statement[]): Promise<ResultSet[]> => {
    try {
      const [, ...results] = await executor.batch([{ sql: mustBeOurs, args: ours }, ...statements], "write");
      return results;
    } catch (error) {
      if (error instanceof DatabaseError && !(await isHeld())) throw new LeaseLost("Another worker has the job");
      throw error;
    }
  };
  const isHeld = async () => {
    const [held] = await executor.batch([{ sql: `select ${isOurs}`, args: ours }], "read");
    return held?.rows[0]?.[0] === 1;
  };
  const renew = (progress?: Progress): Statement => {
    const now = clock.now().getTime();
    const { done = null, total = null } = progress ?? {};
    return { sql: renewal, args: [...ours, now + longestSilence, now, done, total] };
  };
  const end = (): Statement => ({ sql: ending, args: [...ours, clock.now().getTime()] });
  return {
    async write(statements, progress) {
      const [, ...results] = await guarded([renew(progress), ...statements]);
      return results;
    },
    async finish(statements) {
      await guarded([...statements, end()]);
    },
    async finishUnless({ sql, args }) {
      const nothingLeft = `select case when not exists (${sql}) then 1 else json_extract('{}', 'refused:0') end`;
      try {
        await guarded([{ sql: nothingLeft, args }, end()]);
        return true;
      } catch (error) {
        const [left] = await executor.batch([{ sql, args }], "read");
        if (left?.rows.length && error instanceof DatabaseError) return false;
        throw error;
      }
    },
    keep() {
      // What fails here is no loss: the next write tells whether the job is still this worker's.
      const timer = setInterval(() => void executor.batch([renew()], "write").catch(() => undefined), renewEvery);
      return () => clearInterval(timer);
    },
  };
}
