import { tables } from "@steward/db";
import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { granted, me } from "../access.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { defined, keysOf } from "../records.ts";
import { Moment, PrincipalId, Version, versioned } from "../schemas.ts";
import { HostPattern } from "../secrets/hosts.ts";
import { assign, type Places, read, versionIs, write } from "../statement.ts";

const { settings } = tables;

/** The database gives 2,000 columns at once, and a page of records has some besides its fields. */
const mostFields = 1900;
/** What a revision says of so many still fits into one. */
const mostFiles = 2000;

const fields = {
  aiEnabled: z.boolean().meta({ description: "Whether anybody may use AI; a seat counts only as long as it is" }),
  sharePolicy: z
    .enum(["anyone", "own-teams", "nobody"])
    .meta({ description: "With whom assistants and datasets may be shared anew: anybody, one's own teams, or nobody" }),
  revisionRetention: z
    .int()
    .min(1)
    .max(10_000)
    .meta({ description: "How many revisions of an assistant are kept; the newest always is" }),
  sessionDays: z
    .int()
    .min(1)
    .max(365)
    .meta({ description: "How many days somebody stays signed in without coming back" }),
  customSkillHosts: z
    .array(HostPattern)
    .max(100)
    .overwrite((hosts) => [...new Set(hosts)].sort())
    .meta({
      description:
        "The only hosts that skills of type `custom` may call: `api.example.com`, `*.example.com`, each with `:port` where only one is meant; with none listed, any public one",
    }),
  datasetFields: z.int().min(1).max(mostFields).meta({ description: "How many fields a dataset may have" }),
  datasetFieldLength: z
    .int()
    .min(1)
    .max(1_000_000)
    .meta({ description: "How long a text in one field of a record may be, in characters" }),
  datasetRows: z.int().min(1).max(60_000_000).meta({ description: "How many records a dataset may have" }),
  datasetBytes: z
    .int()
    .min(1)
    .max(2 ** 40)
    .meta({ description: "How many bytes may be uploaded into a dataset at once" }),
  fileBytes: z
    .int()
    .min(1)
    .max(2 ** 40)
    .meta({ description: "How many bytes a file of an assistant may have" }),
  assistantFiles: z.int().min(1).max(mostFiles).meta({ description: "How many files an assistant may have" }),
};

const Settings = z
  .object({
    ...fields,
    permissions: z.object({ write: z.boolean() }),
    version: Version,
    updatedAt: Moment,
    updatedBy: PrincipalId.nullable(),
  })
  .meta({ id: "Settings", description: "What holds for the whole tenant" });

const columns = {
  aiEnabled: settings.aiEnabled,
  sharePolicy: settings.sharePolicy,
  revisionRetention: settings.revisionRetention,
  sessionDays: settings.sessionDays,
  customSkillHosts: settings.customSkillHosts,
  datasetFields: settings.datasetFields,
  datasetFieldLength: settings.datasetFieldLength,
  datasetRows: settings.datasetRows,
  datasetBytes: settings.datasetBytes,
  fileBytes: settings.fileBytes,
  assistantFiles: settings.assistantFiles,
  version: settings.version,
  updatedAt: settings.updatedAt,
  updatedBy: sql.raw("(select p.kind || ':' || p.name from principals p where p.id = settings.updated_by)") as SQL<
    string | null
  >,
};

const theOne = fragment("settings.id = 1");
const one = read((database) => database.select(columns).from(settings).where(theOne));

export const get = operation({
  http: "GET /settings",
  rel: "inf:settings",
  summary: "Read the tenant's settings",
  needs: granted("tenant:superuser", "read"),
  input: {},
  output: Settings,
  run: async (ctx) => {
    const [[row], { sessionId }] = await Promise.all([ctx.read(one({})), ctx.facts()]);
    if (!row) throw new StewardError("internal");
    return { ...row, permissions: { write: sessionId !== null } };
  },
});

type Changes = Partial<Pick<typeof settings.$inferInsert, keyof typeof fields>> & { updatedAt: Date };

const change = write((database, places: Places<Changes>, keys: readonly (keyof Changes)[]) =>
  database
    .update(settings)
    .set({ ...assign(settings, places, keys), version: sql`version + 1`, updatedBy: fragment<string>(me) })
    .where(theOne)
    .returning(columns),
);

const unchanged = versionIs("(select version from settings where id = 1)");

export const update = operation({
  http: "PUT /settings",
  summary: "Change the tenant's settings, at once for everybody",
  description:
    "Only the keys that are given. Shares, sessions, revisions, datasets and files that are there stay: what is made from then on follows.",
  needs: granted("tenant:superuser", "write", { credential: "session" }),
  input: { ...versioned, ...z.object(fields).partial().shape },
  output: Settings,
  errors: ["version_mismatch"],
  ownVersion: true,
  run: async (ctx, { expectedVersion, ...given }) => {
    const said = defined(given);
    const values: Changes = { ...said, updatedAt: ctx.now };
    const [, [row]] = await ctx.commit([unchanged({ expectedVersion }), change(values, keysOf(values))], {
      details: said,
    });
    if (!row) throw new StewardError("internal");
    return { ...row, permissions: { write: true } };
  },
});
