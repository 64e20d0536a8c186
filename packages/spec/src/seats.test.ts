import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

const soon = new Date("2026-03-02T12:00:00.000Z");

async function seated(world: World) {
  const root = await world.user({ name: "root", superuser: true });
  const ada = await world.user({ name: "ada", seat: soon });
  const ben = await world.user({ name: "ben", seat: false });
  return { root, ada, ben };
}

specify("seats.list", {
  arrange: seated,
  as: ({ root }) => root,
  input: () => ({}),
  gives: {
    items: [
      {
        userId: "user:ada",
        username: "ada",
        active: true,
        expiresAt: soon.toISOString(),
        permissions: { delete: true },
      },
      { userId: "user:root", active: true, expiresAt: null },
    ],
    total: 2,
  },
  bad: [{ input: { start: -1 }, at: "start" }],
  also: [
    {
      title: "tells a seat that has ended",
      arrange: async (world) => world.rows("update seats set expires_at = 1 where expires_at is not null"),
      gives: { items: [{ username: "ada", active: false }, {}] },
    },
  ],
});

specify("seats.give", {
  arrange: seated,
  as: ({ root }) => root,
  input: () => ({ username: "ben", expiresAt: soon }),
  status: 201,
  gives: { userId: "user:ben", active: true, expiresAt: soon.toISOString(), version: 1 },
  bad: [
    { input: { expiresAt: "tomorrow" }, at: "expiresAt" },
    { input: { expiresAt: 7 }, at: "expiresAt" },
    { input: { username: "" }, at: "username" },
  ],
  also: [
    { title: "gives a seat without end", input: () => ({ username: "ben" }), gives: { expiresAt: null } },
    {
      title: "changes the end of one that is there",
      input: () => ({ username: "user:ada", expiresAt: null }),
      gives: { expiresAt: null, version: 2 },
    },
    { title: "404 for nobody", input: () => ({ username: "nobody" }), refuses: "not_found" },
    {
      title: "404 for a team",
      arrange: (world) => world.team({ name: "crew" }),
      input: () => ({ username: "crew" }),
      refuses: "not_found",
    },
  ],
});

specify("seats.take", {
  arrange: seated,
  as: ({ root }) => root,
  input: () => ({ username: "ada" }),
  status: 204,
  async after(world, { ada }) {
    expect(await world.rows("select 1 from seats where user_id = ?", ada.id)).toEqual([]);
  },
  also: [
    { title: "404 for one who has none", input: () => ({ username: "ben" }), refuses: "not_found" },
    { title: "takes the version that was read", input: () => ({ username: "ada", expectedVersion: 1 }) },
    {
      title: "412 for a seat that has changed since",
      input: () => ({ username: "ada", expectedVersion: 2 }),
      refuses: "version_mismatch",
    },
  ],
});

specify("seats.get", {
  arrange: seated,
  as: ({ root }) => root,
  input: () => ({ username: "ada" }),
  gives: { userId: "user:ada", active: true, expiresAt: soon.toISOString(), version: 1 },
  bad: [{ input: { username: "x".repeat(201) }, at: "username" }],
  also: [
    { title: "404 for one who has none", input: () => ({ username: "ben" }), refuses: "not_found" },
    { title: "shows one's own", as: ({ ada }) => ada, gives: { userId: "user:ada" } },
  ],
});

throughEveryDoor("a seat ends on time, and at once when it is taken", async ({ world, get, refuses }) => {
  const { root, ada } = await seated(world);
  expect(await get(ada, "assistants.list")).toMatchObject({ total: 0 });
  world.advance(soon.getTime() - Date.now() - 1);
  expect(await get(ada, "session.me")).toMatchObject({ seat: { active: true, expiresAt: soon.toISOString() } });
  world.advance(1);
  await refuses("ai_entitlement_required", ada, "assistants.list");
  expect(await get(ada, "session.me")).toMatchObject({ seat: { active: false } });
  await get(root, "seats.give", { username: "ada" });
  expect(await get(ada, "assistants.list")).toMatchObject({ total: 0 });
  await get(root, "seats.take", { username: "ada" });
  await refuses("ai_entitlement_required", ada, "assistants.list");
});
