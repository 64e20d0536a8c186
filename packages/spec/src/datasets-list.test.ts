import { describe, expect } from "vitest";
import type { Behind } from "./every-door.ts";
import { throughEveryDoor } from "./every-door.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

/**
 * Ada owns Alpha and beta, sees a part of Ben's Gamma, and writes to the team's Delta; nobody showed her Ben's Secret.
 * Root is a superuser.
 */
async function shelf(world: World) {
  const ada = await world.user({ name: "ada" });
  const ben = await world.user({ name: "ben" });
  const root = await world.user({ name: "root", superuser: true });
  const team = await world.team({ name: "crew", members: [[ada, "designer"]] });
  const data = { fields: [{ name: "n", dataType: "number" }], records: [{ n: 1 }, { n: 2 }] } as const;
  await world.dataset({ owner: ada, name: "Alpha", description: "Counts the blue whales", age: 5, ...data });
  await world.dataset({ owner: ada, name: "beta", age: 1 });
  await world.dataset({
    owner: ben,
    name: "Gamma",
    age: 3,
    ...data,
    shares: [[ada, { level: 1, filter: { n: 1 } }]],
  });
  await world.dataset({ owner: team, name: "Delta whale", age: 2, ...data });
  await world.dataset({ owner: ben, name: "Secret whale", age: 4, ...data });
  // An assistant is no dataset.
  await world.assistant({ owner: ada, name: "Whale" });
  return { ada, ben, root, team };
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

specify("datasets.list", {
  arrange: shelf,
  as: ({ ada }: Shelf) => ada,
  input: () => ({}),
  status: 200,
  gives: {
    ...items("Alpha", "beta", "Delta whale", "Gamma"),
    start: 0,
    next: null,
    totalIsExact: true,
    permissions: { create: true },
  },
  bad: [
    { input: { limit: 0 }, at: "limit" },
    { input: { limit: 201 }, at: "limit" },
    { input: { start: -1 }, at: "start" },
    { input: { sort: "rows" }, at: "sort" },
    { input: { q: "" }, at: "q" },
    { input: { q: "a ".repeat(21) }, at: "q" },
    { input: { ownerId: "" }, at: "ownerId" },
    { input: { total: "rough" }, at: "total" },
    { input: { cursor: "nonsense" }, at: "cursor" },
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
    asked("finds the last word alone by its beginning", { q: "blu whales" }),
    asked("takes nothing typed for a command", { q: 'whale" OR name:"secret' }),
    asked("finds nothing for signs alone", { q: "*" }),
    asked("filters", { ownerId: "ada" }, "Alpha", "beta"),
    asked("filters", { ownerId: "user:ben" }, "Gamma"),
    asked("filters", { ownerId: "team:crew" }, "Delta whale"),
    asked("filters", { ownerId: "team:ada" }),
    asked("filters", { ownerId: "nobody" }),
    asked("filters by both", { q: "whale", ownerId: "crew" }, "Delta whale"),
    {
      title: "shows of each what the caller may see and do, without its fields",
      input: () => ({ sort: "-name", limit: 3 }),
      gives: {
        items: [
          { name: "Gamma", rows: null, bytes: null, permissions: { write: false, delete: false } },
          { name: "Delta whale", rows: 2, permissions: { write: true, delete: false } },
          { name: "beta", rows: 0, permissions: { write: true, delete: true } },
        ],
        count: 3,
        total: 4,
        next: expect.any(String),
      },
      after: async (_, __, value) => expect(JSON.stringify(value)).not.toContain('"fields"'),
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
      gives: {
        total: 5,
        items: [2, 0, 2, 2, 2].map((rows) => ({ rows, permissions: { write: true, changeOwner: true } })),
      },
    },
    {
      title: "tells a member that it may not create",
      arrange: (world: World, { ada }: Shelf) => world.rows("update users set role = 'member' where id = ?", ada.id),
      gives: { permissions: { create: false } },
    },
  ],
});

specify("datasets.listAll", {
  arrange: shelf,
  as: ({ ada }) => ada,
  input: () => ({}),
  status: 200,
  gives: { items: [{ name: "Alpha" }, { name: "beta" }, { name: "Delta whale" }, { name: "Gamma" }], next: null },
  bad: [{ input: { cursor: "nonsense" }, at: "cursor" }],
});

/** Goes through a whole list by `next`, and answers with the slugs in their order. */
async function walk(get: Behind["get"], as: Shelf["ada"], input: object): Promise<string[]> {
  const slugs: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: { slug: string }[]; start: number; next: string | null } = await get(as, "datasets.list", {
      limit: 3,
      ...input,
      ...(cursor !== null && { cursor }),
    });
    expect(page.start).toBe(slugs.length);
    slugs.push(...page.items.map(({ slug }) => slug));
    cursor = page.next;
  } while (cursor !== null);
  return slugs;
}

describe("a list of datasets with equal keys", () => {
  for (const sort of ["name", "createdAt", "updatedAt"] as const) {
    throughEveryDoor(`is whole and in one order when sorted by ${sort}`, async ({ world, get }) => {
      const ada = await world.user({ name: "ada" });
      const slugs = Array.from({ length: 10 }, (_, index) => `same-${index}`);
      for (const slug of slugs) await world.dataset({ owner: ada, name: "Same", slug });
      expect(await walk(get, ada, { sort })).toEqual(slugs);
      expect(await walk(get, ada, { sort: `-${sort}` })).toEqual(slugs.toReversed());
      expect(await walk(get, ada, { sort, q: "same" })).toEqual(slugs);
    });
  }
});

throughEveryDoor("a cursor of datasets is good for its own list alone", async ({ world, get, refuses }) => {
  const { ada, ben } = await shelf(world);
  const { next } = await get(ada, "datasets.list", { limit: 1 });
  expect(await get(ada, "datasets.list", { limit: 1, cursor: next })).toMatchObject({ items: [{ name: "beta" }] });
  await refuses("validation_failed", ada, "datasets.list", { cursor: next, sort: "-name" });
  // It gives no right: somebody else sees their own rows behind it.
  expect(await get(ben, "datasets.list", { cursor: next })).toMatchObject({
    items: [{ name: "Gamma" }, { name: "Secret whale" }],
  });
});

throughEveryDoor("a list of many datasets is counted to 1,000, and comes whole in pieces", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  await world.rows(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 5005)
     insert into datasets (id, owner_id, slug, name, sort_name, created_at, updated_at)
     select printf('01900000-0000-7000-8000-1%011d', i), ?, 'a-' || i, 'A ' || i, printf('a %04d', i), i, i from n`,
    ada.id,
  );
  expect(await get(ada, "datasets.list", { limit: 1 })).toMatchObject({ total: 1000, totalIsExact: false });
  expect(await get(ada, "datasets.list", { limit: 1, total: "exact", ownerId: "ada" })).toMatchObject({
    total: 5005,
    totalIsExact: true,
  });
  const { items: first, next } = await get(ada, "datasets.listAll");
  expect(first).toHaveLength(5000);
  expect(await get(ada, "datasets.listAll", { cursor: next })).toMatchObject({ items: { length: 5 }, next: null });
});
