import type { DocumentPiece } from "@steward/core";

/** Some text under some headings: a paragraph, a row, a line. */
export interface Block {
  readonly text: string;
  readonly headings: readonly string[];
  /** What stands between it and the one before. */
  readonly separator: "\n" | "\n\n";
}

export type TextPiece = Extract<DocumentPiece, { kind: "text" }>;

/** From so many characters on, a piece is handed out, and another begun. */
const enough = 16_384;
const longestHeading = 300;

/** The headings that are open where a text is read. */
export class Headings {
  #open: readonly { readonly level: number; readonly text: string }[] = [];

  /** The outermost first. The same array until the next `enter`. */
  current: readonly string[] = [];

  /** Begins a heading, which ends those of its level and of lower ones. */
  enter(level: number, text: string): void {
    this.#open = [...this.#open.filter((heading) => heading.level < level), { level, text: shortened(text) }];
    this.current = this.#open.map((heading) => heading.text);
  }
}

/** A heading of a bounded length. */
export const shortened = (text: string): string => text.slice(0, longestHeading).toWellFormed();

/** Blocks that follow each other under the same headings, as pieces that are worth handing out. */
export class Joining {
  readonly #sheet: string | null;
  #headings: readonly string[] = [];
  #parts: string[] = [];
  #length = 0;

  constructor(sheet: string | null = null) {
    this.#sheet = sheet;
  }

  *add({ text, headings, separator }: Block): Generator<TextPiece, void> {
    if (text === "" && this.#length === 0) return;
    if (this.#length >= enough || (this.#length > 0 && !isSame(headings, this.#headings))) yield* this.end();
    if (this.#length > 0) this.#parts.push(separator);
    this.#headings = headings;
    this.#parts.push(text);
    this.#length += separator.length + text.length;
  }

  /** What is left. */
  *end(): Generator<TextPiece, void> {
    if (this.#length === 0) return;
    const text = this.#parts.join("");
    this.#parts = [];
    this.#length = 0;
    yield { kind: "text", text, page: null, sheet: this.#sheet, headings: this.#headings };
  }
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one === other || (one.length === other.length && one.every((text, at) => text === other[at]));

export function* joined(blocks: Iterable<Block>): Generator<TextPiece, void> {
  const joining = new Joining();
  for (const block of blocks) yield* joining.add(block);
  yield* joining.end();
}
