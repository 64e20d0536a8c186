import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import * as z from "zod";
import { me, readAssistantAsWriter, assistants as resource, writeAssistant } from "../access.ts";
import { Changes, type Content, changesBetween, type DatasetNames, withoutSecretsOf } from "../assistants/changes.ts";
import { contentOf, ownPieces } from "../assistants/content.ts";
import { takingOver } from "../assistants/parts.ts";
import { Assistant, assistantKey, columns, isLinkedToLive, notOfDraft, toAssistant } from "../assistants/schema.ts";
import type { Context } from "../context.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { notToBeBrought } from "../knowledge/bringing.ts";
import { datasetNames } from "../knowledge/rights.ts";
import { operation } from "../operation.ts";
import { last, parsed } from "../records.ts";
import { Nothing, text, versioned } from "../schemas.ts";
import { guard, rawWrite, read } from "../statement.ts";
import { broughtByDraft, commitSteps, draftId, hasDraft } from "./commit.ts";

const { assistants } = tables;

const noDraft = () => new StewardError("not_found", { message: "There is no draft: POST .../_edit makes one" });

const draftOf = read((database) =>
  database
    .select(columns)
    .from(assistants)
    .where(sql`assistants.id = ${fragment(draftId)}`),
);
const live = read((database) =>
  database
    .select(columns)
    .from(assistants)
    .where(sql`assistants.id = ${fragment(resource.id)}`),
);

/** What differs between a draft and its original, and what has become of the original since the draft was begun. */
const DraftDiff = z
  .object({
    changes: Changes.meta({ description: "What a commit would change" }),
    conflict: z.boolean().meta({ description: "Whether the live assistant has changed since `_edit`" }),
    changedSince: Changes.nullable().meta({
      description: "What has changed in the live one since; null when nothing has, or when that revision is forgotten",
    }),
    baseRevision: z.int().nullable().meta({ description: "The revision that the draft was begun from" }),
    revision: z.int().nullable().meta({ description: "The live assistant's present revision" }),
  })
  .meta({ id: "DraftDiff", description: "What a commit of the draft would change" });

const baseContent = `(select r.content from revisions r where r.assistant_id = ${resource.id}
  and r.number = (select base_revision from assistants d where d.id = ${draftId}))`;
const namesOfDatasets = datasetNames(`select k.dataset_id from assistant_datasets k
    where k.assistant_id in (${resource.id}, ${draftId})
  union select j.value ->> 'datasetId' from json_each(${baseContent}, '$.knowledge') j`);

const compared = read((database) =>
  database
    .select({
      draft: sql<Content>`(select ${sql.raw(contentOf("d"))} from assistants d where d.id = ${fragment(draftId)})`
        .mapWith(parsed<Content>)
        .as("draft"),
      live: sql<Content>`${sql.raw(contentOf("assistants"))}`.mapWith(parsed<Content>).as("live"),
      baseRevision: sql<number | null>`(select base_revision from assistants d where d.id = ${fragment(draftId)})`.as(
        "base",
      ),
      revision: sql<number | null>`(select max(number) from revisions where assistant_id = assistants.id)`.as("latest"),
      base: sql<Content | null>`${fragment(baseContent)}`.mapWith(parsed<Content | null>).as("base_content"),
      datasets: sql<DatasetNames>`${fragment(namesOfDatasets)}`.mapWith(parsed<DatasetNames>).as("dataset_names"),
    })
    .from(assistants)
    .where(sql`assistants.id = ${fragment(resource.id)}`),
);

async function readDiff(ctx: Context): Promise<z.output<typeof DraftDiff>> {
  const [[row], facts] = await Promise.all([ctx.read(compared({})), ctx.facts()]);
  if (!row?.draft) throw noDraft();
  const { baseRevision, revision, datasets } = row;
  const [draft, present, base] = [row.draft, row.live, row.base].map((content) => withoutSecretsOf(facts, content)) as [
    Content,
    Content,
    Content | null,
  ];
  const conflict = baseRevision !== revision;
  return {
    changes: changesBetween(present, draft, datasets),
    conflict,
    changedSince: conflict && base ? changesBetween(base, present, datasets) : null,
    baseRevision,
    revision,
  };
}

const ownColumns = ownPieces.map(({ column }) => column);

const insertDraft = rawWrite<{ draft: string }>(`insert into assistants (id, owner_id, slug, editing_id, base_revision,
    ${ownColumns.join(", ")}, created_at, updated_at, created_by, updated_by)
  select :draft, a.owner_id, a.slug || '-draft', a.id, (select max(number) from revisions where assistant_id = a.id),
    ${ownColumns.map((column) => `a.${column}`).join(", ")}, :now, :now, ${me}, ${me}
  from assistants a where a.id = ${resource.id}`);
const takeOver = takingOver(resource.id, ":draft");
const isFirst = guard(`${draftId} is null`);

export const edit = operation({
  http: "POST /assistants/{id}/_edit",
  rel: "inf:edit",
  summary: "Edit an assistant in a draft: makes it, or answers the one that is there",
  description: "One draft an assistant, with all of its parts. 201 the first time, 200 afterwards.",
  needs: writeAssistant,
  input: { ...assistantKey, ...versioned },
  output: Assistant,
  errors: ["conflict", "version_mismatch"],
  trips: { most: 2, because: "that there is a draft already is found out by trying to make it" },
  linked: isLinkedToLive,
  created: (_, made) => made,
  async run(ctx) {
    const taken = new StewardError("conflict");
    const draft = ctx.newId();
    try {
      const [row] = last(
        await ctx.commit([
          notOfDraft("draft of its own"),
          isFirst({}, taken),
          insertDraft({ draft }),
          ...takeOver({ draft }),
          draftOf({}),
        ]),
      );
      ctx.made();
      return await shown(ctx, row);
    } catch (error) {
      if (error !== taken) throw error;
      return shown(ctx, (await ctx.read(draftOf({})))[0]);
    }
  },
});

type Row = Parameters<typeof toAssistant>[0];

async function shown<R extends Row>(ctx: Context, row: R | undefined) {
  const { readingLevel, level } = await ctx.facts();
  if (!row) throw noDraft();
  return toAssistant(row, readingLevel, level);
}

export const get = operation({
  http: "GET /assistants/{id}/draft",
  rel: "inf:draft",
  summary: "Read the draft of an assistant",
  needs: readAssistantAsWriter,
  input: assistantKey,
  output: Assistant,
  linked: ({ draftId: there }) => there !== null,
  async run(ctx) {
    const [[row]] = await Promise.all([ctx.read(draftOf({})), ctx.facts()]);
    return shown(ctx, row);
  },
});

export const diff = operation({
  http: "GET /assistants/{id}/draft/_diff",
  rel: "inf:diff",
  summary: "What a commit of the draft would change",
  needs: readAssistantAsWriter,
  input: assistantKey,
  output: DraftDiff,
  run: readDiff,
});

/** The commit of a draft whose original has changed since: with what a commit would overwrite. */
async function conflictOf(ctx: Context): Promise<StewardError> {
  const found = await readDiff(ctx);
  const changed = Object.entries(found.changedSince ?? {}).flatMap(([kind, changes]) =>
    Array.isArray(changes) ? changes.map((change) => ({ kind, change })) : [],
  );
  return new StewardError("conflict", {
    message:
      "The assistant has changed since its draft was begun: look at `diff`, then commit with `force`, or discard",
    details: changed.slice(0, 20).map(({ kind, change }) => ({
      path: "field" in change ? change.field : `${kind}.${change.name}`,
      message: "Has changed in the live assistant since",
    })),
    diff: found,
  });
}

export const commit = operation({
  http: "POST /assistants/{id}/draft/_commit",
  rel: "inf:commit-draft",
  summary: "Make the draft the assistant, in one transaction",
  at: "/assistants/{id}",
  description:
    "The assistant keeps id, slug, owner, shares, tokens and comments. 409 with the differences when it has changed since the draft was begun, unless `force`. 403 when it would bring along a dataset otherwise than the live one does, for one who does not administer that dataset.",
  needs: writeAssistant,
  input: {
    ...assistantKey,
    ...versioned,
    message: text(500, 1).optional().meta({ description: "What the revision says about it" }),
    force: z.boolean().default(false).meta({ description: "Go over what has changed in the live assistant since" }),
  },
  output: Assistant,
  errors: ["conflict", "version_mismatch"],
  trips: { most: 2, because: "a conflict is answered with the differences, a refusal with the names" },
  async run(ctx, { message = null, force }) {
    const conflict = force ? undefined : new StewardError("conflict");
    const beyond = new StewardError("forbidden");
    try {
      const details = { ...(message !== null && { message }), ...(force && { force }) };
      const steps = [hasDraft({}, noDraft()), ...commitSteps({ message, conflict, beyond }), live({})] as const;
      const [row] = last(await ctx.commit(steps, { details }));
      ctx.defer(() => ctx.heavyWork.tend());
      return await shown(ctx, row);
    } catch (error) {
      if (error === beyond) throw notToBeBrought((await ctx.read(broughtByDraft({}))).map(({ name }) => name));
      throw error === conflict ? await conflictOf(ctx) : error;
    }
  },
});

const discardDraft = rawWrite(`delete from assistants where editing_id = ${resource.id}`);

export const discard = operation({
  http: "DELETE /assistants/{id}/draft",
  summary: "Discard the draft",
  needs: writeAssistant,
  input: { ...assistantKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  async run(ctx) {
    await ctx.commit([hasDraft({}, noDraft()), discardDraft({})]);
    ctx.defer(() => ctx.heavyWork.tend());
  },
});
