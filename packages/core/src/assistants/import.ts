import { sql } from "drizzle-orm";
import * as z from "zod";
import { granted, me, assistants as resource } from "../access.ts";
import type { Context } from "../context.ts";
import { invalid, StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { idempotent } from "../idempotency.ts";
import { readableDataset } from "../knowledge/rights.ts";
import { operation } from "../operation.ts";
import { parsed } from "../records.ts";
import { readableAssistant } from "../references/targets.ts";
import { Id, PrincipalReference } from "../schemas.ts";
import { type Guard, guard, type Places, rawWrite, read } from "../statement.ts";
import { Changes, type Content, changesBetween, type DatasetNames, nothingYet } from "./changes.ts";
import { contentOf, ownPieces } from "./content.ts";
import { guardsOfKnowledge, namedDatasets } from "./import-knowledge.ts";
import {
  contentOfPlan,
  datasetsAsJson,
  guardsOfPlan,
  namesAsJson,
  type Plan,
  planOf,
  resolve,
  resolveDatasets,
} from "./import-plan.ts";
import { fieldsFrom, ownValuesIn, restoring } from "./parts.ts";
import { mayGiveTo, type Receiver, receiverId, receiverOf } from "./receiver.ts";
import { recordedOf } from "./revise.ts";

type Imported = z.output<typeof Imported>;
const Imported = z
  .object({
    outcome: z.enum(["created", "updated", "unchanged"]),
    dryRun: z.boolean(),
    id: Id.nullable().meta({ description: "Null for one that a dry run has not made" }),
    naturalId: z.string(),
    changes: Changes,
    missingSecrets: z
      .array(z.string())
      .meta({ description: "What the document names and the assistant does not have: set their values" }),
  })
  .meta({ id: "Imported", description: "What an import has done, or would do" });

const knownNames = `(select json_group_object(d.id, d.name) from assistant_datasets k cross join datasets d on d.id = k.dataset_id
  where k.assistant_id = a.id and (k.access = 'assistant' or ${readableDataset("d.id")}))`;

/** The assistant that has the document's natural id already. */
const existing = read((database, _: Places<Receiver & { slug: string }>) =>
  database
    .select({
      id: sql<string>`a.id`.as("id"),
      version: sql<number>`a.version`.as("version"),
      content: sql<Content>`${sql.raw(contentOf("a"))}`.mapWith(parsed<Content>).as("content"),
      datasets: sql<DatasetNames>`${fragment(knownNames)}`.mapWith(parsed<DatasetNames>).as("dataset_names"),
    })
    .from(fragment(`assistants a`))
    .where(fragment(`a.owner_id = ${receiverId} and a.slug = :slug and ${readableAssistant("a.id")}`)),
);

const owner = read((database, _: Places<Receiver>) =>
  database
    .select({ name: sql<string>`p.name`.as("name") })
    .from(fragment("principals p"))
    .where(fragment(`p.id = ${receiverId}`)),
);

/** By the place at which the document names them. */
const named = read((database, _: Places<{ names: string }>) =>
  database.select({ place: sql<number>`n.key`.as("place"), id: sql<string>`a.id`.as("id") }).from(
    fragment(`json_each(:names) n cross join assistants a
        on a.id = ${resource.id.replaceAll(/:subject(\d)/g, (_, digit: string) => `(n.value ->> ${Number(digit) - 1})`)}
        and ${readableAssistant("a.id")}`),
  ),
);

interface Made {
  readonly made: string;
  readonly document: string;
}

const isAsRead = guard<{ made: string; version: number }>(
  "(select version from assistants where id = :made) = :version",
);
const insert = rawWrite<Made & Receiver & { slug: string }>(`insert into assistants (id, owner_id, slug,
    ${ownPieces.map(({ column }) => column).join(", ")}, created_at, updated_at, created_by, updated_by)
  select :made, ${receiverId}, :slug, ${ownValuesIn("given.document").join(", ")}, :now, :now, ${me}, ${me}
  from (select :document as document) given`);
const takeFields = fieldsFrom(":made", ":document");
const takeParts = restoring(":made", ":document");
const never = guard("false");
/** The answer, read back: so it is kept for who sends the same again. */
const told = read((database, places: Places<{ answer: string }>) =>
  database
    .select({ answer: sql<Imported>`${places.answer}`.mapWith(parsed<Imported>).as("answer") })
    .from(fragment("(select 1) as one")),
);

interface Found {
  readonly id: string;
  readonly version: number;
  readonly content: Content;
  readonly datasets: DatasetNames;
}

interface Import extends Made {
  readonly receiver: Receiver;
  readonly slug: string;
  readonly found: Found | undefined;
  /** What must hold for the datasets that it will know. */
  readonly guards: readonly Guard[];
}

const stepsOf = ({ made, document, receiver, slug, found, guards }: Import, plan: Plan, content: Content) => [
  ...mayGiveTo(receiver),
  ...guardsOfPlan(plan, content),
  ...guards,
  ...(found
    ? [
        isAsRead(
          { made, version: found.version },
          new StewardError("conflict", { message: "It has changed meanwhile: import again" }),
        ),
        ...takeParts({ made, document }),
        takeFields({ made, document }),
      ]
    : [insert({ made, document, slug, ...receiver }), ...takeParts({ made, document })]),
  ...recordedOf(made, "Imported"),
];

/** A dry run is the real one, but for its end: it is undone, so that all that could refuse it has been asked. */
async function perform(ctx: Context, work: Import, plan: Plan, content: Content, answer: Imported): Promise<Imported> {
  const undone = new StewardError("internal");
  const { outcome, dryRun } = answer;
  const details = { naturalId: plan.document.naturalId, outcome };
  const end = dryRun || outcome === "unchanged" ? [never({}, undone)] : [];
  try {
    const steps = [told({ answer: JSON.stringify(answer) }), ...stepsOf(work, plan, content), ...end] as const;
    const [[row]] = await ctx.commit(steps, { subject: work.made, assistant: work.made, details });
    return row?.answer ?? answer;
  } catch (error) {
    if (error !== undone) throw error;
    return answer;
  }
}

export const import_ = operation({
  http: "POST /assistants/_import",
  rel: "inf:import",
  summary: "Import an assistant from a document: makes the one of its natural id, or makes it the same",
  description:
    "A second import of the same document changes nothing. Skills, references, knowledge and fields become those of the document; secrets that it names are not made, for it has no values. 403 where it would bring a dataset along that you do not administer. With `dryRun` nothing is kept.",
  needs: granted("assistants:create", "write", { seat: true }),
  input: {
    ...idempotent,
    document: z.unknown().meta({ description: "What `_export` answers: an object, or its text as JSON or YAML" }),
    ownerId: PrincipalReference.optional().meta({ description: "Instead of the owner in the document's natural id" }),
    dryRun: z.boolean().default(false),
  },
  output: Imported,
  errors: ["not_found", "conflict"],
  trips: { most: 2, because: "what is there already decides what is to be changed" },
  at: "/assistants/{id}",
  created: ({ outcome, dryRun }) => outcome === "created" && !dryRun,
  async run(ctx, { document, ownerId, dryRun }) {
    if (document === undefined) throw invalid("document", "Send what _export has answered");
    const plan = planOf(document);
    const [given = "", slug = ""] = plan.document.naturalId.split(":");
    const receiver = receiverOf(ownerId ?? given);
    const [[found], [holder], others, datasets] = await Promise.all([
      ctx.read(existing({ ...receiver, slug })),
      ctx.read(owner(receiver)),
      ctx.read(named({ names: namesAsJson(plan) })),
      ctx.read(namedDatasets({ datasets: datasetsAsJson(plan) })),
    ]);
    if (!holder)
      throw new StewardError("not_found", { message: "The document's owner is not here: name another with `ownerId`" });
    const before = found?.content ?? null;
    const resolved = {
      assistants: resolve(plan, others, found),
      datasets: resolveDatasets(plan, datasets, found?.content),
    };
    const content = contentOfPlan(plan, before, resolved, ctx.newId);
    const guards = guardsOfKnowledge(content, before, datasets);
    const names = { ...found?.datasets, ...Object.fromEntries(datasets.map(({ id, name }) => [id, name])) };
    const changes = changesBetween(before ?? nothingYet, content, names);
    const made = found?.id ?? ctx.newId();
    const outcome = found ? (changes.changed ? "updated" : "unchanged") : "created";
    const work = { made, document: JSON.stringify(content), receiver, slug, found, guards };
    const held = new Set<unknown>((before ?? nothingYet).secrets.map((secret) => secret.name));
    return perform(ctx, work, plan, content, {
      outcome,
      dryRun,
      id: outcome === "created" && dryRun ? null : made,
      naturalId: `${holder.name}:${slug}`,
      changes,
      missingSecrets: plan.document.secrets.map(({ name }) => name).filter((name) => !held.has(name)),
    });
  },
});
