import { expect } from "vitest";
import { badFields, letters } from "./assistants-fields.ts";
import { throughEveryDoor } from "./every-door.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

/** Ada owns an assistant, Sales. Ben may read it, Cleo write, Dan administer. */
async function salesOfAda(world: World) {
  const ada = await world.user({ name: "ada" });
  const [ben, cleo, dan] = [await world.user({ name: "ben" }), await world.user({ name: "cleo" }), await world.user()];
  const sales = await world.assistant({ owner: ada, name: "Sales", instructions: "Sell." });
  await world.share(sales, ben, 1);
  await world.share(sales, cleo, 2);
  await world.share(sales, dan, 3);
  return { ada, ben, cleo, dan, sales };
}

const nothingAllowed = { write: false, delete: false, share: false, changeOwner: false };
const everythingAllowed = { write: true, delete: true, share: true, changeOwner: true };

specify("assistants.get", {
  arrange: salesOfAda,
  as: ({ ada }) => ada,
  input: ({ sales }) => ({ id: sales.id }),
  gives: ({ sales }) => ({
    id: sales.id,
    name: "Sales",
    instructions: "Sell.",
    shared: true,
    permissions: everythingAllowed,
  }),
  bad: [{ input: { id: letters(201) }, at: "id" }],
  also: [
    { title: "takes the natural id", input: () => ({ id: "ada:sales" }), gives: { name: "Sales" } },
    { title: "takes the natural id with its kind", input: () => ({ id: "user:ada:sales" }), gives: { name: "Sales" } },
    { title: "404 for the wrong kind of owner", input: () => ({ id: "team:ada:sales" }), refuses: "not_found" },
    {
      title: "takes a UUID in capitals",
      input: ({ sales }) => ({ id: sales.id.toUpperCase() }),
      gives: { name: "Sales" },
    },
    { title: "404 for a slug alone", input: () => ({ id: "sales" }), refuses: "not_found" },
    { title: "404 for an empty slug", input: () => ({ id: "ada:" }), refuses: "not_found" },
    {
      title: "shows a reader what it may",
      as: ({ ben }) => ben,
      gives: { permissions: nothingAllowed, instructions: "Sell." },
    },
    {
      title: "shows a writer what it may",
      as: ({ cleo }) => cleo,
      gives: { permissions: { ...nothingAllowed, write: true } },
    },
    { title: "shows an admin what it may", as: ({ dan }) => dan, gives: { permissions: everythingAllowed } },
    {
      title: "hides instructions from readers where that is wanted",
      arrange: (world) => world.rows("update assistants set instructions_hidden = 1"),
      as: ({ ben }) => ben,
      gives: { instructions: null, instructionsHidden: true },
    },
    {
      title: "never hides instructions from writers",
      arrange: (world) => world.rows("update assistants set instructions_hidden = 1"),
      as: ({ cleo }) => cleo,
      gives: { instructions: "Sell." },
    },
  ],
});

specify("assistants.update", {
  arrange: salesOfAda,
  as: ({ cleo }) => cleo,
  input: ({ sales }) => ({ id: sales.id, name: "Selling", description: null }),
  gives: ({ sales }) => ({
    id: sales.id,
    name: "Selling",
    slug: "sales",
    instructions: "Sell.",
    version: 2,
    updatedBy: "user:cleo",
    createdBy: "user:ada",
  }),
  bad: [...badFields, { input: { name: null }, at: "name" }, { input: { expectedVersion: -1 }, at: "expectedVersion" }],
  also: [
    {
      title: "clears with null",
      input: ({ sales }) => ({ id: sales.id, instructions: null }),
      gives: { instructions: null, name: "Sales" },
    },
    {
      title: "changes nothing but the version without keys",
      input: ({ sales }) => ({ id: sales.id }),
      gives: { name: "Sales", version: 2 },
    },
    {
      title: "ignores what is only to be read",
      input: ({ sales }) => ({
        id: sales.id,
        version: 99,
        ownerId: "user:ben",
        permissions: {},
        createdAt: "never",
        skills: 1,
        shared: false,
      }),
      gives: { ownerId: "user:ada", version: 2, shared: true },
    },
    { title: "takes the natural id", input: () => ({ id: "ada:sales", name: "X" }), gives: { name: "X" } },
    {
      title: "moves to another slug",
      input: ({ sales }) => ({ id: sales.id, slug: "selling" }),
      gives: { naturalId: "ada:selling" },
    },
    {
      title: "409 for a slug that its owner has already",
      arrange: (world, { ada }) => world.assistant({ owner: ada, slug: "taken" }),
      input: ({ sales }) => ({ id: sales.id, slug: "taken" }),
      refuses: "conflict",
    },
    {
      title: "403 for a reader",
      as: ({ ben }) => ben,
      refuses: "forbidden",
    },
    {
      title: "412 comes after 403",
      as: ({ ben }) => ben,
      input: ({ sales }) => ({ id: sales.id, expectedVersion: 9 }),
      refuses: "forbidden",
    },
  ],
});

specify("assistants.delete", {
  arrange: async (world) => {
    const all = await salesOfAda(world);
    return { ...all, token: await world.token(all.ada, { assistant: all.sales }) };
  },
  as: ({ ada }) => ada,
  input: ({ sales }) => ({ id: sales.naturalId }),
  status: 204,
  async after(world, { sales, token }) {
    for (const table of ["assistants", "shares", "access", "favorites"]) {
      expect(await world.rows(`select * from ${table}`), table).toEqual([]);
    }
    expect(await world.rows("select id from tokens where id = ?", token.id)).toEqual([]);
    expect(await world.rows("select rowid from assistant_search")).toEqual([]);
    expect(sales.id).toBeTruthy();
  },
  also: [{ title: "takes an admin by share", as: ({ dan }) => dan }],
});

throughEveryDoor("the old natural id leads nowhere after a move", async ({ world, get, refuses }) => {
  const { ada } = await salesOfAda(world);
  await get(ada, "assistants.update", { id: "ada:sales", slug: "selling" });
  await refuses("not_found", ada, "assistants.get", { id: "ada:sales" });
  expect(await get(ada, "assistants.get", { id: "ada:selling" })).toMatchObject({ version: 2 });
});

throughEveryDoor(
  "an assistant's token reads and writes that one, and administers nothing",
  async ({ world, get, refuses }) => {
    const { ada, sales } = await salesOfAda(world);
    const token = await world.token(ada, { assistant: sales });
    const reading = await world.token(ada, { assistant: sales, readOnly: true });
    const own = { write: true, delete: false, share: false, changeOwner: false };
    expect(await get(token, "assistants.get", { id: "ada:sales" })).toMatchObject({ permissions: own });
    expect(await get(token, "assistants.update", { id: sales.id, name: "B" })).toMatchObject({ permissions: own });
    expect(await get(reading, "assistants.get", { id: sales.id })).toMatchObject({ permissions: nothingAllowed });
    await refuses("token_scope", reading, "assistants.update", { id: sales.id, name: "C" });
    await refuses("token_scope", token, "assistants.delete", { id: sales.id });
    expect(await get(token, "assistants.list")).toMatchObject({ total: 1, permissions: { create: false } });
  },
);
