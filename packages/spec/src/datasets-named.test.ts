import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { knowing, nobody } from "./knowledge-world.ts";

throughEveryDoor("a reference names a dataset that its writer may read, and shows it to who may", async (behind) => {
  const { world, get, ask } = behind;
  const { ada, ben, cleo, sales, orders, people } = await knowing(world);
  const made = await get(ada, "references.create", { id: sales.id, targetType: "dataset", targetId: "ada:orders" });
  expect(made).toMatchObject({ targetId: orders.id, target: { id: orders.id, name: "Orders" } });
  const ofCleo = await get(cleo, "references.get", { id: sales.id, targetId: orders.id });
  expect(ofCleo).toMatchObject({ targetId: orders.id, target: null });
  const unseen = { id: sales.id, targetType: "dataset" } as const;
  const answers = [];
  for (const targetId of [people.id, nobody, "dina:people", "dina:nothing"])
    answers.push(await ask(ada, "references.create", { ...unseen, targetId }));
  for (const answer of answers) {
    expect(answer).toMatchObject({ ok: false, code: "validation_failed" });
    expect(answer.body).toEqual(answers[0]?.body);
  }
  await get(ben, "references.create", { ...unseen, targetId: "dina:people" });
  const again = await ask(ben, "references.create", { ...unseen, targetId: people.id });
  expect(again).toMatchObject({ ok: false, code: "conflict" });
  await world.rows("delete from datasets where id = ?", orders.id);
  expect(await get(ada, "references.get", { id: sales.id, targetId: orders.id })).toMatchObject({ target: null });
});

throughEveryDoor("a skill is about a dataset that its writer may read", async ({ world, get, ask, refuses }) => {
  const { ada, ben, cleo, sales, orders, people } = await knowing(world);
  const input = { id: sales.id, type: "dataset-query" };
  const made = await get(ada, "skills.create", { ...input, datasetId: "ada:orders" });
  expect(made).toMatchObject({ datasetId: orders.id, dataset: { id: orders.id, name: "Orders" } });
  const address = { id: sales.id, skillId: made.id };
  expect(await get(ben, "skills.get", address)).not.toHaveProperty("dataset");
  // One who cannot see it may write the skill back.
  await get(ben, "skills.update", { ...address, datasetId: orders.id, description: "Looks up" });
  const answers = [];
  for (const datasetId of [people.id, nobody, "dina:people", "dina:nothing"])
    answers.push(await ask(ada, "skills.update", { ...address, datasetId }));
  for (const answer of answers) {
    expect(answer).toMatchObject({ ok: false, code: "validation_failed", details: [{ path: "datasetId" }] });
    expect(answer.body).toEqual(answers[0]?.body);
  }
  expect(await refuses("validation_failed", ada, "skills.create", { ...input, datasetId: people.id })).toEqual([
    "datasetId",
  ]);
  // What the assistant brings along, its readers know by name; what it merely knows, they do not.
  const knowledge = await world.knowledge(sales, orders, { access: "asker" });
  expect(await get(cleo, "skills.get", address)).not.toHaveProperty("dataset");
  await world.rows("update assistant_datasets set access = 'assistant' where id = ?", knowledge.id);
  expect(await get(cleo, "skills.get", address)).toMatchObject({ dataset: { id: orders.id, name: "Orders" } });
  const { items } = await get(cleo, "skills.list", { id: sales.id });
  expect(items).toMatchObject([{ dataset: { name: "Orders" } }]);
  expect(await get(ben, "skills.update", { ...address, datasetId: null })).not.toHaveProperty("dataset");
});
