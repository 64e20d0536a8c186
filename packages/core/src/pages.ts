import { type GetColumnData, getTableName, is, type SQL, sql } from "drizzle-orm";
import { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Context } from "./context.ts";
import { fromCursor, toCursor } from "./cursor.ts";
import { fragment } from "./fragment.ts";
import { type Places, read } from "./statement.ts";

/** How far a list is counted unless its exact total is asked for. */
export const counted = 1000;

type Columns = Record<string, SQL | SQL.Aliased | SQLiteColumn>;

type ValueOf<T> = T extends SQLiteColumn ? GetColumnData<T> : T extends SQL<infer V> | SQL.Aliased<infer V> ? V : never;
type RowOf<C extends Columns> = { [K in keyof C]: ValueOf<C[K]> };

interface ListDefinition<C extends Columns> {
  readonly columns: C;
  /** SQL text of the tables, of the condition (what the caller may see included) and of the unique key that orders. */
  readonly from: string;
  readonly where: string;
  readonly key: string;
  readonly descending?: boolean;
}

export interface PageInput {
  readonly start: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly total?: "exact" | undefined;
}

interface PageValues {
  readonly limit: number;
  readonly offset: number;
  readonly after: string | number | null;
}

/** Drizzle takes a column only where it knows the table; `from` is text to it. With its table, for names may meet. */
const selected = (columns: Columns): Columns =>
  Object.fromEntries(
    Object.entries(columns).map(([key, column]) => [
      key,
      is(column, SQLiteColumn) ? sql.raw(`${getTableName(column.table)}.${column.name}`).mapWith(column) : column,
    ]),
  );

/**
 * A list in the order of one unique key, which pages by that key. Answers a function that reads a page in one trip;
 * `values` are those of the named places, and what a cursor is tied to.
 */
export function listOf<C extends Columns>({ columns, from, where, key, descending }: ListDefinition<C>) {
  const [beyond, order] = descending ? ["<", "desc"] : [">", "asc"];
  const rows = read((database, places: Places<PageValues>, after: boolean) =>
    database
      .select({ ...selected(columns), pageKey: sql<string>`${sql.raw(key)}`.as("page_key") })
      .from(fragment(from))
      .where(fragment(after ? `(${where}) and ${key} ${beyond} :after` : where))
      .orderBy(sql.raw(`${key} ${order}`))
      .limit(places.limit)
      .offset(places.offset),
  );
  const count = read((database, _: object, most: number | null) =>
    database
      .select({ total: sql<number>`total`.as("total") })
      .from(
        fragment(
          `(select count(*) as total from (select 1 from ${from} where ${where}${most ? ` limit ${most}` : ""})) as counted`,
        ),
      ),
  );

  return async (
    ctx: Context,
    { start, limit, cursor, total }: PageInput,
    values: Readonly<Record<string, unknown>> = {},
  ) => {
    const position = cursor === undefined ? undefined : fromCursor(cursor, [key, values]);
    const begin = position?.start ?? start;
    const [found, [{ total: known } = { total: 0 }]] = await Promise.all([
      ctx.read(
        rows(
          { ...values, limit: limit + 1, offset: position ? 0 : start, after: position?.key ?? null },
          position !== undefined,
        ),
      ),
      ctx.read(count(values, total ? null : counted + 1)),
    ]);
    const items = found.slice(0, limit) as RowOf<C>[];
    const last = found[limit - 1] as { pageKey: string } | undefined;
    const more = found.length > limit && last !== undefined;
    return {
      items,
      start: begin,
      count: items.length,
      total: total ? known : Math.min(known, counted),
      totalIsExact: total !== undefined || known <= counted,
      next: more ? toCursor({ key: last.pageKey, id: "", start: begin + items.length }, [key, values]) : null,
    };
  };
}

/** The same page with its items as the caller is to see them. */
export const withItems = <T, U, P>(page: P & { readonly items: readonly T[] }, map: (item: T) => U) => ({
  ...page,
  items: page.items.map(map),
});
