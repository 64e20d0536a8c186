import type { Sql } from "../statement.ts";
import { compileCriteria, named } from "./criteria.ts";
import { quoted, wrong } from "./criteria-schema.ts";
import { orderOf, type SortTerm, sortTerms } from "./order.ts";
import type { Aggregate, RecordQuery } from "./query-schema.ts";
import { type DataType, type RecordValue, type StoredValue, shownValue, type VisibleField } from "./records.ts";
import { resultOf } from "./result-column.ts";

export { RecordQuery, recordQuery } from "./query-schema.ts";

type Fields = ReadonlyMap<string, VisibleField>;

/**
 * What somebody sees of a dataset: its fields by name, in their order, and SQL for which records `r`. `rows` brings the
 * values for the places in the fields' SQL as well; none of them begins with `query`.
 */
export interface RecordView {
  readonly fields: Fields;
  readonly rows: Sql;
}

export interface ResultColumn {
  readonly name: string;
  readonly dataType: DataType;
}

/** One statement, which gives one row more than `limit` where there are more. */
export interface CompiledQuery {
  readonly sql: Sql;
  readonly columns: readonly ResultColumn[];
  readonly limit: number;
}

export interface QueryAnswer {
  readonly rows: readonly Readonly<Record<string, RecordValue>>[];
  /** Whether there are more rows than were asked for. */
  readonly truncated: boolean;
}

interface Column extends ResultColumn {
  readonly sql: string;
}

/**
 * The statement for what is asked. Without `groupBy` and `aggregates` one row for each record; with them one for each
 * group, with the groups' fields and then the aggregates as columns. Nothing of the input stands in its text.
 * Throws `validation_failed` with the place of what is wrong.
 */
export function compileQuery(query: RecordQuery, view: RecordView): CompiledQuery {
  const { filter = {}, limit } = query;
  const { fields } = view;
  const { columns, rest } = isGrouped(query) ? grouped(query, fields) : plain(query, fields);
  const condition = compileCriteria(filter, fields, "query", "filter");
  const selected = columns.map(({ sql }) => sql).join(", ") || "null";
  return {
    sql: {
      text: `select ${selected} from records r where (${view.rows.text}) and ${condition.text}${rest} limit :queryLimit`,
      values: { ...view.rows.values, ...condition.values, queryLimit: limit + 1 },
    },
    columns: columns.map(({ name, dataType }) => ({ name, dataType })),
    limit,
  };
}

/** The rows that the statement has given, as people see them. */
export function answerOf(
  { columns, limit }: Pick<CompiledQuery, "columns" | "limit">,
  found: readonly (readonly unknown[])[],
): QueryAnswer {
  const rows = found
    .slice(0, limit)
    .map((row) => Object.fromEntries(columns.map(({ name, dataType }, index) => [name, cellOf(dataType, row[index])])));
  return { rows, truncated: found.length > limit };
}

/** A sum may be larger than any number: there is no value for it then. */
const cellOf = (dataType: DataType, stored: unknown): RecordValue =>
  typeof stored === "number" && !Number.isFinite(stored) ? null : shownValue(dataType, stored as StoredValue);

const isGrouped = ({ groupBy = [], aggregates = [] }: RecordQuery): boolean => groupBy.length + aggregates.length > 0;

/** What a statement selects, and what stands between its condition and its limit. */
interface Shape {
  readonly columns: readonly Column[];
  readonly rest: string;
}

function plain({ select = [], sort = [] }: RecordQuery, fields: Fields): Shape {
  const chosen = select.length > 0 ? chosenFields(select, fields, "select") : [...fields.values()];
  return { columns: chosen.map(columnOf), rest: ` order by ${orderOf(sort, fields, "sort").orderBy}` };
}

const columnOf = (field: VisibleField): Column => ({
  name: field.name,
  dataType: field.dataType,
  sql: resultOf(field, field.sql),
});

/** The fields of these names, each of them once. */
function chosenFields(names: readonly string[], fields: Fields, path: string): VisibleField[] {
  return names.map((name, index) => {
    if (names.indexOf(name) < index) throw wrong(`${path}.${index}`, `${quoted(name)} stands there twice`);
    return named(fields, name, `${path}.${index}`);
  });
}

function grouped({ select = [], groupBy = [], aggregates = [], sort = [] }: RecordQuery, fields: Fields): Shape {
  const groups = chosenFields(groupBy, fields, "groupBy");
  select.forEach((name, index) => {
    if (!groupBy.includes(name)) {
      throw wrong(`select.${index}`, "With groupBy or aggregates, select names only fields of groupBy: leave it out");
    }
  });
  const columns = groups.map(columnOf);
  aggregates.forEach((aggregate, index) => {
    if (columns.some(({ name }) => name === aggregate.as)) {
      throw wrong(`aggregates.${index}.as`, `There is a column ${quoted(aggregate.as)} already`);
    }
    columns.push(aggregated(aggregate, fields, `aggregates.${index}`));
  });
  const numbers = new Map(columns.map(({ name }, index) => [name, index + 1]));
  const terms = sortTerms(sort, numbers, "sort", "column");
  const by = groups.map((_, index) => index + 1);
  return { columns, rest: `${by.length ? ` group by ${by.join(", ")}` : ""}${orderOfGroups(terms, by)}` };
}

/** Columns by their numbers. What is equal in all that was asked for is in the order of the groups. */
function orderOfGroups(terms: readonly SortTerm<number>[], groups: readonly number[]): string {
  const asked = terms.map(({ by, descending }) => `${by} ${descending ? "desc" : "asc"}`);
  const all = [...asked, ...groups.map((group) => `${group} asc`)];
  return all.length ? ` order by ${all.join(", ")}` : "";
}

function aggregated({ function: what, field: name, as }: Aggregate, fields: Fields, path: string): Column {
  if (name === undefined) {
    if (what === "count") return { name: as, dataType: "number", sql: "count(*)" };
    throw wrong(`${path}.field`, `Say of which field: only count does without`);
  }
  const field = named(fields, name, `${path}.field`);
  const { dataType, sql } = field;
  const unfit = (works: string) =>
    wrong(`${path}.field`, `${what} works on ${works}, and ${quoted(name)} is ${kinds[dataType]}`);
  switch (what) {
    case "count":
      return { name: as, dataType: "number", sql: `count(${sql})` };
    case "countDistinct":
      return { name: as, dataType: "number", sql: `count(distinct ${sql})` };
    case "min":
    case "max":
      if (dataType === "boolean") throw unfit("numbers, dates and texts");
      return { name: as, dataType, sql: resultOf(field, `${what}(${sql})`) };
    case "sum":
    case "avg":
      if (dataType !== "number") throw unfit("numbers");
      // Of doubles: a sum of integers would fail where it overflows. Exact up to 2^53.
      return { name: as, dataType, sql: `${what}(${sql} + 0.0)` };
  }
}

const kinds: { readonly [T in DataType]: string } = {
  string: "a text",
  number: "a number",
  date: "a date",
  boolean: "true or false",
};
