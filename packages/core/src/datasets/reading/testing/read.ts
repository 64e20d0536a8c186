import type { StoredValue } from "../../records.ts";
import type { RejectedRow, Written } from "../batches.ts";
import { type ReadingOptions, type ReadingResult, readRecords } from "../reading.ts";

export const roomy = { fields: 100, fieldLength: 10_000, rows: 100_000, bytes: 10_000_000 };

export type Options = Partial<Omit<ReadingOptions, "limits">> & { readonly limits?: Partial<ReadingOptions["limits"]> };

/** What was read, in one piece. */
export interface Read extends ReadingResult {
  readonly rows: readonly (readonly StoredValue[])[];
  readonly written: readonly (Written | undefined)[];
  readonly rejected: readonly RejectedRow[];
  readonly bytesRead: number;
  readonly rowsRead: number;
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Every character is one byte of the same number. */
export const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** A stream of these bytes in pieces of `size`, or cut at one place. */
export function streamOf(bytes: Uint8Array, { size = bytes.length, cut }: { size?: number; cut?: number } = {}) {
  const pieces: Uint8Array[] = [];
  if (cut !== undefined) pieces.push(bytes.subarray(0, cut), bytes.subarray(cut));
  else for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

export async function readStream(
  stream: ReadableStream<Uint8Array>,
  { format = "csv", limits, ...options }: Options = {},
): Promise<Read> {
  const reading = readRecords(stream, { format, limits: { ...roomy, ...limits }, ...options });
  const rows: (readonly StoredValue[])[] = [];
  const written: (Written | undefined)[] = [];
  const rejected: RejectedRow[] = [];
  let counts = { bytesRead: 0, rowsRead: 0 };
  for await (const batch of reading.batches) {
    rows.push(...batch.rows);
    written.push(...batch.written);
    rejected.push(...batch.rejected);
    counts = { bytesRead: batch.bytesRead, rowsRead: batch.rowsRead };
  }
  return { rows, written, rejected, ...counts, ...reading.result() };
}

export const readText = (text: string, options?: Options): Promise<Read> =>
  readStream(streamOf(bytesOf(text)), options);

export const read = (bytes: Uint8Array, options?: Options): Promise<Read> => readStream(streamOf(bytes), options);
