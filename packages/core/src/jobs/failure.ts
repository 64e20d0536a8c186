import type { Executor, Statement } from "@steward/db";
import { isStewardError } from "../errors.ts";
import type { Job } from "./lease.ts";

const second = 1000;
const minute = 60 * second;
/** Milliseconds that a job waits after its first failure, its second and so on; after one more it is dead. */
const pauses = [10 * second, minute, 5 * minute, 30 * minute];
export const mostAttempts = pauses.length + 1;

const longestReason = 1000;

/** What has gone wrong, for an administrator. */
export function reasonOf(error: unknown): string {
  const { message } = error instanceof Error ? error : { message: String(error) };
  const cause = isStewardError(error) && error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `${message}${cause}`.slice(0, longestReason).toWellFormed();
}

/** Why a job has died whose workers never came to say what was wrong. */
export const silentDeath = `The server stopped each of the ${mostAttempts} times that it was at this: it may take more memory or time than there is`;

const wait = `update jobs set status = 'waiting', worker = null, lease_until = null, run_at = ?3, updated_at = ?4, error = ?5
  where number = ?1 and worker = ?2 and status = 'running'`;
const die = `update jobs set status = 'dead', worker = null, lease_until = null, updated_at = ?3, error = ?4
  where number = ?1 and worker = ?2 and status = 'running'`;
const couldNotBe = (done: string) =>
  `'It could not be ${done} in ${mostAttempts} attempts: ask an administrator about job ' || ?1`;
const isOurs = "exists (select 1 from jobs where number = ?1 and worker = ?2 and status = 'running')";
const unread = `update documents set status = 'failed', updated_at = ?3, error = ${couldNotBe("read")}
  where number = ?4 and status = 'pending' and ${isOurs}`;
const unfound = `update library_documents set error = ${couldNotBe("indexed")}
  where library = ?3 and document_number = ?4 and not complete and ${isOurs}`;

/** The subject of a `read` is a document, that of an `index` a library and a document. */
function dying({ number, kind, subject }: Job, worker: string, reason: string, now: number): Statement[] {
  const [document = 0, library = 0] = subject.split(":").map(Number).reverse();
  const told =
    kind === "read"
      ? { sql: unread, args: [number, worker, now, document] }
      : { sql: unfound, args: [number, worker, library, document] };
  return [told, { sql: die, args: [number, worker, now, reason] }];
}

/** A job that has failed waits, longer each time, or is dead. Nothing where another worker has it. */
export async function failJob(
  executor: Executor,
  job: Job,
  worker: string,
  reason: string,
  now: number,
): Promise<void> {
  const pause = pauses[job.attempts - 1];
  const statements =
    pause === undefined
      ? dying(job, worker, reason, now)
      : [{ sql: wait, args: [job.number, worker, now + pause, now, reason] }];
  await executor.batch(statements, "write");
}

const back = `update jobs set status = 'waiting', worker = null, lease_until = null, run_at = ?3, updated_at = ?3,
  attempts = attempts - 1 where number = ?1 and worker = ?2 and status = 'running'`;

/** A job that its worker does not go on with, for another to take: that counts as no attempt. */
export async function giveBack(executor: Executor, { number }: Job, worker: string, now: number): Promise<void> {
  await executor.batch([{ sql: back, args: [number, worker, now] }], "write");
}
