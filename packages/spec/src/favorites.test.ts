import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { arrangeDraft } from "./organised.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

/** Ada's Sales, which Ben may read and has marked. */
async function shelf(world: World) {
  const ada = await world.user({ name: "ada" });
  const ben = await world.user({ name: "ben" });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 1);
  await world.favorite(sales, ben);
  return { ada, ben, sales };
}

const marks = async (world: World) =>
  (await world.rows("select p.name from favorites f join principals p on p.id = f.user_id order by 1")).flat();

specify("favorites.get", {
  arrange: shelf,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id }),
  gives: { favorited: true },
  also: [
    { title: "is everybody's own", as: ({ ada }) => ada, gives: { favorited: false } },
    {
      title: "is never so of a draft",
      as: ({ ada }) => ada,
      arrange: (world, { sales }) => arrangeDraft(world, sales),
      input: () => ({ id: "ada:sales-draft" }),
      gives: { favorited: false },
    },
  ],
});

specify("favorites.set", {
  arrange: shelf,
  as: ({ ada }) => ada,
  input: ({ sales }) => ({ id: sales.naturalId }),
  status: 201,
  gives: { favorited: true },
  async after(world, { sales }) {
    expect(await marks(world)).toEqual(["ada", "ben"]);
    expect(await world.rows("select version from assistants where id = ?", sales.id)).toEqual([[1]]);
  },
  bad: [{ input: { favorited: "yes" }, at: "favorited" }],
  also: [
    {
      title: "leaves it with 200 where it is one already",
      as: ({ ben }) => ben,
      status: 200,
      gives: { favorited: true },
      after: async (world) => expect(await marks(world)).toEqual(["ben"]),
    },
    {
      title: "makes it none with 200, where that is put",
      as: ({ ben }) => ben,
      input: ({ sales }) => ({ id: sales.id, favorited: false }),
      status: 200,
      gives: { favorited: false },
      after: async (world) => expect(await marks(world)).toEqual([]),
    },
    {
      title: "409 for a draft",
      arrange: (world, { sales }) => arrangeDraft(world, sales),
      input: () => ({ id: "ada:sales-draft" }),
      refuses: "conflict",
    },
  ],
});

specify("favorites.delete", {
  arrange: shelf,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id }),
  status: 204,
  after: async (world) => expect(await marks(world)).toEqual([]),
  also: [
    {
      title: "leaves it none where it was none",
      as: ({ ada }) => ada,
      status: 204,
      after: async (world) => expect(await marks(world)).toEqual(["ben"]),
    },
  ],
});

throughEveryDoor("a favorite is found in lists, and ends with what it marks", async ({ world, get }) => {
  const { ada, ben, sales } = await shelf(world);
  const bound = await world.token(ada, { assistant: sales });
  await get(bound, "favorites.set", { id: sales.id });
  expect((await get(ada, "assistants.list", { favorite: true })).total).toBe(1);
  await get(ada, "favorites.delete", { id: sales.id });
  expect((await get(ada, "assistants.list", { favorite: true })).total).toBe(0);
  expect((await get(ben, "assistants.list", { favorite: true })).total).toBe(1);
  await get(ada, "assistants.delete", { id: sales.id });
  expect(await marks(world)).toEqual([]);
});
