import type { StoredField } from "@steward/db";
import type { DataType } from "../records.ts";
import { type Batch, Batches } from "./batches.ts";
import { CountedBytes } from "./bytes.ts";
import type { Columns } from "./columns.ts";
import { Decoding } from "./decoding.ts";
import { FoundColumns } from "./found-columns.ts";
import { GivenColumns } from "./given-columns.ts";
import { readArray, readLines } from "./objects.ts";
import type { ReadingLimits } from "./refusals.ts";
import { readSheet } from "./sheet.ts";
import type { Source } from "./source.ts";
import type { Widening } from "./widening.ts";

export interface ReadingOptions {
  readonly format: "csv" | "ndjson" | "json";
  /** CSV: one character; found out from the beginning unless given (comma, semicolon, tab, pipe). */
  readonly delimiter?: string | undefined;
  /** A label of the Encoding Standard; found out unless given. */
  readonly encoding?: string | undefined;
  /**
   * What the fields are to be: then nothing is inferred, and a value that does not fit makes its row a rejected one. Matched
   * by name; their order in the file does not matter, and one that the file does not have is missing from all rows.
   */
  readonly fields?: readonly StoredField[] | undefined;
  /** Where no `fields` are given: the types of some, by name; those of the others are found out. All must be in the file. */
  readonly types?: Readonly<Record<string, DataType>> | undefined;
  readonly limits: ReadingLimits;
  /** About how many rows a batch has. */
  readonly batchRows?: number | undefined;
}

/** What was found out, see {@link Reading}. */
export interface ReadingResult {
  /** As they were given, or in the order of the file. Without a header or an object, there are none. */
  readonly fields: readonly StoredField[];
  readonly widenings: readonly Widening[];
  /** Its name in the Encoding Standard. */
  readonly encoding: string;
  /** Null for what is no CSV. */
  readonly delimiter: string | null;
}

/** Records on their way in. Whoever stops taking batches cancels the stream. */
export interface Reading {
  /** Once. A piece of the stream is asked for only when those before it are taken. */
  readonly batches: AsyncIterable<Batch>;
  /** After the last batch. */
  result(): ReadingResult;
}

const usualBatch = 1000;
const readers = { csv: readSheet, ndjson: readLines, json: readArray } as const;

/**
 * Reads records, in one pass and in bounded memory, and finds out what their fields are from all of them. How a text becomes
 * a value, and how what was written stays known, is in docs of `numberOf`, `dateOf`, `booleanOf` and `Column`:
 *
 * - CSV: the first row has the names (see `Names`). An empty cell is missing, in quotation marks too, also of text. Blanks
 *   around a value are part of it, so that ` 5` is text. Blank lines are skipped; a row with other cells than the header has
 *   is rejected, but for empty ones at its end.
 * - JSON: one array of objects; NDJSON: an object in each line. What is no object is rejected. Null is missing. Numbers are
 *   the doubles they are in JavaScript, and never text. What is nested is kept as JSON.
 *
 * Throws `too_large` where a limit is met, which names its setting, and `validation_failed` for what cannot be read at all; a
 * failure of the stream is passed on.
 */
export function readRecords(bytes: ReadableStream<Uint8Array>, options: ReadingOptions): Reading {
  const { format, fields, limits, batchRows = usualBatch } = options;
  const counted = new CountedBytes(bytes, limits.bytes);
  const decoding = new Decoding(counted, options.encoding);
  const columns: Columns =
    fields === undefined ? new FoundColumns(limits.fields, options.types) : new GivenColumns(fields);
  const source: Source = {
    text: decoding.text(),
    columns,
    limits,
    batches: new Batches(limits, batchRows),
    delimiter: format === "csv" ? (options.delimiter ?? null) : null,
  };
  let isRead = false;
  async function* batches(): AsyncGenerator<Batch, void> {
    const take = () => source.batches.take(counted.count, columns.width);
    for await (const _ of readers[format](source)) yield take();
    if (!source.batches.isEmpty) yield take();
    columns.end();
    isRead = true;
  }
  return {
    batches: batches(),
    result() {
      if (!isRead) throw new Error("What the records are is known when all of them have been read");
      const { delimiter } = source;
      return { fields: columns.fields, widenings: columns.widenings, encoding: decoding.encoding, delimiter };
    },
  };
}
