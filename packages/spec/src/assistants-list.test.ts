import { describe, expect } from "vitest";
import type { Behind } from "./every-door.ts";
import { throughEveryDoor } from "./every-door.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

/**
 * Ada owns Alpha and Beta, may read Ben's Gamma, and writes to the team's Delta; nobody showed her Ben's Secret.
 * Root is a superuser.
 */
async function shelf(world: World) {
  const ada = await world.user({ name: "ada" });
  const ben = await world.user({ name: "ben" });
  const root = await world.user({ name: "root", superuser: true });
  const team = await world.team({ name: "crew", members: [[ada, "designer"]] });
  const alpha = await world.assistant({ owner: ada, name: "Alpha", description: "Counts the blue whales", age: 5 });
  const beta = await world.assistant({ owner: ada, name: "beta", instructions: "whisper", dispatcher: true, age: 1 });
  const gamma = await world.assistant({
    owner: ben,
    name: "Gamma",
    instructions: "hush",
    instructionsHidden: true,
    age: 3,
  });
  const delta = await world.assistant({ owner: team, name: "Delta whale", age: 2 });
  const secret = await world.assistant({ owner: ben, name: "Secret whale", age: 4 });
  await world.share(gamma, ada, 1);
  await world.favorite(gamma, ada);
  await world.favorite(secret, ben);
  return { ada, ben, root, team, alpha, beta, gamma, delta, secret };
}
type Shelf = Awaited<ReturnType<typeof shelf>>;

const items = (...names: string[]) => ({
  items: names.map((name) => ({ name })),
  count: names.length,
  total: names.length,
});
const asked = (title: string, input: object, ...names: string[]) => ({
  title: `${title} ${JSON.stringify(input)}`,
  input: () => ({ ...input }),
  gives: { ...items(...names), next: null, totalIsExact: true },
});

specify("assistants.list", {
  arrange: shelf,
  as: ({ ada }: Shelf) => ada,
  input: () => ({}),
  status: 200,
  gives: {
    ...items("Alpha", "beta", "Delta whale", "Gamma"),
    start: 0,
    totalIsExact: true,
    next: null,
    permissions: { create: true },
  },
  bad: [
    { input: { limit: 0 }, at: "limit" },
    { input: { limit: 201 }, at: "limit" },
    { input: { limit: "many" }, at: "limit" },
    { input: { limit: 1.5 }, at: "limit" },
    { input: { start: -1 }, at: "start" },
    { input: { sort: "slug" }, at: "sort" },
    { input: { q: "" }, at: "q" },
    { input: { q: "a ".repeat(21) }, at: "q" },
    { input: { dispatcher: "maybe" }, at: "dispatcher" },
    { input: { total: "rough" }, at: "total" },
    { input: { cursor: "nonsense" }, at: "cursor" },
    { input: { cursor: `${"A".repeat(20)}.${"0".repeat(16)}` }, at: "cursor" },
  ],
  also: [
    asked("sorts", { sort: "-name" }, "Gamma", "Delta whale", "beta", "Alpha"),
    asked("sorts", { sort: "createdAt" }, "Alpha", "Gamma", "Delta whale", "beta"),
    asked("sorts", { sort: "-createdAt" }, "beta", "Delta whale", "Gamma", "Alpha"),
    asked("sorts", { sort: "updatedAt" }, "Alpha", "Gamma", "Delta whale", "beta"),
    asked("sorts", { sort: "-updatedAt" }, "beta", "Delta whale", "Gamma", "Alpha"),
    asked("finds words of names and descriptions, never what one cannot see,", { q: "whale" }, "Alpha", "Delta whale"),
    asked("finds by several words", { q: "BLUE wha" }, "Alpha"),
    asked("finds by slug", { q: "gam" }, "Gamma"),
    asked("never finds by instructions", { q: "whisper" }),
    asked("takes nothing typed for a command", { q: 'whale" OR name:"secret' }),
    asked("finds nothing for signs alone", { q: "*" }),
    asked("filters", { ownerId: "ada" }, "Alpha", "beta"),
    asked("filters", { ownerId: "user:ben" }, "Gamma"),
    asked("filters", { ownerId: "team:crew" }, "Delta whale"),
    asked("filters", { ownerId: "team:ada" }),
    asked("filters", { ownerId: "nobody" }),
    asked("filters", { favorite: true }, "Gamma"),
    asked("filters", { favorite: false }, "Alpha", "beta", "Delta whale"),
    asked("filters", { shared: true }, "Delta whale", "Gamma"),
    asked("filters", { shared: false }, "Alpha", "beta"),
    asked("filters", { dispatcher: true }, "beta"),
    asked("filters", { dispatcher: false }, "Alpha", "Delta whale", "Gamma"),
    asked("filters by all at once", { q: "whale", shared: true, dispatcher: false, ownerId: "crew" }, "Delta whale"),
    {
      title: "shows what the caller may do with each, and hides hidden instructions",
      input: () => ({ sort: "-name", limit: 3 }),
      gives: {
        items: [
          { name: "Gamma", instructions: null, permissions: { write: false, delete: false } },
          { name: "Delta whale", permissions: { write: true, delete: false } },
          { name: "beta", instructions: "whisper", permissions: { write: true, delete: true } },
        ],
        count: 3,
        total: 4,
        next: expect.any(String),
      },
    },
    {
      title: "begins anywhere",
      input: () => ({ start: 3 }),
      gives: { start: 3, count: 1, total: 4, items: [{ name: "Gamma" }] },
    },
    {
      title: "is empty behind its end",
      input: () => ({ start: 9 }),
      gives: { start: 9, count: 0, total: 4, items: [], next: null },
    },
    {
      title: "shows a superuser everything",
      as: ({ root }: Shelf) => root,
      gives: { total: 5, items: Array(5).fill({ permissions: { write: true, changeOwner: true } }) },
    },
    {
      title: "tells a member that it may not create",
      arrange: (world: World, { ada }: Shelf) => world.rows("update users set role = 'member' where id = ?", ada.id),
      gives: { permissions: { create: false } },
    },
  ],
});

specify("assistants.listAll", {
  arrange: shelf,
  as: ({ ada }) => ada,
  input: () => ({}),
  status: 200,
  gives: {
    items: [
      { name: "Alpha", tags: [], sharing: [], favorite: false },
      { name: "beta" },
      { name: "Delta whale" },
      { name: "Gamma", instructions: null, favorite: true, sharing: [{ principalId: "user:ada", accessLevel: 1 }] },
    ],
    next: null,
  },
  bad: [{ input: { cursor: "nonsense" }, at: "cursor" }],
});

/** Goes through a whole list by `next`, and answers with the names in their order. */
async function walk(get: Behind["get"], as: Shelf["ada"], input: object): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: { slug: string }[]; start: number; next: string | null } = await get(as, "assistants.list", {
      limit: 3,
      ...input,
      ...(cursor !== null && { cursor }),
    });
    expect(page.start).toBe(names.length);
    names.push(...page.items.map(({ slug }) => slug));
    cursor = page.next;
  } while (cursor !== null);
  return names;
}

describe("a list of equal keys", () => {
  for (const sort of ["name", "createdAt", "updatedAt"] as const) {
    throughEveryDoor(`is whole and in one order when sorted by ${sort}`, async ({ world, get }) => {
      const ada = await world.user({ name: "ada" });
      const slugs = Array.from({ length: 10 }, (_, index) => `same-${index}`);
      for (const slug of slugs) await world.assistant({ owner: ada, name: "Same", slug });
      expect(await walk(get, ada, { sort })).toEqual(slugs);
      expect(await walk(get, ada, { sort: `-${sort}` })).toEqual(slugs.toReversed());
      expect(await walk(get, ada, { sort, q: "same" })).toEqual(slugs);
    });
  }
});

throughEveryDoor("a cursor is good for its own list alone", async ({ world, get, refuses }) => {
  const { ada, ben } = await shelf(world);
  const { next } = await get(ada, "assistants.list", { limit: 1, dispatcher: false });
  expect(await get(ada, "assistants.list", { limit: 1, dispatcher: false, cursor: next })).toMatchObject({
    items: [{ name: "Delta whale" }],
    start: 1,
  });
  const others = [
    { cursor: next },
    { cursor: next, dispatcher: true },
    { cursor: next, dispatcher: false, sort: "-name" as const },
  ];
  for (const other of others)
    expect(await refuses("validation_failed", ada, "assistants.list", other)).toEqual(["cursor"]);
  for (let at = 0; at < next.length; at += 7) {
    const changed = next.slice(0, at) + (next[at] === "A" ? "B" : "A") + next.slice(at + 1);
    await refuses("validation_failed", ada, "assistants.list", { dispatcher: false, cursor: changed });
  }
  // It gives no right: somebody else sees their own rows behind it.
  expect(await get(ben, "assistants.list", { dispatcher: false, cursor: next })).toMatchObject({
    items: [{ name: "Gamma" }, { name: "Secret whale" }],
  });
});

throughEveryDoor("a list is counted to 1,000, and beyond that when asked", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  await world.rows(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 1005)
     insert into assistants (id, owner_id, slug, name, sort_name, suggestions, created_at, updated_at)
     select printf('01900000-0000-7000-8000-1%011d', i), ?, 'a-' || i, 'A ' || i, printf('a %04d', i), '[]', i, i from n`,
    ada.id,
  );
  expect(await get(ada, "assistants.list", { limit: 1 })).toMatchObject({ total: 1000, totalIsExact: false });
  expect(await get(ada, "assistants.list", { limit: 1, total: "exact" })).toMatchObject({
    total: 1005,
    totalIsExact: true,
  });
  expect(await get(ada, "assistants.list", { limit: 1, ownerId: "ada" })).toMatchObject({
    total: 1000,
    totalIsExact: false,
  });
  expect(await get(ada, "assistants.list", { start: 1000 })).toMatchObject({ count: 5, next: null });
});
