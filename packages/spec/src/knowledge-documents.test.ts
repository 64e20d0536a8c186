import { expect } from "vitest";
import { type Behind, throughEveryDoor } from "./every-door.ts";
import { bringing, knowing, knownIn, nobody } from "./knowledge-world.ts";

const document = (knowledge: readonly object[], more: object = {}) => ({
  format: "steward.assistant/1",
  naturalId: "ada:selling",
  name: "Selling",
  knowledge,
  ...more,
});

const imported = ({ world }: Behind, slug = "selling") =>
  world.rows(
    `select mode, filter, sample_size, access from assistant_datasets
      where assistant_id = (select id from assistants where slug = ?) order by id`,
    slug,
  );

throughEveryDoor("a document says which datasets an assistant knows, by natural ids", async ({ world, get }) => {
  const { ada, dina, ben, sales, people, orders } = await bringing(world);
  await world.knowledge(sales, orders, { mode: "sample", sampleSize: 5, access: "assistant" });
  const seen = await get(dina, "assistants.export", { id: sales.id });
  expect(seen.knowledge).toMatchObject([
    { dataset: "dina:people", mode: "subset", filter: { team: "north" }, access: "assistant" },
    { dataset: orders.id, mode: "sample", sampleSize: 5, access: "assistant" },
  ]);
  expect(seen.leftBehind).toContain("natural ids of 1 datasets that you cannot see");
  const half = await get(ben, "assistants.export", { id: sales.id });
  expect(half.knowledge).toMatchObject([{ dataset: "dina:people" }, { dataset: orders.id }]);
  expect((await get(ada, "assistants.export", { id: sales.id })).knowledge).toMatchObject([
    { dataset: people.id },
    { dataset: "ada:orders" },
  ]);
});

throughEveryDoor(
  "what one exports one may import over it, whatever one sees of its datasets",
  async ({ world, get }) => {
    const { ada, sales, orders } = await bringing(world);
    await world.knowledge(sales, orders, { mode: "schema", access: "assistant" });
    for (const format of ["json", "yaml"] as const) {
      const there = await get(ada, "assistants.export", { id: sales.id, format });
      expect(await get(ada, "assistants.import", { document: there })).toMatchObject({
        outcome: "unchanged",
        changes: { changed: false, knowledge: [] },
      });
    }
  },
);

throughEveryDoor("an import makes what the document knows, as its importer may", async (behind) => {
  const { world, get } = behind;
  const { ada, people } = await knowing(world);
  const known = { dataset: "ada:orders", access: "assistant", filter: { total: 1 } };
  const first = await get(ada, "assistants.import", { document: document([known]) });
  expect(first).toMatchObject({
    outcome: "created",
    changes: { knowledge: [{ change: "added", name: "Orders", fields: [{ field: "datasetId" }, {}, {}, {}] }] },
  });
  expect(await imported(behind)).toEqual([["subset", '{"total":1}', null, "assistant"]]);
  const ids = await world.rows("select id from assistant_datasets");
  expect(await get(ada, "assistants.import", { document: document([known]) })).toMatchObject({ outcome: "unchanged" });

  const another = document([{ dataset: "ada:orders", mode: "sample" }]);
  expect(await get(ada, "assistants.import", { document: another })).toMatchObject({
    outcome: "updated",
    changes: { knowledge: [{ change: "changed", name: "Orders" }] },
  });
  expect(await imported(behind)).toEqual([["sample", null, 100, "asker"]]);
  expect(await world.rows("select id from assistant_datasets")).toEqual(ids);

  await world.shareDataset(people, ada, { level: 1, visibleFields: ["team"] });
  await get(ada, "assistants.import", { document: document([{ dataset: "dina:people", filter: { team: "south" } }]) });
  expect(await imported(behind)).toEqual([["subset", '{"team":"south"}', null, "asker"]]);
});

throughEveryDoor("an import says where what it knows does not fit", async ({ world, refuses }) => {
  const { ada, ben } = await knowing(world);
  const orders = { dataset: "ada:orders" };
  const misfits: (readonly [object[], string])[] = [
    [[{ ...orders, mode: "full", filter: { total: 1 } }], "document.knowledge.0.filter"],
    [[{ ...orders, sampleSize: 5 }], "document.knowledge.0.sampleSize"],
    [[orders, orders], "document.knowledge.1.dataset"],
    [[{ ...orders, filter: { nothing: 1 } }], "document.knowledge.0.filter.nothing"],
    [[{ ...orders, filter: { $some: 1 } }], "document.knowledge.0.filter.$some"],
    [[{ ...orders, access: "all" }], "document.knowledge.0.access"],
    [[orders, { dataset: "dina:people" }], "document.knowledge.1.dataset"],
    [[{ dataset: nobody }], "document.knowledge.0.dataset"],
    [Array.from({ length: 51 }, (_, index) => ({ dataset: `ada:d${index}` })), "document.knowledge"],
  ];
  for (const [knowledge, at] of misfits)
    expect(await refuses("validation_failed", ada, "assistants.import", { document: document(knowledge) })).toEqual([
      at,
    ]);
  const hidden = { document: document([{ dataset: "dina:people", filter: { salary: 1 } }]), ownerId: "ben" };
  expect(await refuses("validation_failed", ben, "assistants.import", hidden)).toEqual([
    "document.knowledge.0.filter.salary",
  ]);
});

throughEveryDoor("an import brings along what is so already, or its importer's to say", async (behind) => {
  const { world, get, refuses } = behind;
  const { ada, ben, dina, sales } = await bringing(world);
  const crew = await world.team({ members: [[ada, "admin"]] });
  for (const whom of [ben, dina])
    await world.rows("insert into memberships values (?, ?, 'publisher', 1, 1, 1)", whom.id, crew.id);
  await get(ada, "owner.set", { id: sales.id, ownerId: crew.ref });
  const brought = { dataset: "dina:people", filter: { team: "north" }, access: "assistant" };
  const over = (knowledge: object) => document([knowledge], { naturalId: `${crew.name}:sales` });
  const wider = over({ ...brought, filter: { team: "south" } });
  const anew = document([brought], { naturalId: `${crew.name}:another` });
  for (const attempt of [wider, anew])
    expect(await refuses("forbidden", ben, "assistants.import", { document: attempt })).toEqual([
      "document.knowledge.0.access",
    ]);
  await get(ben, "assistants.import", { document: over(brought) });
  await get(ben, "assistants.import", { document: over({ ...brought, access: "asker" }) });
  expect(await knownIn(world, sales.id)).toEqual([["subset", '{"team":"north"}', null, "asker"]]);
  await refuses("forbidden", ben, "assistants.import", { document: over(brought) });
  await get(dina, "assistants.import", { document: wider });
  await get(dina, "assistants.import", { document: anew });
  expect(await imported(behind, "another")).toEqual([["subset", '{"team":"north"}', null, "assistant"]]);
  expect(await knownIn(world, sales.id)).toEqual([["subset", '{"team":"south"}', null, "assistant"]]);
});

throughEveryDoor(
  "skills and references of a document name datasets by natural ids",
  async ({ world, get, refuses }) => {
    const { ada, orders } = await knowing(world);
    const skill = (datasetId: string) => ({ type: "dataset-query", name: "Look up", datasetId });
    const reference = (targetId: string) => ({ targetType: "dataset", targetId });
    const whole = document([], { skills: [skill("ada:orders")], references: [reference("ada:orders")] });
    const { id } = await get(ada, "assistants.import", { document: whole });
    expect(await world.rows("select dataset_id from skills")).toEqual([[orders.id]]);
    expect(await world.rows("select target_id from assistant_references")).toEqual([[orders.id]]);
    const back = await get(ada, "assistants.export", { id });
    expect(back).toMatchObject({ skills: [{ datasetId: "ada:orders" }], references: [{ targetId: "ada:orders" }] });
    expect(await get(ada, "assistants.import", { document: back })).toMatchObject({ outcome: "unchanged" });
    for (const [more, at] of [
      [{ skills: [skill("dina:people")] }, "document.skills.0.datasetId"],
      [{ references: [reference("dina:people")] }, "document.references.0.targetId"],
      [{ references: [reference("ada:orders"), reference(orders.id)] }, "document.references.1.targetId"],
    ] as const)
      expect(await refuses("validation_failed", ada, "assistants.import", { document: document([], more) })).toEqual([
        at,
      ]);
  },
);

throughEveryDoor("a draft's changes call a dataset by its name where that may be known", async ({ world, get }) => {
  const { ada, dina, ben, sales, people, orders } = await bringing(world);
  const draft = await get(ada, "drafts.edit", { id: sales.id });
  await get(ada, "knowledge.create", { id: draft.id, datasetId: orders.id, access: "asker" });
  await get(ada, "knowledge.update", { id: draft.id, datasetId: people.id, access: "asker" });
  const { changes } = await get(ada, "drafts.diff", { id: sales.id });
  expect(changes).toMatchObject({
    changed: true,
    knowledge: [
      { change: "changed", name: "People", fields: [{ field: "access", before: "assistant", after: "asker" }] },
      { change: "added", name: "Orders" },
    ],
  });
  expect((await get(ben, "drafts.diff", { id: sales.id })).changes.knowledge).toMatchObject([
    { name: "People" },
    { name: orders.id },
  ]);
  await get(ada, "drafts.commit", { id: sales.id });
  const { items } = await get(dina, "revisions.list", { id: sales.id });
  const number = items[0].number;
  expect((await get(dina, "revisions.diff", { id: sales.id, number })).knowledge).toMatchObject([
    { name: "People" },
    { name: orders.id },
  ]);
  expect((await get(ada, "revisions.diff", { id: sales.id, number })).knowledge).toMatchObject([
    { name: people.id },
    { name: "Orders" },
  ]);
  expect((await get(ada, "revisions.get", { id: sales.id, number })).content.knowledge).toMatchObject([
    { datasetId: people.id, mode: "subset", filter: { team: "north" }, sampleSize: null, access: "asker" },
    { datasetId: orders.id, mode: "full", filter: null, access: "asker" },
  ]);
});
