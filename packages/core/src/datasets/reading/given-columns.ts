import type { StoredField } from "@steward/db";
import type { StoredValue } from "../records.ts";
import type { Batches } from "./batches.ts";
import { booleanOf } from "./booleans.ts";
import { type Columns, type JsonScalar, Nested } from "./columns.ts";
import { givenDateOf } from "./dates.ts";
import { Names, nameOf } from "./names.ts";
import { givenNumberOf } from "./numbers.ts";
import { unreadable } from "./refusals.ts";
import type { Widening } from "./widening.ts";

/** Columns that are what somebody said: nothing is found out, and what does not fit is a rejected row. */
export class GivenColumns implements Columns {
  readonly fields: readonly StoredField[];
  readonly widenings: readonly Widening[] = [];
  readonly width: number;
  readonly #byName: ReadonlyMap<string, StoredField>;
  /** In the order of the file. */
  #headed: readonly StoredField[] = [];

  constructor(fields: readonly StoredField[]) {
    this.fields = fields;
    this.width = fields.reduce((most, { slot }) => Math.max(most, slot), 0);
    this.#byName = new Map(fields.map((field) => [field.name, field]));
  }

  head(headings: readonly string[]): void {
    const names = new Names();
    this.#headed = headings.map((heading, at) => {
      const { name } = names.add(heading, at + 1);
      const field = this.#byName.get(name);
      if (field !== undefined) return field;
      throw unreadable(`There is no field for the column "${name}": leave it out, or call it as a field is called`);
    });
  }

  takeCells(cells: readonly string[], into: Batches): string | undefined {
    const row = this.#emptyRow();
    for (const [at, field] of this.#headed.entries()) {
      const text = cells[at];
      if (text === undefined || text === "") continue;
      const value = fromText(field, text);
      if (value === undefined) return unfit(field);
      row[field.slot - 1] = value;
    }
    into.add(row, undefined);
  }

  takeEntries(entries: readonly (readonly [string, JsonScalar])[], into: Batches): string | undefined {
    const row = this.#emptyRow();
    for (const [at, [key, value]] of entries.entries()) {
      const field = this.#byName.get(nameOf(key, at + 1));
      if (field === undefined) return `there is no field "${key}"`;
      const stored = fromJson(field, value);
      if (stored === undefined) return unfit(field);
      row[field.slot - 1] = stored;
    }
    into.add(row, undefined);
  }

  #emptyRow(): StoredValue[] {
    return new Array<StoredValue>(this.width).fill(null);
  }
}

const unfit = ({ name, dataType }: StoredField): string => `the value of "${name}" is no ${dataType}`;

const unlessNaN = (value: number) => (Number.isNaN(value) ? undefined : value);

function fromText({ dataType }: StoredField, text: string): StoredValue | undefined {
  switch (dataType) {
    case "string":
      return text;
    case "number":
      return unlessNaN(givenNumberOf(text));
    case "date":
      return unlessNaN(givenDateOf(text));
    case "boolean":
      return booleanOf(text)?.value;
  }
}

/** In JSON, only a number is a number, and only a boolean a boolean; everything is text to a field of text. */
function fromJson(field: StoredField, value: JsonScalar): StoredValue | undefined {
  const { dataType } = field;
  if (dataType === "string") return value instanceof Nested ? value.text : String(value);
  if (typeof value === "string") return dataType === "date" ? fromText(field, value) : undefined;
  if (typeof value === "number") return dataType === "number" ? value + 0 : undefined;
  return typeof value === "boolean" && dataType === "boolean" ? Number(value) : undefined;
}
