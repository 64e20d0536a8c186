import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { dataOf, prices, stored } from "./loads-world.ts";
import { specify } from "./specify.ts";

const fig = { fruit: "fig", price: 3 };

specify("records.add", {
  arrange: prices,
  as: ({ ben }) => ben,
  input: ({ dataset }) => ({ id: dataset.id, records: [fig, { fruit: null }] }),
  gives: { added: 2, rows: 4, version: 2 },
  below: async (_, { cleo }) => cleo,
  async after(world, { dataset }) {
    const added = [
      ["fig", 3],
      [null, null],
    ];
    expect((await dataOf(world, dataset)).slice(2)).toEqual(added);
    await world.settle();
    expect(await stored(world)).toEqual({ records: 4, loads: 1, words: 3 });
  },
  bad: [
    { input: { records: [] }, at: "records" },
    { input: { records: [{ fruit: ["fig"] }] }, at: "records.0.fruit" },
    { input: { records: [fig, fig, { price: "much" }] }, at: "records.2.price" },
    { input: { records: [fig, { colour: "red" }, { price: true }] }, at: ["records.1.colour", "records.2.price"] },
  ],
});

throughEveryDoor("a dataset without data gets its fields from the records that are added", async ({ world, get }) => {
  const ada = await world.user();
  const dataset = await world.dataset({ owner: ada });
  const records = [
    { price: 3, day: "2026-01-02", code: null },
    { price: 4.5, day: "2026-01-03", code: 7 },
    { price: null, day: null, code: "B" },
  ];
  expect(await get(ada, "records.add", { id: dataset.id, records })).toEqual({ added: 3, rows: 3, version: 2 });
  const [[fields]] = (await world.rows("select fields from dataset_loads")) as [[string]];
  expect(JSON.parse(fields).map(({ name, dataType }: { name: string; dataType: string }) => [name, dataType])).toEqual([
    ["price", "number"],
    ["day", "date"],
    ["code", "string"],
  ]);
  expect(await world.rows("select s1, s2, s3 from records")).toEqual([
    [3, Date.parse("2026-01-02"), null],
    [4.5, Date.parse("2026-01-03"), "7"],
    [null, null, "B"],
  ]);
});

throughEveryDoor("what lies beyond the columns is added and found too", async ({ world, get }) => {
  const ada = await world.user();
  const dataset = await world.dataset({ owner: ada });
  const record = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index + 1}`, `word${index + 1}`]));
  await get(ada, "records.add", { id: dataset.id, records: [record] });
  await get(ada, "records.add", { id: dataset.id, records: [{ f30: "late" }] });
  expect(await world.rows(`select s24, more ->> '$."30"' from records order by id`)).toEqual([
    ["word24", "word30"],
    [null, "late"],
  ]);
  await world.settle();
  const term = "(select printf('%09d%04d', number, 30) from dataset_loads) || 'late'";
  expect(await world.rows(`select count(*) from record_search where record_search match ${term}`)).toEqual([[1]]);
});

throughEveryDoor("no more are added than the settings allow", async ({ world, get, refuses }) => {
  const { ben, dataset } = await prices(world);
  await world.rows("update settings set dataset_rows = 3");
  await refuses("too_large", ben, "records.add", { id: dataset.id, records: [fig, fig] });
  expect(await get(ben, "records.add", { id: dataset.id, records: [fig] })).toMatchObject({ rows: 3 });
});

throughEveryDoor("who appended and has let its time run out writes over nothing", async ({ world, get }) => {
  const { ben, dataset } = await prices(world);
  await world.rows("update dataset_loads set loading_until = 1");
  await world.rows(
    `insert into uploads (id, user_id, dataset_id, load_number, status, expires_at, created_at, updated_at)
      values ('late', ?, ?, ?, 'loading', 9e15, 1, 1)`,
    ben.id,
    dataset.id,
    dataset.load,
  );
  await get(ben, "records.add", { id: dataset.id, records: [fig] });
  expect(await world.rows("select status, error from uploads")).toEqual([["failed", "It took too long to get on"]]);
});

specify("records.replace", {
  arrange: prices,
  as: ({ ben }) => ben,
  input: ({ dataset }) => ({ id: dataset.id, records: [fig] }),
  gives: { added: 1, rows: 1, version: 2 },
  below: async (_, { cleo }) => cleo,
  async after(world, { dataset }) {
    expect(await dataOf(world, dataset)).toEqual([["fig", 3]]);
    await world.settle();
    expect(await stored(world)).toEqual({ records: 1, loads: 1, words: 1 });
  },
  bad: [{ input: { records: [] }, at: "records" }],
  also: [
    {
      title: "other fields, too",
      input: ({ dataset }) => ({ id: dataset.id, records: [{ yes: true }] }),
      after: async (world, { dataset }) => expect(await dataOf(world, dataset)).toEqual([[1, null]]),
    },
  ],
});

specify("records.delete", {
  arrange: prices,
  as: ({ ben }) => ben,
  input: ({ dataset }) => ({ id: dataset.id }),
  below: async (_, { cleo }) => cleo,
  async after(world, { dataset }) {
    expect(await dataOf(world, dataset)).toEqual([]);
    expect(await world.rows("select version from datasets")).toEqual([[2]]);
    await world.settle();
    expect(await stored(world)).toEqual({ records: 0, loads: 1, words: 0 });
    expect((await world.rows("select fields from dataset_loads"))[0]?.[0]).toContain('"price"');
  },
  also: [
    {
      title: "where there are none",
      arrange: async (world) => {
        await world.rows("update datasets set load_number = null");
        await world.rows("delete from dataset_loads");
      },
      after: async (world) => expect(await world.rows("select load_number from datasets")).toEqual([[null]]),
    },
  ],
});
