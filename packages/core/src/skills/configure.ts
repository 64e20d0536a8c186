import { invalid, StewardError } from "../errors.ts";
import { byKind, idOf, mayName, type Named, named } from "../references/targets.ts";
import { type Guard, rawWrite, type Write } from "../statement.ts";
import type { SkillDriver } from "./driver.ts";
import { drivers } from "./drivers/index.ts";
import { mayAsk } from "./hosts.ts";

/** The driver of a type, or `validation_failed`. */
export function driverOf(type: string): SkillDriver {
  const driver = drivers.get(type);
  if (!driver) throw invalid("type", `No such type; there are ${[...drivers.keys()].join(", ")}`);
  return driver;
}

const mostDetails = 20;
const longestMessage = 300;

/** What the driver makes of a configuration; `validation_failed` with the places in `data` where it does not fit. */
export function configure(driver: SkillDriver, data: object): Record<string, unknown> {
  const parsed = driver.configuration.safeParse(data);
  if (parsed.success) return parsed.data as Record<string, unknown>;
  const details = parsed.error.issues.slice(0, mostDetails).map(({ path, message }) => ({
    path: ["data", ...path].join(".").slice(0, longestMessage),
    message: message.slice(0, longestMessage),
  }));
  throw new StewardError("validation_failed", { details });
}

interface InData {
  readonly skillId: string;
  readonly key: string;
}

/** What the skill names already may be put back by one who cannot see it. */
const kept = "exists (select 1 from skills k where k.id = :skillId and k.data ->> :key = :given)";
const keptDataset = "exists (select 1 from skills k where k.id = :skillId and k.dataset_id = :given)";

const mayNameInData = byKind((kind) => mayName<InData>(kind, kept));
const resolveInData = byKind((kind) =>
  rawWrite<Named & InData>(
    `update skills set data = json_set(data, '$.' || :key, coalesce(${idOf(kind)}, :given)) where id = :skillId`,
  ),
);
const mayNameDataset = mayName<{ skillId: string }>("dataset", keptDataset);
const resolveDataset = rawWrite<Named & { skillId: string }>(
  `update skills set dataset_id = coalesce(${idOf("dataset")}, :given) where id = :skillId`,
);

/** What must hold before a skill is written, and what is put right after it. */
export interface Checks {
  readonly before: readonly Guard[];
  readonly after: readonly Write<never>[];
}

/** That a configuration names only what its writer may name, and asks only whom it may ask. */
export function checksOf(
  { targets = [], urls = [] }: SkillDriver,
  skillId: string,
  data: Record<string, unknown>,
): Checks {
  const given = targets.filter(({ key }) => typeof data[key] === "string");
  const steps = given.map(({ kind, key }) => {
    const values = { ...named(kind, String(data[key])), skillId, key };
    return { before: mayNameInData[kind](values, `data.${key}`), after: resolveInData[kind](values) };
  });
  const asked = urls.filter((key) => typeof data[key] === "string");
  return {
    before: [
      ...asked.flatMap((key) => mayAsk(skillId, data, String(data[key]), `data.${key}`)),
      ...steps.flatMap(({ before }) => before),
    ],
    after: steps.map(({ after }) => after),
  };
}

/** The same for the dataset that a skill of any type may be about. */
export function checksOfDataset(skillId: string, datasetId: string | null | undefined): Checks {
  if (typeof datasetId !== "string") return { before: [], after: [] };
  const values = { ...named("dataset", datasetId), skillId };
  return { before: mayNameDataset(values, "datasetId"), after: [resolveDataset(values)] };
}
