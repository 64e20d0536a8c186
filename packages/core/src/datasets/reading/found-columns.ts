import type { StoredField } from "@steward/db";
import type { DataType, StoredValue } from "../records.ts";
import type { Batches } from "./batches.ts";
import { Column } from "./column.ts";
import { type Columns, type JsonScalar, Nested } from "./columns.ts";
import { fromJson, fromText, unfit } from "./given-values.ts";
import { type Name, Names, nameOf } from "./names.ts";
import { tooLarge, unreadable } from "./refusals.ts";
import type { Widening } from "./widening.ts";

/** A column whose type was said: what does not fit makes its row a rejected one. */
interface FixedColumn extends Name {
  readonly slot: number;
  readonly dataType: DataType;
}

/** Columns of which the type is found out, but for those of which it was said. In JSON, they are learned from the rows. */
export class FoundColumns implements Columns {
  readonly #most: number;
  readonly #types: ReadonlyMap<string, DataType>;
  readonly #names = new Names();
  readonly #named: Name[] = [];
  readonly #found: Column[] = [];
  readonly #fixed: FixedColumn[] = [];
  readonly #byKey = new Map<string, Column | FixedColumn>();

  /** `types`: those that were said, by the names of the fields. */
  constructor(most: number, types: Readonly<Record<string, DataType>> = {}) {
    this.#most = most;
    this.#types = new Map(Object.entries(types));
  }

  get width(): number {
    return this.#named.length;
  }

  get fields(): readonly StoredField[] {
    const types = new Map([...this.#found, ...this.#fixed].map(({ slot, dataType }) => [slot, dataType]));
    return this.#named.map((name, at) => ({ ...name, dataType: types.get(at + 1) ?? "string", slot: at + 1 }));
  }

  get widenings(): readonly Widening[] {
    return this.#found.flatMap(({ widening }) => widening ?? []);
  }

  head(headings: readonly string[]): void {
    for (const heading of headings) this.#add(heading);
    this.end();
  }

  end(): void {
    const named = new Set(this.#fixed.map(({ name }) => name));
    const unused = [...this.#types.keys()].find((name) => !named.has(name));
    if (unused !== undefined)
      throw unreadable(`There is no column "${unused}", of which a type is given: leave it out of \`types\``);
  }

  takeCells(cells: readonly string[], into: Batches): string | undefined {
    const row = new Array<StoredValue>(this.#named.length).fill(null);
    // Before the others: what a rejected row has tells nothing of their types.
    for (const { slot, name, dataType } of this.#fixed) {
      const value = fromCell(dataType, cells[slot - 1]);
      if (value === undefined) return unfit(name, dataType);
      row[slot - 1] = value;
    }
    let written: Record<number, string> | undefined;
    for (const column of this.#found) {
      const text = cells[column.slot - 1];
      if (text === undefined || text === "") continue;
      row[column.slot - 1] = column.take(text);
      if (column.written !== undefined) written = taken(column, column.written, written);
    }
    into.add(row, written);
    return undefined;
  }

  takeEntries(entries: readonly (readonly [string, JsonScalar])[], into: Batches): string | undefined {
    const reason = this.#types.size === 0 ? undefined : this.#misfit(entries);
    if (reason !== undefined) return reason;
    const columns = entries.map(([key]) => this.#byKey.get(key) ?? this.#learn(key));
    const row = new Array<StoredValue>(this.#named.length).fill(null);
    let written: Record<number, string> | undefined;
    entries.forEach(([, value], at) => {
      const column = columns[at];
      if (column === undefined) return;
      if (!(column instanceof Column)) row[column.slot - 1] = fromJson(column.dataType, value) ?? null;
      else {
        row[column.slot - 1] = takeJson(column, value);
        if (column.written !== undefined) written = taken(column, column.written, written);
      }
    });
    into.add(row, written);
    return undefined;
  }

  /** Also before a key is learned: that of a rejected row is none of the fields. */
  #misfit(entries: readonly (readonly [string, JsonScalar])[]): string | undefined {
    for (const [key, value] of entries) {
      const name = nameOf(key, this.width + 1);
      const dataType = this.#types.get(name);
      if (dataType !== undefined && fromJson(dataType, value) === undefined) return unfit(name, dataType);
    }
    return undefined;
  }

  #learn(key: string): Column | FixedColumn {
    const column = this.#add(key);
    this.#byKey.set(key, column);
    return column;
  }

  #add(heading: string): Column | FixedColumn {
    if (this.#named.length === this.#most) throw tooLarge("fields", this.#most);
    const slot = this.#named.length + 1;
    const name = this.#names.add(heading, slot);
    this.#named.push(name);
    const dataType = this.#types.get(name.name);
    if (dataType === undefined) return added(this.#found, new Column(slot));
    return added(this.#fixed, { ...name, slot, dataType });
  }
}

function added<Item>(items: Item[], item: Item): Item {
  items.push(item);
  return item;
}

const fromCell = (dataType: DataType, text: string | undefined): StoredValue | undefined =>
  text === undefined || text === "" ? null : fromText(dataType, text);

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
