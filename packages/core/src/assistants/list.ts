import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import type { Level } from "../access.ts";
import { asCaller, assistantLevel, me, principalId, principalReference, assistants as resource } from "../access.ts";
import type { Context } from "../context.ts";
import { fromCursor, type Position, toCursor } from "../cursor.ts";
import { fragment } from "../fragment.ts";
import { grantBits } from "../grants.ts";
import { counted } from "../pages.ts";
import { type Places, read } from "../statement.ts";
import { columns, instructionsLimit, toAssistant } from "./schema.ts";
import { matchOf } from "./search.ts";

const { assistants } = tables;

/** The id of the row that the request names. */
export const assistantId = fragment<string>(resource.id);

/** So that a page of long instructions does not grow without bound; it is then shorter, and has a next one. */
const bytesOfInstructions = 8 * 1024 * 1024;
/** So few cannot weigh that much. */
const unweighed = bytesOfInstructions / instructionsLimit;

type Sort = "name" | "-name" | "createdAt" | "-createdAt" | "updatedAt" | "-updatedAt";
const sortColumns = { name: "sort_name", createdAt: "created_at", updatedAt: "updated_at" } as const;

/** What changes the text of the statement. */
interface Shape {
  readonly sort: Sort;
  readonly after: boolean;
  /** Whether the page may be cut for the weight of its instructions. */
  readonly weighed: boolean;
  readonly source: Source;
  readonly conditions: readonly (keyof typeof conditions)[];
}

/**
 * Where the rows come from. `walk` follows the caller's own rows of `access` in their order; the others begin with the
 * few rows that an index says can match. Either way, time does not tell of rows that the caller cannot see.
 */
type Source = "walk" | keyof typeof candidates;

const candidates = {
  search: `assistant_search f cross join assistants a on a.number = f.rowid and f.assistant_search match
    :match || ' AND principals : (' || (select group_concat(iif(principal = '*', 'superusers', replace(principal, '-', '')), ' OR ')
      from caller) || ')'`,
  favorite: `favorites f cross join assistants a on a.id = f.assistant_id and f.user_id = ${me}`,
  owner: `assistants a indexed by assistants_by_owner_and_name`,
  dispatchers: `assistants a indexed by assistants_dispatchers`,
} as const;

const conditions = {
  owner: `a.owner_id = ${principalId(":ownerName", ":ownerKind")}`,
  dispatcher: "a.dispatcher",
  notDispatcher: "not a.dispatcher",
  shared:
    "(exists (select 1 from shares s where s.assistant_id = a.id) or exists (select 1 from teams t where t.id = a.owner_id))",
  notShared:
    "not exists (select 1 from shares s where s.assistant_id = a.id) and not exists (select 1 from teams t where t.id = a.owner_id)",
  favorite: `exists (select 1 from favorites v where v.assistant_id = a.id and v.user_id = ${me})`,
  notFavorite: `not exists (select 1 from favorites v where v.assistant_id = a.id and v.user_id = ${me})`,
} as const;

const visible = `${assistantLevel("a.id")} is not null and (select only from caller limit 1) is null
  or a.id = (select only from caller limit 1) and ${assistantLevel("a.id")} is not null`;

/** SQL for the ids that match, with their sort key as `k`; in order only where they are walked. */
function matching({ sort, source, conditions: names }: Pick<Shape, "sort" | "source" | "conditions">, after: boolean) {
  const column = sortColumns[sort.replace("-", "") as keyof typeof sortColumns];
  const [beyond, order] = sort.startsWith("-") ? ["<", "desc"] : [">", "asc"];
  const where = names.map((name) => ` and ${conditions[name]}`).join("");
  const begin = (alias: string) =>
    after
      ? ` and (${alias}.${column}, ${alias}.${alias === "a" ? "id" : "assistant_id"}) ${beyond} (:afterKey, :afterId)`
      : "";
  if (source !== "walk") {
    return `matching(k, id) as (select a.${column}, a.id from ${candidates[source]} where (${visible})${where}${begin("a")})`;
  }
  const nearest = (
    principal: string,
    condition: string,
  ) => `(x.${column}, x.assistant_id) = (select y.${column}, y.assistant_id from access y
    where y.principal_id = ${principal}${condition} order by y.${column} ${order}, y.assistant_id ${order} limit 1)`;
  // A k-way merge: ORDER BY makes the queue of the recursion a priority queue.
  return `walk(k, id, principal) as (
      select x.${column}, x.assistant_id, x.principal_id from caller c cross join access x
        on x.principal_id = c.principal and ${nearest("c.principal", begin("y"))} where c.only is null
      union all
      select a.${column}, a.id, null from assistants a
        where a.id = (select only from caller limit 1) and ${assistantLevel("a.id")} is not null${begin("a")}
      union all
      select x.${column}, x.assistant_id, x.principal_id from walk w cross join access x
        on x.principal_id = w.principal and ${nearest("w.principal", ` and (y.${column}, y.assistant_id) ${beyond} (w.k, w.id)`)}
      order by 1 ${order}, 2 ${order}),
    matching(k, id) as (select distinct w.k, w.id from walk w${where ? ` cross join assistants a on a.id = w.id${where}` : ""})`;
}

interface PageValues {
  readonly limit: number;
  readonly offset: number;
  readonly afterKey: string | number | null;
  readonly afterId: string | null;
}

/** Ids of a page in their order, with the caller's level; where weighed, how many bytes of instructions stand before. */
const pageOf = (shape: Shape) => {
  const order = shape.sort.startsWith("-") ? "desc" : "asc";
  const sorted = shape.source === "walk" ? "" : `order by k ${order}, id ${order} `;
  const weight = `, count(*) over () as found, sum(coalesce(octet_length(a.instructions), 0))
    over (order by p.k ${order}, p.id ${order} rows between unbounded preceding and 1 preceding) as weight
    from page p cross join assistants a on a.id = p.id`;
  return fragment(`(with ${asCaller}, ${matching(shape, shape.after)},
    page as materialized (select k, id from matching ${sorted}limit :limit offset :offset)
    select p.k, p.id, (select min(c.max_level, ${assistantLevel("p.id")}) from caller c limit 1) as level
    ${shape.weighed ? weight : ", 0 as found, 0 as weight from page p"}) as page`);
};

const place = {
  key: sql<string | number>`page.k`.as("key"),
  level: sql<Level>`page.level`.as("level"),
  found: sql<number>`page.found`.as("found"),
};

const inPage = (shape: Shape) => {
  const direction = sql.raw(shape.sort.startsWith("-") ? "desc" : "asc");
  return {
    // The page is joined first and at once (CROSS JOIN): once analysed, SQLite would read all assistants to find its rows.
    within: shape.weighed
      ? sql`page.id = ${assistants.id} and coalesce(page.weight, 0) < ${sql.raw(String(bytesOfInstructions))}`
      : sql`page.id = ${assistants.id}`,
    order: sql`page.k ${direction}, page.id ${direction}`,
  };
};

const rows = read((database, _: Places<PageValues>, shape: Shape) => {
  const { within, order } = inPage(shape);
  return database
    .select({ ...columns, ...place })
    .from(pageOf(shape))
    .crossJoin(assistants)
    .where(within)
    .orderBy(order);
});

const total = read(
  (database, _: object, { most, ...shape }: Pick<Shape, "source" | "conditions"> & { most: number | null }) => {
    const limit = most === null ? "" : ` limit ${most}`;
    const plain = shape.source === "walk" && shape.conditions.length === 0;
    const counting = plain ? countOfAccess(limit) : `select count(*) as total from (select id from matching${limit})`;
    const ctes = plain ? "" : `, ${matching({ ...shape, sort: "name" }, false)}`;
    return database
      .select({ total: sql<number>`total`.as("total") })
      .from(fragment(`(with ${asCaller}${ctes} ${counting}) as counted`));
  },
);

/** Who is one principal alone has each row once, which spares the memory of those seen. */
const countOfAccess = (limit: string) => {
  const count = (distinct: string) => `(select count(*) from (select ${distinct} x.assistant_id from caller c
    cross join access x indexed by access_by_name on x.principal_id = c.principal${limit}))`;
  return `select case when (select only from caller limit 1) is not null
      then (select ${assistantLevel("only")} is not null from caller limit 1)
    when (select count(*) from caller) = 1 then ${count("")} else ${count("distinct")} end as total`;
};

interface Filters {
  readonly q?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly favorite?: boolean | undefined;
  readonly shared?: boolean | undefined;
  readonly dispatcher?: boolean | undefined;
}

/** The source that begins with the fewest rows, and what remains to be asked of each. */
function planOf({ q, ownerId, favorite, shared, dispatcher }: Filters): Pick<Shape, "source" | "conditions"> {
  const source =
    q !== undefined
      ? "search"
      : favorite
        ? "favorite"
        : ownerId !== undefined
          ? "owner"
          : dispatcher
            ? "dispatchers"
            : "walk";
  const asked = {
    owner: ownerId !== undefined,
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
  const match = filters.q === undefined ? null : matchOf(filters.q);
  const values = { ownerName, ownerKind, match };
  const most = exactly ? null : counted + 1;
  const [page, [count], facts] = await Promise.all([
    readPage(ctx, { ...plan, sort }, { position, start, limit }, values),
    ctx.read(total(values, { ...plan, most })),
    ctx.facts(),
  ]);
  const known = count?.total ?? 0;
  return {
    items: page.found.map((row) => toAssistant(row, row.level)),
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

const listed = {
  ...columns,
  sharing: sql<{ principalId: string; accessLevel: number }[]>`(select json_group_array(json_object(
      'principalId', p.kind || ':' || p.name, 'accessLevel', s.level) order by p.name)
    from shares s cross join principals p on p.id = s.principal_id where s.assistant_id = assistants.id)`.mapWith(
    JSON.parse,
  ),
  favorite: sql<boolean>`exists (select 1 from favorites v where v.assistant_id = assistants.id
    and v.user_id = ${fragment(me)})`.mapWith(Boolean),
};

const allRows = read((database, _: Places<PageValues>, shape: Shape) => {
  const { within, order } = inPage(shape);
  return database
    .select({ ...listed, ...place })
    .from(pageOf(shape))
    .crossJoin(assistants)
    .where(within)
    .orderBy(order);
});

export async function readAll(ctx: Context, { cursor }: { cursor?: string | undefined }) {
  const position = cursor === undefined ? undefined : fromCursor(cursor, everything);
  const wanted = { position, start: 0, limit: mostAtOnce };
  const page = cut(
    await ctx.read(allRows(pageValues(wanted), { ...everything, after: position !== undefined })),
    wanted,
  );
  return {
    items: page.found.map((row) => Object.assign(toAssistant(row, row.level), { tags: [] })),
    next: page.next && toCursor(page.next, everything),
  };
}
