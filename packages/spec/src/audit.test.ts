import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiTokens } from "@steward/auth";
import { actAsOperator, sealTrail, verifyTrail } from "@steward/core";
import { migrate, openExecutor } from "@steward/db/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { doors } from "./doors.ts";
import { expectSuccess } from "./expectations.ts";
import type { OperationName } from "./operations.ts";
import { openWorld, type World } from "./world.ts";

const hashOf = (text: string) => createHash("sha3-256").update(text).digest("hex");
const hex = (value: unknown) => Buffer.from(String(value)).toString("hex").toUpperCase();

/** How docs/audit.md says that a row is put into words. */
const worded = (value: unknown) =>
  value === null ? "null:" : `${typeof value === "number" ? "integer" : "text"}:${hex(value)}`;

const columns = "at, user_id, token_id, operation, subject, assistant_id, revision, details";

/** A trail of nine rows, by people, by tokens and about all kinds of things. */
async function trail(world: World) {
  const root = await world.user({ name: "root", superuser: true });
  const ada = await world.user({ name: "ada", grants: ["teams:create"] });
  const token = await world.token(ada);
  const ask = async (name: OperationName, input: object, as: Parameters<typeof doors.rest>[1] = ada) =>
    expectSuccess(await doors.rest(world, as, name, input as Record<string, unknown>)) as { id: string };
  const { id } = await ask("assistants.create", { name: 'Ünder "score"\n\u0007\u2028' });
  await ask("assistants.update", { id, description: "What it is for" }, token);
  await ask("users.create", { username: "ben" }, root);
  await ask("shares.set", { id, principalId: "ben", accessLevel: 2 });
  await ask("teams.create", { name: "crew" });
  await ask("teams.setMember", { id: "crew", username: "ben", role: "member" });
  await ask("owner.set", { id, ownerId: "team:crew" });
  await ask("seats.take", { username: "ben" }, root);
  await ask("assistants.delete", { id });
  await world.settle();
}

test("every row is sealed with the one before, as documented", async () => {
  const world = await openWorld();
  await trail(world);
  const rows = await world.rows(`select number, hash, ${columns} from audit order by number`);
  expect(rows.map(([number]) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  let before = "";
  for (const [number, hash, ...values] of rows) {
    before = hashOf(`${before}${number},${values.map(worded).join(",")}`);
    expect(hash).toBe(before);
  }
  expect(await verifyTrail(world.services)).toEqual({
    rows: 9,
    unsealed: 0,
    broken: null,
    last: { number: 9, hash: before },
  });
});

test("an empty trail is sound", async () => {
  const { services } = await openWorld();
  expect(await verifyTrail(services)).toEqual({ rows: 0, unsealed: 0, broken: null, last: null });
});

/** What somebody may do to the file who can drop its triggers. `shift` numbers the rows from a number on anew. */
const shift = (from: number, by: 1 | -1) => [
  `update audit set number = -number where number >= ${from}`,
  `update audit set number = -number + ${by} where number < 0`,
];
const copy = (number: number, of: number) =>
  `insert into audit (number, ${columns}, hash) select ${number}, ${columns}, hash from audit where number = ${of}`;
const swapped = [
  "create table swapped as select * from audit where number in (7, 8)",
  "delete from audit where number in (7, 8)",
  `insert into audit (number, ${columns}, hash) select 15 - number, ${columns}, hash from swapped`,
];

describe("finds what was tampered with:", () => {
  test.each<[title: string, statements: string[], number: number, what: string]>([
    ["when", ["update audit set at = at + 1 where number = 4"], 4, "changed"],
    ["who", ["update audit set user_id = null where number = 4"], 4, "changed"],
    ["by which token", ["update audit set token_id = null where number = 2"], 2, "changed"],
    ["what", ["update audit set operation = 'shares.get' where number = 4"], 4, "changed"],
    ["of what", ["update audit set subject = 'another' where number = 4"], 4, "changed"],
    ["of which assistant", ["update audit set assistant_id = null where number = 4"], 4, "changed"],
    ["from which revision", ["update audit set revision = 1 where number = 4"], 4, "changed"],
    ["its details", ["update audit set details = replace(details, '2', '1') where number = 4"], 4, "changed"],
    ["nothing for null", ["update audit set user_id = '' where number = 1"], 1, "changed"],
    ["text behind a NUL", ["update audit set operation = operation || char(0) || 'x' where number = 4"], 4, "changed"],
    ["another type", ["update audit set subject = cast(subject as blob) where number = 4"], 4, "changed"],
    ["a hash", ["update audit set hash = upper(hash) where number = 4"], 4, "changed"],
    ["a hash taken away", ["update audit set hash = null where number = 4"], 4, "inserted"],
    ["the last row", ["update audit set at = at + 1 where number = 9"], 9, "changed"],
    ["the first row taken away", ["delete from audit where number = 1"], 1, "missing"],
    ["one in the middle taken away", ["delete from audit where number = 5"], 5, "missing"],
    ["two taken away", ["delete from audit where number in (5, 6)"], 5, "missing"],
    ["the last one taken away", ["delete from audit where number = 9"], 9, "missing"],
    ["all taken away", ["delete from audit"], 1, "missing"],
    [
      "one taken away and the rest numbered anew",
      ["delete from audit where number = 5", ...shift(6, -1)],
      5,
      "missing",
    ],
    ["two that changed places", swapped, 7, "inserted"],
    ["one put in before all", [copy(0, 3)], 0, "inserted"],
    ["one put in and the rest numbered anew", [...shift(5, 1), copy(5, 4)], 5, "inserted"],
    ["one put in behind all, with a hash", [copy(10, 9)], 10, "changed"],
    ["one put in far behind all", [copy(20, 9)], 10, "missing"],
    ["one put in for another", ["delete from audit where number = 5", copy(5, 4)], 5, "changed"],
  ])("%s", async (_, statements, number, what) => {
    const world = await openWorld({ fresh: true });
    await trail(world);
    await world.rows("drop trigger audit_before_update");
    for (const statement of statements) await world.rows(statement);
    expect((await verifyTrail(world.services)).broken).toEqual({ number, what });
  });
});

test("a chain that was made anew is not the one that was noted", async () => {
  const world = await openWorld({ fresh: true });
  await trail(world);
  const { last } = await verifyTrail(world.services);
  await world.rows("drop trigger audit_before_update");
  await world.rows("update audit set details = null, hash = null where number >= 4");
  await sealTrail(world.services);
  expect(await verifyTrail(world.services)).toMatchObject({ broken: null, rows: 9 });
  const noted = last ?? { number: 0, hash: "" };
  expect((await verifyTrail(world.services, noted)).broken).toEqual({ number: 9, what: "changed" });
  const later = { ...noted, number: 12 };
  expect((await verifyTrail(world.services, later)).broken).toEqual({ number: 12, what: "missing" });
});

test.each([
  ["be changed", "update audit set at = 1 where number = 4"],
  ["be sealed anew", "update audit set hash = 'x' where number = 4"],
  ["be unsealed", "update audit set hash = null where number = 4"],
  ["be changed before it is sealed", "update audit set hash = 'x', assistant_id = 'x' where number = 10"],
])("a row cannot %s", async (_, statement) => {
  const world = await openWorld();
  await trail(world);
  await world.rows("insert into audit (at, operation) values (1, 'x.y')");
  await expect(world.rows(statement)).rejects.toThrow("The audit trail is append-only");
});

test("a row cannot be deleted", async () => {
  const folder = mkdtempSync(join(tmpdir(), "steward-audit-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "own.db");
  await migrate({ url: `file:${path}` });
  const executor = openExecutor({ url: `file:${path}` });
  const run = (sql: string) => executor.batch([{ sql, args: [] }], "write");
  await run("insert into audit (at, operation) values (1, 'x.y')");
  await expect(run("delete from audit")).rejects.toThrow("The audit trail is append-only");
  executor.close();
});

test("what was there before the chain is sealed after the next change, and then the chain goes on", async () => {
  const world = await openWorld();
  const ada = await world.user({ name: "ada" });
  const old = `with recursive n(i) as (select 1 union all select i + 1 from n where i < 1200)
    insert into audit (at, user_id, operation, subject) select i, '${ada.id}', 'assistants.update', 'x' || i from n`;
  await world.rows(old);
  expect(await verifyTrail(world.services)).toEqual({ rows: 1200, unsealed: 1200, broken: null, last: null });
  const create = () => doors.rest(world, ada, "assistants.create", { name: "New" });
  expect((await create()).ok).toBe(true);
  await world.settle();
  expect(await verifyTrail(world.services)).toMatchObject({ rows: 1201, unsealed: 0, broken: null });
  const { trips } = world;
  const before = trips.length;
  expect((await create()).ok).toBe(true);
  await world.settle();
  expect(trips.length - before).toBe(1);
  expect(await verifyTrail(world.services)).toMatchObject({ rows: 1202, unsealed: 0, broken: null });
});

test("a missing row is found among those that are not sealed", async () => {
  const world = await openWorld();
  const insert = "insert into audit (at, operation) values (1, 'x.y')";
  for (let number = 0; number < 5; number++) await world.rows(insert);
  await world.rows("delete from audit where number = 3");
  expect((await verifyTrail(world.services)).broken).toEqual({ number: 3, what: "missing" });
  await world.rows("delete from audit where number >= 3");
  expect((await verifyTrail(world.services)).broken).toEqual({ number: 3, what: "missing" });
});

test("is sound at every moment while people work", { timeout: 30_000 }, async () => {
  const world = await openWorld();
  const ada = await world.user({ name: "ada" });
  await world.rows("insert into audit (at, operation) values (1, 'x.y')");
  const names = Array.from({ length: 40 }, (_, index) => `Number ${index}`);
  let working = true;
  const work = Promise.all(names.map((name) => doors.trpc(world, ada, "assistants.create", { name })));
  const worked = work.finally(() => {
    working = false;
  });
  while (working) expect((await verifyTrail(world.services)).broken).toBeNull();
  expect((await worked).every(({ ok }) => ok)).toBe(true);
  await world.settle();
  expect(await verifyTrail(world.services)).toMatchObject({ rows: 41, unsealed: 0, broken: null });
});

describe("where the database has no SHA3", () => {
  const lacks = ["sha3"];

  test("a change is made once, and sealed after its answer", async () => {
    const world = await openWorld({ lacks });
    await expect(world.rows("select sha3('a', 256)")).rejects.toThrow("no such function: sha3");
    const ada = await world.user({ name: "ada" });
    const create = (name: string) => world.countTrips(() => doors.rest(world, ada, "assistants.create", { name }));
    expect(await create("First")).toMatchObject({ trips: 2, value: { ok: true, status: 201 } });
    expect(await world.rows("select number, operation, hash from audit")).toEqual([[1, "assistants.create", null]]);
    await world.settle();
    expect(await create("Second")).toMatchObject({ trips: 1, value: { ok: true, status: 201 } });
    await world.settle();
    expect(await world.rows("select name from assistants order by number")).toEqual([["First"], ["Second"]]);
    expect(await verifyTrail(world.services)).toMatchObject({ rows: 2, unsealed: 0, broken: null });
  });

  test("who is refused is refused", async () => {
    const world = await openWorld({ lacks });
    const ada = await world.user({ name: "ada", role: "member" });
    for (const as of [ada, { bearer: apiTokens().issue().value }, null]) {
      expect((await doors.rest(world, as, "assistants.create", { name: "New" })).ok).toBe(false);
    }
    expect(await world.rows("select * from audit")).toEqual([]);
  });

  test("an operator's change is sealed before it is told", async () => {
    const world = await openWorld({ lacks });
    const act = { operation: "users.update", subject: "somebody", details: { fields: ["password"] } };
    const statement = { sql: "select ?1", args: ["told"] };
    const [told] = await actAsOperator(world.services, act, [statement]);
    expect(told?.rows).toEqual([["told"]]);
    expect(await verifyTrail(world.services)).toMatchObject({ rows: 1, unsealed: 0, broken: null });
  });

  test("the trail is the same as where it has", async () => {
    const [without, having] = [await openWorld({ lacks }), await openWorld()];
    const entry = "insert into audit (at, operation, details) values (1, 'x.y', '{}')";
    for (const { rows, services } of [without, having]) {
      await rows(entry);
      await actAsOperator(services, { operation: "users.update", subject: "somebody" }, []);
      await sealTrail(services);
      await actAsOperator(services, { operation: "users.update", subject: "somebody else" }, []);
    }
    const hashes = "select hash from audit order by number";
    expect(await without.rows(hashes)).toEqual(await having.rows(hashes));
  });

  test("several who seal at once do no harm", async () => {
    const world = await openWorld({ lacks });
    await world.rows(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
      insert into audit (at, operation) select i, 'x.y' from n`);
    // Each with an executor of its own, as in processes of their own.
    const sealing = () => sealTrail({ ...world.services, executor: { ...world.services.executor } });
    await Promise.all([sealing(), sealing(), sealing()]);
    expect(await verifyTrail(world.services)).toMatchObject({ rows: 3000, unsealed: 0, broken: null });
  });

  test("a bounded part is sealed at a time", async () => {
    const world = await openWorld({ lacks });
    await world.rows(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 1700)
      insert into audit (at, operation) select i, 'x.y' from n`);
    expect(await sealTrail(world.services, 2)).toBe(1000);
    expect(await verifyTrail(world.services)).toMatchObject({ rows: 1700, unsealed: 700, broken: null });
    expect(await sealTrail(world.services, 2)).toBe(700);
  });
});
