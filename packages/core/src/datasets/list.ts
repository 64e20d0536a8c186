import { tables } from "@steward/db";
import { datasetLevel, principalId, principalReference } from "../access.ts";
import type { Context } from "../context.ts";
import { grantBits } from "../grants.ts";
import { type Candidates, type Noun, type Shape, type Sort, seenAmong } from "../listing/matching.ts";
import { listing, narrowed, type PageValues, pageParts, place } from "../listing/page.ts";
import { holdsWords } from "../listing/words.ts";
import { type Places, read } from "../statement.ts";
import { countFor, listed, seesAll, seesAllRecords, toListed } from "./schema.ts";

const { datasets } = tables;

const who = { access: "dataset_access", key: "dataset_id" } as const;

const sources = {
  owner: seenAmong(who, "datasets", "datasets a indexed by datasets_by_owner_and_name"),
} as const satisfies Record<string, Candidates>;

/** A tenant has thousands of datasets, not hundreds of thousands: words are looked for in each that the caller sees. */
const conditions = {
  owner: `a.owner_id = ${principalId(":ownerName", ":ownerKind")}`,
  words: `(${holdsWords})`,
} as const;

type Source = keyof typeof sources;
type Condition = keyof typeof conditions;

const noun: Noun<Source, Condition> = {
  ...who,
  table: "datasets",
  level: datasetLevel,
  beside: { sees_all_records: seesAllRecords("p.id"), sees_all: seesAll("p.id") },
  sources,
  conditions,
  weighs: "octet_length(a.name) + coalesce(octet_length(a.description), 0)",
  heaviest: 20 * 1024,
};

const lists = listing(noun);

const columns = {
  ...listed,
  rows: countFor("page.sees_all_records", "rows"),
  bytes: countFor("page.sees_all", "bytes"),
};

const rows = read((database, _: Places<PageValues>, shape: Shape<Source, Condition>) => {
  const { page, within, order } = pageParts(noun, shape);
  return database
    .select({ ...columns, ...place })
    .from(page)
    .crossJoin(datasets)
    .where(within)
    .orderBy(order);
});

interface ListInput {
  readonly start: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly total?: "exact" | undefined;
  readonly sort: Sort;
  readonly q?: string | undefined;
  readonly ownerId?: string | undefined;
}

function planOf({ q, ownerId }: ListInput): Pick<Shape<Source, Condition>, "source" | "conditions"> {
  const owned = ownerId !== undefined;
  return {
    source: owned ? "owner" : "walk",
    conditions: [...(owned ? (["owner"] as const) : []), ...(q === undefined ? [] : (["words"] as const))],
  };
}

export async function listPage(ctx: Context, input: ListInput) {
  const [ownerName, ownerKind] = principalReference(input.ownerId ?? "");
  const values = { q: input.q ?? null, ownerName, ownerKind };
  const { facts, items, ...page } = await lists.page(ctx, rows, planOf(input), input, values);
  return {
    items: items.map((row) => toListed(row, narrowed(row.level, facts))),
    ...page,
    permissions: { create: (facts.permissions & grantBits["datasets:create"]) !== 0 && facts.maxLevel > 1 },
  };
}

export async function readAll(ctx: Context, { cursor }: { cursor?: string | undefined }) {
  const { facts, items, next } = await lists.all(ctx, rows, cursor);
  return { items: items.map((row) => toListed(row, narrowed(row.level, facts))), next };
}
