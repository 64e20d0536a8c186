import type { BadInput } from "./specify.ts";
import type { World } from "./world.ts";

const letters = (count: number) => "x".repeat(count);

/** What no field of a dataset takes, whether it is created or changed. */
export const badDatasetFields: BadInput[] = [
  { input: { name: "" }, at: "name" },
  { input: { name: letters(256) }, at: "name" },
  { input: { name: 7 }, at: "name" },
  { input: { name: "null\0byte" }, at: "name" },
  { input: { slug: "Sales" }, at: "slug" },
  { input: { slug: "-sales" }, at: "slug" },
  { input: { slug: letters(64) }, at: "slug" },
  { input: { description: letters(4001) }, at: "description" },
  { input: { name: "", description: 1 }, at: ["name", "description"] },
];

export const sightings = [
  { species: "Blue whale", seen: new Date("2026-01-05T00:00:00Z"), count: 3, sure: true },
  { species: "Blue whale", seen: new Date("2026-01-07T00:00:00Z"), count: 1, sure: false },
  { species: "Orca", seen: new Date("2026-01-07T00:00:00Z"), count: 12, sure: true },
];
const fields = [
  { name: "species", label: "Species", dataType: "string" },
  { name: "seen", dataType: "date" },
  { name: "count", dataType: "number" },
  { name: "sure", dataType: "boolean" },
] as const;

/**
 * Ada owns Whales, three sightings. Ben may read all of it, Cleo write, Dan administer; Eve reads what is counted of orcas
 * and nothing else, and Fay sees nothing.
 */
export async function whalesOfAda(world: World) {
  const ada = await world.user({ name: "ada" });
  const [ben, cleo, dan] = [
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
    await world.user({ name: "dan" }),
  ];
  const [eve, fay] = [await world.user({ name: "eve" }), await world.user({ name: "fay" })];
  const whales = await world.dataset({
    owner: ada,
    name: "Whales",
    description: "Who saw them",
    fields,
    records: sightings,
    shares: [
      [ben, { level: 1 }],
      [cleo, { level: 2 }],
      [dan, { level: 3 }],
      [eve, { level: 1, filter: { species: "Orca" }, visibleFields: ["count"] }],
    ],
  });
  return { ada, ben, cleo, dan, eve, fay, whales };
}

/** Beside them all, Gus is in the crew, with which nothing is shared. */
export async function sharedWhales(world: World) {
  const all = await whalesOfAda(world);
  const gus = await world.user({ name: "gus" });
  const crew = await world.team({ name: "crew", members: [[gus, "member"]] });
  return { ...all, gus, crew };
}

/** What narrows Eve's share. */
export const narrowed = { filter: { species: "Orca" }, visibleFields: ["count"] };
