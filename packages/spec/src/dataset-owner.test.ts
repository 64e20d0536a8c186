import { expect } from "vitest";
import { expectDerivedTables } from "./derived.ts";
import { throughEveryDoor } from "./every-door.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

/** Ada owns Whales, and publishes in the crew, reads in the others, and is not in the strangers. Root is a superuser. */
async function owned(world: World) {
  const ada = await world.user({ name: "ada" });
  const [ben, root] = [await world.user({ name: "ben" }), await world.user({ name: "root", superuser: true })];
  const crew = await world.team({ name: "crew", members: [[ada, "publisher"]] });
  await world.team({ name: "others", members: [[ada, "member"]] });
  await world.team({ name: "strangers" });
  const whales = await world.dataset({ owner: ada, name: "Whales" });
  return { ada, ben, root, crew, whales };
}

specify("datasetOwner.get", {
  arrange: owned,
  as: ({ ada }) => ada,
  input: ({ whales }) => ({ id: whales.id }),
  gives: { ownerId: "user:ada", ownerType: "user", displayName: "ada", version: 1, permissions: { changeOwner: true } },
  also: [
    {
      title: "tells a writer that it may not change it",
      arrange: (world, { whales, ben }) => world.shareDataset(whales, ben, { level: 2 }),
      as: ({ ben }) => ben,
      gives: { permissions: { changeOwner: false } },
    },
  ],
});

specify("datasetOwner.set", {
  arrange: owned,
  as: ({ ada }) => ada,
  input: ({ whales }) => ({ id: whales.id, ownerId: "team:crew" }),
  status: 200,
  gives: { ownerId: "team:crew", ownerType: "team", version: 2, permissions: { changeOwner: false } },
  async after(world, { ada }) {
    await expectDerivedTables(world);
    expect(await world.rows("select updated_by from datasets")).toEqual([[ada.id]]);
    const [[details] = []] = await world.rows("select details from audit");
    expect(JSON.parse(String(details))).toEqual({ from: "user:ada", to: "team:crew" });
  },
  bad: [
    { input: { ownerType: "group" }, at: "ownerType" },
    { input: { ownerId: "" }, at: "ownerId" },
    { input: { ownerId: undefined }, at: "ownerId" },
  ],
  also: [
    {
      title: "takes a bare name with its kind beside it",
      input: ({ whales }) => ({ id: whales.id, ownerId: "crew", ownerType: "team" }),
      gives: { ownerId: "team:crew" },
    },
    {
      title: "keeps it",
      input: () => ({ id: "ada:whales", ownerId: "ada" }),
      gives: { ownerId: "user:ada", permissions: { changeOwner: true } },
    },
    {
      title: "404 for two kinds",
      input: ({ whales }) => ({ id: whales.id, ownerId: "team:crew", ownerType: "user" }),
      refuses: "not_found",
    },
    { title: "404 for nobody", input: ({ whales }) => ({ id: whales.id, ownerId: "nobody" }), refuses: "not_found" },
    { title: "403 for another user", input: ({ whales }) => ({ id: whales.id, ownerId: "ben" }), refuses: "forbidden" },
    {
      title: "403 for a team in which one only reads",
      input: ({ whales }) => ({ id: whales.id, ownerId: "others" }),
      refuses: "forbidden",
    },
    {
      title: "403 for a team in which one is not",
      input: ({ whales }) => ({ id: whales.id, ownerId: "strangers" }),
      refuses: "forbidden",
    },
    {
      title: "gives it to anybody for a superuser",
      as: ({ root }) => root,
      input: ({ whales }) => ({ id: whales.id, ownerId: "ben" }),
      gives: { ownerId: "user:ben", permissions: { changeOwner: true } },
    },
    {
      title: "409 where the new owner has the slug already",
      arrange: (world, { crew }) => world.dataset({ owner: crew, slug: "whales" }),
      refuses: "conflict",
    },
    {
      title: "takes the slug of an assistant of the new owner's",
      arrange: (world, { crew }) => world.assistant({ owner: crew, slug: "whales" }),
      gives: { ownerId: "team:crew" },
    },
    {
      title: "lets who administers its team keep what it may",
      arrange: (world) => world.rows("update memberships set role = 'admin'"),
      gives: { ownerId: "team:crew", permissions: { changeOwner: true } },
    },
    {
      title: "lets who has a share of level 3 keep what it may",
      arrange: async (world, { ada, whales }) => {
        const friends = await world.team({ name: "friends", members: [[ada, "member"]] });
        await world.shareDataset(whales, friends, { level: 3 });
      },
      gives: { permissions: { changeOwner: true } },
    },
  ],
});

throughEveryDoor("a dataset given away is its new owner's alone", async ({ world, get, refuses }) => {
  const { ada, ben, root, whales } = await owned(world);
  const { id } = whales;
  await world.shareDataset(whales, ben, { level: 1, visibleFields: [] });
  await get(root, "datasetOwner.set", { id, ownerId: "ben" });
  await refuses("not_found", ada, "datasets.get", { id });
  expect(await get(ben, "datasets.get", { id: "ben:whales" })).toMatchObject({
    permissions: { changeOwner: true },
    shared: false,
    bytes: 0,
  });
  expect(await get(ben, "datasetShares.list", { id })).toMatchObject({ total: 0 });
});
