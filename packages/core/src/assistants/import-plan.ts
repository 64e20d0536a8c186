import { load, YAMLException } from "js-yaml";
import { datasets, assistants as resource } from "../access.ts";
import { invalid, isStewardError, StewardError } from "../errors.ts";
import { findHostile } from "../hostile.ts";
import { extentOf } from "../knowledge/extent.ts";
import { referenceOf as kept } from "../references/targets.ts";
import { checksOf, checksOfDataset, configure, driverOf } from "../skills/configure.ts";
import type { SkillDriver } from "../skills/driver.ts";
import { drivers } from "../skills/drivers/index.ts";
import { sortNameOf } from "../slug.ts";
import type { Guard } from "../statement.ts";
import type { Content } from "./changes.ts";
import { AssistantDocument, type DocumentReference } from "./document.ts";

const deepest = 32;
const mostDetails = 20;

/** The same error about a place further inside. */
function within(error: unknown, place: string): unknown {
  if (!isStewardError(error) || !error.details) return error;
  const { code, message } = error;
  const details = error.details.map((detail) => ({ ...detail, path: `${place}.${detail.path}` }));
  return new StewardError(code, { message, details });
}

function at<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw within(error, place);
  }
}

/** Aliases are refused: a few lines of them can stand for more than there is memory. */
function parseYaml(text: string): unknown {
  try {
    return load(text, { maxAliases: 0, maxDepth: deepest });
  } catch (error) {
    throw invalid("document", `Not YAML: ${whyNot(error)}`);
  }
}

/** The parser's whole message quotes the document, in which somebody may have left a secret; so may the name of a tag. */
function whyNot(error: unknown): string {
  if (!(error instanceof YAMLException)) return "unreadable";
  const { reason, mark } = error;
  return `${reason.replace(/ ?!<.*$/s, "")}${mark ? `, in line ${mark.line + 1}` : ""}`.slice(0, 200);
}

/** The document that was given, as an object or as the text of JSON or YAML; `validation_failed` with every misfit. */
export function readDocument(given: unknown): AssistantDocument {
  const value = typeof given === "string" ? parseYaml(given) : given;
  const hostile = findHostile(value, "document");
  if (hostile) throw new StewardError("validation_failed", { details: [hostile] });
  const parsed = AssistantDocument.safeParse(value);
  if (parsed.success) return withExtents(parsed.data);
  const details = parsed.error.issues.slice(0, mostDetails).map(({ path, message }) => ({
    path: ["document", ...path].join(".").slice(0, 300),
    message: message.slice(0, 300),
  }));
  throw new StewardError("validation_failed", { details });
}

/** With what stands by default written out, where mode, filter and size go together. */
const withExtents = (document: AssistantDocument): AssistantDocument => ({
  ...document,
  knowledge: document.knowledge.map(({ dataset, access, ...known }, index) => ({
    dataset,
    ...at(`document.knowledge.${index}`, () => extentOf(known)),
    access,
  })),
});

/** A reference in the form in which it is kept, but for the id of an assistant or a dataset. Files are not kept yet. */
function referenceOf(reference: DocumentReference): DocumentReference {
  const { targetType, targetId } = reference;
  if (targetType === "file") throw invalid("targetId", `There is no such ${targetType} here`);
  return { ...reference, ...kept(targetType, targetId) };
}

/** Where a document names another assistant or a dataset, and how. */
interface Naming {
  readonly place: string;
  readonly name: string;
}

interface PlannedSkill {
  readonly driver: SkillDriver;
  readonly data: Record<string, unknown>;
}

/** A document that has been looked through, as far as that goes without the database. */
export interface Plan {
  readonly document: AssistantDocument;
  readonly skills: readonly PlannedSkill[];
  /** Of other assistants. */
  readonly names: readonly Naming[];
  readonly datasets: readonly Naming[];
}

export function planOf(given: unknown): Plan {
  const document = readDocument(given);
  const skills = document.skills.map((skill, index) =>
    at(`document.skills.${index}`, () => {
      const driver = driverOf(skill.type);
      return { driver, data: configure(driver, skill.data) };
    }),
  );
  const inSkills = skills.flatMap(({ driver, data }, index) =>
    (driver.targets ?? [])
      .filter(({ kind, key }) => kind === "assistant" && typeof data[key] === "string")
      .map(({ key }) => ({ place: `document.skills.${index}.data.${key}`, name: String(data[key]) })),
  );
  const references = document.references.map((reference, index) =>
    at(`document.references.${index}`, () => referenceOf(reference)),
  );
  const inReferences = references.flatMap(({ targetType, targetId }, index) =>
    targetType === "assistant" ? [{ place: `document.references.${index}.targetId`, name: targetId }] : [],
  );
  return {
    document: { ...document, references },
    skills,
    names: [...inSkills, ...inReferences],
    datasets: datasetsIn({ ...document, references }),
  };
}

const datasetsIn = ({ skills, references, knowledge }: AssistantDocument): Naming[] => [
  ...knowledge.map(({ dataset }, index) => ({ place: `document.knowledge.${index}.dataset`, name: dataset })),
  ...skills.flatMap(({ datasetId }, index) =>
    datasetId === null ? [] : [{ place: `document.skills.${index}.datasetId`, name: datasetId }],
  ),
  ...references.flatMap(({ targetType, targetId }, index) =>
    targetType === "dataset" ? [{ place: `document.references.${index}.targetId`, name: targetId }] : [],
  ),
];

/** What SQL knows the named assistants by, or the named datasets: for each its reference, see access.ts. */
export const namesAsJson = ({ names }: Plan) => JSON.stringify(names.map(({ name }) => resource.reference(name)));
export const datasetsAsJson = (plan: Plan) => JSON.stringify(plan.datasets.map(({ name }) => datasets.reference(name)));

const namedIn = (content: Content | undefined): string[] => [
  ...(content?.references ?? [])
    .filter(({ targetType }) => targetType === "assistant")
    .map(({ targetId }) => String(targetId)),
  ...(content?.skills ?? []).flatMap(({ type, data }) =>
    (drivers.get(String(type))?.targets ?? []).map(({ key }) => String((data as Record<string, unknown>)[key])),
  ),
];

/** The ids of the named assistants by their names; `validation_failed` for each that is not there to be seen. */
export function resolve(
  { names }: Plan,
  found: readonly { place: number; id: string }[],
  existing: { readonly id: string; readonly content: Content } | undefined,
): ReadonlyMap<string, string> {
  // What the assistant names already may be put back by one who cannot see it.
  const ids = new Map(namedIn(existing?.content).map((id) => [id, id]));
  for (const { place, id } of found) ids.set(names[place]?.name ?? "", id);
  const itself = existing?.id;
  const own = names.find(({ name }) => itself !== undefined && ids.get(name) === itself);
  if (own) throw invalid(own.place, "An assistant does not name itself");
  refuseMissing(
    names.filter(({ name }) => !ids.has(name)),
    (name) => `There is no assistant ${name} here, or it is not yours to see: import that one first`,
  );
  return ids;
}

function refuseMissing(missing: readonly Naming[], message: (name: string) => string): void {
  if (missing.length === 0) return;
  throw new StewardError("validation_failed", {
    details: missing
      .slice(0, mostDetails)
      .map(({ place, name }) => ({ path: place, message: message(name.slice(0, 150)) })),
  });
}

const datasetsOf = (content: Content | undefined): string[] => [
  ...(content?.knowledge ?? []).map(({ datasetId }) => String(datasetId)),
  ...(content?.skills ?? []).flatMap(({ datasetId }) => (datasetId === null ? [] : [String(datasetId)])),
  ...(content?.references ?? [])
    .filter(({ targetType }) => targetType === "dataset")
    .map(({ targetId }) => String(targetId)),
];

/** The same for the named datasets. What the assistant names already by its UUID may stay. */
export function resolveDatasets(
  plan: Plan,
  found: readonly { readonly place: number; readonly id: string }[],
  existing: Content | undefined,
): ReadonlyMap<string, string> {
  const ids = new Map(datasetsOf(existing).map((id) => [id, id]));
  for (const { place, id } of found) ids.set(plan.datasets[place]?.name ?? "", id);
  refuseMissing(
    plan.datasets.filter(({ name }) => !ids.has(name)),
    (name) => `There is no dataset ${name} here, or it is not yours to see`,
  );
  return ids;
}

function refuseTwice(targets: readonly string[], place: (index: number) => string, message: string): void {
  const again = targets.findIndex((target, index) => targets.indexOf(target) < index);
  if (again !== -1) throw invalid(place(again), message);
}

/** Ids by the names in a document. */
export interface Resolved {
  readonly assistants: ReadonlyMap<string, string>;
  readonly datasets: ReadonlyMap<string, string>;
}

/** What the assistant will consist of. Parts that are there already keep their ids. */
export function contentOfPlan(
  { document, skills }: Plan,
  existing: Content | null,
  { assistants: ids, datasets: datasetIds }: Resolved,
  newId: () => string,
): Content {
  const { format, naturalId, leftBehind, $schema, _links, ...fields } = document;
  const datasetOf = (name: string) => datasetIds.get(name) ?? name;
  const left = new Map(existing?.skills.map((skill) => [skill, `${skill.type} ${skill.name}`]));
  const skillId = (type: string, name: string) => {
    for (const [skill, key] of left)
      if (key === `${type} ${name}`) {
        left.delete(skill);
        return skill.id;
      }
    return newId();
  };
  const targetOf = ({ targetType, targetId }: DocumentReference) =>
    targetType === "dataset" ? datasetOf(targetId) : (ids.get(targetId) ?? targetId);
  refuseTwice(
    document.references.map(targetOf),
    (index) => `document.references.${index}.targetId`,
    "The document points to it already",
  );
  refuseTwice(
    document.knowledge.map(({ dataset }) => datasetOf(dataset)),
    (index) => `document.knowledge.${index}.dataset`,
    "The document has it already",
  );
  const known = new Map(existing?.references.map(({ id, targetId }) => [targetId, id]));
  const associated = new Map(existing?.knowledge.map(({ id, datasetId }) => [datasetId, id]));
  return {
    ...fields,
    sortName: sortNameOf(document.name),
    skills: document.skills.map((skill, index) => {
      const { driver, data } = skills[index] as PlannedSkill;
      const keys = (driver.targets ?? []).map(({ key }) => key);
      const resolved = Object.entries(data).map(([key, value]) => [
        key,
        keys.includes(key) ? (ids.get(String(value)) ?? value) : value,
      ]);
      const datasetId = skill.datasetId === null ? null : datasetOf(skill.datasetId);
      return { ...skill, datasetId, id: skillId(skill.type, skill.name), data: Object.fromEntries(resolved) };
    }),
    references: document.references.map((reference) => {
      const targetId = targetOf(reference);
      return { ...reference, targetId, id: known.get(targetId) ?? newId() };
    }),
    secrets: existing?.secrets ?? [],
    // Bytes are in no document: those that are there stay.
    files: existing?.files ?? [],
    iconHash: existing?.iconHash ?? null,
    iconType: existing?.iconType ?? null,
    knowledge: document.knowledge.map(({ dataset, ...association }) => {
      const datasetId = datasetOf(dataset);
      return { id: associated.get(datasetId) ?? newId(), datasetId, ...association };
    }),
  };
}

interface ContentSkill {
  readonly id: string;
  readonly data: Record<string, unknown>;
  readonly datasetId: string | null;
}

/** What must hold in the database for each skill: whom it names, whom it asks. */
export const guardsOfPlan = ({ skills }: Plan, content: Content): readonly Guard[] =>
  skills.flatMap(({ driver }, index) => {
    const { id, data, datasetId } = content.skills[index] as unknown as ContentSkill;
    const checks = [checksOf(driver, id, data), checksOfDataset(id, datasetId)];
    return checks
      .flatMap(({ before }) => before)
      .map((guard) => ({
        ...guard,
        otherwise: within(guard.otherwise, `document.skills.${index}`) as StewardError,
      }));
  });
