import { expect, test } from "vitest";
import type { Presented } from "./arrange.ts";
import { doors } from "./doors.ts";
import { expectSuccess } from "./expectations.ts";
import type { InputOf, OperationName } from "./operations.ts";
import { openWorld, type World } from "./world.ts";

const password = "correct horse battery";

/** What the trail says of an operation beyond who did what to which row. */
async function told<N extends OperationName>(
  world: World,
  as: Presented,
  name: N,
  input: InputOf<N>,
): Promise<unknown> {
  expectSuccess(await doors.core(world, as, name, input as Record<string, unknown>, { address: "192.0.2.7" }));
  const rows = await world.rows("select details from audit where operation = ? order by number desc limit 1", name);
  const text = rows[0]?.[0];
  return typeof text === "string" ? JSON.parse(text) : text;
}

async function people(world: World) {
  const root = await world.user({ name: "root", superuser: true });
  const [ada, ben] = [await world.user({ name: "ada", password }), await world.user({ name: "ben" })];
  const crew = await world.team({ name: "crew", members: [[ada, "admin"]] });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  return { root, ada, ben, crew, sales };
}

test("shares say with whom, by which name, and what was before", async () => {
  const world = await openWorld();
  const { ada, sales } = await people(world);
  const { id } = sales;
  expect(await told(world, ada, "shares.set", { id, principalId: "crew", accessLevel: 2 })).toEqual({
    principalId: "team:crew",
    accessLevel: 2,
  });
  expect(await told(world, ada, "shares.set", { id, principalId: "crew", accessLevel: 1 })).toEqual({
    principalId: "team:crew",
    accessLevel: 1,
    before: 2,
  });
  expect(await told(world, ada, "shares.delete", { id, principalId: "crew" })).toEqual({
    principalId: "team:crew",
    before: 1,
  });
});

test("a change of owner says from whom and to whom", async () => {
  const world = await openWorld();
  const { ada, sales } = await people(world);
  expect(await told(world, ada, "owner.set", { id: sales.id, ownerId: "crew" })).toEqual({
    from: "user:ada",
    to: "team:crew",
  });
});

test("members say whom, and which role", async () => {
  const world = await openWorld();
  const { ada } = await people(world);
  const member = { id: "crew", username: "user:ben" };
  expect(await told(world, ada, "teams.setMember", { ...member, role: "member" })).toEqual({
    username: "ben",
    role: "member",
  });
  expect(await told(world, ada, "teams.removeMember", member)).toEqual({ username: "ben", before: "member" });
});

test("users say which fields, and of those that are rights what they became; never a password or what is personal", async () => {
  const world = await openWorld();
  const { root } = await people(world);
  const personal = { password: "another password", email: "eve@x.org", displayName: "Eve" };
  expect(await told(world, root, "users.create", { username: "eve", role: "creator", ...personal })).toEqual({
    username: "eve",
    role: "creator",
    grants: [],
    enabled: true,
    seat: true,
  });
  const change = { username: "eve", role: "admin" as const, grants: ["ai:manage" as const], seat: false, ...personal };
  expect(await told(world, root, "users.update", change)).toEqual({
    fields: ["displayName", "email", "grants", "password", "role", "seat"],
    role: "admin",
    grants: ["ai:manage"],
    seat: false,
  });
  expect(await told(world, root, "users.delete", { username: "eve" })).toEqual({ username: "eve" });
  const [trail] = await world.rows("select group_concat(details) from audit");
  for (const text of Object.values(personal)) expect(String(trail)).not.toContain(text);
});

test("seats say whose", async () => {
  const world = await openWorld();
  const { root } = await people(world);
  expect(await told(world, root, "seats.give", { username: "ada" })).toEqual({ username: "ada", expiresAt: null });
  expect(await told(world, root, "seats.take", { username: "user:ada" })).toEqual({ username: "ada" });
});

test("tokens say what they may, and nothing that people wrote into them", async () => {
  const world = await openWorld();
  const { ada } = await people(world);
  const written = { notes: "for the shop", data: { key: "4711" } };
  const bound = { type: "assistant", assistantId: "ada:sales", restrict: "cidr", cidr: "10.1.2.3/8" } as const;
  expect(await told(world, ada, "tokens.create", { ...written, ...bound, scopes: ["read"] })).toEqual({
    type: "assistant",
    assistantId: "ada:sales",
    readOnly: false,
    scopes: ["read"],
    restrict: "cidr",
    cidr: "10.0.0.0/8",
  });
  const [[id, hint] = []] = (await world.rows("select id, hint from tokens")) as [string, string][];
  const change = { id: id ?? "", ...written, scopes: null, readOnly: true };
  expect(await told(world, ada, "tokens.update", change)).toEqual({
    fields: ["data", "notes", "readOnly", "scopes"],
    readOnly: true,
    scopes: null,
  });
  const [[assistantId] = []] = await world.rows("select id from assistants");
  expect(await told(world, ada, "tokens.revoke", { id: id ?? "" })).toEqual({
    userId: ada.id,
    type: "assistant",
    assistantId,
    hint,
  });
  const [trail] = await world.rows("select group_concat(details) from audit");
  for (const text of ["for the shop", "4711"]) expect(String(trail)).not.toContain(text);
});

test("attempts to sign in say from where, and at whose account, but not what was typed", async () => {
  const world = await openWorld();
  const { ada } = await people(world);
  const attempts = [
    { input: { username: "ada", password: "wrong" }, details: { address: "192.0.2.7", userId: ada.id } },
    { input: { username: "crew", password: "wrong" }, details: { address: "192.0.2.7" } },
    { input: { username: "hunter2 hunter2", password: "wrong" }, details: { address: "192.0.2.7" } },
  ];
  for (const { input, details } of attempts) {
    await doors.core(world, null, "session.login", input, { address: "192.0.2.7" });
    const rows = await world.rows("select user_id, token_id, subject, details from audit order by number desc limit 1");
    expect(rows.map(([user, token, subject, text]) => [user, token, subject, JSON.parse(String(text))])).toEqual([
      [null, null, null, details],
    ]);
  }
  expect(await world.dump(["sign_in_attempts"])).not.toContain("hunter2");
});
