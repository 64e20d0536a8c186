import { type Caller, execute, type Services } from "@steward/core";
import { expect, test } from "vitest";
import type { Presented } from "./arrange.ts";
import { callerFor } from "./doors.ts";
import { type OperationName, operationNamed } from "./operations.ts";
import { type Ordered, ordered, orderFields } from "./records-world.ts";
import { openWorld, type World } from "./world.ts";

/** The same services, where something happens before each trip but the first: between what was seen and what is done. */
function interrupted(
  world: World,
  happens: (trip: number) => Promise<unknown>,
): { services: Services; trips(): number } {
  let trips = 0;
  const { executor } = world.services;
  const late: Services["executor"] = {
    async batch(statements, mode) {
      trips++;
      if (trips > 1) await happens(trips);
      return executor.batch(statements, mode);
    },
  };
  return { services: { ...world.services, executor: late, scans: late }, trips: () => trips };
}

interface Asked {
  readonly as: Presented;
  readonly name: OperationName;
  readonly input: object;
}

async function askWhile(world: World, { as, name, input }: Asked, happens: (trip: number) => Promise<unknown>) {
  const { services, trips } = interrupted(world, happens);
  const caller: Caller = callerFor(world, as);
  const answer = await execute(services, caller, name, operationNamed(name), input).catch(({ code }) => ({ code }));
  return { answer: JSON.parse(JSON.stringify(answer)), trips: trips() };
}

const once = (work: () => Promise<unknown>) => (trip: number) => (trip === 2 ? work() : Promise.resolve());

/** Each way to the records of the orders, by the rights that Ben has of his own. */
async function ways(world: World, things: Ordered) {
  const { ada, ben, dataset } = things;
  const assistant = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(assistant, ben, 1);
  await world.knowledge(assistant, dataset, { access: "asker" });
  const { id: skillId } = await world.skill(assistant, {
    type: "dataset-query",
    name: "Query",
    data: { maxRows: 9, allowGrouping: true },
  });
  const id = dataset.id;
  const direct: Asked[] = [
    { as: ben, name: "records.list", input: { id, total: "exact" } },
    { as: ben, name: "records.list", input: { id, q: "blue" } },
    { as: ben, name: "records.list", input: { id, sort: "-note" } },
    { as: ben, name: "records.query", input: { id } },
    { as: ben, name: "records.query", input: { id, aggregates: [{ function: "max", field: "note", as: "most" }] } },
    { as: ben, name: "datasets.fields", input: { id } },
  ];
  const asked: Asked[] = [
    { as: ben, name: "skills.run", input: { id: assistant.id, skillId, input: { dataset: "Orders" } } },
    { as: ben, name: "skills.driver", input: { id: assistant.id, skillId } },
  ];
  return { direct, asked, assistant };
}

const words = /blue|lamp|violetto|Paris|Oslo|vian/i;

test("a share that ends between two trips shows nothing", async () => {
  const world = await openWorld();
  const { direct, asked } = await ways(world, await ordered(world));
  const share = await world.rows("select * from dataset_shares");
  for (const each of [...direct, ...asked]) {
    const before = await askWhile(world, each, async () => undefined);
    expect(before.trips, each.name).toBe(2);
    expect(JSON.stringify(before.answer), each.name).toMatch(words);
    const { answer } = await askWhile(
      world,
      each,
      once(() => world.rows("delete from dataset_shares")),
    );
    expect(JSON.stringify(answer), each.name).not.toMatch(words);
    if (direct.includes(each)) expect(answer).toEqual({ code: "not_found" });
    for (const row of share)
      await world.rows(`insert into dataset_shares values (${row.map(() => "?").join(", ")})`, ...row);
  }
});

test("a share that is narrowed between two trips shows what is left", async () => {
  const world = await openWorld();
  const { direct, asked } = await ways(world, await ordered(world));
  const narrow = `update dataset_shares set filter = '{"city":"Berlin"}', visible_fields = '["city","price"]'`;
  for (const each of [...direct, ...asked]) {
    const { answer } = await askWhile(
      world,
      each,
      once(() => world.rows(narrow)),
    );
    expect(JSON.stringify(answer), each.name).not.toMatch(words);
    await world.rows("update dataset_shares set filter = null, visible_fields = null");
  }
  const [list] = direct;
  if (!list) throw new Error("There is no list");
  const { answer, trips } = await askWhile(
    world,
    list,
    once(() => world.rows(narrow)),
  );
  expect({ total: answer.total, items: answer.items, trips }).toEqual({
    total: 2,
    items: [
      { city: "Berlin", price: 10 },
      { city: "Berlin", price: 5 },
    ],
    trips: 3,
  });
});

test.each([
  ["ends", "delete from assistant_datasets"],
  ["becomes one of fields alone", "update assistant_datasets set mode = 'schema'"],
  ["becomes one of other records", `update assistant_datasets set mode = 'subset', filter = '{"note":null}'`],
  ["is its asker's who has no right", "update assistant_datasets set access = 'asker'"],
  ["is of an assistant that is switched off", "update assistants set enabled = 0"],
  ["is of a skill that is switched off", "update skills set enabled = 0"],
])("what an assistant brings along, and %s between two trips, shows nothing any more", async (_, sql) => {
  const world = await openWorld();
  const things = await ordered(world);
  const { assistant, asked } = await ways(world, things);
  await world.share(assistant, things.eve, 1);
  await world.rows("update assistant_datasets set access = 'assistant'");
  const [run] = asked;
  if (!run) throw new Error("There is no run");
  const byEve = { ...run, as: things.eve };
  expect(JSON.stringify(await askWhile(world, byEve, async () => undefined))).toMatch(words);
  const { answer } = await askWhile(
    world,
    byEve,
    once(() => world.rows(sql)),
  );
  expect(JSON.stringify(answer)).not.toMatch(words);
});

test("data that is replaced between two trips is read as what it is, not as what it was", async () => {
  const world = await openWorld();
  const things = await ordered(world);
  const { direct } = await ways(world, things);
  const other = await world.dataset({
    owner: things.ada,
    name: "Other",
    fields: orderFields.toReversed(),
    records: [{ city: "Rome", note: "red", price: 1, paid: true }],
  });
  const [list, , , query] = direct;
  for (const each of [list, query]) {
    if (!each) throw new Error("There is no such way");
    await world.rows("update datasets set load_number = ? where id = ?", things.dataset.load, things.dataset.id);
    const replace = () => world.rows("update datasets set load_number = ? where id = ?", other.load, things.dataset.id);
    const { answer, trips } = await askWhile(world, each, once(replace));
    expect(trips).toBe(3);
    expect(answer.items ?? answer.rows).toEqual([{ paid: true, ordered: null, price: 1, note: "red", city: "Rome" }]);
  }
});

test("rights that change with every trip are a conflict, and show nothing", async () => {
  const world = await openWorld();
  const { direct } = await ways(world, await ordered(world));
  const change = (trip: number) => world.rows("update dataset_shares set filter = ?", JSON.stringify({ price: trip }));
  for (const each of direct) {
    const { answer, trips } = await askWhile(world, each, change);
    expect(answer, each.name).toEqual({ code: "conflict" });
    expect(trips).toBe(4);
  }
});
