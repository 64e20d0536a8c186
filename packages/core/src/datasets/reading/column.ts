import type { DataType, StoredValue } from "../records.ts";
import { type BooleanSpelling, booleanOf } from "./booleans.ts";
import { type DatePattern, dateOf, patternOf } from "./dates.ts";
import { decimalsOf, isShortest, numberOf, printsShortest } from "./numbers.ts";
import type { Narrow, Widening } from "./widening.ts";

/** `either`: all numbers so far have the same count of decimals, and are the shortest as well. */
type NumberFormat = "either" | "shortest" | "fixed";

/**
 * One field whose type is found out. It hands out values in the type that all values so far have, and from the first that has
 * another on, text. Only `take...` sees values, and none that is missing.
 */
export class Column {
  readonly slot: number;
  /** Of the value taken last: its text, where it would be printed otherwise. Whoever reads it sets it back. */
  written: string | undefined = undefined;
  #type: DataType | undefined;
  #format: NumberFormat | undefined;
  #decimals = 0;
  #pattern: DatePattern | undefined;
  #spelling: BooleanSpelling = "true";
  #widening: Widening | undefined;

  constructor(slot: number) {
    this.slot = slot;
  }

  /** A field without any value is text. */
  get dataType(): DataType {
    return this.#type ?? "string";
  }

  get widening(): Widening | undefined {
    return this.#widening;
  }

  /** A value of which nothing but the text is known, as in CSV. */
  take(text: string): StoredValue {
    switch (this.#type) {
      case "string":
        return text;
      case "number":
        return this.#number(text) ?? this.#text(text);
      case "date":
        return this.#date(text) ?? this.#text(text);
      case "boolean":
        return this.#boolean(text) ?? this.#text(text);
      case undefined:
        return this.#number(text) ?? this.#date(text) ?? this.#boolean(text) ?? this.#text(text);
    }
  }

  /** A string of JSON: a date where all the values are dates, else text. */
  takeString(text: string): StoredValue {
    if (this.#type !== undefined && this.#type !== "date") return this.#text(text);
    return this.#date(text) ?? this.#text(text);
  }

  takeNumber(value: number): StoredValue {
    if (this.#type !== undefined && this.#type !== "number") return this.#text(String(value));
    this.#type = "number";
    this.#format = "shortest";
    if (!printsShortest(value)) this.written = String(value);
    return value + 0;
  }

  takeBoolean(value: boolean): StoredValue {
    if (this.#type !== undefined && this.#type !== "boolean") return this.#text(String(value));
    this.#type = "boolean";
    return value ? 1 : 0;
  }

  /** Text, whatever else it might be taken for. */
  takeText(text: string): StoredValue {
    return this.#text(text);
  }

  #text(text: string): string {
    if (this.#type !== "string") this.#widen();
    return text;
  }

  #widen(): void {
    const from = this.#narrow();
    this.#type = "string";
    if (from !== undefined) this.#widening = { slot: this.slot, from };
  }

  #narrow(): Narrow | undefined {
    switch (this.#type) {
      case "number":
        return { type: "number", decimals: this.#format === "fixed" ? this.#decimals : null };
      case "date":
        return { type: "date", pattern: this.#pattern ?? "%Y-%m-%d" };
      case "boolean":
        return { type: "boolean", spelling: this.#spelling };
      default:
        return undefined;
    }
  }

  #number(text: string): number | undefined {
    const value = numberOf(text);
    if (Number.isNaN(value)) return undefined;
    this.#type = "number";
    const decimals = decimalsOf(text, value);
    if (decimals === -1 || !this.#prints(decimals, isShortest(text, value, decimals))) this.written = text;
    return value;
  }

  /** Whether a number written so is printed so; settles how the numbers are printed, as far as those before leave it open. */
  #prints(decimals: number, shortest: boolean): boolean {
    if (this.#format === "shortest") return shortest;
    if (this.#format === undefined) {
      this.#decimals = decimals;
      this.#format = shortest ? "either" : "fixed";
      return true;
    }
    const fixed = decimals === this.#decimals;
    if (this.#format === "fixed" || (fixed && shortest)) return fixed;
    if (fixed) this.#format = "fixed";
    else if (shortest) this.#format = "shortest";
    return fixed || shortest;
  }

  #date(text: string): number | undefined {
    const value = dateOf(text);
    if (Number.isNaN(value)) return undefined;
    this.#type = "date";
    const pattern = patternOf(text);
    if (pattern !== null) this.#pattern ??= pattern;
    if (pattern !== this.#pattern) this.written = text;
    return value;
  }

  #boolean(text: string): number | undefined {
    const found = booleanOf(text);
    if (found === undefined) return undefined;
    if (this.#type === undefined) this.#spelling = found.spelling;
    this.#type = "boolean";
    if (found.spelling !== this.#spelling) this.written = text;
    return found.value;
  }
}
