import type { FieldOptions } from "./arrange-datasets.ts";
import type { World } from "./world.ts";

export const nobody = "01900000-0000-7000-8000-ffffffffffff";

const fields: readonly FieldOptions[] = [
  { name: "name", label: "Name", dataType: "string" },
  { name: "team", label: "Team", dataType: "string" },
  { name: "salary", label: "Salary", dataType: "number" },
];

const records = [
  { name: "Eve", team: "north", salary: 100 },
  { name: "Finn", team: "south", salary: 200 },
];

/**
 * Ada owns the assistant Sales, which Ben may write and Cleo may read, and the dataset Orders. Dina owns People, of which
 * Ben sees names and teams in the north, and which Cleo and Ada do not see at all.
 */
export async function knowing(world: World) {
  const [ada, ben, cleo, dina] = [
    await world.user({ name: "ada" }),
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
    await world.user({ name: "dina" }),
  ];
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 2);
  await world.share(sales, cleo, 1);
  const orders = await world.dataset({ owner: ada, name: "Orders", fields: [{ name: "total", dataType: "number" }] });
  const people = await world.dataset({ owner: dina, name: "People", description: "All of us", fields, records });
  await world.shareDataset(people, ben, { level: 1, visibleFields: ["name", "team"], filter: { team: "north" } });
  return { ada, ben, cleo, dina, sales, orders, people };
}
export type Knowing = Awaited<ReturnType<typeof knowing>>;

/** The same, where Dina may write Sales too, and has let it bring those of the north along. */
export async function bringing(world: World) {
  const things = await knowing(world);
  await world.share(things.sales, things.dina, 2);
  const brought = await world.knowledge(things.sales, things.people, {
    mode: "subset",
    filter: { team: "north" },
    access: "assistant",
  });
  return { ...things, brought };
}
export type Bringing = Awaited<ReturnType<typeof bringing>>;

/** What an assistant knows, as the tables have it: mode, filter, size, access. */
export const knownIn = (world: World, assistantId: string) =>
  world.rows(
    "select mode, filter, sample_size, access from assistant_datasets where assistant_id = ? order by id",
    assistantId,
  );
