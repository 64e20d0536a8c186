import { tables } from "@steward/db";
import { eq, type SQL } from "drizzle-orm";
import * as z from "zod";
import { readAssistant, assistants as resource, writeAssistant } from "../access.ts";
import { revised } from "../assistants/revise.ts";
import { assistantId, assistantKey } from "../assistants/schema.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { idempotent } from "../idempotency.ts";
import { operation } from "../operation.ts";
import { listOf } from "../pages.ts";
import { last, parsed } from "../records.ts";
import { Id, Moment, Nothing, paging, text, Version, versioned } from "../schemas.ts";
import { assign, type Guard, guard, type Places, read, versionIs, write } from "../statement.ts";
import {
  byKind,
  idOf,
  mayName,
  type Named,
  named,
  type Owner,
  ownerOf,
  referenceOf,
  shownAssistant,
  shownDataset,
  shownFile,
  type TargetType,
  targetTypes,
} from "./targets.ts";
import { canonical, Description, longestId, longestTarget } from "./urls.ts";

const { references } = tables;

const mostOfOne = 500;

const Type = z
  .enum(targetTypes)
  .meta({ description: "`assistant`, `dataset` and `file` are Steward's own; the rest but `url` is of other systems" });

const Reference = z
  .object({
    id: Id,
    assistantId: Id,
    targetType: Type,
    targetId: z.string().meta({ description: "A UUID, an id of another system, or the web address itself" }),
    target: z
      .object({ id: Id, name: z.string() })
      .nullable()
      .meta({ description: "The assistant, the dataset or the file that it names, as far as you may read it" }),
    description: Description,
    permissions: z.object({ delete: z.boolean() }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "Reference", description: "What an assistant points to" });

const columns = {
  id: references.id,
  assistantId: references.assistantId,
  targetType: references.targetType,
  targetId: references.targetId,
  target: fragment(
    `case assistant_references.target_type
      when 'assistant' then ${shownAssistant("assistant_references.target_id")}
      when 'dataset' then ${shownDataset("assistant_references.target_id")}
      when 'file' then ${shownFile("assistant_references.target_id")} end`,
  ).mapWith(parsed<{ id: string; name: string }>) as SQL<{ id: string; name: string } | null>,
  description: references.description,
  version: references.version,
  createdAt: references.createdAt,
  updatedAt: references.updatedAt,
};

const toReference = <R extends object>(row: R, level: number) => ({ ...row, permissions: { delete: level >= 2 } });

const ofOne = listOf({
  columns,
  from: "assistant_references",
  where: `assistant_references.assistant_id = ${resource.id}`,
  key: "assistant_references.id",
});

export const list = operation({
  http: "GET /assistants/{id}/references",
  rel: "inf:assistant-references",
  summary: "All that an assistant points to, as one array",
  needs: readAssistant,
  input: { ...assistantKey, cursor: paging.cursor },
  output: z.object({ items: z.array(Reference), next: z.string().nullable() }),
  bare: true,
  run: async (ctx, { cursor }) => {
    const [{ items, next }, { level }] = await Promise.all([
      ofOne(ctx, { start: 0, limit: mostOfOne, cursor }),
      ctx.facts(),
    ]);
    return { items: items.map((row) => toReference(row, level)), next };
  },
});

/** The target that an address names: as it is kept, or else as it was given. */
interface Which {
  readonly targetId: string;
  readonly written: string;
}
const asWhich = (targetId: string): Which => ({ targetId, written: canonical(targetId) });

const referenceId = `(select r.id from assistant_references r where r.assistant_id = ${resource.id}
  and r.target_id in (:targetId, :written) order by r.target_id = :targetId desc limit 1)`;
const ofReference = `(select r.version from assistant_references r where r.id = ${referenceId})`;
const toldOf = `(select json_object('referenceId', r.id, 'targetType', r.target_type,
  'targetId', substr(r.target_id, 1, ${longestId})) from assistant_references r where r.id = ${referenceId})`;
const isNamed = eq(references.id, fragment<string>(referenceId));

const referenceKey = {
  ...assistantKey,
  targetId: text(longestTarget, 1).meta({
    description: "`targetId` of the reference; a web address is percent-encoded",
  }),
};

const one = read((database, _: Places<Which>) => database.select(columns).from(references).where(isNamed));

export const get = operation({
  http: "GET /assistants/{id}/references/{targetId}",
  summary: "Read one of the things that an assistant points to",
  needs: readAssistant,
  input: referenceKey,
  output: Reference,
  run: async (ctx, { targetId }) => {
    const [[row], { level }] = await Promise.all([ctx.read(one(asWhich(targetId))), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return toReference(row, level);
  },
});

interface NewReference {
  readonly id: string;
  readonly targetType: TargetType;
  readonly description: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const insert = write((database, places: Places<NewReference & Named>, owner: Owner) =>
  database.insert(references).values({
    ...assign(references, places, ["id", "targetType", "description", "createdAt", "updatedAt"]),
    assistantId,
    targetId: fragment<string>(idOf(owner)),
  }),
);

const made = read((database, places: Places<{ id: string }>) =>
  database.select(columns).from(references).where(eq(references.id, places.id)),
);

const ofAssistant = `from assistant_references r where r.assistant_id = ${resource.id}`;
const room = guard(`(select count(*) ${ofAssistant}) < ${mostOfOne}`);
const full = new StewardError("conflict", {
  message: `An assistant has at most ${mostOfOne} references: delete one that is not used`,
});

const twice = new StewardError("conflict", { message: "The assistant points to it already" });

/** What must hold for a new reference. */
function conditionsOf(owner: Owner): (values: Named) => readonly Guard[] {
  const isNew = guard<Named>(`not exists (select 1 ${ofAssistant} and r.target_id = ${idOf(owner)})`);
  const mayPointTo = owner === "another" ? () => [] : mayName(owner);
  return (values) => [...mayPointTo(values, "targetId"), isNew(values, twice)];
}
const conditions: Readonly<Record<Owner, ReturnType<typeof conditionsOf>>> = {
  ...byKind(conditionsOf),
  another: conditionsOf("another"),
};

export const create = operation({
  http: "POST /assistants/{id}/references",
  summary: "Let an assistant point to something",
  description:
    "An assistant, a dataset or a file must be there and yours to read, and is kept by its UUID; a web address is kept in its normal form.",
  needs: writeAssistant,
  input: {
    ...assistantKey,
    ...idempotent,
    targetType: Type,
    targetId: text(longestTarget, 1).meta({ description: "UUID or natural id, id of another system, or web address" }),
    description: Description.default(null),
  },
  output: Reference,
  errors: ["conflict"],
  run: async (ctx, { targetType, targetId, description }) => {
    const owner = ownerOf(targetType);
    const target = named(owner, referenceOf(targetType, targetId).targetId);
    const id = ctx.newId();
    const row = { id, targetType, description, createdAt: ctx.now, updatedAt: ctx.now };
    const results = await ctx.commit(
      [room({}, full), ...conditions[owner](target), insert({ ...row, ...target }, owner), ...revised(), made({ id })],
      { details: { referenceId: id, targetType, targetId: target.given.slice(0, longestId) } },
    );
    const [found] = last(results);
    const { level } = await ctx.facts();
    if (!found) throw new StewardError("internal");
    return toReference(found, level);
  },
});

const there = guard<Which>(`${referenceId} is not null`);
const unchanged = versionIs(ofReference);
const remove = write((database, _: Places<Which>) => database.delete(references).where(isNamed));

const remove_ = operation({
  http: "DELETE /assistants/{id}/references/{targetId}",
  summary: "Let an assistant no longer point to something",
  needs: writeAssistant,
  input: { ...referenceKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  ownVersion: true,
  run: async (ctx, { targetId, expectedVersion }) => {
    const which = asWhich(targetId);
    await ctx.commit(
      [
        there(which, new StewardError("not_found")),
        unchanged({ ...which, expectedVersion }),
        remove(which),
        ...revised(),
      ],
      { found: { object: toldOf, values: { ...which } } },
    );
  },
});

export { remove_ as delete };
