import { type Caller, type Credential, execute, operations } from "@steward/core";
import type { Executor, Mode } from "@steward/db";
import { expect, test } from "vitest";
import { openWorld, type World } from "./world.ts";

/** The same database, so many milliseconds away. */
const away = (executor: Executor, milliseconds: Readonly<Record<Mode, number>>): Executor => ({
  async batch(statements, mode) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds[mode]));
    return executor.batch(statements, mode);
  },
});

const signIn = (world: World, executor: Executor, caller: Caller, username: string) => {
  const input = { username, password: "a wrong password" };
  return execute({ ...world.services, executor }, caller, "session.login", operations.session.login, input).then(
    () => "signed in",
    (error: { code: string }) => error.code,
  );
};

const nobody = (): Caller => ({ credential: null, address: "203.0.113.7", defer: () => undefined });

/** A write that is refused may come back before a read that left with it, and then more is read. */
test.each([
  { read: 30, write: 5 },
  { read: 10, write: 10 },
  { read: 5, write: 30 },
])("what is read while a trip is under way takes the next one: %o", async (distance) => {
  const world = await openWorld();
  await world.user({ name: "ada" });
  const executor = away(world.services.executor, distance);
  const answers: string[] = [];
  for (let attempt = 0; attempt < 12; attempt++) answers.push(await signIn(world, executor, nobody(), "ada"));
  expect(answers).toEqual([...Array(10).fill("unauthenticated"), "rate_limited", "rate_limited"]);
});

test("operations of one request never take each other's rows", async () => {
  const world = await openWorld();
  const executor = away(world.services.executor, { read: 20, write: 5 });
  for (let attempt = 0; attempt < 10; attempt++) await signIn(world, executor, nobody(), "ada");
  const together = nobody();
  expect(await Promise.all(["ada", "ada", "ben"].map((name) => signIn(world, executor, together, name)))).toEqual([
    "rate_limited",
    "rate_limited",
    "unauthenticated",
  ]);
});

test("no password is hashed for one who may not set it", async () => {
  let hashed = 0;
  const hash = async (password: string) => {
    hashed++;
    return password;
  };
  const world = await openWorld({ passwords: { hash, verify: async () => false } });
  const ada = await world.user({ name: "ada" });
  const root = await world.user({ name: "root", superuser: true });
  const { sessions, tokens } = world.services;
  const credentials: Credential[] = [
    { kind: "session", hash: "0".repeat(64) },
    tokens.credential((await world.token(root)).bearer),
    sessions.credential((await world.session(ada)).sid),
  ];
  for (const credential of credentials) {
    const caller = { ...nobody(), credential };
    const input = { username: "root", password: "ten characters" };
    await expect(execute(world.services, caller, "users.update", operations.users.update, input)).rejects.toThrow();
    await expect(execute(world.services, caller, "users.create", operations.users.create, input)).rejects.toThrow();
  }
  expect(hashed).toBe(0);
});
