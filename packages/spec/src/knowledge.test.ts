import { expect } from "vitest";
import { doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { bringing, knowing, nobody } from "./knowledge-world.ts";
import { specify } from "./specify.ts";

const ofPeople = [
  { name: "name", label: "Name", dataType: "string", position: 1 },
  { name: "team", label: "Team", dataType: "string", position: 2 },
  { name: "salary", label: "Salary", dataType: "number", position: 3 },
];

specify("knowledge.list", {
  arrange: bringing,
  as: ({ cleo }) => cleo,
  input: ({ sales }) => ({ id: sales.naturalId }),
  gives: ({ sales, people, brought }) => ({
    items: [
      {
        id: brought.id,
        assistantId: sales.id,
        datasetId: people.id,
        mode: "subset",
        filter: { team: "north" },
        sampleSize: null,
        access: "assistant",
        dataset: {
          id: people.id,
          naturalId: "dina:people",
          name: "People",
          description: "All of us",
          fields: ofPeople,
          filters: [{ team: "north" }],
        },
        permissions: { read: false, write: false, delete: false },
        version: 1,
      },
    ],
    total: 1,
    next: null,
  }),
  bad: [
    { input: { limit: 201 }, at: "limit" },
    { input: { cursor: "made-up" }, at: "cursor" },
  ],
  also: [
    {
      title: "pages in the order of making",
      arrange: (world, { sales, orders }) => world.knowledge(sales, orders),
      as: ({ ada }) => ada,
      input: ({ sales }) => ({ id: sales.id, start: 1, limit: 1 }),
      gives: ({ orders }) => ({
        items: [{ datasetId: orders.id, dataset: { name: "Orders", filters: [] }, permissions: { write: true } }],
        total: 2,
      }),
    },
  ],
});

specify("knowledge.get", {
  arrange: bringing,
  as: ({ cleo }) => cleo,
  input: ({ sales, people }) => ({ id: sales.id, datasetId: people.naturalId }),
  gives: { mode: "subset", access: "assistant", dataset: { name: "People", fields: ofPeople } },
  bad: [{ input: { datasetId: "x".repeat(201) }, at: "datasetId" }],
  also: [
    {
      title: "takes the dataset's UUID",
      input: ({ sales, people }) => ({ id: sales.id, datasetId: people.id.toUpperCase() }),
      gives: ({ people }) => ({ datasetId: people.id }),
    },
    {
      title: "shows with access asker what its reader sees of the dataset",
      arrange: (world) => world.rows("update assistant_datasets set access = 'asker'"),
      as: ({ ben }) => ben,
      gives: { filter: { team: "north" }, dataset: { fields: ofPeople.slice(0, 2), filters: [{ team: "north" }] } },
    },
    {
      title: "shows with access asker nothing to one who has no right to it",
      arrange: (world) => world.rows("update assistant_datasets set access = 'asker'"),
      input: ({ sales, people }) => ({ id: sales.id, datasetId: people.id }),
      gives: { mode: "subset", filter: null, dataset: null },
    },
    {
      title: "404 under a natural id that its reader may not know",
      arrange: (world) => world.rows("update assistant_datasets set access = 'asker'"),
      refuses: "not_found",
    },
    {
      title: "shows a reader no filter that speaks of what it does not see",
      arrange: (world) =>
        world.rows(`update assistant_datasets set access = 'asker', filter = '{"salary":{"$gt":150}}'`),
      as: ({ ben }) => ben,
      input: ({ sales, people }) => ({ id: sales.id, datasetId: people.id }),
      gives: { filter: { salary: { $gt: 150 } }, dataset: { fields: ofPeople.slice(0, 2) } },
      async after(world, { sales, people, ben, cleo }) {
        await world.rows("update shares set level = 1 where principal_id = ?", ben.id);
        await world.shareDataset(people, cleo, { level: 1 });
        for (const [as, filter] of [
          [ben, null],
          [cleo, { salary: { $gt: 150 } }],
        ] as const) {
          const answer = await doors.core(world, as, "knowledge.get", { id: sales.id, datasetId: people.id });
          expect(answer.ok && answer.value).toMatchObject({ filter, dataset: { filters: filter ? [filter] : [] } });
        }
      },
    },
    {
      title: "says nothing of the filter where instructions are hidden",
      arrange: (world) => world.rows("update assistants set instructions_hidden = 1"),
      gives: { filter: null, dataset: { filters: [], fields: ofPeople } },
    },
    {
      title: "says all to its writers where instructions are hidden",
      arrange: (world) => world.rows("update assistants set instructions_hidden = 1"),
      as: ({ ben }) => ben,
      gives: { filter: { team: "north" }, dataset: { filters: [{ team: "north" }] } },
    },
    {
      title: "finds what it knows of a dataset that is gone, by its UUID",
      arrange: (world, { people }) => world.rows("delete from datasets where id = ?", people.id),
      input: ({ sales, people }) => ({ id: sales.id, datasetId: people.id }),
      gives: ({ people }) => ({ datasetId: people.id, access: "assistant", dataset: null }),
    },
    {
      title: "404 for a dataset that it does not know",
      input: ({ sales, orders }) => ({ id: sales.id, datasetId: orders.id }),
      refuses: "not_found",
    },
  ],
});

specify("knowledge.create", {
  arrange: knowing,
  as: ({ ada }) => ada,
  input: ({ sales }) => ({ id: sales.naturalId, datasetId: "ada:orders" }),
  status: 201,
  gives: ({ sales, orders }) => ({
    assistantId: sales.id,
    datasetId: orders.id,
    mode: "full",
    filter: null,
    sampleSize: null,
    access: "assistant",
    dataset: {
      naturalId: "ada:orders",
      fields: [{ name: "total", label: "total", dataType: "number", position: 1 }],
    },
    permissions: { read: true, write: true, delete: true },
    version: 1,
  }),
  bad: [
    { input: { datasetId: "" }, at: "datasetId" },
    { input: { mode: "some" }, at: "mode" },
    { input: { mode: "full", filter: { total: 1 } }, at: "filter" },
    { input: { mode: "schema", filter: { total: 1 } }, at: "filter" },
    { input: { mode: "subset" }, at: "filter" },
    { input: { filter: { nothing: 1 } }, at: "filter.nothing" },
    { input: { filter: { total: "many" } }, at: "filter.total" },
    { input: { filter: { $some: 1 } }, at: "filter.$some" },
    { input: { sampleSize: 10 }, at: "sampleSize" },
    { input: { mode: "sample", sampleSize: 0 }, at: "sampleSize" },
    { input: { mode: "sample", sampleSize: 10_001 }, at: "sampleSize" },
    { input: { access: "everybody" }, at: "access" },
  ],
  async after(world, { sales, orders }) {
    expect(await world.rows("select version from assistants where id = ?", sales.id)).toEqual([[2]]);
    expect(await world.rows("select number, content ->> '$.knowledge[0].datasetId' from revisions")).toEqual([
      [2, orders.id],
    ]);
    expect(await world.rows("select details from audit")).toEqual([
      [JSON.stringify({ datasetId: orders.id, mode: "full", access: "assistant" })],
    ]);
  },
  also: [
    {
      title: "is a subset where a filter is given",
      input: ({ sales, orders }) => ({ id: sales.id, datasetId: orders.id, filter: { total: { $gt: 5 } } }),
      gives: { mode: "subset", filter: { total: { $gt: 5 } }, dataset: { filters: [{ total: { $gt: 5 } }] } },
    },
    {
      title: "is a sample of 100 unless said, also of what matches a filter",
      input: ({ sales, orders }) => ({ id: sales.id, datasetId: orders.id, mode: "sample", filter: { total: 1 } }),
      gives: { mode: "sample", sampleSize: 100, filter: { total: 1 } },
    },
    {
      title: "lets each reach what it may itself, for one who only reads the dataset",
      as: ({ ben }) => ben,
      input: ({ sales, people }) => ({ id: sales.id, datasetId: people.id, filter: { team: "north" } }),
      gives: { access: "asker", mode: "subset", dataset: { fields: ofPeople.slice(0, 2) } },
    },
    {
      title: "403 for one who only reads the dataset and would bring it along",
      as: ({ ben }) => ben,
      input: ({ sales, people }) => ({ id: sales.id, datasetId: people.id, access: "assistant" }),
      refuses: "forbidden",
    },
    {
      title: "403 for one who writes the dataset and would bring it along",
      arrange: (world) => world.rows("update dataset_shares set level = 2, filter = null, visible_fields = null"),
      as: ({ ben }) => ben,
      input: ({ sales, people }) => ({ id: sales.id, datasetId: people.id, access: "assistant" }),
      refuses: "forbidden",
    },
    {
      title: "brings it along for one who has level 3 by a share",
      arrange: (world) => world.rows("update dataset_shares set level = 3, filter = null, visible_fields = null"),
      as: ({ ben }) => ben,
      input: ({ sales, people }) => ({ id: sales.id, datasetId: people.id }),
      gives: { access: "assistant" },
    },
    {
      title: "knows no field that its writer does not see",
      as: ({ ben }) => ben,
      input: ({ sales, people }) => ({ id: sales.id, datasetId: people.id, filter: { salary: { $gt: 1 } } }),
      refuses: "validation_failed",
    },
    {
      title: "409 for one that it knows already, in whichever spelling",
      arrange: (world, { sales, orders }) => world.knowledge(sales, orders),
      input: ({ sales, orders }) => ({ id: sales.id, datasetId: orders.id }),
      refuses: "conflict",
    },
  ],
});

throughEveryDoor("the dataset is linked for those who may follow", async ({ world, doorName, ask }) => {
  if (doorName !== "rest") return;
  const { ben, cleo, sales, people } = await bringing(world);
  const bound = await world.token(ben, { assistant: sales });
  for (const [as, href] of [
    [ben, `/api/datasets/${people.id}`],
    [cleo, undefined],
    [bound, undefined],
  ] as const) {
    const { body } = await ask(as, "knowledge.get", { id: sales.id, datasetId: people.id });
    const { _links: links } = body as { _links: Readonly<Record<string, { readonly href: string }>> };
    expect(links["inf:dataset"]?.href).toBe(href);
    expect(links.self?.href).toBe(`/api/assistants/${sales.id}/datasets/${people.id}`);
  }
});

throughEveryDoor("a dataset that one may not read answers as one that is not there", async ({ world, ask }) => {
  const { ada, sales, people } = await knowing(world);
  const hidden = "dina:nothing-here";
  const answers = [];
  for (const datasetId of [people.id, nobody, people.naturalId, hidden, "no reference"])
    answers.push(await ask(ada, "knowledge.create", { id: sales.id, datasetId }));
  for (const answer of answers) {
    expect(answer).toMatchObject({ ok: false, code: "not_found" });
    expect(answer.body).toEqual(answers[0]?.body);
    expect([...answer.headers]).toEqual([...(answers[0]?.headers ?? [])]);
  }
});

throughEveryDoor("an assistant knows at most 50 datasets", async ({ world, get, refuses }) => {
  const { ada, sales, orders } = await knowing(world);
  for (let count = 0; count < 49; count++) await world.knowledge(sales, { id: `gone-${count}` });
  await get(ada, "knowledge.create", { id: sales.id, datasetId: orders.id });
  const another = await world.dataset({ owner: ada, name: "Another" });
  await refuses("conflict", ada, "knowledge.create", { id: sales.id, datasetId: another.id });
});

throughEveryDoor("a token that is bound to an assistant adds no dataset to it", async ({ world, get, refuses }) => {
  const { ada, sales, orders } = await knowing(world);
  const bound = await world.token(ada, { assistant: sales });
  await refuses("not_found", bound, "knowledge.create", { id: sales.id, datasetId: orders.id });
  await get(ada, "knowledge.create", { id: sales.id, datasetId: orders.id });
  await refuses("forbidden", bound, "knowledge.update", { id: sales.id, datasetId: orders.id, mode: "schema" });
  await get(bound, "knowledge.update", { id: sales.id, datasetId: orders.id, access: "asker" });
});

specify("knowledge.update", {
  arrange: bringing,
  as: ({ dina }) => dina,
  input: ({ sales, people }) => ({ id: sales.id, datasetId: people.id, filter: { salary: { $lt: 150 } } }),
  gives: { mode: "subset", filter: { salary: { $lt: 150 } }, access: "assistant", version: 2 },
  bad: [
    { input: { mode: "full", filter: undefined }, at: "filter" },
    { input: { filter: null }, at: "filter" },
    { input: { mode: "sample", sampleSize: 20_000 }, at: "sampleSize" },
    { input: { sampleSize: 5 }, at: "sampleSize" },
    { input: { filter: { nothing: 1 } }, at: "filter.nothing" },
    { input: { access: null }, at: "access" },
  ],
  async after(world, { sales }) {
    expect(await world.rows("select version from assistants where id = ?", sales.id)).toEqual([[2]]);
    expect(await world.rows("select count(*) from revisions")).toEqual([[1]]);
  },
  also: [
    {
      title: "makes it full where the filter goes too, and a sample whose size then goes with its mode",
      input: ({ sales, people }) => ({ id: sales.id, datasetId: people.id, mode: "full", filter: null }),
      gives: { mode: "full", filter: null, sampleSize: null },
    },
    {
      title: "404 for a dataset that it does not know",
      input: ({ sales, orders }) => ({ id: sales.id, datasetId: orders.id, access: "asker" }),
      refuses: "not_found",
    },
    {
      title: "412 for another version than its own",
      input: ({ sales, people }) => ({ id: sales.id, datasetId: people.id, access: "asker", expectedVersion: 2 }),
      refuses: "version_mismatch",
    },
    {
      title: "takes its own version",
      input: ({ sales, people }) => ({ id: sales.id, datasetId: people.id, access: "asker", expectedVersion: 1 }),
      gives: { access: "asker", version: 2 },
    },
  ],
});

specify("knowledge.delete", {
  arrange: bringing,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id, datasetId: "dina:people" }),
  async after(world, { sales, people }) {
    expect(await world.rows("select count(*) from assistant_datasets")).toEqual([[0]]);
    expect(await world.rows("select version from assistants where id = ?", sales.id)).toEqual([[2]]);
    expect(await world.rows("select details from audit")).toEqual([
      [JSON.stringify({ datasetId: people.id, mode: "subset", access: "assistant" })],
    ]);
  },
  also: [
    {
      title: "404 for one that it does not know",
      input: ({ sales, orders }) => ({ id: sales.id, datasetId: orders.id }),
      refuses: "not_found",
    },
    {
      title: "412 for another version than its own",
      input: ({ sales, people }) => ({ id: sales.id, datasetId: people.id, expectedVersion: 2 }),
      refuses: "version_mismatch",
    },
  ],
});
