import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { ordered, orders } from "./records-world.ts";
import { letters } from "./skills-world.ts";
import { specify } from "./specify.ts";

const cities = (...names: string[]) => ({ items: names.map((city) => ({ city })), total: names.length });

specify("records.list", {
  arrange: ordered,
  as: ({ ben }) => ben,
  input: ({ dataset }) => ({ id: dataset.id }),
  gives: {
    items: [
      { city: "Berlin", note: "blue chairs", price: 10, ordered: "2024-01-01T00:00:00.000Z", paid: true },
      { city: "Paris", note: "Bluebird lamp", price: 20.5, paid: false },
      { city: "Berlin", note: null },
      { city: "Évian", price: null, ordered: null, paid: null },
      { city: "Oslo" },
    ],
    start: 0,
    count: 5,
    total: 5,
    totalIsExact: true,
    next: null,
  },
  bad: [
    { input: { limit: 0 }, at: "limit" },
    { input: { limit: 201 }, at: "limit" },
    { input: { cursor: "x" }, at: "cursor" },
    { input: { q: "" }, at: "q" },
    { input: { q: letters(201) }, at: "q" },
    { input: { q: "a ".repeat(21) }, at: "q" },
    { input: { sort: "nope" }, at: "sort.0" },
    { input: { sort: "city,-nope" }, at: "sort.1" },
    { input: { sort: "[" }, at: "sort" },
    { input: { sort: "a,b,c,d,e,f" }, at: "sort" },
    { input: { filter: "{" }, at: "filter" },
    { input: { filter: '{"city":"\\u0000"}' }, at: "filter" },
    { input: { filter: { nope: 1 } }, at: "filter.nope" },
    { input: { filter: { price: "1" } }, at: "filter.price" },
  ],
  also: [
    {
      title: "shows what a share shows",
      as: ({ cleo }) => cleo,
      gives: {
        items: [
          { city: "Berlin", price: 10, paid: true },
          { city: "Berlin", price: 5, paid: true },
        ],
        total: 2,
      },
      after: async (_, __, value) => {
        for (const item of (value as { items: object[] }).items)
          expect(Object.keys(item)).toEqual(["city", "price", "paid"]);
      },
    },
    {
      title: "shows what a team's share shows",
      as: ({ dan }) => dan,
      gives: cities(...orders.map(({ city }) => String(city))),
    },
    { title: "404 for nobody", as: ({ eve }) => eve, refuses: "not_found" },
    {
      title: "takes filter, sort and page",
      input: ({ dataset }) => ({
        id: dataset.naturalId,
        filter: { price: { $gte: 5 } },
        sort: ["-city", "price"],
        limit: 2,
        start: 1,
      }),
      gives: { items: [{ city: "Oslo" }, { city: "Berlin", price: 5 }], start: 1, count: 2, total: 4 },
    },
    {
      title: "takes a filter and an order as an address has them",
      input: ({ dataset }) => ({ id: dataset.id, filter: '{"paid":false}', sort: "-price,city" }),
      gives: cities("Oslo", "Paris"),
    },
    {
      title: "finds words, whatever their accents and capitals",
      input: ({ dataset }) => ({ id: dataset.id, q: "BLUE evian" }),
      gives: cities("Évian"),
    },
    {
      title: "finds the beginning of the last word, from two letters on",
      input: ({ dataset }) => ({ id: dataset.id, q: "bl" }),
      gives: cities("Berlin", "Paris", "Évian"),
    },
    { title: "and of no shorter one", input: ({ dataset }) => ({ id: dataset.id, q: "b" }), gives: cities() },
    {
      title: "and of no other word",
      input: ({ dataset }) => ({ id: dataset.id, q: "bluebi lamp" }),
      gives: cities(),
    },
    { title: "finds nothing without a word", input: ({ dataset }) => ({ id: dataset.id, q: "!?" }), gives: cities() },
    {
      title: "finds words in an order of one's own, with a filter",
      input: ({ dataset }) => ({ id: dataset.id, q: "blue", sort: "-city", filter: { price: { $exists: true } } }),
      gives: cities("Paris", "Berlin"),
    },
    {
      title: "finds no word of a field or a record that is not seen",
      as: ({ cleo }) => cleo,
      input: ({ dataset }) => ({ id: dataset.id, q: "blue", total: "exact" }),
      gives: { ...cities(), totalIsExact: true },
    },
    {
      title: "finds the words that are seen",
      as: ({ cleo }) => cleo,
      input: ({ dataset }) => ({ id: dataset.id, q: "berl" }),
      gives: cities("Berlin", "Berlin"),
    },
    {
      title: "says how far the full text is",
      arrange: (world) => world.rows("update dataset_loads set indexed_position = 2"),
      input: ({ dataset }) => ({ id: dataset.id, q: "blue" }),
      refuses: "conflict",
      after: async (_, __, answer) => expect(String((answer as { body: unknown }).body)).toContain("40 % so far"),
    },
    {
      title: "shows nothing of a dataset without data",
      arrange: (world) => world.rows("update datasets set load_number = null"),
      input: ({ dataset }) => ({ id: dataset.id, q: "blue" }),
      gives: cities(),
    },
  ],
});

throughEveryDoor("records are paged in any order, each of them once", async ({ world, get, refuses }) => {
  const { ben, ada, dataset } = await ordered(world);
  const { id } = dataset;
  const asked = [
    {},
    { sort: "city" },
    { sort: "-price,-city" },
    { q: "blue" },
    { q: "blue", sort: "-note" },
    { filter: { paid: true } },
  ];
  for (const one of asked) {
    const whole = await get(ben, "records.list", { id, ...one });
    const items: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await get(ben, "records.list", { id, ...one, limit: 1, ...(cursor && { cursor }) });
      expect(page).toMatchObject({ start: items.length, count: 1, total: whole.total });
      items.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(items).toEqual(whole.items);
  }
  const { next } = await get(ben, "records.list", { id, limit: 1 });
  expect((await get(ada, "records.list", { id, limit: 1, cursor: next })).items).toMatchObject([{ city: "Paris" }]);
  expect(await refuses("validation_failed", ben, "records.list", { id, cursor: next, sort: "city" })).toEqual([
    "cursor",
  ]);
  expect(await refuses("validation_failed", ben, "records.list", { id, cursor: next, q: "blue" })).toEqual(["cursor"]);
  expect(await refuses("validation_failed", ben, "records.list", { id, cursor: next, filter: {} })).toEqual(["cursor"]);
  await world.rows("update dataset_loads set number = number + 1");
  await world.rows("update datasets set load_number = load_number + 1");
  expect(await refuses("validation_failed", ben, "records.list", { id, cursor: next })).toEqual(["cursor"]);
});

throughEveryDoor("a cursor does not grow with the values that it sorts by", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  const fields = [{ name: "long", dataType: "string" }] as const;
  const records = ["a", "b", "c"].map((letter) => ({ long: letters(30_000) + letter }));
  const { id } = await world.dataset({ owner: ada, fields, records });
  const ends: string[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await get(ada, "records.list", { id, sort: "-long", limit: 1, ...(cursor && { cursor }) });
    ends.push(items[0].long.at(-1));
    expect(next?.length ?? 0).toBeLessThan(2000);
    cursor = next ?? undefined;
  } while (cursor);
  expect(ends).toEqual(["c", "b", "a"]);
});

throughEveryDoor("a page ends where it becomes too large, and leads on", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  const fields = [{ name: "long", dataType: "string" }] as const;
  const records = Array.from({ length: 7 }, (_, index) => ({ long: `${index}${letters(1_048_576)}` }));
  const { id } = await world.dataset({ owner: ada, fields, records, indexed: false });
  const first = await get(ada, "records.list", { id });
  expect(first).toMatchObject({ count: 4, total: 7, next: expect.any(String) });
  expect(await get(ada, "records.list", { id, cursor: first.next })).toMatchObject({ start: 4, count: 3, next: null });
  const asked = await get(ada, "records.query", { id });
  expect(asked).toMatchObject({ count: 4, truncated: true, note: expect.stringContaining("first 4 rows") });
});

throughEveryDoor("names fill a page too, where there is no value", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  const named = (index: number) => ({ name: `${"n".repeat(97)}${100 + index}`, dataType: "string" }) as const;
  const fields = Array.from({ length: 400 }, (_, index) => named(index));
  const records = Array.from({ length: 150 }, () => ({}));
  const { id } = await world.dataset({ owner: ada, fields, records, indexed: false });
  const first = await get(ada, "records.list", { id, limit: 150 });
  expect(first).toMatchObject({ count: 98, total: 150 });
  expect(await get(ada, "records.list", { id, limit: 150, cursor: first.next })).toMatchObject({
    start: 98,
    count: 52,
  });
  const asked = await get(ada, "records.query", { id, limit: 150 });
  expect(asked).toMatchObject({ count: 98, truncated: true, note: expect.stringContaining("first 98 rows") });
});

throughEveryDoor("no field takes the name under which REST has links", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  const { id } = await world.dataset({ owner: ada, name: "Links" });
  await get(ada, "records.replace", { id, records: [{ _links: "a", _embedded: 1, links: "b" }] });
  const { items } = await get(ada, "records.list", { id });
  expect(items).toEqual([{ __links: "a", __embedded: 1, links: "b" }]);
});

throughEveryDoor(
  "who is in many teams with shares of their own sees what any of them shows",
  async ({ world, ask, get }) => {
    const [ada, ben] = [await world.user({ name: "ada" }), await world.user({ name: "ben" })];
    const fields = Array.from({ length: 40 }, (_, index) => ({ name: `f${index}`, dataType: "string" }) as const);
    const records = Array.from({ length: 70 }, (_, row) =>
      Object.fromEntries(fields.map(({ name }) => [name, `row${row} ${name}`])),
    );
    const dataset = await world.dataset({ owner: ada, name: "Wide", fields, records });
    const { id } = dataset;
    const never = Array.from({ length: 70 }, (_, number) => ({ f38: `never ${number}` }));
    for (let index = 0; index < 60; index++) {
      const team = await world.team({ name: `t${index}`, members: [[ben, "member"]] });
      const visibleFields = [`f${index % 40}`, `f${(index + 30) % 40}`];
      await world.shareDataset(dataset, team, {
        level: 1,
        filter: { $or: [{ f39: `row${index} f39` }, ...never] },
        visibleFields,
      });
    }
    const { items, total } = await get(ben, "records.list", { id, limit: 200 });
    expect(total).toBe(60);
    const shown = (row: number) => items[row] && Object.entries(items[row]).filter(([, value]) => value !== null);
    expect(shown(5)).toEqual([
      ["f5", "row5 f5"],
      ["f35", "row5 f35"],
    ]);
    expect(shown(59)).toEqual([
      ["f9", "row59 f9"],
      ["f19", "row59 f19"],
    ]);
    expect((await get(ben, "records.list", { id, q: "row7 f37", sort: "-f37" })).items).toMatchObject([
      { f37: "row7 f37" },
    ]);
    expect((await get(ben, "records.list", { id, q: "row7 f38" })).total).toBe(0);
    // What the database would not take is refused, and says what helps.
    const long = { $or: Array.from({ length: 500 }, (_, index) => ({ f37: { $gt: String(index) } })) };
    expect(await ask(ben, "records.query", { id, filter: long })).toMatchObject({ ok: false, status: 400 });
    const refused = await ask(ben, "datasets.fields", { id, limit: 40 });
    expect(refused).toMatchObject({ ok: false, code: "conflict", body: expect.stringContaining("fewer fields") });
    expect((await get(ben, "datasets.fields", { id, limit: 5 })).total).toBe(40);
  },
);
