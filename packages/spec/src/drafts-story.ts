import fc from "fast-check";
import { expect } from "vitest";
import type { Made, Person } from "./arrange.ts";
import { doors } from "./doors.ts";
import {
  bringsMore,
  committedKnowledge,
  expectKnowing,
  expectKnowingOtherwise,
  knowledgeOf,
  restoredKnowledge,
} from "./drafts-knowledge.ts";
import {
  becomes,
  committed,
  type Draft,
  type Kind,
  keptSecrets,
  latest,
  type Model,
  type State,
  toldWithoutIds,
  withPart,
} from "./drafts-model.ts";
import { expectAgain, expectChange, skillText } from "./drafts-skills.ts";
import { expectSuccess } from "./expectations.ts";
import type { OperationName } from "./operations.ts";
import type { World } from "./world.ts";

const names = ["alpha", "beta", "gamma"];
const texts = [null, "One line", "One line\nand another\n", "Quite\nanother\ntext\n"];
const languages = [["python"], ["javascript"], ["javascript", "python"]];

const actions = [
  "edit",
  "commit",
  "force",
  "discard",
  "restore",
  "setLive",
  "setDraft",
  "addLive",
  "addDraft",
  "changeDraft",
  "removeLive",
  "removeDraft",
  "againDraft",
  "raceEdit",
  "raceCommit",
] as const;

/** What makes a story of it: without a draft, and parts to change, little can go wrong. */
const often = [
  "edit",
  "edit",
  "addLive",
  "addLive",
  "changeDraft",
  "changeDraft",
  "removeDraft",
  "againDraft",
  "commit",
] as const;

export const story = fc.array(
  fc.record({
    action: fc.constantFrom(...actions, ...often),
    who: fc.nat(1),
    kind: fc.constantFrom<Kind>("skills", "skills", "skills", "references", "secrets", "knowledge", "knowledge"),
    which: fc.nat(5),
    value: fc.nat(3),
    /** When the process that does it is killed, if it is: before its write reaches the disk, or right after. */
    killed: fc.constantFrom("no", "no", "no", "no", "before", "after"),
  }),
  { minLength: 10, maxLength: 50, size: "max" },
);
export type Step = typeof story extends fc.Arbitrary<(infer S)[]> ? S : never;

export interface Stage {
  readonly world: World;
  readonly people: readonly Person[];
  readonly id: string;
  readonly datasets: readonly Made[];
}

async function all(stage: Stage, name: OperationName, id: string) {
  const answer = await doors.core(stage.world, stage.people[0] ?? null, name, { id });
  return (expectSuccess(answer) as { items: Record<string, unknown>[] }).items;
}

/** What its readers find of an assistant or a draft. */
export async function stateOf(stage: Stage, id: string): Promise<State> {
  const found = expectSuccess(
    await doors.core(stage.world, stage.people[0] ?? null, "assistants.get", { id }),
  ) as Record<string, string | null>;
  const { name = "", instructions = null, welcome = null } = found;
  const skills = await all(stage, "skills.list", id);
  const references = await all(stage, "references.list", id);
  const secrets = await all(stage, "secrets.list", id);
  return {
    fields: { name, instructions, welcome },
    skills: new Map(skills.map((skill) => [String(skill.id), skillText(skill)])),
    references: new Map(references.map(({ targetId, description }) => [String(targetId), String(description)])),
    secrets: new Map(secrets.map(({ name, description }) => [String(name), String(description)])),
    knowledge: await knowledgeOf(stage, id),
  };
}

/** What one asks for, and what then must be so: a refusal, or another model. */
export interface Expected {
  readonly name: OperationName;
  readonly input: object;
  readonly refused?: string;
  /** The model afterwards; `output` is what was answered, or null when nobody lived to see it. */
  after(model: Model, stage: Stage): Promise<Model>;
}

const same = async (model: Model) => model;
const refused = (name: OperationName, input: object, code: string): Expected => ({
  name,
  input,
  refused: code,
  after: same,
});

/** After any change of the live assistant: its version is the number of the revision, if it is one. */
async function liveBecomes(
  model: Model,
  stage: Stage,
  change: (live: State) => State | Promise<State>,
): Promise<Model> {
  const [row] = await stage.world.rows("select version from assistants where id = ?", stage.id);
  return becomes(model, await change(model.live), Number(row?.[0]));
}

const draftBecomes = (model: Model, state: State, origins = model.draft?.origins): Model =>
  model.draft ? { ...model, draft: { ...model.draft, state, origins: origins ?? new Map() } } : model;

async function begun(model: Model, stage: Stage): Promise<Model> {
  const [row] = await stage.world.rows("select id from assistants where editing_id = ?", stage.id);
  const id = String(row?.[0]);
  const state = await stateOf(stage, id);
  // The parts stand in the order of those that they stand for.
  const live = [...model.live.skills.keys()].sort();
  const origins = new Map([...state.skills.keys()].map((own, index) => [own, live[index] ?? ""]));
  for (const [own, origin] of origins) expect(state.skills.get(own)).toBe(model.live.skills.get(origin));
  expect(toldWithoutIds(state)).toEqual(toldWithoutIds(model.live));
  return { ...model, draft: { id, state: { ...model.live, skills: state.skills }, origins, base: latest(model) } };
}

function expectEdit(model: Model, { id }: Stage): Expected {
  return { name: "drafts.edit", input: { id }, after: model.draft ? same : begun };
}

function expectCommit(model: Model, { id }: Stage, { action, who }: Step): Expected | null {
  const force = action === "force";
  const input = { id, force };
  const { draft } = model;
  if (!draft) return refused("drafts.commit", input, "not_found");
  if (bringsMore(draft.state, model.live)) {
    if (action === "raceCommit") return null;
    if (who === 1) return refused("drafts.commit", input, "forbidden");
  }
  if (draft.base !== latest(model) && !force) return refused("drafts.commit", input, "conflict");
  return {
    name: "drafts.commit",
    input,
    after: async (before, stage) => ({
      ...(await liveBecomes(before, stage, (live) => {
        const base = before.revisions.find(({ number }) => number === draft.base)?.state;
        const made = { ...committed(draft, live), knowledge: committedKnowledge(draft.state, live) };
        return force ? { ...made, secrets: keptSecrets(draft.state, live, base) } : made;
      })),
      draft: null,
    }),
  };
}

function expectRestore(model: Model, { id }: Stage, { which, who }: Step): Expected {
  const wanted = model.revisions[which % model.revisions.length];
  if (!wanted) return refused("revisions.restore", { id, number: 1 }, "not_found");
  return {
    name: "revisions.restore",
    input: { id, number: wanted.number },
    // Secrets stay as they are.
    after: (before, stage) =>
      liveBecomes(before, stage, (live) => ({
        ...wanted.state,
        secrets: live.secrets,
        knowledge: restoredKnowledge(wanted.state, live, who),
      })),
  };
}

/** One of two assistants: the live one, or the draft. */
export interface Side {
  readonly id: string;
  readonly state: State;
  becomes(model: Model, stage: Stage, change: (state: State) => State): Promise<Model>;
}

function sideOf(model: Model, stage: Stage, side: "Live" | "Draft"): Side | null {
  if (side === "Live") return { id: stage.id, state: model.live, becomes: liveBecomes };
  const { draft } = model;
  if (!draft) return null;
  return {
    id: draft.id,
    state: draft.state,
    becomes: async (before, _, change) => draftBecomes(before, change((before.draft as Draft).state)),
  };
}

function expectSet({ id, becomes: then }: Side, { which, value }: Step): Expected {
  const field = ["name", "instructions", "welcome"][which % 3] ?? "name";
  const to = field === "name" ? (names[value % 3] ?? "") : (texts[value] ?? null);
  return {
    name: "assistants.update",
    input: { id, [field]: to },
    after: (model, stage) => then(model, stage, (state) => ({ ...state, fields: { ...state.fields, [field]: to } })),
  };
}

function expectAdd({ id, state, becomes: then }: Side, { kind, which, value }: Step): Expected {
  const name = names[which % 3] ?? "";
  // No two secrets are alike, so that one made again under an old name is another.
  const description = kind === "secrets" ? String(Date.now()) : String(texts[value] ?? "none").slice(0, 8);
  if (kind === "skills") {
    const data = { languages: languages[value % 3] };
    return {
      name: "skills.create",
      input: { id, type: "code-execution", name, data },
      async after(model, stage) {
        const added = [...(await stateOf(stage, id)).skills.keys()].find((key) => !state.skills.has(key)) ?? "";
        return then(model, stage, (before) => withPart(before, kind, added, skillText({ name, data })));
      },
    };
  }
  const key = kind === "references" ? `https://${name}.example/` : name;
  const operation = kind === "references" ? "references.create" : "secrets.create";
  const input =
    kind === "references"
      ? { id, targetType: "url", targetId: key, description }
      : { id, name, value: "v", description };
  if (state[kind].has(key)) return refused(operation, input, "conflict");
  return {
    name: operation,
    input,
    after: (model, stage) => then(model, stage, (before) => withPart(before, kind, key, description)),
  };
}

async function expectRemove(side: Side, stage: Stage, { kind, which }: Step): Promise<Expected | null> {
  const { id, state, becomes: then } = side;
  const keys = [...state[kind].keys()];
  const key = keys[which % keys.length];
  if (key === undefined) return null;
  const after: Expected["after"] = (model, on) => then(model, on, (before) => withPart(before, kind, key, null));
  if (kind === "skills") return { name: "skills.delete", input: { id, skillId: key }, after };
  if (kind === "references") return { name: "references.delete", input: { id, targetId: key }, after };
  if (kind === "knowledge") return { name: "knowledge.delete", input: { id, datasetId: key }, after };
  const [row] = await stage.world.rows("select id from secrets where assistant_id = ? and name = ?", id, key);
  return { name: "secrets.delete", input: { id, secretId: String(row?.[0]) }, after };
}

export async function expectedOf(model: Model, stage: Stage, step: Step): Promise<Expected | null> {
  const { action } = step;
  if (action === "edit" || action === "raceEdit") return expectEdit(model, stage);
  if (action === "commit" || action === "raceCommit" || action === "force") return expectCommit(model, stage, step);
  if (action === "restore") return expectRestore(model, stage, step);
  if (action === "discard") {
    const input = { id: stage.id };
    if (!model.draft) return refused("drafts.discard", input, "not_found");
    return { name: "drafts.discard", input, after: async (before) => ({ ...before, draft: null }) };
  }
  const side = sideOf(model, stage, action.endsWith("Live") ? "Live" : "Draft");
  if (!side) return null;
  if (action.startsWith("set")) return expectSet(side, step);
  if (action.startsWith("add"))
    return step.kind === "knowledge" ? expectKnowing(side, stage, step) : expectAdd(side, step);
  if (action.startsWith("again")) return expectAgain(side, step);
  if (action.startsWith("change"))
    return step.kind === "knowledge" ? expectKnowingOtherwise(side, step) : expectChange(side, step);
  return expectRemove(side, stage, step);
}
