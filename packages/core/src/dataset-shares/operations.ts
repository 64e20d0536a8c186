import { tables } from "@steward/db";
import { and, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { administerDataset, type Level, me, readDataset, datasets as resource } from "../access.ts";
import type { Context } from "../context.ts";
import { Criteria, compileCriteria } from "../datasets/criteria.ts";
import { datasetId, datasetKey } from "../datasets/schema.ts";
import { ownView } from "../datasets/view.ts";
import { mySight } from "../datasets/ways.ts";
import { invalid, StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { last } from "../records.ts";
import { Nothing, PrincipalReference, page, paging, text, versioned } from "../schemas.ts";
import {
  AccessLevel,
  asWithWhom,
  principalColumns,
  Share,
  type Shared,
  sharing,
  toShare,
  type WithWhom,
  withWhom,
} from "../shares/sharing.ts";
import { assign, type Places, read, write } from "../statement.ts";

const { datasetShares: shares } = tables;

const keeps = (column: string, wanted: string) =>
  `(s.${column} is null or ${wanted} is null or s.${column} = ${wanted})`;
const shared: Shared = {
  resource,
  table: "datasets",
  shares: "dataset_shares",
  key: "dataset_id",
  narrower: `${keeps("filter", ":wantedFilter")} and ${keeps("visible_fields", ":wantedFields")}`,
};
const must = sharing(shared);

const VisibleFields = z.array(text(128, 1)).max(500);

const narrowing = {
  filter: Criteria.nullable().meta({
    description:
      "Criteria: only the records that match are seen. Null for all, and to you where you may not share the dataset. A filter that names a field which the data no longer has lets nothing through",
  }),
  visibleFields: VisibleFields.nullable().meta({
    description:
      "The names of the only fields that are seen; an empty list for none. Null for all, and to you where you may not share the dataset",
  }),
};

const DatasetShare = Share.extend(narrowing).meta({
  id: "DatasetShare",
  description: "What a user or a team may do with a dataset that it does not own, and how much of it is seen",
});

const columns = {
  ...principalColumns(shared),
  accessLevel: shares.level,
  filter: shares.filter,
  visibleFields: shares.visibleFields,
  version: shares.version,
  createdAt: shares.createdAt,
  updatedAt: shares.updatedAt,
};

interface Narrowed {
  readonly filter: Record<string, unknown> | null;
  readonly visibleFields: string[] | null;
}

/** A filter tells of values, and a list of fields of their names: nothing for who sees perhaps no more than a share does. */
const seenAt = <R extends Narrowed>(row: R, { level, readingLevel }: { level: Level; readingLevel: Level }) => ({
  ...toShare(row, level >= 3),
  ...(readingLevel < 3 && { filter: null, visibleFields: null }),
});

const thatShare = and(eq(shares.datasetId, datasetId), eq(shares.principalId, fragment(withWhom)));
const one = read((database, _: Places<WithWhom>) => database.select(columns).from(shares).where(thatShare));

const sharesList = listOf({
  columns,
  from: "dataset_shares cross join principals on principals.id = dataset_shares.principal_id",
  where: `dataset_shares.dataset_id = ${resource.id}`,
  key: "principals.name",
});

const shareKey = { ...datasetKey, principalId: PrincipalReference };

export const list = operation({
  http: "GET /datasets/{id}/shares",
  rel: "inf:shares",
  summary: "With whom a dataset is shared",
  needs: readDataset,
  input: { ...datasetKey, ...paging },
  output: page(DatasetShare),
  items: { rel: "inf:share", at: "/datasets/{id}/shares/{principalId}" },
  run: async (ctx, { id: _resolved, ...input }) => {
    const [found, facts] = await Promise.all([sharesList(ctx, input), ctx.facts()]);
    return withItems(found, (row) => seenAt(row, facts));
  },
});

export const get = operation({
  http: "GET /datasets/{id}/shares/{principalId}",
  summary: "Read one share of a dataset",
  needs: readDataset,
  input: shareKey,
  output: DatasetShare,
  run: async (ctx, { principalId: named }) => {
    const [[row], facts] = await Promise.all([ctx.read(one(asWithWhom(named))), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return seenAt(row, facts);
  },
});

interface Given {
  readonly accessLevel: number;
  readonly filter?: Record<string, unknown> | null | undefined;
  readonly visibleFields?: string[] | null | undefined;
}

/** Fails for what the data does not have. While there is no data, anything may be said of it. */
async function checkFields(ctx: Context, { accessLevel, filter, visibleFields }: Given): Promise<void> {
  for (const [key, value] of Object.entries({ filter, visibleFields })) {
    if (value && accessLevel > 1)
      throw invalid(key, "Who may change a dataset sees all of it: give accessLevel 1 instead");
  }
  if (!filter && !visibleFields) return;
  const sight = await mySight(ctx);
  if (!sight.load) return;
  const { fields } = ownView(sight);
  if (filter) compileCriteria(filter, fields, "filter", "filter");
  const unknown = visibleFields?.findIndex((name) => !fields.has(name)) ?? -1;
  if (unknown >= 0) throw invalid(`visibleFields.${unknown}`, "The dataset has no such field");
}

const narrows = ["filter", "visibleFields"] as const;
type Narrows = (typeof narrows)[number];

/** `said` are those that the request speaks of; what it does not, stays as long as the level is one that can be narrowed. */
const put = write(
  (database, places: Places<WithWhom & Narrowed & { level: number; at: Date }>, said: readonly Narrows[]) => {
    const kept = (key: Narrows, column: string) => ({
      [key]: said.includes(key) ? sql.raw(`excluded.${column}`) : sql.raw(`iif(excluded.level = 1, ${column}, null)`),
    });
    return database
      .insert(shares)
      .values({
        datasetId,
        principalId: fragment<string>(withWhom),
        ...assign(shares, places, ["level", ...narrows]),
        createdAt: places.at,
        updatedAt: places.at,
        createdBy: fragment<string>(me),
      })
      .onConflictDoUpdate({
        target: [shares.datasetId, shares.principalId],
        set: {
          level: sql`excluded.level`,
          ...kept("filter", "filter"),
          ...kept("visibleFields", "visible_fields"),
          updatedAt: sql`excluded.updated_at`,
          version: sql`version + 1`,
        },
      })
      .returning(columns);
  },
);

/** As they are stored; null for what stays. */
const wantedOf = (said: readonly Narrows[], narrowed: Narrowed) => ({
  wantedFilter: said.includes("filter") ? JSON.stringify(narrowed.filter) : null,
  wantedFields: said.includes("visibleFields") ? JSON.stringify(narrowed.visibleFields) : null,
});

export const set = operation({
  http: "PUT /datasets/{id}/shares/{principalId}",
  summary: "Share a dataset with a user or a team, or change what they may and see",
  description:
    "With `accessLevel` 1, `filter` and `visibleFields` narrow what is seen; what is left out stays as it is. Whoever has another way to the dataset sees what any of them shows. The settings may limit sharing to one's own teams, or switch it off: 403 with the reason.",
  needs: administerDataset("share"),
  input: {
    ...shareKey,
    ...versioned,
    accessLevel: AccessLevel,
    filter: narrowing.filter.optional(),
    visibleFields: narrowing.visibleFields.optional(),
  },
  output: DatasetShare,
  errors: ["conflict", "version_mismatch"],
  ownVersion: true,
  created: ({ version }) => version === 1,
  trips: { most: 2, because: "a filter and a list of fields are compared with the fields that the dataset has" },
  run: async (ctx, { principalId: named, accessLevel, expectedVersion, filter, visibleFields }) => {
    await checkFields(ctx, { accessLevel, filter, visibleFields });
    const values = asWithWhom(named);
    const said = narrows.filter((key) => ({ filter, visibleFields })[key] !== undefined);
    const narrowed = {
      filter: filter ?? null,
      visibleFields: visibleFields ? [...new Set(visibleFields)] : null,
    };
    const results = await ctx.commit(
      [
        ...must.toSet({ ...values, accessLevel, expectedVersion, narrowing: wantedOf(said, narrowed) }),
        put({ ...values, ...narrowed, level: accessLevel, at: ctx.now }, said),
      ],
      {
        details: { accessLevel, narrowed: said.filter((key) => narrowed[key] !== null) },
        found: { object: must.whom, values },
      },
    );
    const [row] = last(results);
    if (!row) throw new StewardError("not_found");
    return seenAt(row, { level: 3, readingLevel: 3 });
  },
});

const remove = write((database, _: Places<WithWhom>) => database.delete(shares).where(thatShare));

const end = operation({
  http: "DELETE /datasets/{id}/shares/{principalId}",
  summary: "End a share of a dataset",
  needs: administerDataset("share"),
  input: { ...shareKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  ownVersion: true,
  run: async (ctx, { principalId: named, expectedVersion }) => {
    const values = asWithWhom(named);
    await ctx.commit([...must.toEnd({ ...values, expectedVersion }), remove(values)], {
      found: { object: must.whom, values },
    });
  },
});

export { end as delete };
