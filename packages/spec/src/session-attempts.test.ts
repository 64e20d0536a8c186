import { scryptPasswords } from "@steward/auth";
import { describe, expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { expectRefused, expectSuccess } from "./expectations.ts";
import { operationNamed } from "./operations.ts";
import { password, signedUp } from "./signed-up.ts";
import type { World } from "./world.ts";

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
