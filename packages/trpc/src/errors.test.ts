import { StewardError } from "@steward/core";
import { DatabaseError, type Executor } from "@steward/db";
import superjson from "superjson";
import { expect, test } from "vitest";
import { refuseTrpc } from "./index.ts";
import { dataOf, post, read } from "./testing/requests.ts";
import { openWorld } from "./testing/world.ts";

test("an error says what it is to both kinds of reader, and no more", async () => {
  const world = await openWorld();
  const response = await world.handle(post("assistants.create", superjson.serialize({ name: "" })));
  expect(response.status).toBe(400);
  const { error } = await read(response);
  expect(Object.keys(error?.json ?? {}).sort()).toEqual(["code", "data", "message"]);
  expect(error?.json.data).toEqual({
    code: "BAD_REQUEST",
    httpStatus: 400,
    path: "assistants.create",
    cause: {
      code: "validation_failed",
      details: [{ path: "name", message: expect.any(String) }],
      requestId: world.requestId,
    },
  });
});

test("nobody is told so before the input is looked at", async () => {
  const world = await openWorld();
  const response = await world.handle(post("assistants.create", superjson.serialize({ name: "" })), null);
  expect([response.status, (await dataOf(response))?.cause]).toMatchObject([401, { code: "unauthenticated" }]);
});

test("what breaks inside tells nothing, and the log holds the reason without values", async () => {
  const world = await openWorld();
  const broken: Executor["batch"] = async (statements) => {
    if (statements.length === 1) return [{ columns: [], rows: [["ok"]], rowsAffected: 0 }];
    throw new DatabaseError("SQLITE_ERROR", "no such column: secret", { cause: new Error("hunter2") });
  };
  const services = { ...world.services, executor: { batch: broken } };
  const response = await world.handle(post("assistants.create", superjson.serialize({ name: "hunter2" })), "ada", {
    services,
  });
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(JSON.parse(text).error.json.data).toEqual({
    code: "INTERNAL_SERVER_ERROR",
    httpStatus: 500,
    path: "assistants.create",
    cause: { code: "internal", requestId: world.requestId },
  });
  expect(text).not.toMatch(/secret|hunter2|stack|at /);
  expect(world.logged).toEqual([
    [
      "internal error",
      expect.objectContaining({
        requestId: world.requestId,
        operation: "assistants.create",
        cause: expect.objectContaining({ name: "DatabaseError", message: "no such column: secret" }),
      }),
    ],
  ]);
  expect(JSON.stringify(world.logged)).not.toContain("hunter2");
});

test("an unknown error is logged by its name alone, for its message may quote the input", async () => {
  const world = await openWorld();
  const services = { ...world.services, executor: { batch: () => Promise.reject(new Error("hunter2")) } };
  const response = await world.handle(post("assistants.create", superjson.serialize({ name: "x" })), "ada", {
    services,
  });
  expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining("hunter2")]);
  expect(world.logged).toEqual([
    ["internal error", expect.objectContaining({ cause: { name: "Error", stack: expect.any(String) } })],
  ]);
  expect(JSON.stringify(world.logged)).not.toContain("hunter2");
});

test("a refusal from before the door is an error like any other", async () => {
  const response = refuseTrpc(new StewardError("rate_limited", { retryAfter: 1.5 }), "request-2");
  expect([response.status, response.headers.get("retry-after")]).toEqual([429, "2"]);
  expect((await read(response)).error?.json.data).toEqual({
    code: "TOO_MANY_REQUESTS",
    httpStatus: 429,
    cause: { code: "rate_limited", requestId: "request-2" },
  });
});

test("a database that is out of reach is an internal error, and no request hangs on it", async () => {
  const world = await openWorld();
  const gone = () => Promise.reject(new DatabaseError("SQLITE_IOERR", "disk I/O error"));
  const services = { ...world.services, executor: { batch: gone } };
  const response = await world.handle(post("assistants.create", superjson.serialize({ name: "x" })), "ada", {
    services,
  });
  expect(response.status).toBe(500);
});
