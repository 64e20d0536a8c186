import type { Executor } from "@steward/db";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Answer, doors } from "./doors.ts";
import { arrangeDatasets, knowledgeIn } from "./drafts-knowledge.ts";
import { type Model, told } from "./drafts-model.ts";
import { skillText } from "./drafts-skills.ts";
import { type Expected, expectedOf, type Stage, type Step, stateOf, story } from "./drafts-story.ts";
import { expectSuccess } from "./expectations.ts";
import type { OperationName } from "./operations.ts";
import { openWorld } from "./world.ts";

/** A process that dies with its next write. */
const dying = (executor: Executor, when: "before" | "after"): Executor => ({
  async batch(statements, mode) {
    if (mode === "read") return executor.batch(statements, mode);
    if (when === "after") await executor.batch(statements, mode);
    throw new Error("killed");
  },
});

const codeOf = (answer: Answer) => (answer.ok ? "ok" : answer.code);

const ask = async ({ world, people }: Stage, { who, killed }: Step, name: OperationName, input: object) => {
  const { executor } = world.services;
  const services = killed === "no" ? world.services : { ...world.services, executor: dying(executor, killed) };
  world.advance(1);
  const asked = doors.core({ ...world, services }, people[who] ?? null, name, input as Record<string, unknown>);
  if (killed === "no") return codeOf(await asked);
  return asked.then(codeOf, () => "killed");
};

/** Both editors at once: one of them is first, and the other finds what the first has left. */
async function race(model: Model, stage: Stage, step: Step, expected: Expected): Promise<Model> {
  const answers = await Promise.all(
    [0, 1].map((who) => ask(stage, { ...step, who, killed: "no" }, expected.name, expected.input)),
  );
  const second = expected.name === "drafts.edit" ? "ok" : "not_found";
  const outcomes = expected.refused ? [expected.refused, expected.refused] : ["ok", second].sort();
  expect(answers.sort()).toEqual(outcomes);
  return expected.refused ? model : expected.after(model, stage);
}

async function perform(model: Model, stage: Stage, step: Step): Promise<Model> {
  const expected = await expectedOf(model, stage, step);
  if (!expected) return model;
  if (step.action.startsWith("race")) return race(model, stage, step, expected);
  const code = await ask(stage, step, expected.name, expected.input);
  if (step.killed === "no") {
    expect(code, `${expected.name} ${JSON.stringify(expected.input)}`).toBe(expected.refused ?? "ok");
    return expected.refused ? model : expected.after(model, stage);
  }
  // A refusal may be met before the write; after it, only what was written tells.
  if (expected.refused) return model;
  return step.killed === "after" || code === "ok" ? expected.after(model, stage) : model;
}

/** Everything that anybody can see is what the model says. */
async function expectModel(model: Model, stage: Stage): Promise<void> {
  const { world, id, people } = stage;
  expect(told(await stateOf(stage, id))).toEqual(told(model.live));
  const draft = await doors.core(world, people[1] ?? null, "drafts.get", { id });
  expect(codeOf(draft)).toBe(model.draft ? "ok" : "not_found");
  if (model.draft) expect(told(await stateOf(stage, model.draft.id))).toEqual(told(model.draft.state));
  const numbers = await world.rows("select number from revisions where assistant_id = ? order by number", id);
  expect(numbers.map(([number]) => number)).toEqual(model.revisions.map(({ number }) => number));
  const parts = await world.rows(`select count(*) from (select assistant_id from skills union all
    select assistant_id from assistant_datasets) where assistant_id not in (select id from assistants)`);
  expect(parts).toEqual([[0]]);
}

/** Every revision is, field for field, what the assistant was. */
async function expectRevisions({ revisions }: Model, { world, id, people }: Stage): Promise<void> {
  for (const { number, state } of revisions) {
    const { content } = expectSuccess(await doors.core(world, people[0] ?? null, "revisions.get", { id, number })) as {
      content: Record<string, unknown>;
    };
    const list = (key: string) => content[key] as Record<string, unknown>[];
    expect({
      fields: { name: content.name, instructions: content.instructions, welcome: content.welcome },
      skills: new Map(list("skills").map((skill) => [skill.id, skillText(skill)])),
      references: new Map(list("references").map(({ targetId, description }) => [targetId, description])),
      secrets: new Map(list("secrets").map(({ name, description }) => [name, description])),
      knowledge: knowledgeIn(list("knowledge")),
    }).toEqual(state);
  }
}

async function open(): Promise<{ stage: Stage; model: Model }> {
  const world = await openWorld({ keep: true });
  const [ada, ben] = [await world.user({ name: "ada" }), await world.user({ name: "ben" })];
  const made = expectSuccess(
    await doors.core(world, ada, "assistants.create", { name: "alpha", instructions: "One line" }),
  ) as { id: string };
  await world.share(made, ben, 2);
  const scene = { world, people: [ada, ben], id: made.id };
  const stage = { ...scene, datasets: await arrangeDatasets(scene) };
  const live = await stateOf(stage, made.id);
  return { stage, model: { live, draft: null, revisions: [{ number: 1, state: live }] } };
}

test("the live assistant is always one committed state, and every revision restores it", {
  timeout: 120_000,
}, async () => {
  const property = fc.asyncProperty(story, async (steps) => {
    const { stage, model: first } = await open();
    let model = first;
    try {
      for (const step of steps) {
        model = await perform(model, stage, step);
        await expectModel(model, stage);
      }
      await expectRevisions(model, stage);
    } finally {
      await stage.world.close();
    }
  });
  await fc.assert(property, { numRuns: 40 });
});
