import type { StoredField } from "@steward/db";
import type { Batches } from "./batches.ts";
import type { Widening } from "./widening.ts";

/** A value of JSON: what is nested comes as its text. */
export type JsonScalar = string | number | boolean | Nested;

/** An object or array, as JSON. */
export class Nested {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Turns what was read into rows of stored values. */
export interface Columns {
  readonly fields: readonly StoredField[];
  readonly widenings: readonly Widening[];
  /** How many values a row has. */
  readonly width: number;
  /** What the columns of a CSV are; refuses the whole of it when they do not fit. */
  head(headings: readonly string[]): void;
  /** Adds the row, with as many cells as there were headings, or says why not. */
  takeCells(cells: readonly string[], into: Batches): string | undefined;
  /** Adds the row, or says why not. Missing values are none of its entries. */
  takeEntries(entries: readonly (readonly [key: string, value: JsonScalar])[], into: Batches): string | undefined;
  /** All has been read; refuses it where what was said of the columns does not fit. */
  end(): void;
}
