import { tables } from "@steward/db";
import { eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { granted } from "../access.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { defined, last, parsed } from "../records.ts";
import { Id, Moment, page, paging, text } from "../schemas.ts";
import { guard, type Places, rawWrite, read } from "../statement.ts";

const { jobs } = tables;

const statuses = jobs.status.enumValues;
const kinds = jobs.kind.enumValues;
const mostFiles = 5;

const JobFile = z.object({
  id: Id,
  filename: z.string(),
  assistant: z.object({ id: Id, name: z.string() }),
});

const Job = z
  .object({
    id: z.string(),
    kind: z
      .enum(kinds)
      .meta({ description: "`read` takes text and images from bytes, `index` makes passages findable" }),
    status: z
      .enum(statuses)
      .meta({ description: "`waiting` until `runAt`, `running`, `done`, or `dead` when it has failed too often" }),
    attempts: z.int().meta({ description: "How often it was begun" }),
    done: z.int().meta({ description: "How far it has come, in passages" }),
    total: z.int().nullable().meta({ description: "How far it is to come, as far as that is known" }),
    error: z.string().nullable().meta({ description: "Why it has failed the last time" }),
    files: z.array(JobFile).meta({ description: `Files that wait for it, ${mostFiles} at most` }),
    runAt: Moment.meta({ description: "When it is due; of one that runs, when it counts as given up" }),
    createdAt: Moment,
    updatedAt: Moment,
    permissions: z.object({ retry: z.boolean() }),
  })
  .meta({ id: "Job", description: "Work that is done in the background" });

/** The document of a job is its subject, or stands behind the library in it. */
const document = `cast(iif(jobs.kind = 'read', jobs.subject, substr(jobs.subject, instr(jobs.subject, ':') + 1)) as integer)`;
const library = `cast(substr(jobs.subject, 1, instr(jobs.subject, ':') - 1) as integer)`;
const files = `(select json_group_array(json_object('id', id, 'filename', filename,
    'assistant', json_object('id', assistant_id, 'name', name)))
  from (select f.id, f.filename, f.assistant_id, a.name from documents d
      cross join assistant_files f on f.hash = d.hash and f.format = d.format
      cross join assistants a on a.id = f.assistant_id left join assistants o on o.id = a.editing_id
    where d.number = ${document} and (jobs.kind = 'read' or coalesce(o.number, a.number) = ${library})
    limit ${mostFiles}))`;

const columns = {
  id: sql<string>`cast(jobs.number as text)`,
  kind: jobs.kind,
  status: jobs.status,
  attempts: jobs.attempts,
  done: jobs.done,
  total: jobs.total,
  error: jobs.error,
  files: fragment(files).mapWith(parsed<z.infer<typeof JobFile>[]>) as SQL<z.infer<typeof JobFile>[]>,
  runAt: jobs.runAt,
  createdAt: jobs.createdAt,
  updatedAt: jobs.updatedAt,
};

const toJob = <R extends { readonly status: string }>(row: R) => ({
  ...row,
  permissions: { retry: row.status === "dead" },
});

const filters = { status: "jobs.status = :ofStatus", kind: "jobs.kind = :ofKind" };
type Filter = keyof typeof filters;

const listBy = (given: readonly Filter[]) =>
  listOf({
    columns,
    from: "jobs",
    where: given.map((name) => filters[name]).join(" and ") || "true",
    key: "jobs.number",
    descending: true,
  });

/** One for each choice of filters. */
const lists = new Map<string, ReturnType<typeof listBy>>();

export const list = operation({
  http: "GET /jobs",
  rel: "inf:jobs",
  summary: "The work in the background, newest first",
  description: "What is over is forgotten after a week.",
  needs: granted("tenant:superuser", "read"),
  input: {
    ...paging,
    status: z.enum(statuses).optional(),
    kind: z.enum(kinds).optional(),
  },
  output: page(Job),
  items: { rel: "inf:job" },
  run: async (ctx, { status, kind, ...asked }) => {
    const given = Object.keys(defined({ status, kind })) as Filter[];
    const listed = lists.get(given.join()) ?? listBy(given);
    lists.set(given.join(), listed);
    return withItems(await listed(ctx, asked, { ofStatus: status, ofKind: kind }), toJob);
  },
});

interface Which {
  readonly jobNumber: number;
}

const ofJob = "from jobs j where j.number = :jobNumber";
const isThere = guard<Which>(`exists (select 1 ${ofJob})`);
const isDead = guard<Which>(`(select j.status = 'dead' ${ofJob})`);
const isAlone = guard<Which>(`not exists (select 1 from jobs x cross join jobs j on j.number = :jobNumber
  where x.kind = j.kind and x.subject = j.subject and x.status in ('waiting', 'running'))`);
const revive = rawWrite<Which>(`update jobs set status = 'waiting', attempts = 0, done = 0, total = null, error = null,
  run_at = :now, updated_at = :now where number = :jobNumber`);
const reviveDocument = rawWrite<Which>(`update documents set status = 'pending', error = null, updated_at = :now
  where status = 'failed' and number = (select cast(j.subject as integer) ${ofJob} and j.kind = 'read')`);
const reviveIndex = rawWrite<Which>(`update library_documents set error = null where exists (
  select 1 ${ofJob} and j.kind = 'index' and j.subject = library_documents.library || ':' || library_documents.document_number)`);
const one = read((database, places: Places<Which>) =>
  database.select(columns).from(jobs).where(eq(jobs.number, places.jobNumber)),
);

export const retry = operation({
  http: "POST /jobs/{id}/_retry",
  summary: "Try a dead job again, as if it had never failed",
  needs: granted("tenant:superuser", "write"),
  input: { id: text(200, 1).meta({ description: "The job's id" }) },
  output: Job,
  status: 200,
  errors: ["not_found", "conflict"],
  run: async (ctx, { id }) => {
    const which = { jobNumber: /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0 };
    const results = await ctx.commit(
      [
        isThere(which, new StewardError("not_found")),
        isDead(which, new StewardError("conflict", { message: "Only a dead job can be tried again" })),
        isAlone(which, new StewardError("conflict", { message: "Another job does the same already: wait for it" })),
        revive(which),
        reviveDocument(which),
        reviveIndex(which),
        one(which),
      ],
      { subject: id },
    );
    ctx.defer(() => ctx.heavyWork.tend());
    const [row] = last(results);
    if (!row) throw new StewardError("internal");
    return toJob(row);
  },
});
