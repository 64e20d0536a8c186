import type { DocumentPiece } from "@steward/core";
import type { TextPiece } from "./blocks.ts";
import type { DocumentLimits } from "./limits.ts";
import { failed, readable } from "./refusals.ts";

/** No piece of text is longer. */
const longestText = 32_768;
/** So far from its end, a better place to cut it is looked for. */
const cutWithin = 1024;

/** The characters of control, of which a text has no use but for tabs and line ends; also what is no character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/g;

/**
 * Pieces within the bounds of a document: texts of well-formed characters without controls, none longer than 32,768; fails
 * with a `DocumentError` when there are more characters than may be.
 */
export async function* bounded(
  pieces: AsyncIterable<DocumentPiece>,
  { characters }: DocumentLimits,
): AsyncGenerator<DocumentPiece, void> {
  let count = 0;
  for await (const piece of pieces) {
    if (piece.kind !== "text") {
      yield piece;
      continue;
    }
    count += piece.text.length;
    if (count > characters) throw tooMuchText(characters);
    yield* cut(clean(piece));
  }
}

export const tooMuchText = (most: number) =>
  failed(`The file has more than ${readable(most)} characters of text, which is the most that is read: split it`);

const cleanText = (text: string): string => text.replace(/\r\n?/g, "\n").replace(controls, " ").toWellFormed();

function clean(piece: TextPiece): TextPiece {
  return {
    ...piece,
    text: cleanText(piece.text),
    sheet: piece.sheet === null ? null : cleanText(piece.sheet),
    headings: piece.headings.map(cleanText),
  };
}

function* cut(piece: TextPiece): Generator<TextPiece, void> {
  const { text } = piece;
  for (let from = 0; from < text.length; ) {
    const to = endOf(text, from);
    const part = text.slice(from, to);
    if (part.trim() !== "") yield { ...piece, text: part };
    from = to;
  }
}

/** Behind a line, else behind a word, else behind a character. */
function endOf(text: string, from: number): number {
  const most = from + longestText;
  if (most >= text.length) return text.length;
  const tail = text.slice(most - cutWithin, most);
  const at = tail.lastIndexOf("\n");
  const found = at === -1 ? tail.lastIndexOf(" ") : at;
  if (found !== -1) return most - cutWithin + found + 1;
  const code = text.charCodeAt(most - 1);
  return code >= 0xd800 && code <= 0xdbff ? most - 1 : most;
}
