import Papa from "papaparse";
import { withPlainLineEnds } from "./line-ends.ts";
import { unreadable } from "./refusals.ts";

const usual = [",", ";", "\t", "|"];
const rowsToTry = 100;
/** Excel names the delimiter this way, in a line of its own. */
const declaration = /^sep=([^"\r\n])(?:\r\n|\r|\n)/i;

export interface Delimited {
  readonly delimiter: string;
  /** Where the rows begin, and on which line. */
  readonly start: number;
  readonly line: number;
}

/** What separates the cells, as given, declared, or guessed from the beginning of the text. */
export function delimiterOf(beginning: string, given: string | undefined): Delimited {
  if (given !== undefined) return { delimiter: fitDelimiter(given), start: 0, line: 1 };
  const [declared = "", delimiter] = declaration.exec(beginning) ?? [];
  if (delimiter !== undefined) return { delimiter, start: declared.length, line: 2 };
  return { delimiter: guessed(beginning), start: 0, line: 1 };
}

function fitDelimiter(delimiter: string): string {
  if (delimiter.length === 1 && !Papa.BAD_DELIMITERS.includes(delimiter)) return delimiter;
  throw unreadable("`delimiter` is one character, and neither a quotation mark nor a line end");
}

/** A comma for what has but one column. */
function guessed(beginning: string): string {
  // Any of them opens a cell, as long as nobody knows.
  const sample = withPlainLineEnds(beginning, usual.join(""));
  return Papa.parse(sample, { delimitersToGuess: usual, newline: "\n", preview: rowsToTry, skipEmptyLines: true }).meta
    .delimiter;
}
