import Papa from "papaparse";
import type { TextPiece } from "./blocks.ts";
import { decodedText } from "./encoding.ts";
import { RowJoining } from "./rows.ts";

const delimiters = [",", ";", "\t", "|"] as const;
/** The delimiter is guessed from so many characters. */
const sampleSize = 8192;

/** Rows as lines of cells with tabs between, under the first one as their heading. */
export function* readCsv(bytes: Uint8Array): Generator<TextPiece, void> {
  const text = decodedText("csv", bytes);
  const joining = new RowJoining(null);
  for (const row of rowsOf(text, new Papa.Parser({ delimiter: delimiterOf(text), newline: newlineOf(text) }))) {
    yield* joining.add(row);
  }
  yield* joining.end();
}

/** So much is cut into rows at once; where that is not even one, twice as much. */
const window = 65_536;

interface RowParser {
  parse(text: string, baseIndex: number, ignoreLastRow: boolean): { data: unknown[]; meta: { cursor: number } };
}

function* rowsOf(text: string, parser: RowParser): Generator<readonly string[], void> {
  let size = window;
  for (let from = 0; from < text.length; ) {
    const isLast = from + size >= text.length;
    const { data, meta } = parser.parse(text.slice(from, from + size), 0, !isLast);
    for (const row of data) if (Array.isArray(row)) yield row.map(String);
    size = meta.cursor === 0 ? size * 2 : window;
    from = isLast ? text.length : from + meta.cursor;
  }
}

function delimiterOf(text: string): string {
  const sample = text.slice(0, sampleSize);
  const counts = delimiters.map((delimiter) => ({ delimiter, count: sample.split(delimiter).length }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).delimiter;
}

function newlineOf(text: string): "\r\n" | "\n" | "\r" {
  const at = text.search(/[\r\n]/);
  if (text.startsWith("\r\n", at)) return "\r\n";
  return text.charAt(at) === "\r" ? "\r" : "\n";
}
