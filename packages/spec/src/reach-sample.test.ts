import { expect } from "vitest";
import type { Made, Person } from "./arrange.ts";
import { throughEveryDoor } from "./every-door.ts";
import type { World } from "./world.ts";

const fields = [
  { name: "number", dataType: "number" },
  { name: "half", dataType: "string" },
] as const;
const records = Array.from({ length: 2000 }, (_, number) => ({ number, half: number < 1000 ? "lower" : "upper" }));

let made = 0;

interface Sampled {
  readonly sampleSize: number;
  readonly filter?: object;
  readonly access?: "assistant" | "asker";
}

async function knowing(world: World, owner: Person, dataset: { readonly id: string }, extent: Sampled, skillOf?: Made) {
  const assistant = skillOf ?? (await world.assistant({ owner, slug: `knows-${++made}` }));
  await world.knowledge(assistant, dataset, { mode: "sample", access: "assistant", ...extent });
  const data = { maxRows: 1000, allowGrouping: true };
  const { id: skillId } = await world.skill(assistant, { type: "dataset-query", data });
  return { assistant, skillId };
}
type Known = Awaited<ReturnType<typeof knowing>>;

throughEveryDoor("a sample is the same however one asks, and never more", async ({ world, get }) => {
  const [ada, ben] = [await world.user({ name: "ada" }), await world.user({ name: "ben" })];
  const dataset = await world.dataset({ owner: ada, name: "Many", fields, records, indexed: false });
  await world.shareDataset(dataset, ben, { level: 1, filter: { half: "upper" } });
  const ask = async ({ assistant, skillId }: Known, query: object, who = ada) => {
    const answer = await get(who, "skills.run", { id: assistant.id, skillId, input: { dataset: "Many", ...query } });
    return answer.content.rows as { number: number; half: string; n: number }[];
  };
  const numbers = async (known: Known, query: object = {}, who = ada) =>
    (await ask(known, query, who)).map(({ number }) => number);

  const known = await knowing(world, ada, dataset, { sampleSize: 50 });
  const sample = await numbers(known);
  expect(new Set(sample).size).toBe(50);
  expect(sample).toEqual(sample.toSorted((one, other) => one - other));
  // A draw, and neither the beginning nor a row of equal steps.
  expect(sample.filter((number) => number < 1000).length).toBeGreaterThan(10);
  expect(sample.filter((number) => number >= 1000).length).toBeGreaterThan(10);
  expect(new Set(sample.slice(1).map((number, index) => number - (sample[index] ?? 0))).size).toBeGreaterThan(15);

  // Asked again, in another order, in parts, and record by record.
  expect(await numbers(known)).toEqual(sample);
  expect((await numbers(known, { sort: ["-number"] })).toReversed()).toEqual(sample);
  const parts = [{ number: { $lt: 700 } }, { number: { $gte: 700, $lt: 1400 } }, { $not: { number: { $lt: 1400 } } }];
  const inParts: number[] = [];
  for (const filter of parts) inParts.push(...(await numbers(known, { filter })));
  expect(inParts).toEqual(sample);
  const paged: number[] = [];
  for (let last: number | undefined = -1; last !== undefined; ) {
    const page: number[] = await numbers(known, { filter: { number: { $gt: last } }, sort: ["number"], limit: 7 });
    paged.push(...page);
    last = page.at(-1);
  }
  expect(paged).toEqual(sample);
  for (const number of [0, 1, 999, 1000, 1999, ...sample.slice(0, 3)]) {
    const found = await numbers(known, { filter: { number } });
    expect(found).toEqual(sample.includes(number) ? [number] : []);
  }
  expect(await ask(known, { aggregates: [{ function: "count", as: "n" }] })).toEqual([{ n: 50 }]);
  const groups = await ask(known, { groupBy: ["half"], aggregates: [{ function: "count", as: "n" }], sort: ["half"] });
  expect(groups.map(({ n }) => n)).toEqual([
    sample.filter((number) => number < 1000).length,
    sample.filter((number) => number >= 1000).length,
  ]);

  // Through another assistant, after a new association, of another size, for somebody else.
  expect(await numbers(await knowing(world, ada, dataset, { sampleSize: 50 }))).toEqual(sample);
  await world.rows("delete from assistant_datasets where assistant_id = ?", known.assistant.id);
  expect(await numbers(await knowing(world, ada, dataset, { sampleSize: 50 }, known.assistant))).toEqual(sample);
  const larger = await numbers(await knowing(world, ada, dataset, { sampleSize: 80 }));
  expect(larger).toHaveLength(80);
  expect(sample.filter((number) => !larger.includes(number))).toEqual([]);
  await world.share(known.assistant, ben, 1);
  expect(await numbers(known, {}, ben)).toEqual(sample);

  // The asker's own rights are applied to what was drawn, and draw nothing anew.
  await world.rows("update assistant_datasets set access = 'asker' where assistant_id = ?", known.assistant.id);
  expect(await numbers(known, {}, ben)).toEqual(sample.filter((number) => number >= 1000));

  // A sample of what matches.
  const lower = await numbers(await knowing(world, ada, dataset, { sampleSize: 60, filter: { half: "lower" } }));
  expect(lower).toHaveLength(60);
  expect(lower.every((number) => number < 1000)).toBe(true);
  const few = await knowing(world, ada, dataset, { sampleSize: 60, filter: { number: { $in: [5, 6, 1234] } } });
  expect(await numbers(few)).toEqual([5, 6, 1234]);

  // It changes with the data alone.
  await world.rows("update datasets set version = version + 1, name = 'Many', updated_at = updated_at + 1");
  expect(await numbers(known)).toEqual(sample);
  const again = await world.dataset({ owner: ada, name: "Again", fields, records, indexed: false });
  await world.rows("update datasets set load_number = ? where id = ?", again.load, dataset.id);
  const other = await numbers(known);
  expect(other).toHaveLength(50);
  expect(other).not.toEqual(sample);
});
