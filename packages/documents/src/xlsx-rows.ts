import { tooMuchText } from "./bounded.ts";
import type { DocumentLimits } from "./limits.ts";
import { type DateKind, dateText } from "./xlsx-parts.ts";
import { visited } from "./xml.ts";

/** What the cells of a sheet refer to. */
export interface Workbook {
  readonly texts: readonly string[];
  readonly dates: ReadonlyMap<number, DateKind>;
  /** Whether dates count from 1904 on. */
  readonly from1904: boolean;
}

/** Where more cells than that are empty, so many stand for them. */
const widestGap = 16;

/** Collects the rows of a sheet while its XML is gone through. */
class SheetWalk {
  rows: (readonly string[])[] = [];
  readonly #workbook: Workbook;
  readonly #most: number;
  /** Characters since rows were last taken. */
  #characters = 0;
  #row: string[] = [];
  #column = 0;
  #type = "n";
  #style = 0;
  #value = "";
  #reads = false;
  #inPhonetic = false;

  constructor(workbook: Workbook, { characters }: DocumentLimits) {
    this.#workbook = workbook;
    this.#most = characters;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "row") {
      this.#row = [];
      this.#column = 0;
    } else if (name === "c") this.#openCell(attributes);
    else if (name === "rPh") this.#inPhonetic = true;
    else if (name === "v" || name === "t") this.#reads = !this.#inPhonetic;
  }

  text(text: string): void {
    if (this.#reads) this.#value += text;
  }

  close(name: string): void {
    if (name === "v" || name === "t") this.#reads = false;
    else if (name === "rPh") this.#inPhonetic = false;
    else if (name === "c") this.#closeCell();
    else if (name === "row") this.rows.push(this.#row);
  }

  /** The rows since the last call. */
  taken(): readonly (readonly string[])[] {
    const { rows } = this;
    this.rows = [];
    this.#characters = this.#row.reduce((sum, cell) => sum + cell.length + 1, 0);
    return rows;
  }

  #openCell({ r: reference, t: type, s: style }: Readonly<Record<string, string>>): void {
    const column = columnOf(reference) ?? this.#column + 1;
    for (let gap = Math.min(column - this.#column - 1, widestGap); gap > 0; gap--) this.#row.push("");
    this.#column = column;
    this.#type = type ?? "n";
    this.#style = Number(style ?? 0);
    this.#value = "";
  }

  #closeCell(): void {
    const cell = this.#shown();
    this.#characters += cell.length + 1;
    // A short cell may stand for a long text, and so many of them for more than there is memory.
    if (this.#characters > this.#most) throw tooMuchText(this.#most);
    this.#row.push(cell);
  }

  #shown(): string {
    const value = this.#value;
    if (this.#type === "s") return this.#workbook.texts[Number(value)] ?? "";
    if (this.#type === "b") return value === "1" ? "TRUE" : "FALSE";
    if (this.#type !== "n" || value === "") return value;
    const number = Number(value);
    if (!Number.isFinite(number)) return value;
    const kind = this.#workbook.dates.get(this.#style);
    // What was written with 17 digits is shown with as many as it needs.
    return kind ? dateText(number, kind, this.#workbook.from1904) : String(Number(number.toPrecision(15)));
  }
}

/** The number of a column from its letters, from 1 on; undefined for what is none. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(reference ?? "")?.[0];
  if (letters === undefined) return undefined;
  return Array.from(letters).reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}

/** The rows of a sheet, cell by cell as they are shown. */
export function* rowsOfSheet(
  bytes: Uint8Array,
  workbook: Workbook,
  limits: DocumentLimits,
): Generator<readonly string[], void> {
  const walk = new SheetWalk(workbook, limits);
  for (const _ of visited("xlsx", bytes, limits, walk)) yield* walk.taken();
}
