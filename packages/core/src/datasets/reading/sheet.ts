import { CsvCutter, type CsvRows } from "./csv.ts";
import { delimiterOf } from "./delimiters.ts";
import { isStorable, tooLongValue, unreadable, unstorable } from "./refusals.ts";
import type { Source } from "./source.ts";

/** So much of the text is looked at to find out what separates its cells. */
const beginningLength = 64 * 1024;

/** Reads CSV; yields whenever a batch is full. */
export async function* readSheet(source: Source): AsyncGenerator<void, void> {
  const sheet = new Sheet(source);
  try {
    const beginning = await beginningOf(source.text);
    const { delimiter, start, line } = delimiterOf(beginning, source.delimiter ?? undefined);
    source.delimiter = delimiter;
    const cutter = new CsvCutter(delimiter, line);
    yield* sheet.take(cutter.push(beginning.slice(start)));
    for await (const piece of source.text) yield* sheet.take(cutter.push(piece));
    yield* sheet.take(cutter.end());
  } finally {
    await source.text.return();
  }
}

async function beginningOf(text: AsyncGenerator<string, void>): Promise<string> {
  let beginning = "";
  while (beginning.length < beginningLength) {
    const { done, value } = await text.next();
    if (done) break;
    beginning += value;
  }
  return beginning;
}

const isBlank = (cells: readonly string[]) => cells.length === 1 && cells[0] === "";

class Sheet {
  readonly #source: Source;
  #names: readonly string[] = [];

  constructor(source: Source) {
    this.#source = source;
  }

  *take(cut: CsvRows | undefined): Generator<void, void> {
    if (cut === undefined) return;
    const { batches } = this.#source;
    for (let index = 0; index < cut.rows.length; index++) {
      this.#row(cut, index);
      if (batches.isFull) yield;
    }
  }

  #row(cut: CsvRows, index: number): void {
    const cells = cut.rows[index] ?? [];
    if (isBlank(cells)) return;
    const malformed = cut.malformed.get(index);
    if (this.#names.length === 0) {
      this.#head(cells, malformed);
      return;
    }
    const reason =
      malformed ?? this.#misfit(cells, cut.hasNul) ?? this.#source.columns.takeCells(cells, this.#source.batches);
    if (reason !== undefined) this.#source.batches.reject(cut.lineOf(index), reason);
  }

  #head(headings: readonly string[], malformed: string | undefined): void {
    if (malformed !== undefined) throw unreadable(`The first row, which has the names, cannot be read: ${malformed}`);
    this.#source.columns.head(headings);
    this.#names = headings.map((heading, at) => heading.trim() || `column_${at + 1}`);
  }

  #misfit(cells: readonly string[], hasNul: boolean): string | undefined {
    const width = this.#names.length;
    if (cells.length < width || (cells.length > width && cells.slice(width).some((cell) => cell !== ""))) {
      return `has ${count(cells.length)}, the header has ${width}`;
    }
    const most = this.#source.limits.fieldLength;
    let characters = 0;
    for (let at = 0; at < width; at++) {
      const cell = cells[at] ?? "";
      if (cell.length > most) return tooLongValue(this.#names[at] ?? "", cell.length, most);
      if (hasNul && !isStorable(cell)) return unstorable(this.#names[at] ?? "");
      characters += cell.length;
    }
    this.#source.batches.countText(characters);
    return undefined;
  }
}

const count = (cells: number) => (cells === 1 ? "1 cell" : `${cells} cells`);
