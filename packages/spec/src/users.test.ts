import { describe, expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { type BadInput, specify } from "./specify.ts";
import type { World } from "./world.ts";

const password = "correct horse battery";

/** Root is the only superuser; Ada is a creator. */
async function people(world: World) {
  const root = await world.user({ name: "root", superuser: true });
  const ada = await world.user({ name: "ada", displayName: "Ada L.", password });
  return { root, ada };
}

const badUsers: BadInput[] = [
  { input: { displayName: "" }, at: "displayName" },
  { input: { email: "nobody" }, at: "email" },
  { input: { role: "owner" }, at: "role" },
  { input: { grants: ["all"] }, at: "grants.0" },
  { input: { enabled: "no" }, at: "enabled" },
  { input: { password: "too short" }, at: "password" },
  { input: { password: "x".repeat(257) }, at: "password" },
  { input: { seat: 1 }, at: "seat" },
];

specify("users.list", {
  arrange: people,
  as: ({ root }) => root,
  input: () => ({}),
  gives: {
    items: [{ id: "user:ada", displayName: "Ada L.", role: "creator", seat: true }, { id: "user:root" }],
    total: 2,
  },
  bad: [{ input: { limit: 0 }, at: "limit" }],
  also: [{ title: "pages", input: () => ({ limit: 1 }), gives: { count: 1, total: 2, next: expect.any(String) } }],
});

specify("users.get", {
  arrange: people,
  as: ({ root }) => root,
  input: () => ({ username: "ada" }),
  gives: {
    id: "user:ada",
    username: "ada",
    email: null,
    enabled: true,
    grants: [],
    permissions: { administer: true, delete: true },
  },
  also: [
    { title: "takes the prefixed name", input: () => ({ username: "user:ada" }), gives: { username: "ada" } },
    {
      title: "shows oneself",
      as: ({ ada }) => ada,
      gives: { permissions: { write: true, administer: false, delete: false } },
    },
    { title: "404 for somebody else", as: ({ ada }) => ada, input: () => ({ username: "root" }), refuses: "not_found" },
    {
      title: "404 for a team",
      arrange: (world) => world.team({ name: "crew" }),
      input: () => ({ username: "crew" }),
      refuses: "not_found",
    },
  ],
});

specify("users.create", {
  arrange: people,
  as: ({ root }) => root,
  input: () => ({ username: "new.user-1" }),
  status: 201,
  gives: {
    id: "user:new.user-1",
    displayName: "new.user-1",
    role: "member",
    grants: [],
    enabled: true,
    seat: true,
    version: 1,
    email: null,
  },
  bad: [
    ...badUsers,
    { input: { username: "Ada" }, at: "username" },
    { input: { username: ".ada" }, at: "username" },
    { input: { username: "x".repeat(64) }, at: "username" },
    { input: { username: "team" }, at: "username" },
    { input: { username: "user" }, at: "username" },
    { input: { username: undefined }, at: "username" },
  ],
  also: [
    {
      title: "takes every field",
      input: () => ({
        username: "eve",
        displayName: "E",
        email: "e@x.org",
        role: "creator",
        grants: ["ai:manage"],
        enabled: false,
        password,
        seat: false,
      }),
      gives: { role: "creator", grants: ["ai:manage"], enabled: false, seat: false, email: "e@x.org" },
      after: async (world, _, value) => {
        expect(JSON.stringify(value)).not.toContain(password);
        expect(await world.rows("select password_hash from users where email = 'e@x.org'")).toEqual([
          [`plain:${password}`],
        ]);
      },
    },
    { title: "409 for a user's name", input: () => ({ username: "ada" }), refuses: "conflict" },
    {
      title: "409 for a team's name",
      arrange: (world) => world.team({ name: "crew" }),
      input: () => ({ username: "crew" }),
      refuses: "conflict",
    },
  ],
});

specify("users.update", {
  arrange: people,
  as: ({ root }) => root,
  input: () => ({
    username: "ada",
    role: "admin" as const,
    grants: ["teams:create" as const],
    displayName: "Ada",
    seat: false,
  }),
  gives: {
    role: "admin",
    grants: ["teams:create"],
    displayName: "Ada",
    seat: false,
    version: 2,
    permissions: { administer: true },
  },
  bad: badUsers,
  also: [
    {
      title: "lets one change oneself",
      as: ({ ada }) => ada,
      input: () => ({ username: "ada", displayName: "A", email: "a@x.org" }),
      gives: { displayName: "A", email: "a@x.org" },
    },
    {
      title: "clears with null",
      as: ({ ada }) => ada,
      input: () => ({ username: "ada", email: null }),
      gives: { email: null },
    },
    {
      title: "403 for one's own role",
      as: ({ ada }) => ada,
      input: () => ({ username: "ada", role: "admin" }),
      refuses: "forbidden",
    },
    {
      title: "403 for one's own grants",
      as: ({ ada }) => ada,
      input: () => ({ username: "ada", grants: ["ai:manage"] }),
      refuses: "forbidden",
    },
    {
      title: "403 for disabling oneself",
      as: ({ ada }) => ada,
      input: () => ({ username: "ada", enabled: false }),
      refuses: "forbidden",
    },
    {
      title: "403 for one's own seat",
      as: ({ ada }) => ada,
      input: () => ({ username: "ada", seat: false }),
      refuses: "forbidden",
    },
    {
      title: "lets one put back what one may not change",
      as: ({ ada }) => ada,
      input: () => ({ username: "ada", role: "creator", grants: [], enabled: true, seat: true }),
      gives: { version: 2 },
    },
    {
      title: "409 for the last superuser's role",
      input: () => ({ username: "root", role: "member" }),
      refuses: "conflict",
    },
    {
      title: "409 for disabling the last superuser",
      input: () => ({ username: "root", enabled: false }),
      refuses: "conflict",
    },
    {
      title: "takes the role of one of two superusers",
      arrange: (world) => world.user({ superuser: true }),
      input: () => ({ username: "root", role: "member" }),
      gives: { role: "member" },
    },
    {
      title: "gives a seat back",
      arrange: (world, { ada }) => world.rows("delete from seats where user_id = ?", ada.id),
      input: () => ({ username: "ada", seat: true }),
      gives: { seat: true },
    },
  ],
});

specify("users.delete", {
  arrange: people,
  as: ({ root }) => root,
  input: () => ({ username: "ada" }),
  status: 204,
  async after(world, { ada }) {
    for (const [table, key] of [
      ["principals", "id"],
      ["users", "id"],
      ["sessions", "user_id"],
      ["seats", "user_id"],
    ]) {
      expect(await world.rows(`select 1 from ${table} where ${key} = ?`, ada.id), table).toEqual([]);
    }
  },
  also: [
    {
      title: "409 for one who owns assistants",
      arrange: (world, { ada }) => world.assistant({ owner: ada }),
      refuses: "conflict",
    },
    { title: "409 for the last superuser", input: () => ({ username: "root" }), refuses: "conflict" },
  ],
});

throughEveryDoor("a name that is given again inherits nothing", async ({ world, get, refuses }) => {
  const { root, ada } = await people(world);
  const sales = await world.assistant({ owner: root, name: "Sales" });
  await world.share(sales, ada, 3);
  await world.token(ada);
  await world.team({
    name: "crew",
    members: [
      [ada, "admin"],
      [root, "admin"],
    ],
  });
  await get(root, "users.delete", { username: "ada" });
  await get(root, "users.create", { username: "ada", role: "creator" });
  const [[id]] = (await world.rows("select id from principals where name = 'ada'")) as [[string]];
  const again = await world.session({ id, name: "ada", ref: "user:ada" });
  await refuses("not_found", again, "assistants.get", { id: sales.id });
  expect(await get(again, "assistants.list")).toMatchObject({ total: 0 });
  expect(await get(again, "session.me")).toMatchObject({ teams: [] });
  expect(await get(again, "tokens.list")).toMatchObject({ total: 0 });
  await refuses("unauthenticated", ada, "session.me");
});

describe("what ends with a change of the user", () => {
  throughEveryDoor(
    "disabling ends sessions and tokens at once, also when it is enabled again",
    async ({ world, get, refuses }) => {
      const { root, ada } = await people(world);
      const token = await world.token(ada);
      expect(await get(token, "session.me")).toMatchObject({ user: { username: "ada" } });
      await get(root, "users.update", { username: "ada", enabled: false });
      await refuses("unauthenticated", ada, "session.me");
      await refuses("unauthenticated", token, "session.me");
      await get(root, "users.update", { username: "ada", enabled: true });
      await refuses("unauthenticated", ada, "session.me");
      await refuses("unauthenticated", token, "session.me");
    },
  );

  throughEveryDoor("a new password ends the other sessions", async ({ world, get, refuses }) => {
    const { ada } = await people(world);
    const other = await world.session(ada);
    await get(ada, "users.update", { username: "ada", password: "another password" });
    await refuses("unauthenticated", other, "session.me");
    expect(await get(ada, "session.me")).toMatchObject({ user: { username: "ada" } });
  });

  throughEveryDoor("a token sets no password, its user's neither", async ({ world, refuses }) => {
    const { ada, root } = await people(world);
    await refuses("token_scope", await world.token(ada), "users.update", {
      username: "ada",
      password: "another password",
    });
    await refuses("token_scope", await world.token(root), "users.update", {
      username: "ada",
      password: "another password",
    });
    expect(await world.rows("select password_hash from users where password_hash is not null")).toEqual([
      [`plain:${password}`],
    ]);
  });
});
