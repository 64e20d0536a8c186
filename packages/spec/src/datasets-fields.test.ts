import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { ordered } from "./records-world.ts";
import { letters } from "./skills-world.ts";
import { specify } from "./specify.ts";

specify("datasets.fields", {
  arrange: ordered,
  as: ({ ben }) => ben,
  input: ({ dataset }) => ({ id: dataset.id }),
  gives: {
    items: [
      { name: "city", label: "city", dataType: "string", position: 1, sample: ["Berlin", "Paris", "Évian", "Oslo"] },
      { name: "note", dataType: "string", position: 2 },
      { name: "price", dataType: "number", position: 3, sample: [10, 20.5, 5, 99] },
      { name: "ordered", dataType: "date", position: 4 },
      { name: "paid", dataType: "boolean", position: 5, sample: [true, false] },
    ],
    start: 0,
    count: 5,
    total: 5,
    totalIsExact: true,
    next: null,
  },
  bad: [
    { input: { limit: 0 }, at: "limit" },
    { input: { cursor: "x" }, at: "cursor" },
  ],
  also: [
    {
      title: "shows fields and values as a share does",
      as: ({ cleo }) => cleo,
      gives: {
        items: [
          { name: "city", position: 1, sample: ["Berlin"] },
          { name: "price", position: 2, sample: [10, 5] },
          { name: "paid", position: 3, sample: [true] },
        ],
        total: 3,
      },
    },
    {
      title: "pages",
      input: ({ dataset }) => ({ id: dataset.id, start: 1, limit: 2 }),
      gives: {
        items: [
          { name: "note", position: 2 },
          { name: "price", position: 3, sample: [10, 20.5, 5, 99] },
        ],
      },
    },
    { title: "404 for nobody", as: ({ eve }) => eve, refuses: "not_found" },
    {
      title: "knows of no field without data",
      arrange: (world) => world.rows("update datasets set load_number = null"),
      gives: { items: [], total: 0 },
    },
  ],
});

throughEveryDoor("fields are read page by page, with few and short values", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  const fields = Array.from({ length: 27 }, (_, index) => ({ name: `f${index + 1}`, dataType: "string" }) as const);
  const records = Array.from({ length: 120 }, (_, row) =>
    Object.fromEntries(fields.map(({ name }) => [name, row < 7 ? `${row}${letters(500)}` : `beyond${row}`])),
  );
  const { id } = await world.dataset({ owner: ada, fields, records });
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await get(ada, "datasets.fields", { id, limit: 10, ...(cursor && { cursor }) });
    for (const { name, sample } of items as { name: string; sample: string[] }[]) {
      names.push(name);
      expect(sample.map((text) => [text.at(0), text.length])).toEqual(
        ["0", "1", "2", "3", "4"].map((first) => [first, 203]),
      );
    }
    cursor = next ?? undefined;
  } while (cursor);
  expect(names).toEqual(fields.map(({ name }) => name));
});
