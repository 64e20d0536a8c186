import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import * as z from "zod";
import { readAssistant, assistants as resource, writeAssistant } from "../access.ts";
import { revised } from "../assistants/revise.ts";
import { assistantId, assistantKey } from "../assistants/schema.ts";
import type { Context } from "../context.ts";
import { invalid, StewardError } from "../errors.ts";
import { idempotent } from "../idempotency.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { defined, keysOf, last } from "../records.ts";
import { Nothing, page, paging, versioned } from "../schemas.ts";
import { assign, guard, type Places, read, versionIs, write } from "../statement.ts";
import { checksOf, checksOfDataset, configure, driverOf } from "./configure.ts";
import { asWhich, columns, Data, fields, named, one, Skill, skillKey, Type, toSkill, type Which } from "./schema.ts";

export { driver, drivers } from "./driver-operations.ts";
export { run } from "./run-operation.ts";

const { skills } = tables;

const mostOfOne = 200;

const skillsList = listOf({
  columns,
  from: "skills",
  where: `skills.assistant_id = ${resource.id}`,
  key: "skills.id",
});

export const list = operation({
  http: "GET /assistants/{id}/skills",
  rel: "inf:assistant-skills",
  summary: "List the skills of an assistant",
  needs: readAssistant,
  input: { ...assistantKey, ...paging },
  output: page(Skill),
  items: { rel: "inf:assistant-skill", at: "/assistants/{id}/skills/{skillId}" },
  run: async (ctx, { id: _resolved, ...input }) => {
    const [found, facts] = await Promise.all([skillsList(ctx, input), ctx.facts()]);
    return withItems(found, (row) => toSkill(row, facts));
  },
});

export const get = operation({
  http: "GET /assistants/{id}/skills/{skillId}",
  summary: "Read a skill",
  needs: readAssistant,
  input: skillKey,
  output: Skill,
  run: async (ctx, { skillId }) => {
    const [[row], facts] = await Promise.all([ctx.read(one(asWhich(skillId))), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return toSkill(row, facts);
  },
});

type Fields = z.output<z.ZodObject<typeof fields>>;
type NewSkill = Fields & {
  id: string;
  type: string;
  data: Record<string, unknown>;
  createdAt: Date;
  updatedAt: Date;
};

const fieldNames = Object.keys(fields) as (keyof Fields)[];

const insert = write((database, places: Places<NewSkill>) =>
  database.insert(skills).values({
    ...assign(skills, places, ["id", "type", "data", "createdAt", "updatedAt", ...fieldNames]),
    assistantId,
  }),
);

const room = guard(`(select count(*) from skills where assistant_id = ${resource.id}) < ${mostOfOne}`);
const full = new StewardError("conflict", {
  message: `An assistant has at most ${mostOfOne} skills: delete one that is not used`,
});

export const create = operation({
  http: "POST /assistants/{id}/skills",
  summary: "Give an assistant a skill",
  description:
    "Only `type` is required, and of `data` what its driver requires. What it names (an assistant, a dataset) must be there and yours to read, and is kept by its UUID.",
  needs: writeAssistant,
  input: {
    ...assistantKey,
    ...idempotent,
    type: Type,
    name: fields.name.optional().meta({ description: "The driver's name unless given" }),
    data: Data.default({}),
    description: fields.description.default(null),
    enabled: fields.enabled.default(true),
    datasetId: fields.datasetId.default(null),
    datasourceId: fields.datasourceId.default(null),
    reportId: fields.reportId.default(null),
    queryId: fields.queryId.default(null),
    templateId: fields.templateId.default(null),
    integrationId: fields.integrationId.default(null),
  },
  output: Skill,
  errors: ["conflict"],
  run: async (ctx, { id: _resolved, ...given }) => {
    const driver = driverOf(given.type);
    const data = configure(driver, given.data);
    const id = ctx.newId();
    const row = { ...given, id, data, name: given.name ?? driver.name, createdAt: ctx.now, updatedAt: ctx.now };
    const checks = [checksOf(driver, id, data), checksOfDataset(id, given.datasetId)];
    const results = await ctx.commit(
      [
        room({}, full),
        ...checks.flatMap(({ before }) => before),
        insert(row),
        ...checks.flatMap(({ after }) => after),
        ...revised(),
        one({ skillId: id }),
      ],
      { details: { skillId: id, type: row.type, name: row.name } },
    );
    const [made] = last(results);
    if (!made) throw new StewardError("internal");
    return toSkill(made, await ctx.facts());
  },
});

const ofSkill = `from skills where assistant_id = ${resource.id} and id = :skillId`;
const there = guard<Which>(`exists (select 1 ${ofSkill})`);
const unchanged = versionIs(`(select version ${ofSkill})`);
const hasType = guard<Which & { type: string | null }>(`:type is null or :type = (select type ${ofSkill})`);
const typeStays = invalid("type", "The type of a skill stays: delete it, and make another");

type Changes = Partial<Omit<NewSkill, "id" | "type" | "createdAt">> & { updatedAt: Date };

const change = write((database, places: Places<Changes & Which>, keys: readonly (keyof Changes)[]) =>
  database
    .update(skills)
    .set({ ...assign(skills, places, keys), version: sql`version + 1` })
    .where(named(places)),
);

const kept = read((database, places: Places<Which>) =>
  database.select({ type: skills.type, version: skills.version }).from(skills).where(named(places)),
);

/** The type that the request names, or else the one that the skill has. */
async function typeOf(ctx: Context, { type, expectedVersion }: Given, which: Which): Promise<string> {
  if (type !== undefined) return type;
  const [row] = await ctx.read(kept(which));
  if (!row) throw new StewardError("not_found");
  if (expectedVersion !== undefined && expectedVersion !== row.version) throw new StewardError("version_mismatch");
  return row.type;
}

interface Given {
  readonly type?: string | undefined;
  readonly expectedVersion?: number | undefined;
  readonly data?: object | undefined;
}

/** What is given, as its driver wants it, and what must hold for it. */
async function configured(ctx: Context, given: Given, which: Which) {
  if (!given.data) return { type: given.type ?? null, checks: [] };
  const driver = driverOf(await typeOf(ctx, given, which));
  const data = configure(driver, given.data);
  return { type: driver.id, data, checks: [checksOf(driver, which.skillId, data)] };
}

export const update = operation({
  http: "PUT /assistants/{id}/skills/{skillId}",
  summary: "Change a skill; its type stays",
  description: "Only the keys that are given; null clears one that is optional. `data` is replaced as a whole.",
  needs: writeAssistant,
  input: {
    ...skillKey,
    ...versioned,
    type: Type.optional().meta({ description: "As it is: it may be put back, and not changed" }),
    data: Data.optional(),
    ...z.object(fields).partial().shape,
  },
  output: Skill,
  errors: ["version_mismatch"],
  ownVersion: true,
  trips: { most: 2, because: "a configuration is checked by the driver of a type that the request may not name" },
  run: async (ctx, { id: _resolved, skillId, expectedVersion, type: givenType, data: givenData, ...others }) => {
    const which = asWhich(skillId);
    const given = { type: givenType, expectedVersion, data: givenData };
    const { type, data, checks: ofData } = await configured(ctx, given, which);
    const changes: Changes = defined({ ...others, data, updatedAt: ctx.now });
    const checks = [...ofData, checksOfDataset(which.skillId, others.datasetId)];
    const results = await ctx.commit(
      [
        there(which, new StewardError("not_found")),
        unchanged({ ...which, expectedVersion }),
        hasType({ ...which, type }, typeStays),
        ...checks.flatMap(({ before }) => before),
        change({ ...changes, ...which }, keysOf(changes)),
        ...checks.flatMap(({ after }) => after),
        ...revised(),
        one(which),
      ],
      { details: { ...which, fields: Object.keys(changes).filter((key) => key !== "updatedAt") } },
    );
    const [row] = last(results);
    if (!row) throw new StewardError("not_found");
    return toSkill(row, await ctx.facts());
  },
});

const remove = write((database, places: Places<Which>) => database.delete(skills).where(named(places)));

const remove_ = operation({
  http: "DELETE /assistants/{id}/skills/{skillId}",
  summary: "Take a skill from an assistant",
  needs: writeAssistant,
  input: { ...skillKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  ownVersion: true,
  run: async (ctx, { skillId, expectedVersion }) => {
    const which = asWhich(skillId);
    await ctx.commit(
      [
        there(which, new StewardError("not_found")),
        unchanged({ ...which, expectedVersion }),
        remove(which),
        ...revised(),
      ],
      {
        details: { ...which },
        found: { object: `(select json_object('type', type, 'name', name) ${ofSkill})`, values: { ...which } },
      },
    );
  },
});

export { remove_ as delete };
