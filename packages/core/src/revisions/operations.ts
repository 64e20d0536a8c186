import { tables } from "@steward/db";
import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { readAssistantAsWriter, assistants as resource, writeAssistant } from "../access.ts";
import {
  Changes,
  type Content,
  changesBetween,
  type DatasetNames,
  nothingYet,
  withoutSecretsOf,
} from "../assistants/changes.ts";
import { contentOf } from "../assistants/content.ts";
import { fieldsFrom, restoring } from "../assistants/parts.ts";
import { recorded } from "../assistants/revise.ts";
import { Assistant, assistantKey, columns, fields, isLinkedToLive, toAssistant } from "../assistants/schema.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { bringingNoMore } from "../knowledge/bringing.ts";
import { Access, Filter, Mode, SampleSize } from "../knowledge/extent.ts";
import { datasetNames } from "../knowledge/rights.ts";
import { operation } from "../operation.ts";
import { listOf } from "../pages.ts";
import { last, parsed } from "../records.ts";
import { Id, Moment, PrincipalId, page, paging, text, versioned } from "../schemas.ts";
import { guard, type Places, read } from "../statement.ts";

const { assistants, revisions } = tables;

const number = z
  .int()
  .min(1)
  .max(Number.MAX_SAFE_INTEGER)
  .meta({ description: "The version that the assistant became by it; not every version is a revision" });
const revisionKey = { ...assistantKey, number };

const Revision = z
  .object({
    number,
    message: z.string().nullable(),
    operation: z.string().meta({ description: "What has made it" }),
    current: z.boolean().meta({ description: "Whether it is the assistant's present state" }),
    createdAt: Moment,
    createdBy: PrincipalId.nullable(),
  })
  .meta({ id: "Revision", description: "A committed state of an assistant" });

const foreignId = z.string().nullable();
const skill = {
  id: Id,
  type: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  enabled: z.boolean(),
  data: z.unknown(),
  datasetId: foreignId,
  datasourceId: foreignId,
  reportId: foreignId,
  queryId: foreignId,
  templateId: foreignId,
  integrationId: foreignId,
};

const { slug: _notKept, ...kept } = fields;
const RevisionWithContent = Revision.extend({
  content: z.object({
    ...kept,
    skills: z.array(z.object(skill)),
    references: z.array(
      z.object({ id: Id, targetType: z.string(), targetId: z.string(), description: z.string().nullable() }),
    ),
    secrets: z
      .array(
        z.object({
          id: Id,
          name: z.string(),
          description: z.string().nullable(),
          allowedHosts: z.array(z.string()),
        }),
      )
      .meta({ description: "By name: values are in no revision" }),
    knowledge: z.array(
      z.object({ id: Id, datasetId: Id, mode: Mode, filter: Filter, sampleSize: SampleSize, access: Access }),
    ),
    files: z.array(
      z.object({ id: Id, filename: z.string(), contentType: z.string(), size: z.int(), hash: z.string() }),
    ),
  }),
}).meta({ id: "RevisionWithContent", description: "A committed state of an assistant, whole" });

const newest = `(select max(r.number) from revisions r where r.assistant_id = ${resource.id})`;
const listed = {
  number: revisions.number,
  message: revisions.message,
  operation: revisions.operation,
  current: sql<boolean>`revisions.number = ${fragment(newest)}`.mapWith(Boolean),
  createdAt: revisions.createdAt,
  createdBy: sql.raw("(select p.kind || ':' || p.name from principals p where p.id = revisions.created_by)") as SQL<
    string | null
  >,
};

const revisionsOf = listOf({
  columns: listed,
  from: "revisions",
  where: `revisions.assistant_id = ${resource.id}`,
  key: "revisions.number",
  descending: true,
});

export const list = operation({
  http: "GET /assistants/{id}/revisions",
  rel: "inf:revisions",
  summary: "The committed states of an assistant, newest first",
  needs: readAssistantAsWriter,
  input: { ...assistantKey, ...paging },
  output: page(Revision),
  items: { rel: "inf:revision", at: "/assistants/{id}/revisions/{number}" },
  linked: isLinkedToLive,
  run: (ctx, { id: _resolved, ...input }) => revisionsOf(ctx, input),
});

const content = (sqlText: SQL) => sql<Content>`${sqlText}`.mapWith(parsed<Content>);
const one = read((database, places: Places<{ number: number }>) =>
  database
    .select({ ...listed, content: content(sql`revisions.content`).as("content") })
    .from(revisions)
    .where(sql`revisions.assistant_id = ${fragment(resource.id)} and revisions.number = ${places.number}`),
);

export const get = operation({
  http: "GET /assistants/{id}/revisions/{number}",
  summary: "Read a committed state of an assistant",
  needs: readAssistantAsWriter,
  input: revisionKey,
  output: RevisionWithContent,
  async run(ctx, { number: wanted }) {
    const [[row], facts] = await Promise.all([ctx.read(one({ number: wanted })), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    row.content = withoutSecretsOf(facts, row.content);
    return row as typeof row & { content: z.output<typeof RevisionWithContent>["content"] };
  },
});

const against = z
  .enum(["previous", "current"])
  .default("previous")
  .meta({ description: "`previous`: what this revision changed. `current`: what restoring it would change" });

const previous = `(select r.content from revisions r where r.assistant_id = ${resource.id}
  and r.number < :number order by r.number desc limit 1)`;
const wantedContent = `(select r.content from revisions r where r.assistant_id = ${resource.id} and r.number = :number)`;
const knownIn = (document: string) => `select j.value ->> 'datasetId' from json_each(${document}, '$.knowledge') j`;
const namesOfDatasets = datasetNames(`${knownIn(wantedContent)} union ${knownIn(previous)}
  union select k.dataset_id from assistant_datasets k where k.assistant_id = ${resource.id}`);

const compared = read((database, places: Places<{ number: number }>) =>
  database
    .select({
      wanted: content(sql`revisions.content`).as("wanted"),
      previous: sql<Content | null>`${fragment(previous)}`.mapWith(parsed<Content | null>).as("previous"),
      datasets: sql<DatasetNames>`${fragment(namesOfDatasets)}`.mapWith(parsed<DatasetNames>).as("dataset_names"),
      current: content(
        sql`(select ${sql.raw(contentOf("a"))} from assistants a where a.id = revisions.assistant_id)`,
      ).as("current"),
    })
    .from(revisions)
    .where(sql`revisions.assistant_id = ${fragment(resource.id)} and revisions.number = ${places.number}`),
);

export const diff = operation({
  http: "GET /assistants/{id}/revisions/{number}/_diff",
  rel: "inf:diff",
  summary: "What a revision changed, or what restoring it would change",
  needs: readAssistantAsWriter,
  input: { ...revisionKey, against },
  output: Changes,
  async run(ctx, { number: wanted, against: which }) {
    const [[row], facts] = await Promise.all([ctx.read(compared({ number: wanted })), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    const [before, after] =
      which === "current"
        ? [row.current, { ...row.wanted, secrets: row.current.secrets }]
        : [row.previous ?? nothingYet, row.wanted];
    return changesBetween(withoutSecretsOf(facts, before), withoutSecretsOf(facts, after), row.datasets);
  },
});

const isKept = guard<{ number: number }>(`${wantedContent} is not null`);
const takeFields = fieldsFrom(resource.id, wantedContent);
const takeParts = restoring(resource.id, wantedContent);
const bringNoMore = bringingNoMore(resource.id);
const live = read((database) =>
  database
    .select(columns)
    .from(assistants)
    .where(sql`assistants.id = ${fragment(resource.id)}`),
);

export const restore = operation({
  http: "POST /assistants/{id}/revisions/{number}/_restore",
  rel: "inf:restore",
  summary: "Make an assistant what it was, as a new revision",
  at: "/assistants/{id}",
  description:
    "Fields, skills, references and knowledge. Secrets stay as they are, for no revision knows a value. A dataset that it brought along, and now does not, comes back with access `asker` unless you administer it. An open draft stays, and then meets a conflict.",
  needs: writeAssistant,
  input: { ...revisionKey, ...versioned, message: text(500, 1).optional() },
  output: Assistant,
  errors: ["version_mismatch"],
  async run(ctx, { number: wanted, message = `Restored revision ${wanted}` }) {
    const values = { number: wanted };
    const [row] = last(
      await ctx.commit(
        [
          isKept(values, new StewardError("not_found")),
          ...takeParts(values),
          bringNoMore({}),
          takeFields(values),
          ...recorded(message),
          live({}),
        ],
        { details: { restored: wanted } },
      ),
    );
    const { readingLevel, level } = await ctx.facts();
    if (!row) throw new StewardError("not_found");
    ctx.defer(() => ctx.heavyWork.tend());
    return toAssistant(row, readingLevel, level);
  },
});
