import { scryptPasswords } from "@steward/auth";
import { describe, expect, test } from "vitest";
import { doorNames, doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { expectRefused, expectSuccess } from "./expectations.ts";
import { operationNamed } from "./operations.ts";
import { specify } from "./specify.ts";
import { openWorld, type World } from "./world.ts";

const password = "correct horse battery";
const day = 24 * 60 * 60 * 1000;

async function signedUp(world: World) {
  const ada = await world.user({ name: "ada", displayName: "Ada L.", password });
  const ben = await world.user({ name: "ben" });
  const root = await world.user({ name: "root", superuser: true });
  const other = await world.session(ada);
  const bens = await world.session(ben);
  return { ada, ben, root, other, bens };
}

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

throughEveryDoor("a revoked session ends at once", async ({ world, get, refuses }) => {
  const { ada, other } = await signedUp(world);
  await get(ada, "session.revoke", { id: other.id });
  await refuses("unauthenticated", other, "session.me");
});

describe("with real hashes", () => {
  const passwords = scryptPasswords();
  const arrange = async (world: World) => {
    const ada = await world.user({ name: "ada" });
    const hash = await passwords.hash(password);
    await world.rows("update users set password_hash = ? where id = ?", hash, ada.id);
  };

  throughEveryDoor(
    "the right password signs in; an unknown user is a wrong password, to the byte and in time",
    async ({ world, ask, doorName }) => {
      await arrange(world);
      const attempt = async (username: string, text: string) => {
        const began = performance.now();
        const answer = await ask(null, "session.login", { username, password: text });
        return { answer, took: performance.now() - began };
      };
      expectSuccess((await attempt("ada", password)).answer);
      const login = operationNamed("session.login");
      const wrong = await attempt("ada", "wrong");
      const unknown = await attempt("nobody", "wrong");
      const bodies = [wrong, unknown].map(
        ({ answer }) => expectRefused(doorName, login, answer, "unauthenticated").body,
      );
      expect(bodies[0]).toBe(bodies[1]);
      // A hash takes a quarter of a second; without one, an answer takes a few milliseconds.
      expect(unknown.took).toBeGreaterThan(wrong.took / 3);
    },
    { passwords },
  );
});

describe("sign-in is throttled", () => {
  throughEveryDoor(
    "by account, for a quarter of an hour from the first failure",
    async ({ world, ask, get, refuses }) => {
      await signedUp(world);
      const wrong = { username: "ada", password: "wrong" };
      for (let attempt = 0; attempt < 10; attempt++) {
        await refuses("unauthenticated", null, "session.login", wrong);
        world.advance(1000);
      }
      await refuses("rate_limited", null, "session.login", wrong);
      // The right password is not even tried, in whatever spelling the name is given, from wherever.
      await refuses("rate_limited", null, "session.login", { username: "ada", password });
      const answer = await ask(null, "session.login", { username: "ada", password }, { address: "192.0.2.9" });
      expect(answer).toMatchObject({ ok: false, code: "rate_limited", status: 429 });
      expect(answer.headers.get("retry-after")).toBe(String(15 * 60 - 10));
      world.advance(15 * 60 * 1000 - 10_001);
      await refuses("rate_limited", null, "session.login", { username: "ada", password });
      world.advance(1);
      expect(await get(null, "session.login", { username: "ada", password })).toMatchObject({
        user: { username: "ada" },
      });
    },
  );

  throughEveryDoor("an unknown account is throttled like one that is there", async ({ refuses }) => {
    const wrong = { username: "nobody", password: "wrong" };
    for (let attempt = 0; attempt < 10; attempt++) await refuses("unauthenticated", null, "session.login", wrong);
    await refuses("rate_limited", null, "session.login", wrong);
  });

  throughEveryDoor("a success lets the account begin anew", async ({ world, get, refuses }) => {
    await signedUp(world);
    for (let round = 0; round < 3; round++) {
      for (let attempt = 0; attempt < 9; attempt++) {
        await refuses("unauthenticated", null, "session.login", { username: "ada", password: "wrong" });
      }
      await get(null, "session.login", { username: "ada", password });
    }
  });

  throughEveryDoor("by address, behind which many accounts are tried", async ({ world, ask }) => {
    await signedUp(world);
    const address = "192.0.2.7";
    const login = (username: string, text: string, from = address) =>
      ask(null, "session.login", { username, password: text }, { address: from });
    for (let attempt = 0; attempt < 100; attempt++) {
      expect(await login(`user-${attempt}`, "wrong")).toMatchObject({ code: "unauthenticated" });
    }
    const refused = await login("ada", password);
    expect(refused).toMatchObject({ code: "rate_limited" });
    expect(Number(refused.headers.get("retry-after"))).toBe(15 * 60);
    expect(await login("ada", password, "192.0.2.8")).toMatchObject({ ok: true });
  });
});

throughEveryDoor("a session slides from its half-life on, and ends without use", async ({ world, get, refuses }) => {
  const ada = await world.user({ name: "ada" });
  const expiry = async () =>
    Number((await world.rows("select expires_at from sessions where user_id = ?", ada.id))[0]?.[0]);
  const began = Date.now();
  const use = async () => {
    await get(ada, "session.me");
    await world.settle();
    await new Promise((resolve) => setTimeout(resolve, 5));
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
