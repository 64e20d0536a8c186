import { expect, test } from "vitest";
import { doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import type { OperationName } from "./operations.ts";
import { ordered } from "./records-world.ts";
import { openWorld, type World } from "./world.ts";

/** A field that Cleo does not see, and one of as many letters that there is not. */
const hidden = "note";
const absent = "nope";

const questions = (field: string): readonly (readonly [OperationName, object])[] => [
  ["records.list", { filter: { [field]: "x" } }],
  ["records.list", { filter: { $or: [{ city: "x" }, { $not: { [field]: { $gt: 1 } } }] } }],
  ["records.list", { filter: { [field]: { $nope: 1 } } }],
  ["records.list", { sort: field }],
  ["records.list", { sort: `city,-${field}` }],
  ["records.list", { q: "blue", sort: `-${field}` }],
  ["records.query", { select: [field] }],
  ["records.query", { select: ["city", field] }],
  ["records.query", { filter: { [field]: null } }],
  ["records.query", { groupBy: [field] }],
  ["records.query", { groupBy: ["city"], sort: [field] }],
  ["records.query", { sort: [`-${field}`] }],
  ["records.query", { aggregates: [{ function: "count", field, as: "n" }] }],
  ["records.query", { aggregates: [{ function: "sum", field, as: "n" }] }],
  ["records.query", { groupBy: ["city"], aggregates: [{ function: "max", field, as: "n" }] }],
];

/** What went to the database: how often, and which statements. */
const shapeOf = (world: World) =>
  world.trips.splice(0).map(({ mode, statements }) => [mode, statements.map(({ sql }) => sql)]);

throughEveryDoor("a hidden field answers as one that there is not, to the byte", async ({ world, ask }) => {
  const { cleo, dataset } = await ordered(world);
  const answers = async (field: string) => {
    const told: unknown[] = [];
    for (const [name, question] of questions(field)) {
      world.trips.length = 0;
      const { ok, status, headers, body } = await ask(cleo, name, { id: dataset.id, ...question });
      expect(ok, `${name} ${JSON.stringify(question)}`).toBe(false);
      told.push({
        status,
        body: String(body).replaceAll(absent, hidden),
        type: headers.get("content-type"),
        shape: shapeOf(world),
      });
    }
    return told;
  };
  expect(await answers(absent)).toEqual(await answers(hidden));
});

throughEveryDoor("and so it does through an assistant", async ({ world, get }) => {
  const { ada, cleo, dataset } = await ordered(world);
  const assistant = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(assistant, cleo, 1);
  await world.knowledge(assistant, dataset, { access: "asker" });
  const { id: skillId } = await world.skill(assistant, {
    type: "dataset-query",
    data: { maxRows: 9, allowGrouping: true },
  });
  const answers = async (field: string) => {
    const told: unknown[] = [];
    for (const [name, question] of questions(field)) {
      if (name !== "records.query") continue;
      world.trips.length = 0;
      const input = { dataset: "Orders", ...question };
      const answer = await get(cleo, "skills.run", { id: assistant.id, skillId, input });
      expect(answer.failed).toBe(true);
      told.push({ text: JSON.stringify(answer).replaceAll(absent, hidden), shape: shapeOf(world) });
    }
    return told;
  };
  expect(await answers(absent)).toEqual(await answers(hidden));
});

throughEveryDoor("what is hidden orders, counts and finds nothing", async ({ world, get }) => {
  const { ada, cleo, dataset } = await ordered(world);
  const asked = { id: dataset.id, q: "berlin", total: "exact" } as const;
  const before = await get(cleo, "records.list", asked);
  // Whatever stands in the records and the fields that Cleo does not see, she is answered the same.
  await world.rows("update records set s2 = 'berlin berlin', s4 = id where s1 = 'Berlin'");
  await world.rows("update records set s3 = -1, s5 = 0 where s1 <> 'Berlin'");
  expect(await get(cleo, "records.list", asked)).toEqual(before);
  expect((await get(ada, "records.list", { ...asked, sort: "price" })).items[0].note).toBe("berlin berlin");
});

test("the order in which records were loaded reads a range of them, and nothing is sorted", async () => {
  const world = await openWorld();
  const { ada, ben, cleo, dataset } = await ordered(world);
  const plansOf = async (who: typeof ada, input: object) => {
    world.trips.length = 0;
    const answer = await doors.core(world, who, "records.list", { id: dataset.id, ...input });
    if (!answer.ok) throw new Error(answer.code);
    const asked = world.trips.flatMap(({ statements }) => statements).filter(({ sql }) => sql.includes("records r"));
    const plans: string[] = [];
    for (const { sql, args } of asked) {
      const rows = (await world.run([{ sql: `explain query plan ${sql}`, args }]))[0] ?? [];
      plans.push(rows.map((row) => String(row[3])).join("\n"));
    }
    return { plan: plans.join("\n"), answer: answer.value as { next: string } };
  };
  const first = await plansOf(ben, { limit: 2 });
  const next = await plansOf(ben, { limit: 2, cursor: first.answer.next });
  const narrowed = await plansOf(cleo, { limit: 1 });
  for (const { plan } of [first, next, narrowed]) {
    expect(plan).toMatch(/SEARCH r USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)/);
    expect(plan).not.toMatch(/SCAN r\b|TEMP B-TREE/);
  }
  const found = await plansOf(ben, { limit: 2, q: "blue" });
  expect(found.plan).toMatch(/SCAN f VIRTUAL TABLE INDEX/);
  expect(found.plan).not.toMatch(/SCAN r\b|TEMP B-TREE/);
});
