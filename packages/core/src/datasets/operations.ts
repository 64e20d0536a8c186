import { tables } from "@steward/db";
import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import {
  administerDataset,
  granted,
  me,
  owners,
  readDataset,
  datasets as resource,
  signedIn,
  writeDataset,
} from "../access.ts";
import { freeSlugOf } from "../assistants/free-slug.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { idempotent } from "../idempotency.ts";
import { sorts } from "../listing/matching.ts";
import { Words } from "../listing/words.ts";
import { operation } from "../operation.ts";
import { keysOf, last } from "../records.ts";
import { Nothing, PrincipalReference, page, paging, versioned } from "../schemas.ts";
import { slugOf, sortNameOf } from "../slug.ts";
import { assign, type Places, read, write } from "../statement.ts";
import { listPage, readAll } from "./list.ts";
import { columns, Dataset, datasetId, datasetKey, fields, ListedDataset, toDataset } from "./schema.ts";

export { assistants, endAssistant } from "./assistants-operations.ts";
export { fields } from "./fields-operation.ts";
export { upload } from "./upload.ts";

const { datasets } = tables;

export const list = operation({
  http: "GET /datasets",
  rel: "inf:datasets",
  summary: "List the datasets that you may read",
  needs: signedIn("read"),
  input: {
    ...paging,
    sort: z.enum(sorts).default("name"),
    q: Words.optional(),
    ownerId: PrincipalReference.optional(),
  },
  output: page(ListedDataset).extend({
    permissions: z.object({ create: z.boolean() }).meta({ description: "Whether you may create one" }),
  }),
  items: { rel: "inf:dataset", at: "/datasets/{id}" },
  run: listPage,
});

export const listAll = operation({
  http: "GET /datasets-list",
  rel: "inf:datasets-list",
  summary: "All datasets that you may read, as one array by name",
  description: "At most 5,000 in one answer; over REST a `Link` header then leads to the rest.",
  needs: signedIn("read"),
  input: { cursor: paging.cursor },
  output: z.object({ items: z.array(ListedDataset), next: z.string().nullable() }),
  bare: true,
  run: readAll,
});

const one = read((database) => database.select(columns).from(datasets).where(eq(datasets.id, datasetId)));

export const get = operation({
  http: "GET /datasets/{id}",
  summary: "Read a dataset: what it is, not its records",
  needs: readDataset,
  input: datasetKey,
  output: Dataset,
  run: async (ctx) => {
    const [[row], { level }] = await Promise.all([ctx.read(one({})), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return toDataset(row, level);
  },
});

interface NewDataset {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly sortName: string;
  readonly description: string | null;
}

const freeSlug = fragment<string>(freeSlugOf(owners.id, ":slug", "datasets"));

const insert = write((database, places: Places<NewDataset & { at: Date }>, slug: "given" | "made") =>
  database.insert(datasets).values({
    ...assign(datasets, places, ["id", "name", "sortName", "description"]),
    slug: slug === "given" ? places.slug : freeSlug,
    ownerId: fragment<string>(owners.id),
    createdAt: places.at,
    updatedAt: places.at,
    createdBy: fragment<string>(me),
    updatedBy: fragment<string>(me),
  }),
);

/** What RETURNING cannot tell: who sees it is known only behind the triggers. */
const made = read((database, places: Places<{ id: string }>) =>
  database.select(columns).from(datasets).where(eq(datasets.id, places.id)),
);

export const create = operation({
  http: "POST /datasets",
  summary: "Create a dataset, which has no records yet",
  description:
    "Only `name` is required. `slug` is made from it, and is the only one of its owner: `sales`, `sales-2` ...",
  needs: granted("datasets:create", "write", { on: { resource: owners, level: 2 } }),
  input: {
    ...idempotent,
    name: fields.name,
    description: fields.description.default(null),
    slug: fields.slug.optional(),
    ownerId: PrincipalReference.optional().meta({ description: "Yourself, or a team in which you may write" }),
  },
  output: Dataset,
  errors: ["not_found", "conflict"],
  run: async (ctx, { ownerId: _resolvedByTheGate, name, description, ...given }) => {
    const id = ctx.newId();
    const slug = given.slug ?? slugOf(name, "dataset");
    const values = { id, slug, name, sortName: sortNameOf(name), description, at: ctx.now };
    const results = await ctx.commit([insert(values, given.slug === undefined ? "made" : "given"), made({ id })], {
      subject: id,
      details: { name },
    });
    const [[row], { level }] = [last(results), await ctx.facts()];
    if (!row) throw new StewardError("internal");
    return toDataset(row, level);
  },
});

type Changes = Partial<Omit<NewDataset, "id">> & { readonly updatedAt: Date };

const change = write((database, places: Places<Changes>, keys: readonly (keyof Changes)[]) =>
  database
    .update(datasets)
    .set({ ...assign(datasets, places, keys), version: sql`version + 1`, updatedBy: fragment(me) })
    .where(eq(datasets.id, datasetId))
    .returning(columns),
);

export const update = operation({
  http: "PUT /datasets/{id}",
  summary: "Change what a dataset is called, and how it is described",
  description: "Only the keys that are given; null clears one that is optional.",
  needs: writeDataset,
  input: { ...datasetKey, ...versioned, ...z.object(fields).partial().shape },
  output: Dataset,
  errors: ["conflict", "version_mismatch"],
  run: async (ctx, { id: _resolvedByTheGate, expectedVersion: _checkedByTheGate, ...given }) => {
    const values: Changes = {
      ...given,
      ...(given.name !== undefined && { sortName: sortNameOf(given.name) }),
      updatedAt: ctx.now,
    };
    const [[row]] = await ctx.commit([change(values, keysOf(values))], { details: { fields: Object.keys(given) } });
    const { level } = await ctx.facts();
    if (!row) throw new StewardError("not_found");
    return toDataset(row, level);
  },
});

const named = `(select json_object('name', name, 'slug', slug) from datasets where id = ${resource.id})`;
const remove = write((database) => database.delete(datasets).where(eq(datasets.id, datasetId)));

const remove_ = operation({
  http: "DELETE /datasets/{id}",
  summary: "Delete a dataset with its shares and records",
  description: "Nobody sees it from then on; its records are removed in the background.",
  needs: administerDataset("delete"),
  input: { ...datasetKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  run: async (ctx) => {
    await ctx.commit([remove({})], { found: { object: named } });
    ctx.defer(() => ctx.heavyWork.tend());
  },
});

export { remove_ as delete };
