import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { ordered } from "./records-world.ts";

type Filter = Record<string, unknown>;

/** As deep as a filter may be, in the forms that take most of the database's parser. */
const forms: readonly ((filter: Filter) => Filter)[] = [
  (filter) => ({ $or: [{ city: "none" }, filter] }),
  (filter) => ({ city: { $ne: "none" }, $not: { city: { $ne: "none" }, $not: filter } }),
  (filter) => ({ $or: [{ city: "none" }, { city: "no", $not: filter }, { city: { $ne: "none" }, $and: [filter] }] }),
  (filter) => ({ city: { $in: ["Berlin", "none"] }, $not: { $not: { $or: [filter, { city: "none" }] } } }),
];
const levels = [9, 4, 4, 3];

function deep(form: number, filter: Filter): Filter {
  let nested = filter;
  for (let level = 0; level < (levels[form] ?? 0); level++) nested = forms[form]?.(nested) ?? nested;
  return nested;
}

throughEveryDoor("cells that depend on deep filters are asked for by deep filters", async ({ world, get }) => {
  const { cleo, dataset } = await ordered(world);
  const crew = await world.team({ name: "more", members: [[cleo, "member"]] });
  for (const form of forms.keys()) {
    await world.rows("delete from dataset_shares");
    await world.shareDataset(dataset, crew, {
      level: 1,
      filter: deep(form, { city: "Berlin" }),
      visibleFields: ["city", "note"],
    });
    await world.shareDataset(dataset, cleo, { level: 1, visibleFields: ["city", "price"] });
    const filter = deep(form, { city: "Berlin", note: { $startsWith: "blue" } });
    const page = await get(cleo, "records.list", { id: dataset.id, filter, q: "blue", sort: "note,-price" });
    expect(page.items).toEqual([{ city: "Berlin", note: "blue chairs", price: 10 }]);
    const aggregates = [{ function: "countDistinct", field: "note", as: "n" }] as const;
    const groups = await get(cleo, "records.query", {
      id: dataset.id,
      filter,
      groupBy: ["note"],
      aggregates: [...aggregates],
    });
    expect(groups.rows).toEqual([{ note: "blue chairs", n: 1 }]);
  }
});
