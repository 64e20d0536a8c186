import { expect } from "vitest";
import { doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { expectSuccess } from "./expectations.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

/** Ada owns Sales, shared with Ben to read and with the crew to write. Cleo is in the crew; Dan is nobody. */
async function shared(world: World) {
  const ada = await world.user({ name: "ada" });
  const [ben, cleo, dan] = [
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
    await world.user({ name: "dan" }),
  ];
  const crew = await world.team({ name: "crew", members: [[cleo, "member"]] });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 1);
  await world.share(sales, crew, 2);
  return { ada, ben, cleo, dan, crew, sales };
}

specify("shares.list", {
  arrange: shared,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id }),
  gives: {
    items: [
      { principalId: "user:ben", accessLevel: 1, permissions: { share: false } },
      { principalId: "team:crew", accessLevel: 2 },
    ],
    total: 2,
    next: null,
  },
  bad: [
    { input: { limit: 0 }, at: "limit" },
    { input: { cursor: "x" }, at: "cursor" },
  ],
  also: [
    {
      title: "pages",
      input: ({ sales }) => ({ id: sales.id, limit: 1 }),
      gives: { count: 1, total: 2, next: expect.any(String) },
    },
    {
      title: "tells an admin that it may share",
      as: ({ ada }) => ada,
      gives: { items: [{ permissions: { share: true } }, {}] },
    },
  ],
});

specify("shares.get", {
  arrange: shared,
  as: ({ ada }) => ada,
  input: ({ sales }) => ({ id: sales.naturalId, principalId: "user:ben" }),
  gives: { principalId: "user:ben", displayName: "ben", accessLevel: 1, version: 1, permissions: { share: true } },
  also: [
    {
      title: "takes a bare name",
      input: ({ sales }) => ({ id: sales.id, principalId: "crew" }),
      gives: { accessLevel: 2 },
    },
    {
      title: "404 without such a share",
      input: ({ sales }) => ({ id: sales.id, principalId: "dan" }),
      refuses: "not_found",
    },
    {
      title: "404 for the wrong kind",
      input: ({ sales }) => ({ id: sales.id, principalId: "team:ben" }),
      refuses: "not_found",
    },
    { title: "404 for nobody", input: ({ sales }) => ({ id: sales.id, principalId: "nobody" }), refuses: "not_found" },
  ],
});

specify("shares.set", {
  arrange: shared,
  as: ({ ada }) => ada,
  input: ({ sales }) => ({ id: sales.id, principalId: "dan", accessLevel: 2 }),
  status: 201,
  gives: { principalId: "user:dan", accessLevel: 2, version: 1, createdBy: "user:ada", permissions: { share: true } },
  bad: [
    { input: { accessLevel: 4 }, at: "accessLevel" },
    { input: { accessLevel: 0 }, at: "accessLevel" },
    { input: { accessLevel: 1.5 }, at: "accessLevel" },
    { input: { accessLevel: "2" }, at: "accessLevel" },
    { input: { accessLevel: undefined }, at: "accessLevel" },
  ],
  also: [
    {
      title: "replaces what is there with 200",
      input: ({ sales }) => ({ id: sales.id, principalId: "user:ben", accessLevel: 3 }),
      status: 200,
      gives: { accessLevel: 3, version: 2, createdBy: null },
    },
    {
      title: "replaces the version that was read",
      input: ({ sales }) => ({ id: sales.id, principalId: "ben", accessLevel: 3, expectedVersion: 1 }),
      gives: { accessLevel: 3, version: 2 },
    },
    {
      title: "412 for a share that has changed since",
      arrange: (world) => world.rows("update shares set version = 2"),
      input: ({ sales }) => ({ id: sales.id, principalId: "ben", accessLevel: 3, expectedVersion: 1 }),
      refuses: "version_mismatch",
    },
    {
      title: "shares with a team",
      input: ({ sales }) => ({ id: sales.id, principalId: "team:crew", accessLevel: 1 }),
      gives: { principalId: "team:crew" },
    },
    {
      title: "404 for nobody",
      input: ({ sales }) => ({ id: sales.id, principalId: "nobody", accessLevel: 1 }),
      refuses: "not_found",
    },
    {
      title: "404 for the wrong kind",
      input: ({ sales }) => ({ id: sales.id, principalId: "team:dan", accessLevel: 1 }),
      refuses: "not_found",
    },
    {
      title: "400 for the owner",
      input: ({ sales }) => ({ id: sales.id, principalId: "ada", accessLevel: 1 }),
      refuses: "validation_failed",
      after: async (_, __, answer) => expect(answer).toMatchObject({ details: [{ path: "principalId" }] }),
    },
    {
      title: "409 beyond 500 of them, but not for one that is there",
      arrange: (world, { sales }) =>
        world.run(
          Array.from({ length: 498 }, (_, index) => [
            { sql: "insert into principals values (?1, 'user', ?1, ?1, 1, 1, 1)", args: [`p${index}`] },
            { sql: "insert into shares values (?, ?, 1, 1, 1, 1, null)", args: [sales.id, `p${index}`] },
          ]).flat(),
        ),
      refuses: "conflict",
      after: async (world, { ada, sales }) =>
        expectSuccess(await doors.core(world, ada, "shares.set", { id: sales.id, principalId: "ben", accessLevel: 2 })),
    },
    { title: "403 for a writer", as: ({ cleo }) => cleo, refuses: "forbidden" },
    {
      title: "409 for a draft",
      arrange: (world, { ada, sales }) => world.assistant({ owner: ada, slug: "sales-draft", editing: sales }),
      input: () => ({ id: "ada:sales-draft", principalId: "dan", accessLevel: 1 }),
      refuses: "conflict",
    },
  ],
});

specify("shares.delete", {
  arrange: shared,
  as: ({ ada }) => ada,
  input: ({ sales }) => ({ id: sales.id, principalId: "ben" }),
  status: 204,
  async after(world, { ben }) {
    expect(await world.rows("select 1 from shares where principal_id = ?", ben.id)).toEqual([]);
    expect(await world.rows("select 1 from access where principal_id = ?", ben.id)).toEqual([]);
  },
  also: [
    {
      title: "404 without such a share",
      input: ({ sales }) => ({ id: sales.id, principalId: "dan" }),
      refuses: "not_found",
    },
    {
      title: "ends the version that was read",
      input: ({ sales }) => ({ id: sales.id, principalId: "ben", expectedVersion: 1 }),
    },
    {
      title: "412 for a share that has changed since",
      arrange: (world) => world.rows("update shares set version = 2"),
      input: ({ sales }) => ({ id: sales.id, principalId: "ben", expectedVersion: 1 }),
      refuses: "version_mismatch",
    },
  ],
});

throughEveryDoor("a share is what one may do, and its end is the end of it", async ({ world, get, refuses }) => {
  const { ada, dan, sales, crew } = await shared(world);
  const { id } = sales;
  const may = async () => (await get(dan, "assistants.get", { id })).permissions;
  await refuses("not_found", dan, "assistants.get", { id });
  await get(ada, "shares.set", { id, principalId: "dan", accessLevel: 1 });
  expect(await may()).toMatchObject({ write: false, delete: false });
  await get(ada, "shares.set", { id, principalId: "dan", accessLevel: 2 });
  expect(await may()).toMatchObject({ write: true, share: false });
  await get(ada, "shares.set", { id, principalId: "dan", accessLevel: 3 });
  expect(await may()).toMatchObject({ delete: true, share: true, changeOwner: true });
  await get(dan, "shares.delete", { id, principalId: "dan" });
  await refuses("not_found", dan, "assistants.get", { id });
  await world.rows("insert into memberships values (?, ?, 'member', 1, 1, 1)", dan.id, crew.id);
  expect(await may()).toMatchObject({ write: true, delete: false });
});
