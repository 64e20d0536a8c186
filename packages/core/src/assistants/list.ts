import type { Level } from "../access.ts";
import { principalReference, tags } from "../access.ts";
import type { Context } from "../context.ts";
import { fromCursor, type Position, toCursor } from "../cursor.ts";
import type { Facts } from "../gate.ts";
import { grantBits } from "../grants.ts";
import { counted } from "../pages.ts";
import { allRows, type PageValues, rows, type Shape, type Sort, total, unweighed } from "./page.ts";
import { toAssistant } from "./schema.ts";

interface Filters {
  readonly q?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly folderId?: string | undefined;
  readonly tag?: string | undefined;
  readonly favorite?: boolean | undefined;
  readonly shared?: boolean | undefined;
  readonly dispatcher?: boolean | undefined;
}

/** Instead of a folder's id: those that lie in none. */
export const noFolder = "none";

/** The source that begins with the fewest rows, and what remains to be asked of each. */
function planOf(filters: Filters): Pick<Shape, "source" | "conditions"> {
  const { q, ownerId, folderId, tag, favorite, shared, dispatcher } = filters;
  const inFolder = folderId !== undefined && folderId !== noFolder;
  const begins = {
    search: q !== undefined,
    favorite: favorite === true,
    folder: inFolder,
    tag: tag !== undefined,
    owner: ownerId !== undefined,
    dispatchers: dispatcher === true,
  };
  const source = (Object.keys(begins) as (keyof typeof begins)[]).find((name) => begins[name]) ?? "walk";
  const asked = {
    owner: ownerId !== undefined,
    folder: inFolder,
    noFolder: folderId === noFolder,
    tag: tag !== undefined,
    dispatcher: dispatcher === true,
    notDispatcher: dispatcher === false,
    shared: shared === true,
    notShared: shared === false,
    favorite: favorite === true && source !== "favorite",
    notFavorite: favorite === false,
  };
  return { source, conditions: (Object.keys(asked) as (keyof typeof asked)[]).filter((name) => asked[name]) };
}

interface ListInput extends Filters {
  readonly start: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly total?: "exact" | undefined;
  readonly sort: Sort;
}

export async function listPage(ctx: Context, { start, limit, cursor, total: exactly, sort, ...filters }: ListInput) {
  const asked = { sort, ...filters };
  const position = cursor === undefined ? undefined : fromCursor(cursor, asked);
  const plan = planOf(filters);
  const [ownerName, ownerKind] = principalReference(filters.ownerId ?? "");
  const [tag1, tag2] = tags.reference(filters.tag ?? "");
  const folderId = filters.folderId?.toLowerCase() ?? null;
  const values = { q: filters.q ?? null, ownerName, ownerKind, folderId, tag1, tag2 };
  const most = exactly ? null : counted + 1;
  const [page, [count], facts] = await Promise.all([
    readPage(ctx, { ...plan, sort }, { position, start, limit }, values),
    ctx.read(total(values, { ...plan, most })),
    ctx.facts(),
  ]);
  const known = count?.total ?? 0;
  return {
    items: page.found.map((row) => toAssistant(row, row.level, narrowed(row.level, facts))),
    start: position?.start ?? start,
    count: page.found.length,
    total: most === null ? known : Math.min(known, counted),
    totalIsExact: most === null || known <= counted,
    next: page.next && toCursor(page.next, asked),
    permissions: {
      create:
        (facts.permissions & grantBits["assistants:create"]) !== 0 &&
        facts.onlyAssistantId === null &&
        facts.maxLevel > 1,
    },
  };
}

const narrowed = (level: Level, { maxLevel }: Facts) => Math.min(level, maxLevel) as Level;

interface Wanted {
  readonly position: Position | undefined;
  readonly start: number;
  readonly limit: number;
}

const pageValues = ({ position, start, limit }: Wanted): PageValues => ({
  limit: limit + 1,
  offset: position ? 0 : start,
  afterKey: position?.key ?? null,
  afterId: position?.id ?? null,
});

async function readPage(ctx: Context, shape: Omit<Shape, "after" | "weighed">, wanted: Wanted, values: object) {
  const weighed = wanted.limit > unweighed;
  const after = wanted.position !== undefined;
  return cut(await ctx.read(rows({ ...pageValues(wanted), ...values }, { ...shape, after, weighed })), wanted);
}

/** One row more than wanted was asked for: it, or what was left out for its weight, tells that there is a next page. */
function cut<R extends { key: string | number; id: string; found: number }>(
  found: R[],
  { position, start, limit }: Wanted,
) {
  const kept = found.slice(0, limit);
  const last = kept.at(-1);
  const more = last !== undefined && Math.max(found.length, last.found) > kept.length;
  const next: Position | null = more
    ? { key: last.key, id: last.id, start: (position?.start ?? start) + kept.length }
    : null;
  return { found: kept, next };
}

const everything: Shape = { sort: "name", after: false, weighed: true, source: "walk", conditions: [] };
const mostAtOnce = 5000;

export async function readAll(ctx: Context, { cursor }: { cursor?: string | undefined }) {
  const position = cursor === undefined ? undefined : fromCursor(cursor, everything);
  const wanted = { position, start: 0, limit: mostAtOnce };
  const shape = { ...everything, after: position !== undefined };
  const [found, facts] = await Promise.all([ctx.read(allRows(pageValues(wanted), shape)), ctx.facts()]);
  const page = cut(found, wanted);
  return {
    items: page.found.map((row) => toAssistant(row, row.level, narrowed(row.level, facts))),
    next: page.next && toCursor(page.next, everything),
  };
}
