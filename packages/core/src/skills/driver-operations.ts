import * as z from "zod";
import { ofAssistant, readAssistant, signedIn } from "../access.ts";
import { fromCursor, toCursor } from "../cursor.ts";
import { underOneSight } from "../datasets/ways.ts";
import { StewardError } from "../errors.ts";
import { operation } from "../operation.ts";
import { page, paging } from "../schemas.ts";
import {
  type ConfiguredSkill,
  capabilities,
  configSchemaOf,
  type KnownDataset,
  type SkillDriver,
  ToolDefinition,
} from "./driver.ts";
import { drivers as registry } from "./drivers/index.ts";
import { knownWithExamples, lookAtKnowledge, sameKnowledge } from "./knowledge.ts";
import { asWhich, one, skillKey, toSkill } from "./schema.ts";

const ConfigSchema = z.record(z.string(), z.unknown()).meta({
  description: "JSON Schema of `data`, with examples",
});

const Driver = z
  .object({
    id: z.string().meta({ description: "The `type` of its skills" }),
    name: z.string(),
    description: z.string(),
    configSchema: ConfigSchema,
    platform: z.array(z.enum(capabilities)).meta({ description: "What the platform must have to run its skills" }),
  })
  .meta({ id: "SkillDriver", description: "A type of skills" });

const told = (driver: SkillDriver) => ({
  id: driver.id,
  name: driver.name,
  description: driver.description,
  configSchema: configSchemaOf(driver),
});

const list = "skill-drivers";

export const drivers = operation({
  http: "GET /skill-drivers",
  rel: "inf:skill-drivers",
  summary: "List the types of skills that there are",
  needs: signedIn("read", ofAssistant),
  input: paging,
  output: page(Driver),
  items: { rel: "inf:skill-driver", at: "/skill-drivers" },
  run: async (_, { start: given, limit, cursor }) => {
    const all = [...registry.values()];
    const start = cursor === undefined ? given : fromCursor(cursor, list).start;
    const items = all.slice(start, start + limit).map((each) => ({ ...told(each), platform: [...each.platform] }));
    const end = start + items.length;
    const next = end < all.length && items.length > 0 ? toCursor({ key: end, id: "", start: end }, list) : null;
    return { items, start, count: items.length, total: all.length, totalIsExact: true, next };
  },
});

function driverOf(type: string): SkillDriver {
  const found = registry.get(type);
  if (!found) throw new StewardError("conflict", { message: `There is no driver for skills of type "${type}"` });
  return found;
}

interface SkillAsSeen extends Omit<ConfiguredSkill<unknown>, "data"> {
  readonly type: string;
  /** Null where it is hidden. */
  readonly data: Record<string, unknown> | null;
}

function toldOf({ type, name, description, datasetId, data }: SkillAsSeen, known: readonly KnownDataset[]) {
  const found = driverOf(type);
  const { data: fitting } = found.configuration.safeParse(data);
  const skill = { name, description, datasetId, data: fitting as never };
  return { ...told(found), toolDefinition: fitting ? found.tool(skill, known) : null };
}

export const driver = operation({
  http: "GET /assistants/{id}/skills/{skillId}/driver",
  rel: "inf:skill-driver",
  summary: "How a skill can be configured, and how a model is told of it",
  needs: readAssistant,
  input: skillKey,
  output: Driver.omit({ platform: true })
    .extend({
      toolDefinition: ToolDefinition.nullable().meta({
        description: "Null where `data` is, and while it does not fit `configSchema`",
      }),
    })
    .meta({ id: "DriverOfSkill", description: "The driver of a skill, and what it makes of its configuration" }),
  errors: ["conflict", "rate_limited"],
  trips: { most: 2, because: "What the assistant knows, and the asker's rights to it, decide on the examples" },
  scans: true,
  run: async (ctx, { skillId }) => {
    const look = async () => {
      const [[row], facts, knowledge] = await Promise.all([
        ctx.read(one(asWhich(skillId))),
        ctx.facts(),
        lookAtKnowledge(ctx),
      ]);
      if (!row) throw new StewardError("not_found");
      return { skill: toSkill(row, facts), knowledge };
    };
    const seen = await look();
    if (!driverOf(seen.skill.type).platform.includes("datasets")) return toldOf(seen.skill, []);
    return underOneSight(
      look,
      (one, other) => one.skill.version === other.skill.version && sameKnowledge(one.knowledge, other.knowledge),
      ({ skill, knowledge }) => {
        const known = knownWithExamples(ctx, knowledge);
        return async () => toldOf(skill, await known());
      },
      seen,
    );
  },
});
