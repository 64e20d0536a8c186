import type { Executor } from "@steward/db";
import { expect, test } from "vitest";
import type { Presented } from "./arrange.ts";
import { doors } from "./doors.ts";
import { bringing, knowing, knownIn } from "./knowledge-world.ts";
import type { InputOf, OperationName } from "./operations.ts";
import { openWorld, type World } from "./world.ts";

/** Something else is written between what an operation reads and what it writes. */
const interrupted = (executor: Executor, sql: string): Executor => ({
  async batch(statements, mode) {
    if (mode === "write") await executor.batch([{ sql, args: [] }], "write");
    return executor.batch(statements, mode);
  },
});

/** What an operation is answered when this is written meanwhile, by somebody who may. */
async function asking<N extends OperationName>(
  world: World,
  as: Presented,
  name: N,
  input: InputOf<N>,
  meanwhile: string,
) {
  const services = { ...world.services, executor: interrupted(world.services.executor, meanwhile) };
  const answer = await doors.core({ ...world, services }, as, name, input as Record<string, unknown>);
  return answer.ok ? "ok" : answer.code;
}

test("what was judged is what is changed", async () => {
  const world = await openWorld();
  const { ben, sales, people } = await bringing(world);
  await world.rows("update assistant_datasets set access = 'asker'");
  const input = { id: sales.id, datasetId: people.id, filter: { team: "south" } };
  const meanwhile = "update assistant_datasets set access = 'assistant', version = version + 1";
  expect(await asking(world, ben, "knowledge.update", input, meanwhile)).toBe("conflict");
  expect(await knownIn(world, sales.id)).toEqual([["subset", '{"team":"north"}', null, "assistant"]]);
});

const lost = "update dataset_shares set level = 2";
const ended = "delete from dataset_shares";

test("one who loses the right while it is written brings nothing along", async () => {
  const world = await openWorld();
  const { ben, sales, people } = await knowing(world);
  const mayAgain = () => world.rows("update dataset_shares set level = 3, filter = null, visible_fields = null");
  const address = { id: sales.id, datasetId: people.id };
  await mayAgain();
  expect(await asking(world, ben, "knowledge.create", address, lost)).toBe("forbidden");
  await mayAgain();
  const document = {
    format: "steward.assistant/1",
    naturalId: "ben:selling",
    name: "Selling",
    knowledge: [{ dataset: people.id, access: "assistant" }],
  };
  expect(await asking(world, ben, "assistants.import", { document }, lost)).toBe("forbidden");
  await world.knowledge(sales, people);
  await mayAgain();
  expect(await asking(world, ben, "knowledge.update", { ...address, access: "assistant" }, lost)).toBe("forbidden");
  expect(await knownIn(world, sales.id)).toEqual([["full", null, null, "asker"]]);
});

test("one who loses the dataset while it is written adds it nowhere", async () => {
  const world = await openWorld();
  const { ben, sales, people } = await knowing(world);
  const input = { id: sales.id, datasetId: people.id, access: "asker" } as const;
  expect(await asking(world, ben, "knowledge.create", input, ended)).toBe("not_found");
  await world.shareDataset(people, ben, { level: 1 });
  const document = {
    format: "steward.assistant/1",
    naturalId: "ben:selling",
    name: "Selling",
    knowledge: [{ dataset: people.id }],
  };
  expect(await asking(world, ben, "assistants.import", { document }, ended)).toBe("validation_failed");
  expect(await world.rows("select count(*) from assistant_datasets")).toEqual([[0]]);
});
