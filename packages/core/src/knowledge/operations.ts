import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import { readAssistant, assistants as resource, writeAssistant } from "../access.ts";
import { revised } from "../assistants/revise.ts";
import { assistantId, assistantKey } from "../assistants/schema.ts";
import type { Criteria } from "../datasets/criteria.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { idempotent } from "../idempotency.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { last } from "../records.ts";
import { Nothing, page, paging, Reference, versioned } from "../schemas.ts";
import { assign, guard, type Places, read, versionIs, write } from "../statement.ts";
import {
  Access,
  type Extent,
  extentOf,
  Filter,
  Mode,
  mostDatasets,
  SampleSize,
  sameExtent,
  sameFilter,
} from "./extent.ts";
import { administersDataset, namedDataset, readableDataset, type WhichDataset, whichDataset } from "./rights.ts";
import { Association, associationId, columns, datasetKey, isNamed, made, one, toAssociation } from "./schema.ts";
import { checkCriteria, type FoundDataset, foundDataset, ownFields, parsedDataset } from "./shown.ts";

const { knowledge } = tables;

const knownBy = listOf({
  columns,
  from: "assistant_datasets",
  where: `assistant_datasets.assistant_id = ${resource.id}`,
  key: "assistant_datasets.id",
});

export const list = operation({
  http: "GET /assistants/{id}/datasets",
  rel: "inf:assistant-datasets",
  summary: "List the datasets that an assistant knows",
  needs: readAssistant,
  input: { ...assistantKey, ...paging },
  output: page(Association),
  items: { rel: "inf:dataset-knowledge", at: "/assistants/{id}/datasets/{datasetId}" },
  run: async (ctx, { id: _resolved, ...input }) => {
    const [found, facts] = await Promise.all([knownBy(ctx, input), ctx.facts()]);
    return withItems(found, (row) => toAssociation(row, facts));
  },
});

export const get = operation({
  http: "GET /assistants/{id}/datasets/{datasetId}",
  summary: "Read what an assistant knows of a dataset",
  needs: readAssistant,
  input: datasetKey,
  output: Association,
  refers: [{ rel: "inf:dataset", key: "datasetId", at: "/datasets/{id}", action: "read" }],
  run: async (ctx, { datasetId }) => {
    const [[row], facts] = await Promise.all([ctx.read(one(whichDataset(datasetId))), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return toAssociation(row, facts);
  },
});

const notYours = new StewardError("forbidden", {
  message:
    "With access `assistant` its readers reach what they have no right to: only one who administers the dataset may say so, and how much. Set access `asker`, or ask somebody who administers it",
});

/** The dataset that is to be known, where its caller may read it. */
const wanted = read((database, _: Places<WhichDataset>) =>
  database
    .select({
      id: sql<string>`w.id`.as("id"),
      dataset: sql<FoundDataset>`${fragment(foundDataset("w.id"))}`.mapWith(parsedDataset).as("dataset"),
      administered: sql<boolean>`${fragment(administersDataset("w.id"))}`.mapWith(Boolean).as("administered"),
    })
    .from(fragment("datasets w"))
    .where(fragment(`w.id = ${namedDataset} and ${readableDataset("w.id")}`)),
);

interface NewAssociation extends Extent {
  readonly id: string;
  readonly datasetId: string;
  readonly access: Access;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const insert = write((database, places: Places<NewAssociation>) =>
  database.insert(knowledge).values({
    ...assign(knowledge, places, [
      "id",
      "datasetId",
      "mode",
      "filter",
      "sampleSize",
      "access",
      "createdAt",
      "updatedAt",
    ]),
    assistantId,
  }),
);

interface Known {
  readonly datasetId: string;
}
const isReadable = guard<Known>(readableDataset(":datasetId"));
const isAdministered = guard<Known>(administersDataset(":datasetId"));
const ofAssistant = `from assistant_datasets k where k.assistant_id = ${resource.id}`;
const isNew = guard<Known>(`not exists (select 1 ${ofAssistant} and k.dataset_id = :datasetId)`);
const twice = new StewardError("conflict", { message: "The assistant knows it already: change what it knows of it" });
const room = guard(`(select count(*) ${ofAssistant}) < ${mostDatasets}`);
const full = new StewardError("conflict", {
  message: `An assistant knows at most ${mostDatasets} datasets: take one from it that is not used`,
});

export const create = operation({
  http: "POST /assistants/{id}/datasets",
  summary: "Let an assistant know a dataset",
  description:
    "Only `datasetId` is required, of a dataset that is yours to read. `access` is `assistant` for one who administers it, and `asker` for everybody else.",
  needs: writeAssistant,
  input: {
    ...assistantKey,
    ...idempotent,
    datasetId: Reference.meta({ description: "UUID or natural id of the dataset" }),
    mode: Mode.optional().meta({ description: "`subset` where a filter is given, `full` otherwise" }),
    filter: Filter.default(null),
    sampleSize: SampleSize.default(null),
    access: Access.optional(),
  },
  output: Association,
  errors: ["conflict"],
  trips: { most: 2, because: "a filter is checked against the fields that its writer sees" },
  run: async (ctx, { id: _resolved, datasetId: named, access: givenAccess, ...given }) => {
    const extent = extentOf(given);
    const [found] = await ctx.read(wanted(whichDataset(named)));
    if (!found) throw new StewardError("not_found");
    const { id: datasetId, administered } = found;
    const access = givenAccess ?? (administered ? "assistant" : "asker");
    if (access === "assistant" && !administered) throw notYours;
    if (extent.filter) checkCriteria(extent.filter, ownFields(found.dataset), "filter");
    const id = ctx.newId();
    const row = { id, datasetId, access, ...extent, createdAt: ctx.now, updatedAt: ctx.now };
    const results = await ctx.commit(
      [
        isReadable({ datasetId }, new StewardError("not_found")),
        ...(access === "assistant" ? [isAdministered({ datasetId }, notYours)] : []),
        isNew({ datasetId }, twice),
        room({}, full),
        insert(row),
        ...revised(),
        made({ id }),
      ],
      { details: { datasetId, mode: extent.mode, access } },
    );
    const [association] = last(results);
    if (!association) throw new StewardError("internal");
    return toAssociation(association, await ctx.facts());
  },
});

const kept = read((database, _: Places<WhichDataset>) =>
  database
    .select({
      id: knowledge.id,
      datasetId: knowledge.datasetId,
      mode: knowledge.mode,
      filter: knowledge.filter,
      sampleSize: knowledge.sampleSize,
      access: knowledge.access,
      version: knowledge.version,
      dataset: columns.dataset,
      administered: fragment(administersDataset("assistant_datasets.dataset_id")).mapWith(Boolean),
    })
    .from(knowledge)
    .where(isNamed),
);

interface Kept extends Extent {
  readonly access: Access;
  readonly dataset: FoundDataset | null;
}

/** Whether the change gives the assistant's readers rights that nobody has given them. */
const widens = (before: Kept, extent: Extent, access: Access) =>
  access === "assistant" && (before.access !== "assistant" || !sameExtent(before, extent));

/** Nobody learns by a filter which fields there are. */
function checkFilter(before: Kept, filter: Criteria | null): void {
  if (filter && !sameFilter(before.filter, filter)) checkCriteria(filter, ownFields(before.dataset), "filter");
}

interface ById {
  readonly associationId: string;
}
const asRead = guard<ById & { version: number }>(
  "(select version from assistant_datasets where id = :associationId) = :version",
);
const changedMeanwhile = new StewardError("conflict", { message: "It has changed meanwhile: send it again" });

const change = write((database, places: Places<Extent & ById & { access: Access; updatedAt: Date }>) =>
  database
    .update(knowledge)
    .set({
      ...assign(knowledge, places, ["mode", "filter", "sampleSize", "access", "updatedAt"]),
      version: sql`version + 1`,
    })
    .where(sql`assistant_datasets.id = ${places.associationId}`),
);

export const update = operation({
  http: "PUT /assistants/{id}/datasets/{datasetId}",
  summary: "Change how much an assistant knows of a dataset, and whose rights count",
  description:
    "With access `assistant` only one who administers the dataset may change anything; every writer of the assistant may set `asker`.",
  needs: writeAssistant,
  input: {
    ...datasetKey,
    ...versioned,
    mode: Mode.optional(),
    filter: Filter.optional(),
    sampleSize: SampleSize.optional(),
    access: Access.optional(),
  },
  output: Association,
  errors: ["conflict", "version_mismatch"],
  ownVersion: true,
  trips: { most: 2, because: "what is given is judged together with what is kept" },
  run: async (ctx, { id: _resolved, datasetId: named, expectedVersion, access: givenAccess, ...given }) => {
    const [before] = await ctx.read(kept(whichDataset(named)));
    if (!before) throw new StewardError("not_found");
    const { id: associationId, datasetId, version, administered } = before;
    if (expectedVersion !== undefined && expectedVersion !== version) throw new StewardError("version_mismatch");
    const extent = extentOf(given, before);
    const access = givenAccess ?? before.access;
    const needsRight = widens(before, extent, access);
    if (needsRight && !administered) throw notYours;
    checkFilter(before, extent.filter);
    const results = await ctx.commit(
      [
        asRead({ associationId, version }, changedMeanwhile),
        ...(needsRight ? [isAdministered({ datasetId }, notYours)] : []),
        change({ ...extent, access, associationId, updatedAt: ctx.now }),
        ...revised(),
        made({ id: associationId }),
      ],
      { details: { datasetId, mode: extent.mode, access } },
    );
    const [row] = last(results);
    if (!row) throw new StewardError("not_found");
    return toAssociation(row, await ctx.facts());
  },
});

const ofAssociation = `from assistant_datasets where id = ${associationId}`;
const there = guard<WhichDataset>(`exists (select 1 ${ofAssociation})`);
const unchanged = versionIs(`(select version ${ofAssociation})`);
const remove = write((database, _: Places<WhichDataset>) => database.delete(knowledge).where(isNamed));

const remove_ = operation({
  http: "DELETE /assistants/{id}/datasets/{datasetId}",
  summary: "Let an assistant no longer know a dataset",
  needs: writeAssistant,
  input: { ...datasetKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  ownVersion: true,
  run: async (ctx, { datasetId, expectedVersion }) => {
    const which = whichDataset(datasetId);
    await ctx.commit(
      [
        there(which, new StewardError("not_found")),
        unchanged({ ...which, expectedVersion }),
        remove(which),
        ...revised(),
      ],
      {
        found: {
          object: `(select json_object('datasetId', dataset_id, 'mode', mode, 'access', access) ${ofAssociation})`,
          values: { ...which },
        },
      },
    );
  },
});

export { remove_ as delete };
