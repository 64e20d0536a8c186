import fc from "fast-check";
import { expect, test } from "vitest";
import { expectDerivedTables } from "./derived.ts";
import { doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { expectSuccess } from "./expectations.ts";
import { specify } from "./specify.ts";
import { openWorld, type World } from "./world.ts";

/**
 * Ada, who leaves, owns the assistants Sales and Support and the datasets Whales and Sales; Ben has a Sales too, and Whales.
 * Cleo leads the crew.
 */
async function leaving(world: World) {
  const root = await world.user({ name: "root", superuser: true });
  const [ada, ben] = [await world.user({ name: "ada" }), await world.user({ name: "ben" })];
  const cleo = await world.user({ name: "cleo" });
  const crew = await world.team({ name: "crew", members: [[cleo, "admin"]] });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  const support = await world.assistant({ owner: ada, name: "Support" });
  const bens = await world.assistant({ owner: ben, name: "Sales" });
  const whales = await world.dataset({ owner: ada, name: "Whales" });
  const counts = await world.dataset({ owner: ada, name: "Sales" });
  await world.dataset({ owner: ben, name: "Whales" });
  return { root, ada, ben, cleo, crew, sales, support, bens, whales, counts };
}

specify("users.transfer", {
  arrange: leaving,
  as: ({ root }) => root,
  input: () => ({ username: "ada", ownerId: "ben" }),
  status: 200,
  gives: ({ sales, whales }) => ({
    moved: 2,
    renamedCount: 1,
    renamed: [{ id: sales.id, from: "sales", to: "sales-2" }],
    datasets: { moved: 2, renamedCount: 1, renamed: [{ id: whales.id, from: "whales", to: "whales-2" }] },
  }),
  // The user who has given, and all that has another owner.
  trail: async (_, { root, ada, sales, support, whales, counts }) => [
    ["users.transfer", root.id, ada.id],
    ["users.transfer", root.id, sales.id],
    ["users.transfer", root.id, support.id],
    // In the order of their slugs.
    ["users.transfer", root.id, counts.id],
    ["users.transfer", root.id, whales.id],
  ],
  async after(world, { ben, root, sales, support, whales, counts }) {
    const now = Date.now();
    expect(
      await world.rows(
        "select id, slug, version, updated_at, updated_by from assistants where owner_id = ? order by slug",
        ben.id,
      ),
    ).toEqual([
      [expect.any(String), "sales", 1, now, ben.id],
      [sales.id, "sales-2", 2, now, root.id],
      [support.id, "support", 2, now, root.id],
    ]);
    const details = await world.rows("select details from audit order by number");
    expect(details.map(([text]) => JSON.parse(String(text)))).toEqual([
      { to: "user:ben", moved: 2, movedDatasets: 2 },
      ...Array(4).fill({ from: "user:ada", to: "user:ben" }),
    ]);
    expect(
      await world.rows("select id, slug, version, updated_by from datasets where owner_id = ? order by slug", ben.id),
    ).toEqual([
      [counts.id, "sales", 2, root.id],
      [expect.any(String), "whales", 1, ben.id],
      [whales.id, "whales-2", 2, root.id],
    ]);
    await expectDerivedTables(world);
  },
  bad: [
    { input: { ownerId: "" }, at: "ownerId" },
    { input: { ownerId: undefined }, at: "ownerId" },
    { input: { username: "x".repeat(201) }, at: "username" },
    { input: { ownerId: "ada" }, at: "ownerId" },
  ],
  also: [
    {
      title: "gives to a team",
      input: () => ({ username: "user:ada", ownerId: "team:crew" }),
      gives: { moved: 2, renamed: [], renamedCount: 0, datasets: { moved: 2, renamedCount: 0, renamed: [] } },
    },
    {
      title: "moves what a disabled user has",
      arrange: (world, { ada }) => world.rows("update users set enabled = 0 where id = ?", ada.id),
      gives: { moved: 2 },
    },
    {
      title: "has nothing to move of one who has nothing",
      input: () => ({ username: "cleo", ownerId: "ben" }),
      gives: { moved: 0, renamed: [], renamedCount: 0, datasets: { moved: 0, renamedCount: 0, renamed: [] } },
    },
    {
      title: "needs no AI seat, and no AI",
      arrange: (world) =>
        world.run(["delete from seats", "update settings set ai_enabled = 0"].map((sql) => ({ sql, args: [] }))),
      gives: { moved: 2 },
    },
    { title: "404 for nobody", input: () => ({ username: "ada", ownerId: "nobody" }), refuses: "not_found" },
    { title: "404 for another kind", input: () => ({ username: "ada", ownerId: "team:ben" }), refuses: "not_found" },
    { title: "404 for a team that leaves", input: () => ({ username: "crew", ownerId: "ben" }), refuses: "not_found" },
    { title: "403 for oneself", as: ({ ada }) => ada, refuses: "forbidden" },
  ],
});

throughEveryDoor("who leaves leaves nothing behind, and can then be deleted", async ({ world, ask, get, refuses }) => {
  const { root, ada, ben, cleo, sales, support, whales, counts } = await leaving(world);
  await world.shareDataset(counts, ben, { level: 1, visibleFields: [] });
  await world.shareDataset(whales, cleo, { level: 1 });
  const { id: draft } = await world.assistant({ owner: ada, slug: "sales-draft", editing: sales });
  await world.share(support, ben, 2);
  await world.share(sales, cleo, 1);
  await world.rows("update assistants set folder_id = 'f' where id in (?, ?)", sales.id, support.id);
  const token = await world.token(ben, { assistant: support });
  const refused = await ask(root, "users.delete", { username: "ada" });
  expect(refused).toMatchObject({ ok: false, code: "conflict" });
  expect(JSON.stringify(refused)).toContain("/users/{username}/_transfer");
  await get(root, "users.transfer", { username: "ada", ownerId: "user:ben" });
  await refuses("not_found", ada, "assistants.get", { id: sales.id });
  await refuses("not_found", ada, "datasets.get", { id: whales.id });
  expect(await get(ben, "datasetShares.list", { id: counts.id })).toMatchObject({ total: 0 });
  expect(await get(cleo, "datasets.get", { id: "ben:whales-2" })).toMatchObject({ id: whales.id });
  expect(await get(ada, "assistants.list")).toMatchObject({ total: 0 });
  expect(await get(ben, "assistants.get", { id: "ben:sales-2" })).toMatchObject({ id: sales.id, folderId: null });
  expect(await get(ben, "assistants.get", { id: draft })).toMatchObject({ naturalId: "ben:sales-2-draft" });
  expect(await get(ben, "shares.list", { id: support.id })).toMatchObject({ total: 0 });
  expect(await get(cleo, "assistants.get", { id: sales.id })).toMatchObject({ permissions: { write: false } });
  expect(await get(token, "assistants.get", { id: support.id })).toMatchObject({ naturalId: "ben:support" });
  expect(await get(ben, "assistants.list", { q: "sales" })).toMatchObject({ total: 2 });
  await get(root, "users.delete", { username: "ada" });
});

/** Slugs that are like each other: of the same stem, cut where they are too long, with numbers behind them already. */
const stem = fc.constantFrom("a", "a-b", "a-2", "a-2-2", "-".padStart(3, "b"), "x".repeat(55), "x".repeat(54));
const ending = fc.constantFrom("", "-", "-1", "-2", "-3", "-4", "-2-2", "-02", "xyz", "-xy", "xxxxxxxx");
const slugs = fc.uniqueArray(
  fc.tuple(stem, ending).map((parts) => parts.join("").slice(0, 63)),
  { maxLength: 25 },
);

test("whatever the slugs, all move, none twice, and only those that must have another", async () => {
  const property = fc.asyncProperty(slugs, slugs, async (adas, bens) => {
    const world = await openWorld({ keep: true });
    const root = await world.user({ name: "root", superuser: true });
    const [ada, ben] = [await world.user({ name: "ada" }), await world.user({ name: "ben" })];
    const made = new Map<string, string>();
    for (const slug of adas) made.set((await world.assistant({ owner: ada, slug })).id, slug);
    for (const slug of bens) await world.assistant({ owner: ben, slug });
    const answer = await doors.core(world, root, "users.transfer", { username: "ada", ownerId: "ben" });
    const { moved, renamed } = expectSuccess(answer) as {
      moved: number;
      renamed: { id: string; from: string; to: string }[];
    };
    const rows = (await world.rows("select id, slug from assistants where owner_id = ?", ben.id)) as [string, string][];
    expect(moved).toBe(adas.length);
    expect(rows.length).toBe(adas.length + bens.length);
    const now = new Map(rows);
    expect(new Set(now.values()).size).toBe(rows.length);
    for (const [id, slug] of made) {
      const as = now.get(id) ?? "";
      if (!bens.includes(slug)) expect(as).toBe(slug);
      else {
        expect(as).toMatch(/^[a-z0-9][a-z0-9-]{0,52}[a-z0-9-]{0,2}-[1-9]\d*$/);
        expect(Number(/\d+$/.exec(as)?.[0])).toBeGreaterThanOrEqual(2);
        expect(renamed).toContainEqual({ id, from: slug, to: as });
      }
    }
    expect(renamed.length).toBe(adas.filter((slug) => bens.includes(slug)).length);
    await world.settle();
    await world.close();
  });
  await fc.assert(property, {
    numRuns: 120,
    examples: [
      [
        ["a", "a-", "a-2"],
        ["a", "a-", "a-3"],
      ],
    ],
  });
});

test("no number is left out", async () => {
  const world = await openWorld();
  const root = await world.user({ name: "root", superuser: true });
  const [ada, ben] = [await world.user({ name: "ada" }), await world.user({ name: "ben" })];
  for (const slug of ["a", "a-3", "b"]) await world.assistant({ owner: ada, slug });
  for (const slug of ["a", "a-2", "a-5", "b", "b-x"]) await world.assistant({ owner: ben, slug });
  const answer = await doors.core(world, root, "users.transfer", { username: "ada", ownerId: "ben" });
  expect(expectSuccess(answer)).toMatchObject({
    renamed: [
      { from: "a", to: "a-4" },
      { from: "b", to: "b-2" },
    ],
  });
});

test("the answer names a hundred of those with another slug, and counts all", async () => {
  const world = await openWorld();
  const root = await world.user({ name: "root", superuser: true });
  const [ada, ben] = [await world.user({ name: "ada" }), await world.user({ name: "ben" })];
  for (const owner of [ada, ben])
    for (let at = 0; at < 110; at++) await world.assistant({ owner, slug: `a${String(at).padStart(3, "0")}` });
  const answer = await doors.core(world, root, "users.transfer", { username: "ada", ownerId: "ben" });
  expect(expectSuccess(answer)).toMatchObject({
    moved: 110,
    renamedCount: 110,
    renamed: { length: 100, 0: { to: "a000-2" } },
  });
});
