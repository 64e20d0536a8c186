import type { Executor } from "@steward/db";
import { sweepBlobs, unusedBlobs } from "../../blobs/sweep.ts";
import { dueJobs } from "../../jobs/lease.ts";
import type { ReadingServices } from "../../jobs/read-document.ts";
import { openWorker } from "../../jobs/run.ts";
import { goneDocuments, oldJobs, staleDocuments, sweepFiles } from "../../jobs/sweep.ts";
import type { Clock, Services } from "../../ports.ts";
import { indexRecords, unindexed } from "./index-records.ts";
import { allInTurn } from "./pieces.ts";
import { deadUploads, garbage, oldUploads, removeLeftovers, tidyUploads } from "./remove.ts";

export interface TendingOptions {
  readonly executor: Executor;
  readonly clock: Clock;
  /** What jobs need; without it, none is done here. */
  readonly reading?: ReadingServices | undefined;
  /** Milliseconds that one call may take; as long as it needs unless told. */
  readonly tendFor?: number | undefined;
  /** Aborted when it is to stop after the piece that is under way. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does what is left to do in the background. Whoever calls it while it is under way waits for the same, and for what has
 * come meanwhile.
 */
export function openTending({
  executor,
  clock,
  reading,
  tendFor = Number.POSITIVE_INFINITY,
  signal,
}: TendingOptions): () => Promise<void> {
  let under: Promise<void> | undefined;
  let again = false;
  const work = reading && openWorker({ ...reading, executor, clock, signal });

  async function doJobs(isOver: () => boolean): Promise<boolean> {
    const end = await work?.(isOver);
    again ||= end === "more";
    return end !== "over";
  }

  const removeBytes = async (isOver: () => boolean) =>
    !reading || (await sweepBlobs({ executor, blobs: reading.blobs }, isOver));

  async function run(): Promise<void> {
    const until = performance.now() + tendFor;
    const isOver = () => signal?.aborted === true || performance.now() > until;
    do {
      again = false;
      const now = clock.now().getTime();
      const done = await allInTurn([
        () => tidyUploads(executor, now),
        () => indexRecords(executor, isOver),
        () => removeLeftovers(executor, now, isOver),
        () => doJobs(isOver),
        () => sweepFiles(executor, now, isOver),
        () => removeBytes(isOver),
      ]);
      if (!done) return;
    } while (again);
  }

  return () => {
    again = true;
    under ??= run().finally(() => {
      under = undefined;
    });
    return under;
  };
}

/** For whoever is called from time to time, such as a platform's cron: does what is left to do, as long as it may. */
export const tend = ({ heavyWork }: Pick<Services, "heavyWork">): Promise<void> => heavyWork.tend();

const exists = (text: string, args: readonly number[]) => ({ sql: `select exists (${text})`, args });

/** Whether there is anything to do in the background now, so that nobody sets about it in vain: one look, which writes nothing. */
export async function isAnythingLeft(executor: Executor, now: number): Promise<boolean> {
  const looks = [
    ...[unindexed, staleDocuments, goneDocuments, unusedBlobs].map((text) => exists(text, [])),
    ...[garbage, deadUploads, oldUploads, dueJobs, oldJobs].map((text) => exists(text, [now])),
  ];
  const found = await executor.batch(looks, "read");
  return found.some(({ rows }) => rows[0]?.[0] === 1);
}
