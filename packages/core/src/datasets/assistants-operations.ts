import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import * as z from "zod";
import {
  administerDataset,
  asBearer,
  assistants as assistantResource,
  me,
  type Needs,
  datasets as resource,
} from "../access.ts";
import { recordedOf } from "../assistants/revise.ts";
import type { Context } from "../context.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { Access, Filter, Mode, SampleSize } from "../knowledge/extent.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { readableAssistant } from "../references/targets.ts";
import { AssistantReference, Id, Moment, Nothing, page, paging } from "../schemas.ts";
import { guard, rawWrite, readSql } from "../statement.ts";
import { datasetKey } from "./schema.ts";

const { knowledge } = tables;

const Bringer = z
  .object({
    assistantId: Id,
    naturalId: z.string().nullable().meta({ description: "Of the assistant, as far as you may read it" }),
    name: z.string().nullable().meta({ description: "Of the assistant, as far as you may read it" }),
    draft: z.boolean().meta({ description: "Whether its draft has it so, and not the assistant itself" }),
    mode: Mode,
    filter: Filter,
    sampleSize: SampleSize,
    access: Access,
    permissions: z.object({ delete: z.boolean() }),
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "AssistantOfDataset", description: "An assistant that knows a dataset, and how much of it" });

const readAsAdministrator: Needs = {
  ...administerDataset("share"),
  scope: "read",
  on: { resource, level: 3, whole: true },
};

/** The assistant itself, where a draft of it stands as `a`. */
const original = "coalesce(a.editing_id, a.id)";
const isReadable = `((with ${asBearer} select seat from bearer) and ${readableAssistant(original)})`;
const ofOriginal = (value: string) =>
  sql<string | null>`${fragment(`iif(${isReadable}, (select ${value} from assistants o cross join principals p
    on p.id = o.owner_id where o.id = ${original}), null)`)}`;

const columns = {
  assistantId: sql<string>`${sql.raw(original)}`,
  naturalId: ofOriginal("p.name || ':' || o.slug"),
  name: ofOriginal("o.name"),
  draft: sql<boolean>`a.editing_id is not null`.mapWith(Boolean),
  mode: knowledge.mode,
  filter: knowledge.filter,
  sampleSize: knowledge.sampleSize,
  access: knowledge.access,
  createdAt: knowledge.createdAt,
  updatedAt: knowledge.updatedAt,
};

const ofDataset = listOf({
  columns,
  from: "assistant_datasets cross join assistants a on a.id = assistant_datasets.assistant_id",
  where: `assistant_datasets.dataset_id = ${resource.id}`,
  key: "assistant_datasets.id",
});

export const assistants = operation({
  http: "GET /datasets/{id}/assistants",
  rel: "inf:dataset-assistants",
  summary: "Which assistants know a dataset, how much of it, and whose rights count",
  description: "Of all assistants, drafts included, whoever owns them; their names as far as you may read them.",
  needs: readAsAdministrator,
  input: { ...datasetKey, ...paging },
  output: page(Bringer),
  items: { rel: "inf:dataset-knowledge" },
  run: async (ctx, { id: _resolved, ...input }) => {
    const [found, { level }] = await Promise.all([ofDataset(ctx, input), ctx.facts()]);
    return withItems(found, (row) => ({ ...row, permissions: { delete: level >= 3 } }));
  },
});

interface Made {
  /** The assistant's id, under the name that revise.ts gives it. */
  readonly made: string;
}

const knowsIt = (assistantId: string) =>
  `exists (select 1 from assistant_datasets k where k.assistant_id = ${assistantId} and k.dataset_id = ${resource.id})`;
/** The assistant and its draft. */
const withDraft = (id: string) => `(select a.id from assistants a where a.id = ${id} or a.editing_id = ${id})`;
const both = withDraft(":made");
const there = guard<Made>(
  `exists (select 1 from assistant_datasets k where k.dataset_id = ${resource.id} and k.assistant_id in ${both})`,
);
const touch = rawWrite<Made>(`update assistants set version = version + 1, updated_at = :now, updated_by = ${me}
  where id in ${both} and ${knowsIt("assistants.id")}`);
const remove = rawWrite<Made>(
  `delete from assistant_datasets where dataset_id = ${resource.id} and assistant_id in ${both}`,
);
/** For the trail, which has another `:made`. */
const ended = `(select json_object('mode', k.mode, 'access', k.access) from assistant_datasets k
  where k.dataset_id = ${resource.id} and k.assistant_id in ${withDraft(":endedIn")}
  order by k.assistant_id <> :endedIn limit 1)`;

const named = assistantResource.id.replaceAll(":subject", ":named");

/** The id of an assistant that a natural id names, as far as its name may be known; a UUID is one already. */
async function idOf(ctx: Context, text: string): Promise<string> {
  const [named1, named2, named3] = assistantResource.reference(text);
  if (named2 === null) return named1 ?? "";
  const found = readSql(
    {
      text: `select n.id from (select ${named} as id) n
        where (with ${asBearer} select seat from bearer) and ${readableAssistant("n.id")}`,
      values: { named1, named2, named3 },
    },
    ([id]) => String(id),
  );
  const [id] = await ctx.read(found);
  if (id === undefined) throw new StewardError("not_found");
  return id;
}

export const endAssistant = operation({
  http: "DELETE /datasets/{id}/assistants/{assistantId}",
  summary: "Let an assistant no longer know a dataset, whoever owns it",
  description: "In the assistant and in its draft. It is a new version and a revision of the assistant.",
  needs: administerDataset("share"),
  input: { ...datasetKey, assistantId: AssistantReference },
  output: Nothing,
  trips: { most: 2, because: "A natural id is resolved first" },
  run: async (ctx, { assistantId }) => {
    const made = await idOf(ctx, assistantId);
    await ctx.commit(
      [
        there({ made }, new StewardError("not_found")),
        touch({ made }),
        remove({ made }),
        ...recordedOf(made, "A dataset was taken from it by one who administers the dataset"),
      ],
      { assistant: made, found: { object: ended, values: { endedIn: made } } },
    );
  },
});
