import { Joining, shortened, type TextPiece } from "./blocks.ts";

/**
 * Rows as lines of cells with tabs between. The first row with anything in it is taken for the heading of the others, unless it has
 * a number.
 */
export class RowJoining {
  readonly #joining: Joining;
  #headings: readonly string[] | undefined;

  constructor(sheet: string | null) {
    this.#joining = new Joining(sheet);
  }

  *add(cells: readonly string[]): Generator<TextPiece, void> {
    const text = cells.map(plainCell).join("\t").trimEnd();
    if (text === "") return;
    this.#headings ??= cells.some(isNumber) ? [] : [shortened(text)];
    yield* this.#joining.add({ text, headings: this.#headings, separator: "\n" });
  }

  end(): Generator<TextPiece, void> {
    return this.#joining.end();
  }
}

const plainCell = (cell: string): string => cell.replace(/\s+/g, " ").trim();
const isNumber = (cell: string): boolean => /^[-+]?\d/.test(cell.trim());
