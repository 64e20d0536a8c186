import { getTableColumns, is, Param, Placeholder, type SQL, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { drizzle, type SqliteRemoteDatabase } from "drizzle-orm/sqlite-proxy";
import { StewardError } from "./errors.ts";
import { positional } from "./fragment.ts";
import { flatMapper } from "./rows.ts";

/**
 * Statements are drizzle queries that are built once and then only filled in. A handler hands them to `ctx.read` and `ctx.commit`; there is no other way to the database.
 */
export interface Read<Row> {
  readonly mode: "read";
  readonly query: Query<Row>;
  readonly values: Values;
}

export interface Write<Row> {
  readonly mode: "write";
  readonly query: Query<Row>;
  readonly values: Values;
  /** What it means when nothing was hit: an error, `not_found` unless said, or nothing. */
  readonly miss?: StewardError | "ignore";
}

/** A condition within a commit: when it does not hold, the whole commit ends with `otherwise` and nothing is changed. */
export interface Guard {
  readonly mode: "guard";
  readonly query: Query<never>;
  readonly values: Values;
  readonly otherwise: StewardError;
}

export type Values = Readonly<Record<string, unknown>>;

export interface Query<Row> {
  readonly sql: string;
  /** How many columns it gives; none where its rows are not mapped. */
  readonly width: number;
  args(values: Values): unknown[];
  map(rows: readonly (readonly unknown[])[]): Row[];
}

type Database = SqliteRemoteDatabase;
export type Reader = Pick<Database, "select" | "selectDistinct">;
export type Writer = Pick<Database, "insert" | "update" | "delete">;

/** Places to be filled in: `places.id` stands where the value named `id` will. */
export type Places<V> = { readonly [K in keyof V]-?: Placeholder<K & string> };

/** The columns of these names with their places, for `set` and `values`: each value is encoded by its column. */
export const assign = <T extends SQLiteTable, V, K extends keyof V & keyof T["_"]["columns"]>(
  table: T,
  places: Places<V>,
  keys: readonly K[],
): Record<K, SQL> => {
  const columns = getTableColumns(table);
  const entries = keys.map((key) => [key, sql`${sql.param(places[key], columns[key as keyof typeof columns])}`]);
  return Object.fromEntries(entries) as Record<K, SQL>;
};

/** A drizzle query as far as this file needs it. */
interface Preparable<Result> {
  prepare(): {
    getQuery(): { sql: string; params: unknown[] };
    mapAllResult(rows: unknown): unknown;
    execute(values?: Record<string, unknown>): Promise<Result>;
  };
}

/** A write that returns nothing has no rows. */
type RowOf<Result> = Result extends (infer Row)[] ? Row : never;

const database = drizzle(async () => {
  throw new Error("A query runs only through ctx.read or ctx.commit");
});

const anyPlace = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) });

/** A placeholder that stands for a column's value is encoded by the column, unless it is null. */
const fill = (param: unknown, values: Values): unknown => {
  if (is(param, Placeholder)) return given(values, param.name);
  if (!is(param, Param) || !is(param.value, Placeholder)) return param;
  const value = given(values, param.value.name);
  return value === null ? null : param.encoder.mapToDriverValue(value);
};

function given(values: Values, name: string): unknown {
  const value = values[name];
  if (value === undefined) throw new Error(`The statement lacks a value for "${name}"`);
  return value;
}

function compile<Result>(query: Preparable<Result>): Query<RowOf<Result>> {
  const prepared = query.prepare();
  const { sql, params } = prepared.getQuery();
  return {
    sql,
    width: (Reflect.get(prepared, "fields") as readonly unknown[] | undefined)?.length ?? 0,
    args: (values) => params.map((param) => fill(param, values)),
    map: (flatMapper(prepared) ?? ((rows) => prepared.mapAllResult(rows))) as Query<RowOf<Result>>["map"],
  };
}

const shapesKept = 200;

/** One compiled query for each shape that was asked for; the least lately made goes when there are too many. */
function variants<V, S, Result>(build: (places: Places<V>, shape: S) => Preparable<Result>) {
  const compiled = new Map<string, Query<RowOf<Result>>>();
  return (shape: S): Query<RowOf<Result>> => {
    const key = shape === undefined ? "" : JSON.stringify(shape);
    let query = compiled.get(key);
    if (!query) {
      query = compile(build(anyPlace as Places<V>, shape));
      if (compiled.size >= shapesKept) compiled.delete(compiled.keys().next().value as string);
      compiled.set(key, query);
    }
    return query;
  };
}

type ShapeOf<S> = S extends undefined ? [shape?: S] : [shape: S];

/**
 * A query for rows. `build` is called once for each `shape`: what changes the text of the statement (the order of a
 * list, the filters that are given) belongs there, everything else is a value.
 */
export function read<V extends object, Result, S = undefined>(
  build: (database: Reader, places: Places<V>, shape: S) => Preparable<Result>,
): (values: V, ...shape: ShapeOf<S>) => Read<RowOf<Result>> {
  const queryFor = variants((places: Places<V>, shape: S) => build(database, places, shape));
  return (values, ...shape) => ({ mode: "read", query: queryFor(shape[0] as S), values: values as Values });
}

/** A change of rows; its result is what it returns. */
export function write<V extends object, Result, S = undefined>(
  build: (database: Writer, places: Places<V>, shape: S) => Preparable<Result>,
): (values: V, ...shape: ShapeOf<S>) => Write<RowOf<Result>> {
  const queryFor = variants((places: Places<V>, shape: S) => build(database, places, shape));
  return (values, ...shape) => ({ mode: "write", query: queryFor(shape[0] as S), values: values as Values });
}

/** A write that may hit nothing, or whose miss has a name of its own. */
export const onMiss = <Row>(miss: StewardError | "ignore", statement: Write<Row>): Write<Row> => ({
  ...statement,
  miss,
});

/**
 * A change in SQL text with named places, for what drizzle has no words for: rows that are made from other rows. Whether
 * it hits any is not asked.
 */
export function rawWrite<V extends object = object>(text: string): (values: V) => Write<never> {
  const query = rawQuery(text);
  return (values) => ({ mode: "write", query, values: values as Values, miss: "ignore" });
}

/** Text of SQL with named places, and their values. */
export interface Sql {
  readonly text: string;
  readonly values: Values;
}

/** Rows of a statement that is made anew for each request, because what is asked decides on its text. */
export function readSql<Row>({ text, values }: Sql, map: (row: readonly unknown[]) => Row): Read<Row> {
  const { sql, names } = positional(text);
  const query: Query<Row> = {
    sql,
    width: 0,
    args: (all) => names.map((name) => given(all, name)),
    map: (rows) => rows.map(map),
  };
  return { mode: "read", query, values };
}

/** SQL text with named places, as it stands; for what drizzle has no words for. Its rows are not mapped. */
export function rawQuery(text: string): Query<never> {
  const { sql, names } = positional(text);
  return { sql, width: 0, args: (values) => names.map((name) => given(values, name)), map: () => [] };
}

/**
 * A condition that must hold within the commit, at its place among the writes. `condition` is SQL text with named
 * places; the commit fails with `otherwise` where it is false or null.
 */
export function guard<V extends object>(condition: string): (values: V, otherwise: StewardError) => Guard {
  const query = rawQuery(`select case when (${condition}) then 1 else json_extract('{}', 'refused:' || :step) end`);
  return (values, otherwise) => ({ mode: "guard", query, values: values as Values, otherwise });
}

/** That a row has the version that the caller has read, where it has said which. `version` is SQL for it. */
export const versionIs = (version: string) => {
  const holds = guard<{ expectedVersion: number | null }>(`:expectedVersion is null or ${version} = :expectedVersion`);
  return ({ expectedVersion = null, ...values }: { readonly expectedVersion?: number | null | undefined }) =>
    holds({ ...values, expectedVersion }, new StewardError("version_mismatch"));
};

/** Stands after a write: `changes()` is then exactly what that write hit, and zero ends the commit. */
export const mustHit = rawQuery("select case when changes() = 0 then json_extract('{}', 'refused:' || :step) end");
