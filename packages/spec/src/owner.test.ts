import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

/** Ada owns Sales, and publishes in the crew, reads in the others, and is not in the strangers. Root is a superuser. */
async function owned(world: World) {
  const ada = await world.user({ name: "ada" });
  const [ben, root] = [await world.user({ name: "ben" }), await world.user({ name: "root", superuser: true })];
  const crew = await world.team({ name: "crew", members: [[ada, "publisher"]] });
  await world.team({ name: "others", members: [[ada, "member"]] });
  await world.team({ name: "strangers" });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  return { ada, ben, root, crew, sales };
}

specify("owner.get", {
  arrange: owned,
  as: ({ ada }) => ada,
  input: ({ sales }) => ({ id: sales.id }),
  gives: { ownerId: "user:ada", ownerType: "user", displayName: "ada", version: 1, permissions: { changeOwner: true } },
  also: [
    {
      title: "tells a reader that it may not change it",
      arrange: (world, { sales, ben }) => world.share(sales, ben, 2),
      as: ({ ben }) => ben,
      gives: { permissions: { changeOwner: false } },
    },
  ],
});

specify("owner.set", {
  arrange: owned,
  as: ({ ada }) => ada,
  input: ({ sales }) => ({ id: sales.id, ownerId: "team:crew" }),
  status: 200,
  gives: { ownerId: "team:crew", ownerType: "team", version: 2, permissions: { changeOwner: false } },
  async after(world, { ada, crew, sales }) {
    expect(await world.rows("select principal_id from access where assistant_id = ? order by 1", sales.id)).toEqual(
      ["*", crew.id].map((id) => [id]),
    );
    expect(await world.rows("select updated_by from assistants")).toEqual([[ada.id]]);
  },
  bad: [
    { input: { ownerType: "group" }, at: "ownerType" },
    { input: { ownerId: "" }, at: "ownerId" },
    { input: { ownerId: undefined }, at: "ownerId" },
  ],
  also: [
    {
      title: "takes a bare name with its kind beside it",
      input: ({ sales }) => ({ id: sales.id, ownerId: "crew", ownerType: "team" }),
      gives: { ownerId: "team:crew" },
    },
    {
      title: "keeps it",
      input: ({ sales }) => ({ id: sales.id, ownerId: "ada" }),
      gives: { ownerId: "user:ada", permissions: { changeOwner: true } },
    },
    {
      title: "404 for another kind than it says",
      input: ({ sales }) => ({ id: sales.id, ownerId: "crew", ownerType: "user" }),
      refuses: "not_found",
    },
    {
      title: "404 for two kinds",
      input: ({ sales }) => ({ id: sales.id, ownerId: "team:crew", ownerType: "user" }),
      refuses: "not_found",
    },
    { title: "404 for nobody", input: ({ sales }) => ({ id: sales.id, ownerId: "nobody" }), refuses: "not_found" },
    { title: "403 for another user", input: ({ sales }) => ({ id: sales.id, ownerId: "ben" }), refuses: "forbidden" },
    {
      title: "403 for a team in which one only reads",
      input: ({ sales }) => ({ id: sales.id, ownerId: "others" }),
      refuses: "forbidden",
    },
    {
      title: "403 for a team in which one is not",
      input: ({ sales }) => ({ id: sales.id, ownerId: "strangers" }),
      refuses: "forbidden",
    },
    {
      title: "gives it to anybody for a superuser",
      as: ({ root }) => root,
      input: ({ sales }) => ({ id: sales.id, ownerId: "ben" }),
      gives: { ownerId: "user:ben", permissions: { changeOwner: true } },
    },
    {
      title: "409 where the new owner has the slug already",
      arrange: (world, { crew }) => world.assistant({ owner: crew, slug: "sales" }),
      refuses: "conflict",
    },
    {
      title: "409 for a draft",
      arrange: (world, { ada, sales }) => world.assistant({ owner: ada, slug: "sales-draft", editing: sales }),
      input: () => ({ id: "ada:sales-draft", ownerId: "team:crew" }),
      refuses: "conflict",
    },
    {
      title: "takes it out of its folder, which stays with its owner",
      arrange: (world) => world.rows("update assistants set folder_id = 'f'"),
      gives: { ownerId: "team:crew" },
      after: async (world) => expect(await world.rows("select folder_id from assistants")).toEqual([[null]]),
    },
    {
      title: "leaves it in its folder where it stays with its owner",
      arrange: (world) => world.rows("update assistants set folder_id = 'f'"),
      input: ({ sales }) => ({ id: sales.id, ownerId: "ada" }),
      after: async (world) => expect(await world.rows("select folder_id from assistants")).toEqual([["f"]]),
    },
    {
      title: "lets who administers its team keep what it may",
      arrange: (world) => world.rows("update memberships set role = 'admin'"),
      gives: { ownerId: "team:crew", permissions: { changeOwner: true } },
    },
  ],
});

throughEveryDoor(
  "who had it has it no longer, and a share of the new owner's is gone",
  async ({ world, get, refuses }) => {
    const { ada, ben, root, sales } = await owned(world);
    await world.share(sales, ben, 1);
    await get(root, "owner.set", { id: sales.id, ownerId: "ben" });
    await refuses("not_found", ada, "assistants.get", { id: sales.id });
    expect(await get(ben, "assistants.get", { id: "ben:sales" })).toMatchObject({
      permissions: { changeOwner: true },
      shared: false,
    });
    expect(await get(ben, "shares.list", { id: sales.id })).toMatchObject({ total: 0 });
  },
);
