import { expect, test } from "vitest";
import { doorNames, doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { expectSuccess } from "./expectations.ts";
import { password, signedUp } from "./signed-up.ts";
import { specify } from "./specify.ts";
import { openWorld } from "./world.ts";

const day = 24 * 60 * 60 * 1000;

specify("session.me", {
  async arrange(world) {
    const ada = await world.user({ name: "ada", displayName: "Ada L.", grants: ["teams:create"] });
    await world.team({ name: "crew", members: [[ada, "designer"]] });
    return { ada };
  },
  as: ({ ada }) => ada,
  input: () => ({}),
  gives: {
    user: { id: "user:ada", username: "ada", displayName: "Ada L.", email: null, role: "creator" },
    teams: [{ id: "team:crew", name: "crew", displayName: "crew", role: "designer" }],
    permissions: ["assistants:create", "datasets:create", "tokens:create", "teams:create"],
    seat: { active: true, expiresAt: null },
  },
  also: [
    {
      title: "tells a superuser that it may do everything",
      arrange: (world) => world.rows("update users set role = 'admin'"),
      gives: { permissions: { length: 6 } },
    },
    {
      title: "tells of no seat",
      arrange: (world) => world.rows("delete from seats"),
      gives: { seat: { active: false, expiresAt: null } },
    },
  ],
});

specify("session.list", {
  arrange: signedUp,
  as: ({ ada }) => ada,
  input: () => ({}),
  gives: ({ other }) => ({
    items: [
      { id: other.id, current: false, userId: "user:ada", permissions: { delete: true } },
      { current: true, userId: "user:ada" },
    ],
    total: 2,
  }),
  bad: [{ input: { limit: 0 }, at: "limit" }],
  also: [
    { title: "shows a superuser all", as: ({ root }) => root, gives: { total: 5 } },
    {
      title: "leaves out what has expired",
      arrange: (world, { other }) => world.rows("update sessions set expires_at = 1 where id = ?", other.id),
      gives: { total: 1 },
    },
  ],
});

specify("session.get", {
  arrange: signedUp,
  as: ({ ada }) => ada,
  input: ({ other }) => ({ id: other.id }),
  gives: ({ other }) => ({
    id: other.id,
    current: false,
    userId: "user:ada",
    version: 1,
    permissions: { delete: true },
  }),
  bad: [{ input: { id: "x".repeat(201) }, at: "id" }],
  also: [
    { title: "404 for somebody else's", input: ({ bens }) => ({ id: bens.id }), refuses: "not_found" },
    { title: "shows a superuser anybody's", as: ({ root }) => root, input: ({ bens }) => ({ id: bens.id }), gives: {} },
  ],
});

specify("session.revoke", {
  arrange: signedUp,
  as: ({ ada }) => ada,
  input: ({ other }) => ({ id: other.id }),
  status: 204,
  also: [
    { title: "404 for somebody else's", input: ({ bens }) => ({ id: bens.id }), refuses: "not_found" },
    { title: "takes a superuser", as: ({ root }) => root, input: ({ bens }) => ({ id: bens.id }) },
  ],
});

specify("session.logout", {
  arrange: signedUp,
  as: ({ ada }) => ada,
  input: () => ({}),
  status: 204,
});

specify("session.login", {
  arrange: signedUp,
  as: () => null,
  input: () => ({ username: "ada", password }),
  status: 200,
  gives: {
    user: { id: "user:ada", username: "ada", displayName: "Ada L." },
    sid: expect.stringMatching(/^[a-z2-7]{40}$/),
    expiresAt: "2026-03-31T12:00:00.000Z",
  },
  // The attempt, which counts before it is judged, and the session that it has led to.
  async trail(world, { ada }) {
    const [session] = await world.rows("select id from sessions order by rowid desc limit 1");
    return [
      ["session.login", null, null],
      ["session.login", ada.id, session?.[0]],
    ];
  },
  bad: [
    { input: { username: "" }, at: "username" },
    { input: { username: "x".repeat(101) }, at: "username" },
    { input: { password: "" }, at: "password" },
    { input: { password: "x".repeat(257) }, at: "password" },
    { input: { password: undefined }, at: "password" },
  ],
  also: [
    {
      title: "401 for a wrong password",
      input: () => ({ username: "ada", password: "wrong" }),
      refuses: "unauthenticated",
    },
    { title: "401 for an unknown user", input: () => ({ username: "nobody", password }), refuses: "unauthenticated" },
    {
      title: "401 for a user without a password",
      input: () => ({ username: "ben", password }),
      refuses: "unauthenticated",
    },
    {
      title: "401 for a team",
      arrange: (world) => world.team({ name: "crew" }),
      input: () => ({ username: "crew", password }),
      refuses: "unauthenticated",
    },
    {
      title: "401 for a disabled user",
      arrange: (world, { ada }) => world.rows("update users set enabled = 0 where id = ?", ada.id),
      refuses: "unauthenticated",
    },
    {
      title: "takes whoever presents something, and does not look at it",
      as: () => ({ bearer: "stw_garbage" }),
      gives: { user: { username: "ada" } },
    },
  ],
});

throughEveryDoor("signing in gives a session, signing out ends it and no other", async ({ world, get, refuses }) => {
  const { ada } = await signedUp(world);
  const signedIn: { sid: string } = await get(null, "session.login", { username: "ada", password });
  expect(await get(signedIn, "session.me")).toMatchObject({ user: { username: "ada" } });
  expect(await get(signedIn, "session.list")).toMatchObject({ total: 3 });
  await get(signedIn, "session.logout");
  await refuses("unauthenticated", signedIn, "session.me");
  expect(await get(ada, "session.me")).toMatchObject({ user: { username: "ada" } });
});

throughEveryDoor(
  "signing in forgets sessions that have ended, anybody's, a hundred at a time",
  async ({ world, get }) => {
    const { ben, other } = await signedUp(world);
    await world.run(
      Array.from({ length: 150 }, (_, at) => ({
        sql: "insert into sessions (id, hash, user_id, expires_at, created_at) values (?, ?, ?, ?, 1)",
        args: [`s${at}`, `h${at}`, ben.id, Date.now() - at],
      })),
    );
    const left = async () =>
      Number((await world.rows("select count(*) from sessions where user_id = ?", ben.id))[0]?.[0]);
    expect(await left()).toBe(152);
    await get(null, "session.login", { username: "ada", password });
    expect(await left()).toBe(52);
    await get(null, "session.login", { username: "ada", password });
    expect(await left()).toBe(2);
    await get(other, "session.me");
  },
);

throughEveryDoor("a revoked session ends at once", async ({ world, get, refuses }) => {
  const { ada, other } = await signedUp(world);
  await get(ada, "session.revoke", { id: other.id });
  await refuses("unauthenticated", other, "session.me");
});

throughEveryDoor("a session slides from its half-life on, and ends without use", async ({ world, get, refuses }) => {
  const ada = await world.user({ name: "ada" });
  const expiry = async () =>
    Number((await world.rows("select expires_at from sessions where user_id = ?", ada.id))[0]?.[0]);
  const began = Date.now();
  const use = async () => {
    await get(ada, "session.me");
    await world.settle();
  };
  world.advance(14 * day);
  await use();
  expect(await expiry()).toBe(began + 30 * day);
  world.advance(2 * day);
  await use();
  expect(await expiry()).toBe(began + 46 * day);
  world.advance(30 * day - 1);
  await use();
  expect(await expiry()).toBe(began + 76 * day - 1);
  world.advance(30 * day);
  await refuses("unauthenticated", ada, "session.me");
});

test.each(doorNames.filter((name) => name !== "core"))("the session is a cookie, through %s", async (doorName) => {
  const world = await openWorld();
  await signedUp(world);
  const login = await doors[doorName](world, null, "session.login", { username: "ada", password });
  const { sid } = expectSuccess(login) as { sid: string };
  const [set] = login.headers.getSetCookie();
  expect(set?.split("; ").toSorted()).toEqual(
    ["Expires=Mon, 05 Apr 2027 12:00:00 GMT", "HttpOnly", "Path=/", "SameSite=Lax", "Secure", `sid=${sid}`].toSorted(),
  );
  expect(login.headers.get("cache-control")).toBe("no-store");
  const logout = await doors[doorName](world, { sid }, "session.logout", {});
  expectSuccess(logout);
  expect(logout.headers.getSetCookie()[0]).toMatch(
    /^sid=; Path=\/; Expires=Thu, 01 Jan 1970 .*HttpOnly; SameSite=Lax; Secure$/,
  );
  const failed = await doors[doorName](world, null, "session.login", { username: "ada", password: "wrong" });
  expect(failed.headers.getSetCookie()).toEqual([]);
});
