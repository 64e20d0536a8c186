import * as z from "zod";
import { invalid } from "../errors.ts";
import { text } from "../schemas.ts";
import type { Sql } from "../statement.ts";
import { named } from "./criteria.ts";
import type { StoredValue, VisibleField } from "./records.ts";
import { resultOf } from "./result-column.ts";

const mostTerms = 5;
/** A field's name, and the sign before it. */
const longestTerm = 129;

/** By what to sort, the most important first. */
export const Sort = z
  .array(text(longestTerm, 1))
  .max(mostTerms)
  .meta({
    description: `Up to ${mostTerms} fields to sort by, the most important first; \`-name\` for descending. Missing values come first, and last where it descends`,
  });

export interface SortTerm<T> {
  readonly by: T;
  readonly descending: boolean;
}

/**
 * What each term names. A name that is there as it stands wins: where a field is called `-x`, `-x` sorts by it and `--x`
 * by it in descending order. `validation_failed` where nothing goes by the name.
 */
export function sortTerms<T>(
  sort: readonly string[],
  things: ReadonlyMap<string, T>,
  path: string,
  what?: string,
): SortTerm<T>[] {
  return sort.map((term, index) => {
    const descending = term.startsWith("-") && !things.has(term);
    return { by: named(things, descending ? term.slice(1) : term, `${path}.${index}`, what), descending };
  });
}

/** Where a page of records has ended: what its last record is sorted by, and its id. */
export interface RecordPosition {
  readonly values: readonly StoredValue[];
  readonly id: number;
}

/** The order of records `r`; where everything is equal, that of their ids. */
export interface RecordOrder {
  /** SQL for `order by`. */
  readonly orderBy: string;
  /** SQL for each value that it sorts by, to be selected: those of a {@link RecordPosition}. */
  readonly values: readonly string[];
  /**
   * SQL, in parentheses, for being behind a position, with places that begin with `prefix`. Where nothing but the id
   * sorts, it is a range of ids. `validation_failed` at `cursor` for the position of another order.
   */
  behind(position: RecordPosition, prefix: string): Sql;
}

const direction = (descending: boolean) => (descending ? "desc" : "asc");

/** The order that `sort` asks for; `validation_failed` beneath `path` for a field that is not among `fields`. */
export function orderOf(sort: readonly string[], fields: ReadonlyMap<string, VisibleField>, path: string): RecordOrder {
  const terms = sortTerms(sort, fields, path);
  return {
    orderBy: [...terms.map(({ by, descending }) => `${by.sql} ${direction(descending)}`), "r.id asc"].join(", "),
    values: terms.map(({ by }) => resultOf(by, by.sql)),
    behind: (position, prefix) => behind(terms, position, prefix),
  };
}

function behind(terms: readonly SortTerm<VisibleField>[], { values, id }: RecordPosition, prefix: string): Sql {
  if (values.length !== terms.length) throw invalid("cursor", "Not a cursor of this order: begin again without it");
  const bound: Record<string, unknown> = { [`${prefix}Id`]: id };
  let condition = `r.id > :${prefix}Id`;
  for (const [index, term] of [...terms.entries()].reverse()) {
    const value = values[index] ?? null;
    if (value !== null) bound[`${prefix}${index + 1}`] = value;
    const place = value === null ? null : `:${prefix}${index + 1}`;
    condition = [...beyond(term, place), `${term.by.sql} is ${place} and (${condition})`].join(" or ");
  }
  return { text: `(${condition})`, values: bound };
}

/** SQL for what sorts behind a value on its own account; nothing does behind a missing one that comes last. */
function beyond({ by, descending }: SortTerm<VisibleField>, place: string | null): string[] {
  if (descending) return place === null ? [] : [`${by.sql} < ${place}`, `${by.sql} is null`];
  return [place === null ? `${by.sql} is not null` : `${by.sql} > ${place}`];
}
