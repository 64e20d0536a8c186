import type { StoredValue } from "../records.ts";
import { type ReadingLimits, tooLarge } from "./refusals.ts";

/** A row that was not taken. `line`: from 1 on, where it begins; for JSON, the number of the element. */
export interface RejectedRow {
  readonly line: number;
  readonly reason: string;
}

/** How values were written that would be printed otherwise, by slot. */
export type Written = Readonly<Record<number, string>>;

/** Rows that were read together. */
export interface Batch {
  /** By slot: index 0 is slot 1. All have the length of the fields known so far; a field that comes later is missing. */
  readonly rows: readonly (readonly StoredValue[])[];
  /** Same index as rows; undefined where there is nothing of the kind. */
  readonly written: readonly (Written | undefined)[];
  readonly rejected: readonly RejectedRow[];
  /** Since the beginning. */
  readonly bytesRead: number;
  /** Since the beginning, rejected ones included. */
  readonly rowsRead: number;
}

/** A batch is full with so many characters of text, too, however few its rows are: each may be as long as a row can be. */
const mostText = 1024 * 1024;

/** Collects rows until they are a batch. */
export class Batches {
  rowsRead = 0;
  readonly #limits: ReadingLimits;
  readonly #size: number;
  #rows: StoredValue[][] = [];
  #written: (Written | undefined)[] = [];
  #rejected: RejectedRow[] = [];
  #text = 0;

  constructor(limits: ReadingLimits, size: number) {
    this.#limits = limits;
    this.#size = size;
  }

  /** Rejected rows count as well: a file of nothing else must not fill the memory. */
  get isFull(): boolean {
    return this.#rows.length + this.#rejected.length >= this.#size || this.#text >= mostText;
  }

  get isEmpty(): boolean {
    return this.#rows.length + this.#rejected.length === 0;
  }

  /** So many characters were read for a row: whoever looks at its values anyway counts them. */
  countText(characters: number): void {
    this.#text += characters;
  }

  add(row: StoredValue[], written: Written | undefined): void {
    this.#count();
    this.#rows.push(row);
    this.#written.push(written);
  }

  reject(line: number, reason: string): void {
    this.#count();
    this.#rejected.push({ line, reason });
  }

  /** What has been collected since the last time, its rows filled up to `width` values. */
  take(bytesRead: number, width: number): Batch {
    for (const row of this.#rows) while (row.length < width) row.push(null);
    const batch = { rows: this.#rows, written: this.#written, rejected: this.#rejected };
    this.#rows = [];
    this.#written = [];
    this.#rejected = [];
    this.#text = 0;
    return { ...batch, bytesRead, rowsRead: this.rowsRead };
  }

  #count(): void {
    if (this.rowsRead === this.#limits.rows) throw tooLarge("rows", this.#limits.rows);
    this.rowsRead++;
  }
}
