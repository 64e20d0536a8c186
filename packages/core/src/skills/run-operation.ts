import * as z from "zod";
import { askAssistant, assistants as resource } from "../access.ts";
import type { Context } from "../context.ts";
import { underOneSight } from "../datasets/ways.ts";
import { StewardError } from "../errors.ts";
import { operation } from "../operation.ts";
import { JsonObject } from "../schemas.ts";
import { readSql } from "../statement.ts";
import type { Run, SkillDriver } from "./driver.ts";
import { drivers } from "./drivers/index.ts";
import { askKnowledge, type Knowledge, knownOf, lookAtKnowledge, sameKnowledge } from "./knowledge.ts";
import { asWhich, skillKey } from "./schema.ts";

/** A skill as it is kept. */
interface Kept {
  readonly type: string;
  readonly name: string;
  readonly description: string | null;
  readonly datasetId: string | null;
  /** As text of JSON. */
  readonly data: string;
  readonly skillEnabled: number;
  readonly assistantEnabled: number;
}

interface Seen {
  readonly skill: Kept;
  readonly knowledge: readonly Knowledge[];
}

const keptSkill = (skillId: string) =>
  readSql(
    {
      text: `select k.type, k.name, k.description, k.dataset_id, k.data, k.enabled, a.enabled
        from skills k cross join assistants a on a.id = k.assistant_id
        where k.assistant_id = ${resource.id} and k.id = :skillId`,
      values: { ...asWhich(skillId) },
    },
    (row): Kept => {
      const [type, name, description, datasetId, data, skillEnabled, assistantEnabled] = row as [
        string,
        string,
        string | null,
        string | null,
        string,
        number,
        number,
      ];
      return { type, name, description, datasetId, data, skillEnabled, assistantEnabled };
    },
  );

async function lookAt(ctx: Context, skillId: string): Promise<Seen> {
  const [[skill], knowledge] = await Promise.all([ctx.read(keptSkill(skillId)), lookAtKnowledge(ctx)]);
  if (!skill) throw new StewardError("not_found");
  return { skill, knowledge };
}

const same = (one: Seen, other: Seen): boolean =>
  JSON.stringify(one.skill) === JSON.stringify(other.skill) && sameKnowledge(one.knowledge, other.knowledge);

const conflict = (message: string) => new StewardError("conflict", { message });

type Runnable = SkillDriver & { readonly execute: NonNullable<SkillDriver["execute"]> };
const isRunnable = (driver: SkillDriver): driver is Runnable => driver.execute !== undefined;

/** The driver that runs it, and the skill as that is to have it; `conflict` where it does not run. */
function prepared({ type, name, description, datasetId, data, skillEnabled, assistantEnabled }: Kept) {
  if (!assistantEnabled) throw conflict("The assistant is switched off: one who may write it can switch it on");
  if (!skillEnabled) throw conflict("The skill is switched off: one who may write the assistant can switch it on");
  const driver = drivers.get(type);
  if (!driver) throw conflict(`There is no driver for skills of type "${type}"`);
  if (!isRunnable(driver)) throw conflict(`Skills of type "${type}" can be configured, but do not run here yet`);
  const fitting = driver.configuration.safeParse(JSON.parse(data));
  if (!fitting.success) throw conflict("The skill's `data` does not fit its driver any more: it must be set anew");
  return { driver, skill: { name, description, datasetId, data: fitting.data as never } };
}

const Content = z.union([z.string(), z.record(z.string(), z.unknown())]).meta({
  description: "What a model is told: text, or an object",
});

export const run = operation({
  http: "POST /assistants/{id}/skills/{skillId}/_run",
  rel: "inf:run",
  summary: "Run a skill as a model would",
  description:
    "Under your own rights, as when you ask the assistant. What the skill could not do is a success with `failed`, and says what is possible instead. A draft's skills run for its editors.",
  needs: askAssistant,
  input: {
    ...skillKey,
    input: JsonObject.default({}).meta({ description: "What the tool's `inputSchema` describes" }),
  },
  output: z
    .object({
      content: Content,
      failed: z.boolean().meta({ description: "Whether it could not do what was asked" }),
    })
    .meta({ id: "SkillOutcome", description: "What a skill has answered" }),
  errors: ["conflict", "rate_limited"],
  trips: { most: 2, because: "What the assistant knows, and the asker's rights to it, decide on the statement" },
  scans: true,
  run: async (ctx, { skillId, input }) => {
    const seen = await lookAt(ctx, skillId);
    const { driver, skill } = prepared(seen.skill);
    const run: Run = {
      signal: ctx.signal,
      known: knownOf(seen.knowledge),
      query: (datasetId, query, { bytes }) =>
        underOneSight(
          () => lookAt(ctx, skillId),
          same,
          (now) => {
            prepared(now.skill);
            return askKnowledge(ctx, now.knowledge, datasetId, query, bytes);
          },
          seen,
        ),
      secret: async () => {
        throw conflict("No secret is sent anywhere from here yet");
      },
    };
    const { content, failed = false } = await driver.execute(skill, input, run);
    return { content, failed };
  },
});
