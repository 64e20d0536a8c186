import type { StoredField } from "@steward/db";
import type { StoredValue } from "../records.ts";
import type { Batches } from "./batches.ts";
import { Column } from "./column.ts";
import { type Columns, type JsonScalar, Nested } from "./columns.ts";
import { type Name, Names } from "./names.ts";
import { tooLarge } from "./refusals.ts";
import type { Widening } from "./widening.ts";

/** Columns of which the type is found out. In JSON, they are learned from the rows. */
export class FoundColumns implements Columns {
  readonly #most: number;
  readonly #names = new Names();
  readonly #named: Name[] = [];
  readonly #columns: Column[] = [];
  readonly #byKey = new Map<string, Column>();

  constructor(most: number) {
    this.#most = most;
  }

  get width(): number {
    return this.#columns.length;
  }

  get fields(): readonly StoredField[] {
    return this.#named.flatMap(({ name, label }, at) => {
      const column = this.#columns[at];
      return column === undefined ? [] : { name, label, dataType: column.dataType, slot: column.slot };
    });
  }

  get widenings(): readonly Widening[] {
    return this.#columns.flatMap(({ widening }) => widening ?? []);
  }

  head(headings: readonly string[]): void {
    for (const heading of headings) this.#add(heading);
  }

  takeCells(cells: readonly string[], into: Batches): undefined {
    const row: StoredValue[] = [];
    let written: Record<number, string> | undefined;
    for (const column of this.#columns) {
      const text = cells[column.slot - 1];
      row.push(text === undefined || text === "" ? null : column.take(text));
      if (column.written !== undefined) written = taken(column, column.written, written);
    }
    into.add(row, written);
  }

  takeEntries(entries: readonly (readonly [string, JsonScalar])[], into: Batches): undefined {
    const columns = entries.map(([key]) => this.#byKey.get(key) ?? this.#learn(key));
    const row: StoredValue[] = this.#columns.map(() => null);
    let written: Record<number, string> | undefined;
    entries.forEach(([, value], at) => {
      const column = columns[at];
      if (column === undefined) return;
      row[column.slot - 1] = takeJson(column, value);
      if (column.written !== undefined) written = taken(column, column.written, written);
    });
    into.add(row, written);
  }

  #learn(key: string): Column {
    const column = this.#add(key);
    this.#byKey.set(key, column);
    return column;
  }

  #add(heading: string): Column {
    if (this.#columns.length === this.#most) throw tooLarge("fields", this.#most);
    const column = new Column(this.#columns.length + 1);
    this.#named.push(this.#names.add(heading, column.slot));
    this.#columns.push(column);
    return column;
  }
}

function taken(column: Column, text: string, before: Record<number, string> | undefined): Record<number, string> {
  const written = before ?? {};
  written[column.slot] = text;
  column.written = undefined;
  return written;
}

function takeJson(column: Column, value: JsonScalar): StoredValue {
  if (value instanceof Nested) return column.takeText(value.text);
  if (typeof value === "number") return column.takeNumber(value);
  return typeof value === "boolean" ? column.takeBoolean(value) : column.takeString(value);
}
