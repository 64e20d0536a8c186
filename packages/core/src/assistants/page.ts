import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import { asCaller, assistantLevel, type Level, me, principalId, tags } from "../access.ts";
import { fragment } from "../fragment.ts";
import { parsed } from "../records.ts";
import { type Places, read } from "../statement.ts";
import { columns } from "./schema.ts";
import { searched } from "./search.ts";

const { assistants } = tables;

/** So that a page of long texts does not grow without bound: it is then shorter, and has a next one. */
const bytesOfPage = 16 * 1024 * 1024;
/** What weighs: instructions of 256 KiB, two objects of 64 KiB, and texts of at most 80 KiB together. */
const heaviest = (256 + 2 * 64 + 80) * 1024;
/** So few cannot weigh too much. */
export const unweighed = Math.floor(bytesOfPage / heaviest);
const weighs = `${["instructions", "data", "model_settings", "welcome", "description", "suggestions"]
  .map((column) => `coalesce(octet_length(a.${column}), 0)`)
  .join(" + ")} + 128 * ((select count(*) from shares s where s.assistant_id = a.id)
    + (select count(*) from assistant_tags g where g.assistant_id = a.id))`;

export type Sort = "name" | "-name" | "createdAt" | "-createdAt" | "updatedAt" | "-updatedAt";
const sortColumns = { name: "sort_name", createdAt: "created_at", updatedAt: "updated_at" } as const;

/** What changes the text of the statement. */
export interface Shape {
  readonly sort: Sort;
  readonly after: boolean;
  /** Whether the page may be cut for its weight. */
  readonly weighed: boolean;
  readonly source: Source;
  readonly conditions: readonly (keyof typeof conditions)[];
}

/**
 * Where the rows come from. `walk` follows the caller's own rows of `access` in their order, `seen` takes all of them at
 * once (for a superuser: an index of what can match), and the others begin with what an index holds for the caller.
 */
type Source = "walk" | keyof typeof candidates;

const tagId = tags.id.replaceAll(":subject", ":tag");

const candidates = {
  search: searched,
  favorite: [`favorites f cross join assistants a on a.id = f.assistant_id and f.user_id = ${me}`],
  folder: seen("assistants a indexed by assistants_by_folder"),
  tag: seen(`assistant_tags g indexed by assistant_tags_by_tag on g.tag_id = ${tagId}
    cross join assistants a on a.id = g.assistant_id`),
  owner: seen("assistants a indexed by assistants_by_owner_and_name"),
  dispatchers: seen("assistants a indexed by assistants_dispatchers"),
} as const;

/** Whose rows an index could find would take as long as there are rows, seen or not: only superusers see all of them. */
function seen(found: string): readonly string[] {
  return [
    `(select distinct x.assistant_id as id from caller c cross join access x on x.principal_id = c.principal
      where c.principal <> '*') v cross join assistants a on a.id = v.id`,
    `(select 1 from caller where principal = '*') cross join ${found}`,
  ];
}

const conditions = {
  owner: `a.owner_id = ${principalId(":ownerName", ":ownerKind")}`,
  folder: "a.folder_id = :folderId",
  noFolder: "a.folder_id is null",
  tag: `exists (select 1 from assistant_tags g where g.assistant_id = a.id and g.tag_id = ${tagId})`,
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
    const found = candidates[source].map(
      (from) =>
        `select a.${column}, a.id from ${from} where (${source === "search" ? "true" : visible})${where}${begin("a")}`,
    );
    return `matching(k, id) as (${found.join(" union all ")})`;
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

export interface PageValues {
  readonly limit: number;
  readonly offset: number;
  readonly afterKey: string | number | null;
  readonly afterId: string | null;
}

/** Ids of a page in their order, with the caller's level; where weighed, how many bytes stand before. */
const pageOf = (shape: Shape) => {
  const order = shape.sort.startsWith("-") ? "desc" : "asc";
  const sorted = shape.source === "walk" ? "" : `order by k ${order}, id ${order} `;
  const weight = `, count(*) over () as found, sum(${weighs})
    over (order by p.k ${order}, p.id ${order} rows between unbounded preceding and 1 preceding) as weight
    from page p cross join assistants a on a.id = p.id`;
  return fragment(`(with ${asCaller}, ${matching(shape, shape.after)},
    page as materialized (select k, id from matching ${sorted}limit :limit offset :offset)
    select p.k, p.id, ${assistantLevel("p.id")} as level
    ${shape.weighed ? weight : ", 0 as found, 0 as weight from page p"}) as page`);
};

const place = {
  key: sql<string | number>`page.k`.as("key"),
  level: sql<Level>`page.level`.as("level"),
  found: sql<number>`page.found`.as("found"),
};

/** An index only says where to look: without a level nobody sees the row. */
const seenInPage = sql`page.id = ${assistants.id} and page.level is not null`;

const inPage = (shape: Shape) => {
  const direction = sql.raw(shape.sort.startsWith("-") ? "desc" : "asc");
  return {
    // The page is joined first and at once (CROSS JOIN): once analysed, SQLite would read all assistants to find its rows.
    within: shape.weighed
      ? sql`${seenInPage} and coalesce(page.weight, 0) < ${sql.raw(String(bytesOfPage))}`
      : seenInPage,
    order: sql`page.k ${direction}, page.id ${direction}`,
  };
};

export const rows = read((database, _: Places<PageValues>, shape: Shape) => {
  const { within, order } = inPage(shape);
  return database
    .select({ ...columns, ...place })
    .from(pageOf(shape))
    .crossJoin(assistants)
    .where(within)
    .orderBy(order);
});

export const total = read(
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
  const count = (distinct: string) => `(select count(*) from (select ${distinct} x.number from caller c
    cross join access x indexed by access_by_name on x.principal_id = c.principal${limit}))`;
  return `select case when (select only from caller limit 1) is not null
      then (select ${assistantLevel("only")} is not null from caller limit 1)
    when (select count(*) from caller) = 1 then ${count("")} else ${count("distinct")} end as total`;
};

const listed = {
  ...columns,
  tags: sql<string[]>`(select json_group_array(t.name order by t.sort_name)
    from assistant_tags g cross join tags t on t.id = g.tag_id where g.assistant_id = assistants.id)`.mapWith(
    parsed<string[]>,
  ),
  sharing: sql<{ principalId: string; accessLevel: number }[]>`(select json_group_array(json_object(
      'principalId', p.kind || ':' || p.name, 'accessLevel', s.level) order by p.name)
    from shares s cross join principals p on p.id = s.principal_id where s.assistant_id = assistants.id)`.mapWith(
    parsed<{ principalId: string; accessLevel: number }[]>,
  ),
  favorite: sql<boolean>`exists (select 1 from favorites v where v.assistant_id = assistants.id
    and v.user_id = ${fragment(me)})`.mapWith(Boolean),
};

export const allRows = read((database, _: Places<PageValues>, shape: Shape) => {
  const { within, order } = inPage(shape);
  return database
    .select({ ...listed, ...place })
    .from(pageOf(shape))
    .crossJoin(assistants)
    .where(within)
    .orderBy(order);
});
