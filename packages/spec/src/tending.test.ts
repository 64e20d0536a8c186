import { expect, test } from "vitest";
import { prices, stored } from "./loads-world.ts";
import { openWorld } from "./world.ts";

test("data that cannot be brought into the index does not keep other data out of it, nor what is left from being removed", async () => {
  const world = await openWorld();
  const { ada, dataset } = await prices(world);
  await world.settle();
  const next = await world.dataset({
    owner: ada,
    name: "Next",
    fields: [{ name: "word", dataType: "string" }],
    records: [{ word: "late" }],
  });
  await world.rows("update dataset_loads set indexed_position = 0, fields = 'broken' where number = ?", dataset.load);
  await world.rows("delete from record_search");
  await world.rows("update dataset_loads set indexed_position = 0 where number = ?", next.load);
  await world.rows("insert into dataset_loads (number, dataset_id, fields, created_at) values (77, 'gone', '[]', 1)");
  await world.rows("insert into records (id, s1) values ((77 << 26) + 1, 'left')");
  await expect(world.services.heavyWork.tend()).rejects.toThrow();
  expect(await stored(world)).toEqual({ records: 3, loads: 2, words: 1 });
});

test("why an upload has ended is told, never at length", async () => {
  const world = await openWorld();
  const ada = await world.user();
  await world.rows(
    `insert into uploads (id, user_id, status, expires_at, created_at, updated_at) values ('u', ?, 'loading', 9e15, 1, 1)`,
    ada.id,
  );
  await world.services.heavyWork.abandon("u", "x".repeat(5000));
  expect(await world.rows("select status, length(error) from uploads")).toEqual([["failed", 1000]]);
});
