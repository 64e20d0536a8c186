import type { Executor } from "@steward/db";
import { StewardError, toStewardError } from "../../errors.ts";
import type { Clock } from "../../ports.ts";
import { type Batch, type Reading, type ReadingOptions, readRecords, sqlOf } from "../reading/index.ts";
import { cut } from "../reading/refusals.ts";
import { type Body, openBody } from "./body.ts";
import { type Format, type Loaded, type LoadOrder, mostRejectedKept, type Rejected } from "./order.ts";
import type { Turns } from "./turns.ts";
import { type LoadWriter, openWriter } from "./writer.ts";

export interface LoadingOptions {
  readonly executor: Executor;
  readonly clock: Clock;
  /** How many rows are written in one batch: 1,000 unless told, which takes some 10 milliseconds. */
  readonly batchRows?: number | undefined;
  readonly turns: Turns;
}

/** How long what is told of a row may be, and of what has ended an upload: the input may be quoted in it. In characters. */
const longestReason = 300;
const longestError = 1000;

/** Milliseconds between two reports of how far it has come. */
const reportEvery = 1000;

/**
 * Reads an upload into its load. Rejects with a StewardError, and then the upload says why it has ended. It holds no more of
 * the bytes than one batch of rows.
 */
export async function load(
  options: LoadingOptions,
  order: LoadOrder,
  bytes: ReadableStream<Uint8Array>,
): Promise<Loaded> {
  const body = openBody(bytes);
  const tally = newTally(order.format, body);
  const writer = openWriter(options.executor, options.clock, order);
  const stopReporting = keepReporting(writer, body, tally);
  let leave: (() => void) | undefined;
  try {
    if (options.turns.full) throw tooManyLoads();
    leave = await options.turns.take(body.stopped);
    const format = order.format ?? (await body.format());
    tally.format = format;
    const fields = await take(readRecords(body.stream, readingOptions(order, format, options)), writer, order, tally);
    await writer.report(tally);
    const { bytesRead, rowsRead, rowsRejected, rejected } = tally;
    const rows = writer.position - order.lastPosition;
    return { format, fields, rows, lastPosition: writer.position, bytesRead, rowsRead, rowsRejected, rejected };
  } catch (error) {
    const told = toStewardError(error);
    body.stop(told);
    await endUpload(options, order.uploadId, told, tally);
    throw told;
  } finally {
    stopReporting();
    leave?.();
  }
}

export const tooManyLoads = () =>
  new StewardError("rate_limited", {
    message: "Too many uploads are waiting for their turn: try again in a while",
    retryAfter: 30,
  });

/** What is known so far. */
interface Tally {
  format: Format | null;
  readonly bytesRead: number;
  rowsRead: number;
  rowsRejected: number;
  readonly rejected: Rejected[];
}

const newTally = (format: Format | null, body: Pick<Body, "count">): Tally => ({
  format,
  get bytesRead() {
    return body.count;
  },
  rowsRead: 0,
  rowsRejected: 0,
  rejected: [],
});

const readingOptions = (order: LoadOrder, format: Format, { batchRows }: LoadingOptions): ReadingOptions => ({
  format,
  limits: order.limits,
  batchRows,
  delimiter: order.delimiter,
  encoding: order.encoding,
  fields: order.fields ?? undefined,
  types: order.types,
});

/** Writes every batch while the next one is read, where the database is elsewhere. Answers with what the fields are. */
async function take(reading: Reading, writer: LoadWriter, order: LoadOrder, tally: Tally): Promise<Loaded["fields"]> {
  let writing: Promise<void> = Promise.resolve();
  for await (const batch of reading.batches) {
    await writing;
    count(batch, order, tally);
    const [first] = batch.rows;
    writing = first ? writer.write(batch, first.length) : Promise.resolve();
    // It is awaited in the next round, or behind the last; its failure is told there.
    writing.catch(() => undefined);
  }
  await writing;
  const { fields, widenings } = reading.result();
  await writer.change(widenings.map((widening) => ({ slot: widening.slot, sql: sqlOf(widening) })));
  return fields;
}

function count({ rejected, rowsRead }: Batch, { strict }: LoadOrder, tally: Tally): void {
  tally.rowsRead = rowsRead;
  tally.rowsRejected += rejected.length;
  for (const { line, reason: said } of rejected) {
    const reason = cut(said, longestReason);
    if (tally.rejected.length < mostRejectedKept) tally.rejected.push({ line, reason });
    if (strict) throw refusedRow({ line, reason });
  }
}

const refusedRow = ({ line, reason }: Rejected) =>
  new StewardError("validation_failed", {
    message: `Line ${line}: ${reason}. Nothing was taken, because the load is strict`,
    details: [{ path: `content.${line}`, message: reason }],
  });

/** Also while nothing comes, so that a cancelled load stops then too. */
function keepReporting(writer: LoadWriter, body: Body, tally: Tally): () => void {
  let reporting = false;
  const timer = setInterval(() => {
    const lateness = body.lateness();
    if (lateness !== null) body.stop(late(lateness));
    if (reporting) return;
    reporting = true;
    writer
      .report(tally)
      .catch((error) => body.stop(toStewardError(error)))
      .finally(() => {
        reporting = false;
      });
  }, reportEvery);
  return () => clearInterval(timer);
}

const late = (lateness: string) =>
  new StewardError("validation_failed", {
    message: `${lateness}: send the bytes again, all at once`,
    details: [{ path: "content", message: lateness }],
  });

const ended = `update uploads set status = 'failed', error = ?2, finished_at = ?3, updated_at = ?3, version = version + 1,
    format = coalesce(?4, format), bytes_read = ?5, rows_read = ?6, rows_rejected = ?7, rejected = ?8
  where id = ?1 and status = 'loading'`;
/** The lease is given back, whoever has ended the upload, unless another has the load by now. */
const released = `update dataset_loads set loading_until = 0
  where number = (select load_number from uploads where id = ?1) and loading_until is not null and not exists (
    select 1 from uploads u where u.dataset_id = dataset_loads.dataset_id and u.load_number = dataset_loads.number
      and u.status = 'loading')`;

/** Says why an upload has ended, unless that is said already, and leaves what it has written to be removed. */
export async function endUpload(
  { executor, clock }: Pick<LoadingOptions, "executor" | "clock">,
  uploadId: string,
  error: StewardError,
  { format, bytesRead, rowsRead, rowsRejected, rejected }: Tally = newTally(null, { count: 0 }),
): Promise<void> {
  const now = clock.now().getTime();
  const kept = JSON.stringify(rejected);
  const args = [uploadId, cut(error.message, longestError), now, format, bytesRead, rowsRead, rowsRejected, kept];
  await executor.batch(
    [
      { sql: ended, args },
      { sql: released, args: [uploadId] },
    ],
    "write",
  );
}
