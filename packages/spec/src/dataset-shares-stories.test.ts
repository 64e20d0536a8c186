import { expect } from "vitest";
import { narrowed, sharedWhales } from "./datasets-world.ts";
import { throughEveryDoor } from "./every-door.ts";

throughEveryDoor("a filter that names a field which is gone shows nothing", async ({ world, get }) => {
  const { ada, eve, fay, whales } = await sharedWhales(world);
  const { id } = whales;
  await get(ada, "datasetShares.set", { id, principalId: "fay", accessLevel: 1, filter: { sure: true } });
  await world.rows(
    `update dataset_loads set fields = '[{"name":"count","label":"count","dataType":"number","slot":3}]'`,
  );
  for (const as of [eve, fay])
    expect(await get(as, "datasets.get", { id })).toMatchObject({ fields: [], rows: null, bytes: null });
  await get(ada, "datasetShares.set", { id, principalId: "fay", accessLevel: 1, filter: null });
  expect(await get(fay, "datasets.get", { id })).toMatchObject({ fields: [{ name: "count", position: 1 }], rows: 3 });
});

throughEveryDoor("the settings bound with whom datasets are shared, and how much", async ({ world, get, refuses }) => {
  const { ada, ben, crew, gus, whales } = await sharedWhales(world);
  const root = await world.user({ name: "root", superuser: true });
  const { id } = whales;
  const share = (principalId: string, accessLevel: number, more = {}) => ({ id, principalId, accessLevel, ...more });
  await get(root, "settings.update", { sharePolicy: "own-teams" });
  await refuses("forbidden", ada, "datasetShares.set", share("fay", 1));
  await refuses("forbidden", ada, "datasetShares.set", share("team:crew", 1));
  await world.rows("insert into memberships values (?, ?, 'member', 1, 1, 1)", ada.id, crew.id);
  await get(ada, "datasetShares.set", share("team:crew", 1));
  await get(root, "settings.update", { sharePolicy: "nobody" });
  await refuses("forbidden", ada, "datasetShares.set", share("team:crew", 2));
  // What is shared already may be narrowed, and not widened.
  await get(ada, "datasetShares.set", share("team:crew", 1, { filter: { sure: true } }));
  await get(ada, "datasetShares.set", share("team:crew", 1, { visibleFields: ["count"] }));
  await get(ada, "datasetShares.set", share("team:crew", 1, { filter: { sure: true } }));
  await refuses("forbidden", ada, "datasetShares.set", share("team:crew", 1, { filter: null }));
  await refuses("forbidden", ada, "datasetShares.set", share("team:crew", 1, { filter: { count: 1 } }));
  await refuses("forbidden", ada, "datasetShares.set", share("team:crew", 1, { visibleFields: ["count", "seen"] }));
  await get(ada, "datasetShares.set", share("dan", 2));
  await refuses("forbidden", ada, "datasetShares.set", share("dan", 3));
  await get(root, "datasetShares.set", share("team:crew", 1, { filter: null, visibleFields: null }));
  expect(await get(gus, "datasets.get", { id })).toMatchObject({ rows: 3 });
  await get(ada, "datasetShares.delete", { id, principalId: "ben" });
  await refuses("not_found", ben, "datasets.get", { id });
});

throughEveryDoor("a token that only reads reads what narrows a share, where its user may", async ({ world, get }) => {
  const { ada, cleo, whales } = await sharedWhales(world);
  const one = { id: whales.id, principalId: "eve" };
  const reading = await world.token(ada, { readOnly: true });
  expect(await get(reading, "datasetShares.get", one)).toMatchObject({ ...narrowed, permissions: { share: false } });
  expect(await get(await world.token(cleo), "datasetShares.get", one)).toMatchObject({ filter: null });
});
