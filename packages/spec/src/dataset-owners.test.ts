import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";

throughEveryDoor("a user who owns a dataset stays until it has another owner", async ({ world, ask, get }) => {
  const root = await world.user({ name: "root", superuser: true });
  const [ada, ben] = [await world.user({ name: "ada" }), await world.user({ name: "ben" })];
  const whales = await world.dataset({ owner: ada, name: "Whales" });
  const orcas = await world.dataset({ owner: ben, name: "Orcas", shares: [[ada, { level: 3 }]] });
  const refused = await ask(root, "users.delete", { username: "ada" });
  expect(refused).toMatchObject({ ok: false, code: "conflict" });
  expect(JSON.stringify(refused)).toContain("/users/{username}/_transfer");
  await get(root, "users.transfer", { username: "ada", ownerId: "ben" });
  await get(root, "users.delete", { username: "ada" });
  expect(await get(ben, "datasets.get", { id: whales.id })).toMatchObject({ ownerId: "user:ben", createdBy: null });
  expect(await get(ben, "datasetShares.list", { id: orcas.id })).toMatchObject({ total: 0 });
  expect(await world.rows("select 1 from dataset_access where principal_id = ?", ada.id)).toEqual([]);
});

throughEveryDoor("a team that owns a dataset stays until it has another owner", async ({ world, ask, get }) => {
  const ada = await world.user({ name: "ada" });
  const [crew, others] = [
    await world.team({ name: "crew", members: [[ada, "admin"]] }),
    await world.team({ name: "others", members: [[ada, "admin"]] }),
  ];
  const whales = await world.dataset({ owner: crew, name: "Whales" });
  const orcas = await world.dataset({ owner: ada, name: "Orcas", shares: [[crew, { level: 2 }]] });
  const refused = await ask(ada, "teams.delete", { id: "crew" });
  expect(refused).toMatchObject({ ok: false, code: "conflict" });
  expect(JSON.stringify(refused)).toContain("give them to somebody else first");
  await get(ada, "datasetOwner.set", { id: whales.id, ownerId: others.ref });
  await get(ada, "teams.delete", { id: "crew" });
  expect(await get(ada, "datasets.get", { id: "others:whales" })).toMatchObject({ permissions: { delete: true } });
  expect(await get(ada, "datasetShares.list", { id: orcas.id })).toMatchObject({ total: 0 });
  expect(await world.rows("select 1 from dataset_access where principal_id = ?", crew.id)).toEqual([]);
});
