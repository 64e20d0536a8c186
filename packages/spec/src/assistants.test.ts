import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { type BadInput, specify } from "./specify.ts";
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

const letters = (count: number) => "x".repeat(count);
const nothingAllowed = { write: false, delete: false, share: false, changeOwner: false };
const everythingAllowed = { write: true, delete: true, share: true, changeOwner: true };

const badFields: BadInput[] = [
  { input: { name: "" }, at: "name" },
  { input: { name: letters(256) }, at: "name" },
  { input: { name: 7 }, at: "name" },
  { input: { name: "null\0byte" }, at: "name" },
  { input: { name: "half \ud83d" }, at: "name" },
  { input: { slug: "Sales" }, at: "slug" },
  { input: { slug: "-sales" }, at: "slug" },
  { input: { slug: "my-draft" }, at: "slug" },
  { input: { slug: letters(64) }, at: "slug" },
  { input: { description: letters(4001) }, at: "description" },
  { input: { instructions: letters(256 * 1024 + 1) }, at: "instructions" },
  { input: { instructions: "é".repeat(128 * 1024 + 1) }, at: "instructions" },
  { input: { suggestions: Array(21).fill("x") }, at: "suggestions" },
  { input: { suggestions: ["x", ""] }, at: "suggestions.1" },
  { input: { data: { text: letters(64 * 1024) } }, at: "data" },
  { input: { data: ["no", "object"] }, at: "data" },
  // superjson refuses to send such a key at all.
  { input: { data: { constructor: 1 } }, at: "data", doors: ["core", "rest"] },
  { input: { enabled: "yes" }, at: "enabled" },
  { input: { name: "", dispatcher: 1 }, at: ["name", "dispatcher"] },
];

specify("assistants.create", {
  async arrange(world) {
    const ada = await world.user({ name: "ada" });
    const root = await world.user({ name: "root", superuser: true });
    const team = await world.team({ name: "team-a", members: [[ada, "publisher"]] });
    const others = await world.team({ name: "others", members: [[ada, "memberPlus"]] });
    const strange = await world.team({ name: "strange" });
    return { ada, root, team, others, strange };
  },
  as: ({ ada }) => ada,
  input: () => ({ name: "Sales Helper" }),
  status: 201,
  gives: {
    name: "Sales Helper",
    slug: "sales-helper",
    naturalId: "ada:sales-helper",
    ownerId: "user:ada",
    description: null,
    instructions: null,
    instructionsHidden: false,
    welcome: null,
    suggestions: [],
    modelId: null,
    modelSettings: null,
    dispatcher: false,
    embedded: false,
    enabled: true,
    shared: false,
    data: null,
    folderId: null,
    editingId: null,
    skills: [],
    version: 1,
    createdAt: "2026-03-01T12:00:00.000Z",
    updatedAt: "2026-03-01T12:00:00.000Z",
    createdBy: "user:ada",
    updatedBy: "user:ada",
    permissions: everythingAllowed,
  },
  bad: [...badFields, { input: { name: undefined }, at: "name" }, { input: { id: "chosen" }, at: "" }],
  async below(world) {
    // Sees the owner named (nobody is named: oneself), so only the grant can lack.
    return world.user({ role: "member" });
  },
  also: [
    {
      title: "takes every field",
      input: () => ({
        name: "S",
        slug: "s1",
        description: "d",
        instructions: "i",
        instructionsHidden: true,
        welcome: "w",
        suggestions: ["a", "b"],
        modelId: "m",
        modelSettings: { temperature: 0.5 },
        dispatcher: true,
        embedded: true,
        enabled: false,
        data: { a: [1, null, { b: "c" }] },
      }),
      gives: { slug: "s1", instructions: "i", modelSettings: { temperature: 0.5 }, data: { a: [1, null, { b: "c" }] } },
    },
    {
      title: "counts a slug that is taken up",
      arrange: async (world, { ada }) => {
        await world.assistant({ owner: ada, slug: "sales-helper" });
        await world.assistant({ owner: ada, slug: "sales-helper-2" });
      },
      gives: { slug: "sales-helper-3" },
    },
    {
      title: "makes a slug of letters and digits alone",
      input: () => ({ name: "Ünïcode & Çedille (v2)!" }),
      gives: { slug: "unicode-cedille-v2" },
    },
    { title: "makes a slug of nothing at all", input: () => ({ name: "你好" }), gives: { slug: "assistant" } },
    { title: "never makes a draft's slug", input: () => ({ name: "My draft" }), gives: { slug: "my-drafts" } },
    {
      title: "409 for a given slug that its owner has already",
      arrange: (world, { ada }) => world.assistant({ owner: ada, slug: "taken" }),
      input: () => ({ name: "Sales", slug: "taken" }),
      refuses: "conflict",
    },
    {
      title: "takes a slug that another owner has",
      arrange: (world, { root }) => world.assistant({ owner: root, slug: "taken" }),
      input: () => ({ name: "Sales", slug: "taken" }),
      gives: { naturalId: "ada:taken" },
    },
    {
      title: "gives it to a team in which one may write",
      input: () => ({ name: "Sales", ownerId: "team-a" }),
      gives: { ownerId: "team:team-a", shared: true, permissions: { write: true, delete: false, share: false, changeOwner: false } },
    },
    { title: "403 for a team in which one may only read", input: () => ({ name: "S", ownerId: "team:others" }), refuses: "forbidden" },
    { title: "403 for a team in which one is not", input: () => ({ name: "S", ownerId: "strange" }), refuses: "forbidden" },
    { title: "403 for another user", input: () => ({ name: "S", ownerId: "user:root" }), refuses: "forbidden" },
    { title: "404 for an owner that is not there", input: () => ({ name: "S", ownerId: "nobody" }), refuses: "not_found" },
    { title: "404 for a team under a user's name", input: () => ({ name: "S", ownerId: "team:ada" }), refuses: "not_found" },
    {
      title: "gives it to anybody for a superuser",
      as: ({ root }) => root,
      input: () => ({ name: "S", ownerId: "ada" }),
      gives: { ownerId: "user:ada", createdBy: "user:root", permissions: everythingAllowed },
    },
  ],
});

specify("assistants.get", {
  arrange: salesOfAda,
  as: ({ ada }) => ada,
  input: ({ sales }) => ({ id: sales.id }),
  gives: ({ sales }) => ({ id: sales.id, name: "Sales", instructions: "Sell.", shared: true, permissions: everythingAllowed }),
  bad: [{ input: { id: letters(201) }, at: "id" }],
  also: [
    { title: "takes the natural id", input: () => ({ id: "ada:sales" }), gives: { name: "Sales" } },
    { title: "takes the natural id with its kind", input: () => ({ id: "user:ada:sales" }), gives: { name: "Sales" } },
    { title: "404 for the wrong kind of owner", input: () => ({ id: "team:ada:sales" }), refuses: "not_found" },
    { title: "takes a UUID in capitals", input: ({ sales }) => ({ id: sales.id.toUpperCase() }), gives: { name: "Sales" } },
    { title: "404 for a slug alone", input: () => ({ id: "sales" }), refuses: "not_found" },
    { title: "404 for an empty slug", input: () => ({ id: "ada:" }), refuses: "not_found" },
    { title: "shows a reader what it may", as: ({ ben }) => ben, gives: { permissions: nothingAllowed, instructions: "Sell." } },
    { title: "shows a writer what it may", as: ({ cleo }) => cleo, gives: { permissions: { ...nothingAllowed, write: true } } },
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
  gives: ({ sales }) => ({ id: sales.id, name: "Selling", slug: "sales", instructions: "Sell.", version: 2, updatedBy: "user:cleo", createdBy: "user:ada" }),
  bad: [...badFields, { input: { name: null }, at: "name" }, { input: { expectedVersion: -1 }, at: "expectedVersion" }],
  also: [
    { title: "clears with null", input: ({ sales }) => ({ id: sales.id, instructions: null }), gives: { instructions: null, name: "Sales" } },
    { title: "changes nothing but the version without keys", input: ({ sales }) => ({ id: sales.id }), gives: { name: "Sales", version: 2 } },
    {
      title: "ignores what is only to be read",
      input: ({ sales }) => ({ id: sales.id, version: 99, ownerId: "user:ben", permissions: {}, createdAt: "never", skills: 1, shared: false }),
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
  async then(world, { sales, token }) {
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

throughEveryDoor("an assistant's token reads and writes that one, and administers nothing", async ({ world, get, refuses }) => {
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
});
