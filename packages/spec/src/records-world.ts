import type { ArrangedRecord, FieldOptions } from "./arrange-datasets.ts";
import type { World } from "./world.ts";

export const orderFields: readonly FieldOptions[] = [
  { name: "city", dataType: "string" },
  { name: "note", dataType: "string" },
  { name: "price", dataType: "number" },
  { name: "ordered", dataType: "date" },
  { name: "paid", dataType: "boolean" },
];

const day = (number: number) => new Date(Date.UTC(2024, 0, number));

export const orders: readonly ArrangedRecord[] = [
  { city: "Berlin", note: "blue chairs", price: 10, ordered: day(1), paid: true },
  { city: "Paris", note: "Bluebird lamp", price: 20.5, ordered: day(2), paid: false },
  { city: "Berlin", note: null, price: 5, ordered: day(3), paid: true },
  { city: "Évian", note: "water, blue", price: null, ordered: null, paid: null },
  { city: "Oslo", note: "rare VIOLETTO", price: 99, ordered: day(5), paid: false },
];

/**
 * Ada owns the orders. Ben reads them all, Cleo those of Berlin without their notes, Dan through the crew the cities alone,
 * Eve is nobody.
 */
export async function ordered(world: World) {
  const [ada, ben, cleo, dan, eve] = [
    await world.user({ name: "ada" }),
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
    await world.user({ name: "dan" }),
    await world.user({ name: "eve" }),
  ];
  const crew = await world.team({ name: "crew", members: [[dan, "member"]] });
  const dataset = await world.dataset({
    owner: ada,
    name: "Orders",
    fields: orderFields,
    records: orders,
    shares: [
      [ben, { level: 1 }],
      [cleo, { level: 1, filter: { city: "Berlin" }, visibleFields: ["city", "price", "paid"] }],
      [crew, { level: 1, visibleFields: ["city"] }],
    ],
  });
  return { ada, ben, cleo, dan, eve, crew, dataset };
}
export type Ordered = Awaited<ReturnType<typeof ordered>>;
