import { type SQL, sql } from "drizzle-orm";
import { asCaller, type Level } from "../access.ts";
import type { Context } from "../context.ts";
import { fromCursor, type Position, toCursor } from "../cursor.ts";
import { fragment } from "../fragment.ts";
import type { Facts } from "../gate.ts";
import { counted } from "../pages.ts";
import { type Read, read } from "../statement.ts";
import { counting, matching, type Noun, type Shape, type Sort } from "./matching.ts";

/** So that a page of long texts does not grow without bound: it is then shorter, and has a next one. */
const bytesOfPage = 16 * 1024 * 1024;

export interface PageValues {
  readonly limit: number;
  readonly offset: number;
  readonly afterKey: string | number | null;
  readonly afterId: string | null;
}

/** What stands beside the columns of each row of a page. */
export const place = {
  key: sql<string | number>`page.k`.as("key"),
  level: sql<Level>`page.level`.as("level"),
  found: sql<number>`page.found`.as("found"),
};

interface Placed {
  readonly id: string;
  readonly key: string | number;
  readonly level: Level;
  readonly found: number;
}

/** Ids of a page in their order, with the caller's level; where weighed, how many bytes stand before. */
function pageOf<S extends string, C extends string>(noun: Noun<S, C>, shape: Shape<S, C>): SQL {
  const order = shape.sort.startsWith("-") ? "desc" : "asc";
  const sorted = shape.source === "walk" ? "" : `order by k ${order}, id ${order} `;
  const beside = Object.entries(noun.beside ?? {}).map(([name, value]) => `, ${value} as ${name}`);
  const weight = `, count(*) over () as found, sum(${noun.weighs})
    over (order by p.k ${order}, p.id ${order} rows between unbounded preceding and 1 preceding) as weight
    from page p cross join ${noun.table} a on a.id = p.id`;
  return fragment(`(with ${asCaller}, ${matching(noun, shape, shape.after)},
    page as materialized (select k, id from matching ${sorted}limit :limit offset :offset)
    select p.k, p.id, ${noun.level("p.id")} as level${beside.join("")}
    ${shape.weighed ? weight : ", 0 as found, 0 as weight from page p"}) as page`);
}

/**
 * The parts of a statement that reads a page: `from page`, which is joined first and at once (CROSS JOIN: once analysed,
 * SQLite would read all rows to find those of the page), `within` it, in its `order`. An index only says where to look:
 * without a level nobody sees the row.
 */
export function pageParts<S extends string, C extends string>(noun: Noun<S, C>, shape: Shape<S, C>) {
  const direction = shape.sort.startsWith("-") ? "desc" : "asc";
  const light = shape.weighed ? ` and coalesce(page.weight, 0) < ${bytesOfPage}` : "";
  return {
    page: pageOf(noun, shape),
    within: sql.raw(`page.id = ${noun.table}.id and page.level is not null${light}`),
    order: sql.raw(`page.k ${direction}, page.id ${direction}`),
  };
}

/** How a list reads its pages, and how many there are to be seen. */
export function listing<S extends string, C extends string>(noun: Noun<S, C>) {
  /** So few cannot weigh too much. */
  const unweighed = Math.floor(bytesOfPage / noun.heaviest);
  const total = read((database, _: object, { most, ...shape }: Asked<S, C> & { readonly most: number | null }) =>
    database
      .select({ total: sql<number>`total`.as("total") })
      .from(fragment(`(${counting(noun, shape, most)}) as counted`)),
  );

  async function page<R extends Placed>(
    ctx: Context,
    rows: Rows<R, S, C>,
    plan: Asked<S, C>,
    { start, limit, cursor, total: exactly, sort, ...filters }: Wanted,
    values: object,
  ) {
    const asked = { sort, ...filters };
    const wanted = { position: cursor === undefined ? undefined : fromCursor(cursor, asked), start, limit };
    const shape = { ...plan, sort, after: wanted.position !== undefined, weighed: limit > unweighed };
    const most = exactly ? null : counted + 1;
    const [found, [count], facts] = await Promise.all([
      ctx.read(rows({ ...pageValues(wanted), ...values }, shape)),
      ctx.read(total(values, { ...plan, most })),
      ctx.facts(),
    ]);
    const { kept, next } = cut(found, wanted);
    const known = count?.total ?? 0;
    return {
      items: kept,
      facts,
      start: wanted.position?.start ?? start,
      count: kept.length,
      total: most === null ? known : Math.min(known, counted),
      totalIsExact: most === null || known <= counted,
      next: next && toCursor(next, asked),
    };
  }

  async function all<R extends Placed>(ctx: Context, rows: Rows<R, S, C>, cursor: string | undefined) {
    const shape: Omit<Shape<S, C>, "after"> = { sort: "name", weighed: true, source: "walk", conditions: [] };
    const asked = { ...shape, after: false };
    const position = cursor === undefined ? undefined : fromCursor(cursor, asked);
    const wanted = { position, start: 0, limit: mostAtOnce };
    const [found, facts] = await Promise.all([
      ctx.read(rows(pageValues(wanted), { ...shape, after: position !== undefined })),
      ctx.facts(),
    ]);
    const { kept, next } = cut(found, wanted);
    return { items: kept, facts, next: next && toCursor(next, asked) };
  }

  return { page, all };
}

const mostAtOnce = 5000;

type Asked<S extends string, C extends string> = Pick<Shape<S, C>, "source" | "conditions">;
type Rows<R, S extends string, C extends string> = (values: PageValues, shape: Shape<S, C>) => Read<R>;

interface Wanted {
  readonly start: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly total?: "exact" | undefined;
  readonly sort: Sort;
}

interface Stretch {
  readonly position: Position | undefined;
  readonly start: number;
  readonly limit: number;
}

const pageValues = ({ position, start, limit }: Stretch): PageValues => ({
  limit: limit + 1,
  offset: position ? 0 : start,
  afterKey: position?.key ?? null,
  afterId: position?.id ?? null,
});

/** One row more than wanted was asked for: it, or what was left out for its weight, tells that there is a next page. */
function cut<R extends Placed>(found: R[], { position, start, limit }: Stretch) {
  const kept = found.slice(0, limit);
  const last = kept.at(-1);
  const more = last !== undefined && Math.max(found.length, last.found) > kept.length;
  const next: Position | null = more
    ? { key: last.key, id: last.id, start: (position?.start ?? start) + kept.length }
    : null;
  return { kept, next };
}

/** The level at which the caller acts, where its credential narrows that at which it reads. */
export const narrowed = (level: Level, { maxLevel }: Facts) => Math.min(level, maxLevel) as Level;
