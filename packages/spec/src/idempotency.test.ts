import { execute, operations } from "@steward/core";
import type { Executor } from "@steward/db";
import { expect, test } from "vitest";
import { origin } from "./app.ts";
import type { Presented } from "./arrange.ts";
import { callerFor, headersFor } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { openWorld, type World } from "./world.ts";

const hour = 60 * 60 * 1000;
const key = { idempotencyKey: "2f0c1d34-create" };
const sales = { name: "Sales", data: { b: 1, a: [{ d: 2, c: 3 }] } };

const counts = async (world: World) =>
  (await world.rows("select (select count(*) from assistants), (select count(*) from audit)"))[0];

throughEveryDoor("a request that is sent again is done once", async ({ world, ask, refuses }) => {
  const ada = await world.user({ name: "ada" });
  const create = (input: object, as: Presented = ada) =>
    world.countTrips(() => ask(as, "assistants.create", { ...sales, ...input }));
  const first = await create(key);
  expect(first).toMatchObject({ trips: 1, value: { ok: true, value: { slug: "sales", version: 1 } } });
  await world.settle();
  // What has become of it since does not matter.
  await ask(ada, "assistants.update", { id: "ada:sales", name: "Other" });
  world.advance(hour);
  const again = await create({ ...key, data: { a: [{ c: 3, d: 2 }], b: 1 } });
  expect(again.trips).toBe(2);
  expect(again.value).toEqual({ ...first.value, headers: expect.anything() });
  expect(await counts(world)).toEqual([1, 2]);
  await refuses("conflict", ada, "assistants.create", { ...sales, ...key, name: "Another" });
  await refuses("conflict", ada, "assistants.create", { ...sales, ...key, enabled: false });
  expect(await counts(world)).toEqual([1, 2]);
  expect((await create({})).value).toMatchObject({ value: { slug: "sales-2" } });
});

throughEveryDoor("a key belongs to a user and an operation, whichever its credential", async ({ world, get }) => {
  const [ada, ben] = [await world.user({ name: "ada", grants: ["teams:create"] }), await world.user({ name: "ben" })];
  const token = await world.token(ada);
  const first = await get(ada, "assistants.create", { ...sales, ...key });
  expect(await get(token, "assistants.create", { ...sales, ...key })).toEqual(first);
  expect(await get(await world.session(ada), "assistants.create", { ...sales, ...key })).toEqual(first);
  const bens = await get(ben, "assistants.create", { ...sales, ...key });
  expect(bens).toMatchObject({ ownerId: "user:ben" });
  expect(await get(ben, "assistants.create", { ...sales, ...key })).toEqual(bens);
  expect(await get(ada, "assistants.create", { ...sales, ...key })).toEqual(first);
  expect(await get(ada, "teams.create", { name: "crew", ...key })).toMatchObject({ id: "team:crew" });
});

throughEveryDoor("a key is good for 24 hours, and then forgotten", async ({ world, ask }) => {
  const ada = await world.user({ name: "ada" });
  const create = async (input = {}) => (await ask(ada, "assistants.create", { ...sales, ...key, ...input })).ok;
  const kept = async () => {
    await world.settle();
    return (await world.rows("select key, fingerprint is not null from idempotent_requests order by key")).length;
  };
  await create();
  await create({ idempotencyKey: "another" });
  world.advance(24 * hour - 1);
  await create();
  expect([await counts(world), await kept()]).toEqual([[2, 2], 2]);
  world.advance(1);
  await create({ name: "Whatever else" });
  expect([await counts(world), await kept()]).toEqual([[3, 3], 1]);
  await create({ name: "Whatever else" });
  expect(await counts(world)).toEqual([3, 3]);
});

throughEveryDoor("an attempt that fails leaves its key free", async ({ world, get, refuses }) => {
  const ada = await world.user({ name: "ada" });
  await get(ada, "assistants.create", { name: "Taken", slug: "sales" });
  await refuses("conflict", ada, "assistants.create", { ...sales, ...key, slug: "sales" });
  await refuses("validation_failed", ada, "assistants.create", { ...sales, ...key, slug: "-" });
  await refuses("forbidden", await world.user({ role: "member" }), "assistants.create", { ...sales, ...key });
  expect(await world.rows("select * from idempotent_requests")).toEqual([]);
  await get(ada, "assistants.create", { ...sales, ...key, slug: "sales-eu" });
});

throughEveryDoor("of those that are sent at once, one is done and all get its answer", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => get(ada, "assistants.create", { ...sales, ...key })),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await counts(world)).toEqual([1, 1]);
});

throughEveryDoor("who has lost a right does not get the answer either", async ({ world, get, refuses }) => {
  const ada = await world.user({ name: "ada" });
  await get(ada, "assistants.create", { ...sales, ...key });
  await world.rows("update users set role = 'member' where id = ?", ada.id);
  await refuses("forbidden", ada, "assistants.create", { ...sales, ...key });
  await world.rows("delete from seats");
  await refuses("ai_entitlement_required", ada, "assistants.create", { ...sales, ...key });
});

throughEveryDoor("a key has 1 to 255 characters", async ({ world, get, refuses }) => {
  const ada = await world.user({ name: "ada" });
  for (const idempotencyKey of ["", "x".repeat(256)])
    expect(await refuses("validation_failed", ada, "assistants.create", { ...sales, idempotencyKey })).toEqual([
      "idempotencyKey",
    ]);
  await get(ada, "assistants.create", { ...sales, idempotencyKey: "x".repeat(255) });
});

throughEveryDoor("nothing is kept by which a password could be guessed", async ({ world, get }) => {
  const root = await world.user({ name: "root", superuser: true });
  const kept = async (name: string, password: string) => {
    const input = { username: "ben", ...key, idempotencyKey: name };
    await get(root, "users.create", { ...input, password });
    await world.rows("delete from principals where name = 'ben'");
    return world.rows("select fingerprint from idempotent_requests where key = ?", name);
  };
  expect(await kept("one", "correct horse battery")).toEqual(await kept("two", "another password"));
});

/** A request of the REST door, to the byte. */
async function post(world: World, as: Presented, path: string, body: object, headers: Record<string, string> = {}) {
  const response = await world.app.fetch(
    new Request(`${origin}/api${path}`, {
      method: "POST",
      headers: { ...headersFor(as), "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
  );
  return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
}

test("the answer of REST is the same to the byte, and so are its headers", async () => {
  const world = await openWorld();
  const ada = await world.user({ name: "ada" });
  const headers = { "idempotency-key": "a key, with blanks" };
  const first = await post(world, ada, "/assistants", sales, headers);
  expect(first).toMatchObject({ status: 201, headers: { location: expect.stringMatching("/api/assistants/") } });
  world.advance(hour);
  expect(await post(world, ada, "/assistants", sales, headers)).toEqual(first);
});

test("the header and the body may not say different keys", async () => {
  const world = await openWorld();
  const ada = await world.user({ name: "ada" });
  const body = { ...sales, idempotencyKey: "one" };
  expect((await post(world, ada, "/assistants", body, { "idempotency-key": "one" })).status).toBe(201);
  const { status, text } = await post(world, ada, "/assistants", body, { "idempotency-key": "two" });
  expect([status, JSON.parse(text)]).toMatchObject([400, { details: [{ path: "idempotencyKey" }] }]);
});

test("operations that take no key do not see the header", async () => {
  const world = await openWorld();
  const ada = await world.user({ name: "ada" });
  const headers = { "idempotency-key": "one" };
  const tokens = [
    await post(world, ada, "/tokens", { notes: "x" }, headers),
    await post(world, ada, "/tokens", { notes: "y" }, headers),
  ];
  expect(tokens.map(({ status }) => status)).toEqual([201, 201]);
  expect(await world.rows("select * from idempotent_requests")).toEqual([]);
});

test("what is forgotten between two looks is made", async () => {
  const world = await openWorld();
  const ada = await world.user({ name: "ada" });
  const { executor } = world.services;
  const input = { ...sales, ...key };
  const forgetful: Executor = {
    async batch(statements, mode) {
      if (mode === "read") await world.rows("delete from idempotent_requests");
      return executor.batch(statements, mode);
    },
  };
  const create = (batching: Executor) =>
    execute(
      { ...world.services, executor: batching },
      callerFor(world, ada),
      "assistants.create",
      operations.assistants.create,
      input,
    );
  await create(executor);
  expect(await create(forgetful)).toMatchObject({ slug: "sales-2" });
  expect(await counts(world)).toEqual([2, 2]);
});
