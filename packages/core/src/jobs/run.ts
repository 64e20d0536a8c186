import type { Executor } from "@steward/db";
import type { Clock } from "../ports.ts";
import { failJob, giveBack, mostAttempts, reasonOf, silentDeath } from "./failure.ts";
import { indexPassages } from "./index-passages.ts";
import { type Job, LeaseLost, openLease, takeJob } from "./lease.ts";
import { type ReadingServices, readDocument } from "./read-document.ts";
import { Stopped } from "./stopped.ts";

export interface JobOptions extends ReadingServices {
  readonly executor: Executor;
  readonly clock: Clock;
  /** Aborted when the worker is to stop. */
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds after which no further job is begun, so that other work in the background has its turn. */
const turn = 2000;

/**
 * A worker: does what is due, one job after the other. Answers how it has ended: `done` when nothing is due, `more` when
 * others are to have their turn first, `over` when `isOver` has said so.
 */
export function openWorker(options: JobOptions): (isOver: () => boolean) => Promise<"done" | "more" | "over"> {
  const worker = crypto.randomUUID();
  return async (isOver) => {
    const until = performance.now() + turn;
    for (;;) {
      if (isOver()) return "over";
      if (performance.now() > until) return "more";
      const job = await takeJob(options.executor, options.clock, worker);
      if (!job) return "done";
      await work(options, job, worker, isOver);
    }
  };
}

async function work(options: JobOptions, job: Job, worker: string, isOver: () => boolean): Promise<void> {
  const { executor, clock } = options;
  const now = () => clock.now().getTime();
  if (job.attempts > mostAttempts) return failJob(executor, job, worker, silentDeath, now());
  try {
    if (!(await attempt(options, job, worker, isOver))) await giveBack(executor, job, worker, now());
  } catch (error) {
    if (error instanceof LeaseLost) return;
    if (error instanceof Stopped) return giveBack(executor, job, worker, now());
    await failJob(executor, job, worker, reasonOf(error), now());
  }
}

/** Answers whether the job is done: it is not where `isOver` has stopped it. */
async function attempt(options: JobOptions, job: Job, worker: string, isOver: () => boolean): Promise<boolean> {
  const { executor, clock, signal } = options;
  const lease = openLease(executor, clock, worker, job);
  if (job.kind === "index") return indexPassages({ executor, lease, isOver }, job.subject);
  await readDocument({ ...options, lease, signal, now: () => clock.now().getTime() }, Number(job.subject));
  return true;
}
