import superjson from "superjson";
import { expect, test } from "vitest";
import { maxBatchSize } from "./index.ts";
import { batchOf, create, dataOf, post, read, readAll, url } from "./testing/requests.ts";
import { openWorld } from "./testing/world.ts";

test("ten reads of one HTTP batch are one trip to the database", async () => {
  const world = await openWorld();
  const id = await create(world, "Sales");
  world.trips.length = 0;
  const response = await world.handle(batchOf(Array.from({ length: 10 }, () => ["assistants.get", { id }])));
  expect(response.status).toBe(200);
  expect((await readAll(response)).map(({ result }) => result?.data.json.name)).toEqual(Array(10).fill("Sales"));
  expect(world.trips).toHaveLength(1);
});

test("one of ten that fails leaves its neighbours alone", async () => {
  const world = await openWorld();
  const id = await create(world, "Sales");
  const calls = Array.from(
    { length: 10 },
    (_, index) => ["assistants.get", { id: index === 3 ? "ada:nowhere" : id }] as const,
  );
  const response = await world.handle(batchOf(calls));
  expect(response.status).toBe(207);
  const answers = await readAll(response);
  expect(answers.map(({ result }) => result?.data.json.name)).toEqual(
    calls.map((_, index) => (index === 3 ? undefined : "Sales")),
  );
  expect(answers[3]?.error?.json.data).toEqual({
    code: "NOT_FOUND",
    httpStatus: 404,
    path: "assistants.get",
    cause: { code: "not_found", requestId: world.requestId },
  });
});

test("an input of one call that cannot be read leaves its neighbours alone", async () => {
  const world = await openWorld();
  const id = await create(world, "Sales");
  const inputs = {
    0: superjson.serialize({ id }),
    1: { json: { id }, meta: { values: { id: ["bigint"] } } },
    2: "nonsense",
  };
  const response = await world.handle(post("assistants.get,assistants.get,assistants.get?batch=1", inputs));
  const codes = (await readAll(response)).map(
    ({ error }) => (error?.json.data.cause as { code: string } | undefined)?.code,
  );
  expect(codes).toEqual([undefined, "validation_failed", "validation_failed"]);
});

test("dates arrive as dates, and a list has no envelope", async () => {
  const world = await openWorld();
  await create(world, "Sales");
  const answer = await read(await world.handle(post("assistants.list", superjson.serialize({}))));
  const page = superjson.deserialize(answer.result?.data as never) as Record<string, unknown> & {
    items: { createdAt: Date }[];
  };
  expect(Object.keys(page).sort()).toEqual(["count", "items", "next", "permissions", "start", "total", "totalIsExact"]);
  expect(page.items[0]?.createdAt).toBeInstanceOf(Date);
});

test("no input at all is an empty one", async () => {
  const world = await openWorld();
  expect((await world.handle(new Request(`${url}/assistants.list`))).status).toBe(200);
});

test("a batch has a bound", async () => {
  const world = await openWorld();
  const many = (count: number) => world.handle(batchOf(Array.from({ length: count }, () => ["assistants.list", {}])));
  expect((await many(maxBatchSize)).status).toBe(200);
  const response = await many(maxBatchSize + 1);
  expect(response.status).toBe(400);
  expect(await dataOf(response)).toMatchObject({
    code: "BAD_REQUEST",
    cause: { code: "validation_failed", requestId: world.requestId },
  });
});

test("a stream of lines carries the same answers", async () => {
  const world = await openWorld();
  const id = await create(world, "Sales");
  const request = batchOf([
    ["assistants.get", { id }],
    ["assistants.get", { id: "ada:nowhere" }],
  ]);
  request.headers.set("trpc-accept", "application/jsonl");
  const response = await world.handle(request);
  const lines = await response.text();
  expect(lines).toContain('"Sales"');
  expect(lines).toContain(`"cause":{"code":"not_found","requestId":"${world.requestId}"}`);
  expect(lines).not.toContain("stack");
});

test("an operation that sets or clears the cookie has it set or cleared", async () => {
  const world = await openWorld();
  const cookie = (kind: "set" | "clear", output: unknown) => `${kind}=${(output as { sid?: string } | undefined)?.sid}`;
  const call = (path: string, input: unknown, as: string | null) =>
    world.handle(post(path, superjson.serialize(input)), as, { cookie });
  const signIn = await call("session.login", { username: "ada", password: "ada" }, null);
  expect([signIn.status, signIn.headers.getSetCookie()]).toEqual([200, [`set=${"s".repeat(40)}`]]);
  const wrong = await call("session.login", { username: "ada", password: "wrong" }, null);
  expect([wrong.status, wrong.headers.getSetCookie()]).toEqual([401, []]);
});
