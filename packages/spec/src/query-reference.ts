import type { RecordQuery, RecordValue } from "@steward/core";
import type * as z from "zod";
import { compare, matches } from "./criteria-reference.ts";
import { fields, type Row } from "./criteria-world.ts";

export type Query = z.output<typeof RecordQuery>;
type Aggregate = NonNullable<Query["aggregates"]>[number];

/** -0 is 0: nobody stores the difference. */
const plain = (value: RecordValue | undefined): RecordValue =>
  typeof value === "number" ? value + 0 : (value ?? null);

/** What a term of the order names among these columns, and whether it descends. */
export const termOf = (term: string, columns: readonly string[]): readonly [name: string, sign: 1 | -1] =>
  columns.includes(term) ? [term, 1] : [term.slice(1), -1];

/** Compares rows by terms of an order. */
export const byTerms =
  (sort: readonly string[], columns: readonly string[]) =>
  (one: Row, other: Row): number => {
    for (const term of sort) {
      const [name, sign] = termOf(term, columns);
      const difference = sign * compare(one[name] ?? null, other[name] ?? null);
      if (difference !== 0) return difference;
    }
    return 0;
  };

/** All records that a query without groups means, in their order and with the fields that it asks for. */
export function recordsOf({ filter = {}, select = [], sort = [] }: Query, all: readonly Row[]): Row[] {
  const names = select.length > 0 ? select : [...fields.keys()];
  return all
    .filter((row) => matches(filter, row))
    .sort(byTerms(sort, [...fields.keys()]))
    .map((row) => Object.fromEntries(names.map((name) => [name, plain(row[name])])));
}

/** One group: the values of its fields, and for each aggregate whether a value is the one that it means. */
export interface Group {
  readonly values: Row;
  readonly means: Readonly<Record<string, (value: RecordValue | undefined) => boolean>>;
}

/** All groups that a query means, in the order of their fields. */
export function groupsOf({ filter = {}, groupBy = [], aggregates = [] }: Query, all: readonly Row[]): Group[] {
  const found: { values: Row; rows: Row[] }[] = groupBy.length > 0 ? [] : [{ values: {}, rows: [] }];
  for (const row of all.filter((one) => matches(filter, one))) {
    const values = Object.fromEntries(groupBy.map((name) => [name, plain(row[name])]));
    const group = found.find((one) => byTerms(groupBy, groupBy)(one.values, values) === 0);
    if (group) group.rows.push(row);
    else found.push({ values, rows: [row] });
  }
  return found
    .sort((one, other) => byTerms(groupBy, groupBy)(one.values, other.values))
    .map(({ values, rows }) => ({
      values,
      means: Object.fromEntries(aggregates.map((aggregate) => [aggregate.as, meaningOf(aggregate, rows)])),
    }));
}

function meaningOf({ function: what, field }: Aggregate, rows: readonly Row[]) {
  const present = field === undefined ? [] : rows.map((row) => plain(row[field])).filter((value) => value !== null);
  const is = (expected: RecordValue) => (value: RecordValue | undefined) =>
    value !== undefined && typeof value === typeof expected && compare(value, expected) === 0;
  const ordered = [...present].sort(compare);
  switch (what) {
    case "count":
      return is(field === undefined ? rows.length : present.length);
    case "countDistinct":
      return is(
        ordered.filter((value, index) => index === 0 || compare(value, ordered[index - 1] ?? null) !== 0).length,
      );
    case "min":
      return is(ordered[0] ?? null);
    case "max":
      return is(ordered.at(-1) ?? null);
    default:
      return sumIs(present.map(Number), what === "sum" ? 1 : present.length);
  }
}

/** Exact as long as everything is a whole number that a number holds; otherwise as near as doubles come. */
function sumIs(numbers: readonly number[], divisor: number) {
  const sum = numbers.reduce((total, one) => total + one, 0);
  const size = numbers.reduce((total, one) => total + Math.abs(one), 0);
  const exact = Number.isSafeInteger(size) && numbers.every(Number.isSafeInteger);
  return (value: RecordValue | undefined): boolean => {
    if (numbers.length === 0) return value === null;
    if (size > 1e308) return value === null || typeof value === "number";
    return typeof value === "number" && Math.abs(value - sum / divisor) <= (exact ? 0 : (1e-12 * size) / divisor);
  };
}
