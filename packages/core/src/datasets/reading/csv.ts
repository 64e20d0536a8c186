import Papa, { type ParseResult } from "papaparse";
import { withPlainLineEnds } from "./line-ends.ts";
import { longestRow, tooLongRow } from "./refusals.ts";

/** So much is read before it is cut into rows; why not more, `CountedBytes` tells. */
const leastText = 32 * 1024;

/** Rows as cells of text, in the order of the file. */
export interface CsvRows {
  readonly rows: readonly (readonly string[])[];
  /** The line on which the row at this index begins; asked for in their order. */
  lineOf(index: number): number;
  /** Why a row is not to be trusted, by its index; also of one that has only begun. */
  readonly malformed: ReadonlyMap<number, string>;
  /** Whether there is any character NUL. */
  readonly hasNul: boolean;
}

const reasons: Record<string, string> = {
  MissingQuotes: "a quotation mark that opens a cell is never closed, so that it reaches to the end",
  InvalidQuotes:
    "a quotation mark within a cell in quotation marks is not doubled, so that it may reach over several lines",
};

/** Cuts text that comes in pieces into rows. */
export class CsvCutter {
  readonly #delimiter: string;
  readonly #parser: Papa.Parser;
  #line: number;
  #text = "";
  readonly #least: number;
  /** After a row that is not complete, twice as much, so that a long one is not looked through again and again. */
  #wanted: number;

  /** The text begins on this line; `least` characters are collected before they are looked at. */
  constructor(delimiter: string, line: number, least = leastText) {
    this.#delimiter = delimiter;
    this.#parser = new Papa.Parser({ delimiter, newline: "\n" });
    this.#line = line;
    this.#least = least;
    this.#wanted = least;
  }

  /** The rows that are complete; undefined as long as it is not worth while. */
  push(piece: string): CsvRows | undefined {
    this.#text += piece;
    if (this.#text.length < this.#wanted) return undefined;
    const splitsLineEnd = this.#text.endsWith("\r");
    const text = splitsLineEnd ? this.#text.slice(0, -1) : this.#text;
    const rows = this.#cut(text, false);
    if (this.#text.length > longestRow) throw tooLongRow(this.#line);
    this.#wanted = Math.max(this.#least, this.#text.length * 2);
    if (splitsLineEnd) this.#text += "\r";
    return rows;
  }

  /** What is left, at the end. */
  end(): CsvRows {
    return this.#cut(this.#text, true);
  }

  #cut(raw: string, isLast: boolean): CsvRows {
    const text = withPlainLineEnds(raw, this.#delimiter);
    const { data: rows, errors, meta }: ParseResult<string[]> = this.#parser.parse(text, 0, !isLast);
    const lines = lineEndsIn(text, meta.cursor);
    const lineOf = lineCounter(rows, this.#line, lines === (isLast ? rows.length - 1 : rows.length));
    this.#line += lines;
    this.#text = text.slice(meta.cursor);
    return { rows, lineOf, malformed: malformedOf(errors), hasNul: text.includes("\0") };
  }
}

function malformedOf(errors: ParseResult<string[]>["errors"]): ReadonlyMap<number, string> {
  const malformed = new Map<number, string>();
  for (const { row, code } of errors) if (row !== undefined) malformed.set(row, reasons[code] ?? code);
  return malformed;
}

function lineEndsIn(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** Where each row is one line, its number needs no look at its cells. */
function lineCounter(rows: readonly (readonly string[])[], first: number, isPlain: boolean): (index: number) => number {
  if (isPlain) return (index) => first + index;
  let counted = 0;
  let line = first;
  return (index) => {
    for (; counted < index; counted++) {
      line += 1 + (rows[counted] ?? []).reduce((count, cell) => count + lineEndsIn(cell, cell.length), 0);
    }
    return line;
  };
}
