import type { StoredField } from "@steward/db";
import { quoted } from "../criteria-schema.ts";
import type { StoredValue } from "../records.ts";
import type { Batches } from "./batches.ts";
import type { Columns, JsonScalar } from "./columns.ts";
import { fromJson, fromText, unfit } from "./given-values.ts";
import { Names, nameOf } from "./names.ts";
import { unreadable } from "./refusals.ts";
import type { Widening } from "./widening.ts";

/** Columns that are what somebody said: nothing is found out, and what does not fit is a rejected row. */
export class GivenColumns implements Columns {
  readonly fields: readonly StoredField[];
  readonly widenings: readonly Widening[] = [];
  readonly width: number;
  readonly #byName: ReadonlyMap<string, StoredField>;
  /** In the order of the file, with the index of the cell. */
  #headed: readonly { readonly at: number; readonly field: StoredField }[] = [];

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
      if (field !== undefined) return { at, field };
      throw unreadable(
        `There is no field for the column ${quoted(name)}: leave it out, or call it as a field is called`,
      );
    });
  }

  takeCells(cells: readonly string[], into: Batches): string | undefined {
    const row = this.#emptyRow();
    for (const { at, field } of this.#headed) {
      const text = cells[at];
      if (text === undefined || text === "") continue;
      const value = fromText(field.dataType, text);
      if (value === undefined) return unfit(field.name, field.dataType);
      row[field.slot - 1] = value;
    }
    into.add(row, undefined);
  }

  takeEntries(entries: readonly (readonly [string, JsonScalar])[], into: Batches): string | undefined {
    const row = this.#emptyRow();
    for (const [at, [key, value]] of entries.entries()) {
      const field = this.#byName.get(nameOf(key, at + 1));
      if (field === undefined) return `there is no field ${quoted(key)}`;
      const stored = fromJson(field.dataType, value);
      if (stored === undefined) return unfit(field.name, field.dataType);
      if (row[field.slot - 1] !== null) return `there are two values for "${field.name}"`;
      row[field.slot - 1] = stored;
    }
    into.add(row, undefined);
  }

  /** A field that is missing from all rows is one nevertheless. */
  end(): void {}

  #emptyRow(): StoredValue[] {
    return new Array<StoredValue>(this.width).fill(null);
  }
}
