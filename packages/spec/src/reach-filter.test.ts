import { expect } from "vitest";
import type { Person } from "./arrange.ts";
import { throughEveryDoor } from "./every-door.ts";
import type { World } from "./world.ts";

const fields = [
  { name: "name", dataType: "string" },
  { name: "region", dataType: "string" },
  { name: "salary", dataType: "number" },
  { name: "secret", dataType: "string" },
] as const;
const records = [
  { name: "Nia", region: "north", salary: 100, secret: "a" },
  { name: "Sam", region: "south", salary: 200, secret: "b" },
  { name: "Sue", region: "south", salary: 300, secret: "c" },
];

/** Eve sees names and regions, salaries in the north alone, and has an assistant of her own that queries. */
async function paid(world: World) {
  const [ada, eve] = [await world.user({ name: "ada" }), await world.user({ name: "eve" })];
  const crew = await world.team({ name: "crew", members: [[eve, "member"]] });
  const shares: Parameters<World["dataset"]>[0]["shares"] = [
    [eve, { level: 1, filter: { region: "north" }, visibleFields: ["name", "region", "salary"] }],
    [crew, { level: 1, visibleFields: ["name", "region"] }],
  ];
  const dataset = await world.dataset({ owner: ada, name: "Staff", fields, records, shares });
  const assistant = await world.assistant({ owner: eve, name: "Asks" });
  const data = { maxRows: 100, allowGrouping: true };
  const { id: skillId } = await world.skill(assistant, { type: "dataset-query", data });
  return { ada, eve, dataset, assistant, skillId };
}

type Filter = Record<string, unknown>;
const above = (salary: number): Filter => ({ salary: { $gt: salary } });

throughEveryDoor("two shares, asker filter on a partial field learns nothing", async ({ world, get }) => {
  const { eve, dataset, assistant, skillId } = await paid(world);
  const address = { id: assistant.id, datasetId: dataset.id };
  await get(eve, "knowledge.create", { ...address, access: "asker", filter: above(0) });
  const asking = async (filter: Filter) => {
    await get(eve, "knowledge.update", { ...address, filter });
    const run = await get(eve, "skills.run", { id: assistant.id, skillId, input: { dataset: "Staff" } });
    expect(run.failed).toBe(false);
    return run.content.rows.map(({ name }: { name: string }) => name);
  };
  for (const salary of [0, 50, 99]) expect(await asking(above(salary))).toEqual(["Nia"]);
  for (const salary of [100, 199, 299, 300]) expect(await asking(above(salary))).toEqual([]);
  expect(await asking({ salary: 200 })).toEqual([]);
  for (const salary of [150, 250]) expect(await asking({ $not: above(salary) })).toEqual(["Nia", "Sam", "Sue"]);
  expect(await asking({ region: "south" })).toEqual(["Sam", "Sue"]);
});

throughEveryDoor("a filter of what its asker does not see reaches nothing, and is said", async ({ world, get }) => {
  const { ada, eve, dataset, assistant, skillId } = await paid(world);
  await world.share(assistant, ada, 1);
  const asking = async (
    who: Person,
    mode: "subset" | "sample",
    filter: Filter,
    access: "asker" | "assistant" = "asker",
  ) => {
    await world.rows("delete from assistant_datasets");
    const size = mode === "sample" ? { sampleSize: 1 } : {};
    await world.knowledge(assistant, dataset, { mode, filter, access, ...size });
    const run = await get(who, "skills.run", { id: assistant.id, skillId, input: { dataset: "Staff" } });
    return run.failed ? run.content.error : run.content.rows.length;
  };
  const refused = expect.stringContaining("you do not see");
  // As one that was made before the share was narrowed.
  expect(await asking(eve, "subset", { secret: "b" })).toEqual(refused);
  expect(await asking(eve, "subset", { $or: [{ name: "Nia" }, { secret: "b" }] })).toEqual(refused);
  expect(await asking(ada, "subset", { secret: "b" })).toBe(1);
  expect(await asking(eve, "subset", { secret: "b" }, "assistant")).toBe(1);
  // Whether a record is drawn tells of all that match.
  expect(await asking(eve, "sample", { secret: "b" })).toEqual(refused);
  expect(await asking(eve, "sample", { $or: [{ name: "Nia" }, above(150)] })).toEqual(refused);
  expect(await asking(eve, "sample", { region: "south" })).toBe(1);
  expect(await asking(ada, "sample", above(150))).toBe(1);
  await world.rows("update dataset_shares set filter = ?, visible_fields = null", JSON.stringify({ region: "north" }));
  expect(await asking(eve, "sample", { $or: [{ name: "Nia" }, above(150)] })).toEqual(refused);
  expect(await asking(eve, "sample", above(150), "assistant")).toBe(1);
});
