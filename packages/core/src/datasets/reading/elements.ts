import { JSONParser } from "@streamparser/json";
import { cut, longestRow, tooLongRow, unreadable } from "./refusals.ts";

/** One value where a record is expected. */
export interface Element {
  /** From 1 on: the line, or in a JSON array which of its elements it is. */
  readonly line: number;
  /** Undefined where it is no JSON. */
  readonly value: unknown;
}

/** The values of NDJSON, one a line; blank lines are none. */
export async function* elementsOfLines(text: AsyncIterable<string>): AsyncGenerator<readonly Element[], void> {
  let rest = "";
  let line = 1;
  for await (const piece of text) {
    const end = piece.lastIndexOf("\n");
    if (end === -1) rest += piece;
    else {
      const lines = (rest + piece.slice(0, end)).split("\n");
      rest = piece.slice(end + 1);
      yield lines.flatMap((content, at) => elementOf(content, line + at));
      line += lines.length;
    }
    if (rest.length > longestRow) throw tooLongRow(line);
  }
  yield elementOf(rest, line);
}

const elementOf = (content: string, line: number): readonly Element[] =>
  content.trim() === "" ? [] : [{ line, value: parsed(content) }];

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The elements of the one array that a JSON document is. */
export async function* elementsOfArray(text: AsyncIterable<string>): AsyncGenerator<readonly Element[], void> {
  const parser = new JSONParser({ paths: ["$.*"], keepStack: false });
  let found: Element[] = [];
  let count = 0;
  let beginning = "";
  let sinceElement = 0;
  parser.onValue = ({ value }) => {
    count++;
    sinceElement = 0;
    found.push({ line: count, value });
  };
  for await (const piece of text) {
    beginning ||= piece.trimStart();
    if (beginning !== "" && !beginning.startsWith("["))
      throw unreadable("It is no JSON array of objects: put `[` before them and `]` behind");
    write(parser, piece, () => count);
    yield found;
    found = [];
    sinceElement += piece.length;
    if (sinceElement > longestRow) throw tooLongRow(count + 1);
  }
  if (beginning !== "" && !parser.isEnded)
    throw unreadable(`The JSON array ends in the middle, after its element ${count}`);
}

/** The parser quotes what it did not expect, which may be as long as a row. */
const longestMessage = 200;

function write(parser: JSONParser, piece: string, count: () => number): void {
  try {
    parser.write(piece);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw unreadable(`It is no JSON, somewhere behind element ${count()}: ${cut(message, longestMessage)}`);
  }
}
