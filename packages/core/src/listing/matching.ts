import { asCaller } from "../access.ts";

export const sorts = ["name", "-name", "createdAt", "-createdAt", "updatedAt", "-updatedAt"] as const;
export type Sort = (typeof sorts)[number];
const sortColumns = { name: "sort_name", createdAt: "created_at", updatedAt: "updated_at" } as const;

/** Where it says who sees which row: a row for each principal, with the keys by which lists sort. */
export interface Seen {
  /** The table; its index by name is `<table>_by_name`. */
  readonly access: string;
  /** The column in which it names the row. */
  readonly key: string;
}

/** SQL for rows of the noun as `a` from which a list may begin. */
export interface Candidates {
  readonly from: readonly string[];
  /** Whether none is among them that the caller does not see. */
  readonly seenOnly?: true;
}

/** A kind of row that lists show. A credential may be bound to one: what follows of it is of no avail where none ever is. */
export interface Noun<Source extends string, Condition extends string> extends Seen {
  readonly table: string;
  /** SQL for the caller's level on the row with this id, with `caller` at hand; null without one. */
  level(id: string): string;
  /** SQL for what else depends on the caller, by the names that it has beside the page's rows `p`; likewise. */
  readonly beside?: Readonly<Record<string, string>>;
  readonly sources: Readonly<Record<Source, Candidates>>;
  /** SQL for what may be asked of a row `a`. */
  readonly conditions: Readonly<Record<Condition, string>>;
  /** SQL for how many bytes a row `a` weighs, and the most that it can be. */
  readonly weighs: string;
  readonly heaviest: number;
}

/**
 * What changes the text of the statement. `walk` follows the caller's own rows of `access` in their order, the others
 * begin with what an index holds for the caller.
 */
export interface Shape<Source extends string, Condition extends string> {
  readonly sort: Sort;
  readonly after: boolean;
  /** Whether the page may be cut for its weight. */
  readonly weighed: boolean;
  readonly source: "walk" | Source;
  readonly conditions: readonly Condition[];
}

/**
 * All that the caller sees at once; for a superuser, who sees all, an index of what can match. Whose rows an index could
 * find would take as long as there are rows, seen or not.
 */
export const seenAmong = ({ access, key }: Seen, table: string, found: string): Candidates => ({
  from: [
    `(select distinct x.${key} as id from caller c cross join ${access} x on x.principal_id = c.principal
      where c.principal <> '*') v cross join ${table} a on a.id = v.id`,
    `(select 1 from caller where principal = '*') cross join ${found}`,
  ],
});

const only = "(select only from caller limit 1)";

const visible = ({ level }: Pick<Noun<string, string>, "level">) =>
  `${level("a.id")} is not null and ${only} is null or a.id = ${only} and ${level("a.id")} is not null`;

/** SQL for the ids that match, with their sort key as `k`; in order only where they are walked. */
export function matching<S extends string, C extends string>(
  noun: Noun<S, C>,
  { sort, source, conditions }: Pick<Shape<S, C>, "sort" | "source" | "conditions">,
  after: boolean,
): string {
  const { table, access, key, level, sources } = noun;
  const column = sortColumns[sort.replace("-", "") as keyof typeof sortColumns];
  const [beyond, order] = sort.startsWith("-") ? ["<", "desc"] : [">", "asc"];
  const where = conditions.map((name) => ` and ${noun.conditions[name]}`).join("");
  const begin = (alias: string) =>
    after ? ` and (${alias}.${column}, ${alias}.${alias === "a" ? "id" : key}) ${beyond} (:afterKey, :afterId)` : "";
  if (source !== "walk") {
    const { from, seenOnly } = sources[source];
    const found = from.map(
      (rows) =>
        `select a.${column}, a.id from ${rows} where (${seenOnly ? "true" : visible(noun)})${where}${begin("a")}`,
    );
    return `matching(k, id) as (${found.join(" union all ")})`;
  }
  const nearest = (
    principal: string,
    condition: string,
  ) => `(x.${column}, x.${key}) = (select y.${column}, y.${key} from ${access} y
    where y.principal_id = ${principal}${condition} order by y.${column} ${order}, y.${key} ${order} limit 1)`;
  // A k-way merge: ORDER BY makes the queue of the recursion a priority queue.
  return `walk(k, id, principal) as (
      select x.${column}, x.${key}, x.principal_id from caller c cross join ${access} x
        on x.principal_id = c.principal and ${nearest("c.principal", begin("y"))} where c.only is null
      union all
      select a.${column}, a.id, null from ${table} a where a.id = ${only} and ${level("a.id")} is not null${begin("a")}
      union all
      select x.${column}, x.${key}, x.principal_id from walk w cross join ${access} x
        on x.principal_id = w.principal and ${nearest("w.principal", ` and (y.${column}, y.${key}) ${beyond} (w.k, w.id)`)}
      order by 1 ${order}, 2 ${order}),
    matching(k, id) as (select distinct w.k, w.id from walk w${where ? ` cross join ${table} a on a.id = w.id${where}` : ""})`;
}

/** SQL for a statement that counts what matches, to `most` of them. */
export function counting<S extends string, C extends string>(
  noun: Noun<S, C>,
  shape: Pick<Shape<S, C>, "source" | "conditions">,
  most: number | null,
): string {
  const limit = most === null ? "" : ` limit ${most}`;
  if (shape.source === "walk" && shape.conditions.length === 0) return `with ${asCaller} ${countOfAccess(noun, limit)}`;
  return `with ${asCaller}, ${matching(noun, { ...shape, sort: "name" }, false)}
    select count(*) as total from (select id from matching${limit})`;
}

/** Who is one principal alone has each row once, which spares the memory of those seen. */
function countOfAccess({ access, level }: Noun<string, string>, limit: string): string {
  const count = (distinct: string) => `(select count(*) from (select ${distinct} x.number from caller c
    cross join ${access} x indexed by ${access}_by_name on x.principal_id = c.principal${limit}))`;
  return `select case when ${only} is not null
      then (select ${level("only")} is not null from caller limit 1)
    when (select count(*) from caller) = 1 then ${count("")} else ${count("distinct")} end as total`;
}
