import { expect } from "vitest";
import { type Behind, throughEveryDoor } from "./every-door.ts";
import { bringing, knowing, knownIn } from "./knowledge-world.ts";

const asked = [["subset", '{"team":"north"}', null, "asker"]];
const brought = [["subset", '{"team":"north"}', null, "assistant"]];

/** What a writer of the assistant who does not administer the dataset may not make of what it brings along. */
const changes = [
  { mode: "full", filter: null },
  { mode: "schema", filter: null },
  { mode: "sample", sampleSize: 5 },
  { filter: { team: "south" } },
] as const;

throughEveryDoor("what an assistant brings along is changed by one who administers the dataset", async (behind) => {
  const { world, get, refuses } = behind;
  const { ben, dina, sales, people } = await bringing(world);
  const address = { id: sales.id, datasetId: people.id };
  for (const change of changes) await refuses("forbidden", ben, "knowledge.update", { ...address, ...change });
  expect(await knownIn(world, sales.id)).toEqual(brought);
  // As it is, it may be written back.
  await get(ben, "knowledge.update", { ...address, filter: { team: "north" }, access: "assistant" });
  await get(ben, "knowledge.update", { ...address, access: "asker" });
  expect(await knownIn(world, sales.id)).toEqual(asked);
  await refuses("forbidden", ben, "knowledge.update", { ...address, access: "assistant" });
  await get(ben, "knowledge.update", { ...address, filter: { name: "Eve" } });
  await get(dina, "knowledge.update", { ...address, access: "assistant", filter: { salary: 100 } });
});

throughEveryDoor("no writer of an assistant finds out by a filter which fields there are", async (behind) => {
  const { world, refuses } = behind;
  const { ada, ben, sales, people } = await bringing(world);
  const address = { id: sales.id, datasetId: people.id, access: "asker" } as const;
  const hidden = { ...address, filter: { salary: { $gt: 1 } } };
  const absent = { ...address, filter: { nothing: { $gt: 1 } } };
  for (const as of [ada, ben])
    for (const input of [hidden, absent])
      expect(await refuses("validation_failed", as, "knowledge.update", input)).toEqual([
        `filter.${Object.keys(input.filter)[0]}`,
      ]);
});

throughEveryDoor("one who loses the dataset meanwhile brings it along no more", async ({ world, get, refuses }) => {
  const { ben, sales, people } = await knowing(world);
  await world.rows("update dataset_shares set level = 3, filter = null, visible_fields = null");
  await get(ben, "knowledge.create", { id: sales.id, datasetId: people.id });
  await world.rows("update dataset_shares set level = 2");
  await refuses("forbidden", ben, "knowledge.update", { id: sales.id, datasetId: people.id, mode: "schema" });
});

throughEveryDoor("within a draft the same holds when it is written", async ({ world, get, refuses }) => {
  const { ben, dina, sales, people } = await bringing(world);
  const draft = await get(ben, "drafts.edit", { id: sales.id });
  expect(await knownIn(world, draft.id)).toEqual(brought);
  const address = { id: draft.id, datasetId: people.id };
  for (const change of changes) await refuses("forbidden", ben, "knowledge.update", { ...address, ...change });
  await get(ben, "knowledge.delete", address);
  await refuses("forbidden", ben, "knowledge.create", { ...address, access: "assistant" });
  await get(ben, "knowledge.create", address);
  expect((await knownIn(world, draft.id)).map((row) => row.at(-1))).toEqual(["asker"]);
  await get(dina, "knowledge.update", { ...address, access: "assistant" });
});

throughEveryDoor("a draft of one who may not bring it along is committed as long as it is the same", async (behind) => {
  const { world, get } = behind;
  const { ben, sales, people } = await bringing(world);
  const draft = await get(ben, "drafts.edit", { id: sales.id });
  await get(ben, "assistants.update", { id: draft.id, name: "Selling" });
  await get(ben, "drafts.commit", { id: sales.id });
  expect(await knownIn(world, sales.id)).toEqual(brought);
  await get(ben, "drafts.edit", { id: sales.id });
  await get(ben, "knowledge.update", { id: `${sales.naturalId}-draft`, datasetId: people.id, access: "asker" });
  await get(ben, "drafts.commit", { id: sales.id });
  expect(await knownIn(world, sales.id)).toEqual(asked);
});

/** That the draft is refused to Ben, told by name, and that nothing changes. */
async function expectNotCommitted({ world, ask }: Behind, { ben, sales }: Awaited<ReturnType<typeof bringing>>) {
  const before = await world.dump();
  for (const force of [false, true]) {
    const answer = await ask(ben, "drafts.commit", { id: sales.id, force });
    expect(answer).toMatchObject({ ok: false, code: "forbidden" });
    expect(JSON.stringify(answer.body)).toContain("People");
  }
  expect(await world.dump()).toBe(before);
}

throughEveryDoor("what its administrator has put into a draft is committed by one alone", async (behind) => {
  const { world, get } = behind;
  const things = await bringing(world);
  const { ben, dina, sales, people } = things;
  const draft = await get(ben, "drafts.edit", { id: sales.id });
  await get(dina, "knowledge.update", { id: draft.id, datasetId: people.id, mode: "full", filter: null });
  await expectNotCommitted(behind, things);
  await get(dina, "drafts.commit", { id: sales.id });
  expect(await knownIn(world, sales.id)).toEqual([["full", null, null, "assistant"]]);
});

throughEveryDoor("no draft brings back what has been ended meanwhile, with force or without", async (behind) => {
  const { world, get } = behind;
  const things = await bringing(world);
  const { ada, ben, sales, people } = things;
  await get(ben, "drafts.edit", { id: sales.id });
  await get(ada, "knowledge.update", { id: sales.id, datasetId: people.id, access: "asker" });
  await expectNotCommitted(behind, things);
  await get(ada, "knowledge.delete", { id: sales.id, datasetId: people.id });
  await expectNotCommitted(behind, things);
});

throughEveryDoor("what its administrator ends is ended in the draft too, and stays so", async (behind) => {
  const { world, get, refuses } = behind;
  const { ben, dina, sales, people } = await bringing(world);
  await get(ben, "knowledge.update", { id: sales.id, datasetId: people.id, access: "assistant" }); // A revision to go back to.
  await get(ben, "drafts.edit", { id: sales.id });
  await get(dina, "datasets.endAssistant", { id: people.id, assistantId: sales.id });
  expect(await world.rows("select count(*) from assistant_datasets")).toEqual([[0]]);
  await refuses("conflict", ben, "drafts.commit", { id: sales.id });
  await get(ben, "drafts.commit", { id: sales.id, force: true });
  expect(await knownIn(world, sales.id)).toEqual([]);
  await refuses("forbidden", ben, "knowledge.create", { id: sales.id, datasetId: people.id, access: "assistant" });
  await get(ben, "revisions.restore", { id: sales.id, number: 2 });
  expect(await knownIn(world, sales.id)).toEqual(asked);
});

throughEveryDoor("a revision is restored without what nobody allows any more", async ({ world, get }) => {
  const { ben, dina, ada, sales, people } = await bringing(world);
  const known = { id: sales.id, datasetId: people.id };
  await get(ben, "assistants.update", { id: sales.id, name: "First" }); // Revision 2, with what it brings along.
  await get(ben, "assistants.update", { id: sales.id, name: "Second" });
  await get(ben, "revisions.restore", { id: sales.id, number: 2 });
  expect(await knownIn(world, sales.id), "what is there already stays").toEqual(brought);

  await get(ben, "knowledge.delete", known);
  await get(ben, "revisions.restore", { id: sales.id, number: 2 });
  expect(await knownIn(world, sales.id), "what is not there asks anew").toEqual(asked);

  await get(dina, "revisions.restore", { id: sales.id, number: 2 });
  expect(await knownIn(world, sales.id), "its administrator brings it back").toEqual(brought);

  await get(dina, "knowledge.update", { ...known, filter: { team: "south" } });
  await get(ben, "revisions.restore", { id: sales.id, number: 2 });
  expect(await knownIn(world, sales.id), "what was narrowed otherwise asks anew").toEqual(asked);

  await world.rows("delete from datasets where id = ?", people.id);
  await get(ada, "knowledge.delete", known);
  await get(ada, "revisions.restore", { id: sales.id, number: 2 });
  expect(await knownIn(world, sales.id), "what is gone is restored, and reaches nothing").toEqual(asked);
});

throughEveryDoor("a copy brings along what its maker administers", async ({ world, get }) => {
  const { ada, ben, dina, sales, people, orders } = await bringing(world);
  await world.knowledge(sales, orders, { access: "assistant" });
  const copyOf = async (as: typeof ada) => {
    const { id } = await get(as, "assistants.copy", { id: sales.id });
    return world.rows(
      "select dataset_id, mode, filter, access from assistant_datasets where assistant_id = ? order by id",
      id,
    );
  };
  const filter = '{"team":"north"}';
  expect(await copyOf(ben)).toEqual([
    [people.id, "subset", filter, "asker"],
    [orders.id, "full", null, "asker"],
  ]);
  expect(await copyOf(ada)).toEqual([
    [people.id, "subset", filter, "asker"],
    [orders.id, "full", null, "assistant"],
  ]);
  expect(await copyOf(dina)).toEqual([
    [people.id, "subset", filter, "assistant"],
    [orders.id, "full", null, "asker"],
  ]);
});

throughEveryDoor("a copy tells its maker of no filter that the original does not", async ({ world, get }) => {
  const { ben, cleo, sales, people } = await knowing(world);
  const salary = { salary: { $gt: 150 } };
  await world.knowledge(sales, people, { mode: "subset", filter: { $or: [{ team: "north" }, salary] } });
  await world.rows("update shares set level = 1");
  const copied = async () => {
    const { id } = await get(ben, "assistants.copy", { id: sales.id });
    return (await knownIn(world, id)).length;
  };
  expect(await copied(), "of a field that is not visible").toBe(0);
  await world.rows(
    "update assistant_datasets set filter = ?",
    JSON.stringify({ $not: { name: "Eve", team: "north" } }),
  );
  expect(await copied(), "of fields that are").toBe(1);
  await world.rows("update dataset_shares set visible_fields = null");
  await world.rows("update assistant_datasets set filter = ?", JSON.stringify(salary));
  expect(await copied(), "where all are").toBe(1);
  await world.rows("delete from dataset_shares");
  expect(await copied(), "without any right to the dataset").toBe(0);
  await world.rows("update shares set level = 2");
  expect(await copied(), "by a writer, who is told").toBe(1);
  await world.rows("update assistant_datasets set access = 'assistant' where assistant_id = ?", sales.id);
  await world.rows("update shares set level = 1");
  expect(await copied(), "of what is brought along, and so told").toBe(1);
  expect((await get(cleo, "assistants.copy", { id: sales.id })).naturalId).toBe("cleo:sales-copy");
});

throughEveryDoor("an assistant that is handed over brings along what it did", async ({ world, get }) => {
  const { cleo, sales } = await bringing(world);
  const root = await world.user({ superuser: true });
  await get(root, "owner.set", { id: sales.id, ownerId: cleo.ref });
  expect(await knownIn(world, sales.id)).toEqual(brought);
  expect(await get(cleo, "knowledge.list", { id: sales.id })).toMatchObject({ items: [{ access: "assistant" }] });
});
