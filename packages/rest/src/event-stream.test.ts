import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createRest } from "./rest.ts";
import { filesAndTicks, heard } from "./testing/files.ts";
import { openServices, openWorld } from "./testing/world.ts";

const open = () => openWorld({ registry: filesAndTicks });

/** The events of a body, by their lines. */
const eventsOf = (text: string) =>
  text
    .split("\n\n")
    .filter((event) => event !== "")
    .map((event) => Object.fromEntries(event.split("\n").map((line) => line.split(/: (.*)/, 2))));

/** An answer that is read by hand. */
async function openStream(path: string) {
  const { services } = await openServices();
  const rest = createRest(services, { registry: filesAndTicks });
  const caller = { credential: null, address: null, defer: () => undefined };
  const answer = await rest.fetch(new Request(`https://steward.test${path}`), { caller, requestId: "r-1" });
  return (answer.body as ReadableStream<Uint8Array>).getReader();
}
const textOf = (chunk: ReadableStreamReadResult<Uint8Array>) => new TextDecoder().decode(chunk.value);

describe("a stream", () => {
  test("carries an item as one event, its data in a line of JSON and its version as the id", async () => {
    const { call } = await open();
    const { status, headers, text } = await call("/api/ticks/a?count=2");
    expect([
      status,
      headers.get("content-type"),
      headers.get("cache-control"),
      headers.get("x-accel-buffering"),
    ]).toEqual([200, "text/event-stream", "no-store", "no"]);
    const data = (version: number) => `{"version":${version},"at":"2030-01-02T03:04:05.006Z","text":"two\\nlines"}`;
    expect(eventsOf(text)).toEqual([
      { id: "1", data: data(1) },
      { id: "2", data: data(2) },
    ]);
  });

  test("may be empty", async () => {
    const { call } = await open();
    expect(await call("/api/ticks/a?count=0")).toMatchObject({ status: 200, text: "" });
  });

  test.each([
    ["/api/ticks/nowhere", 404, "not_found"],
    ["/api/ticks/a?count=-1", 400, "validation_failed"],
    ["/api/ticks/a?failAt=1", 409, "conflict"],
  ])("that fails before its first item (%s) is refused as a whole", async (path, status, code) => {
    const { call } = await open();
    const { headers, body, ...answer } = await call(path);
    expect([answer.status, body.code, headers.get("content-type")]).toEqual([status, code, "application/json"]);
  });

  test("that fails later ends with an event that says why", async () => {
    const { call, logged } = await open();
    const events = eventsOf((await call("/api/ticks/a?failAt=3&count=5")).text);
    expect(events.map(({ id, event }) => [id, event])).toEqual([
      ["1", undefined],
      ["2", undefined],
      [undefined, "error"],
    ]);
    expect(JSON.parse(events[2]?.data)).toEqual({
      statusCode: 409,
      error: "Conflict",
      message: "Stopped",
      code: "conflict",
      requestId: "r-1",
    });
    expect(logged).toEqual([]);
  });

  test("whose item does not fit its schema ends there, and only the log says why", async () => {
    const { call, logged } = await open();
    const events = eventsOf((await call("/api/broken-ticks")).text);
    expect(events).toMatchObject([{ id: "1" }, { event: "error" }]);
    expect(JSON.parse(events[1]?.data)).toMatchObject({ code: "internal" });
    expect(logged).toMatchObject([{ fields: { operation: "ticks.broken", requestId: "r-1" } }]);
  });

  test("is behind the gate, also where it reads nothing", async () => {
    const { call } = await open();
    for (const path of ["/api/guarded-ticks", "/api/unread-ticks"]) {
      expect((await call(path, { as: null })).status).toBe(401);
      expect((await call(path, { as: "nobody" })).status).toBe(401);
    }
    expect(eventsOf((await call("/api/unread-ticks")).text)).toMatchObject([{ id: "1" }]);
  });

  test("has no answer of its own for HEAD, and no other method", async () => {
    const { call } = await open();
    const { returned } = heard;
    expect(await call("/api/endless-ticks", { method: "HEAD" })).toMatchObject({ status: 200, text: "" });
    expect(heard.returned).toBe(returned + 1);
    expect((await call("/api/endless-ticks", { method: "POST" })).status).toBe(405);
  });
});

describe("whoever goes away", () => {
  test("ends the handler, while it waits", async () => {
    const { left, returned } = heard;
    const reader = await openStream("/api/endless-ticks");
    expect(textOf(await reader.read())).toContain('"version":1');
    void reader.read();
    await reader.cancel();
    expect(heard.left).toBe(left + 1);
    await vi.waitFor(() => expect(heard.returned).toBe(returned + 1));
  });

  test("ends the handler between two items", async () => {
    const { left, returned } = heard;
    const reader = await openStream("/api/endless-ticks");
    await reader.cancel();
    expect(heard.left).toBe(left + 1);
    await vi.waitFor(() => expect(heard.returned).toBe(returned + 1));
  });
});

describe("while nothing happens", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
  afterEach(() => void vi.useRealTimers());

  test("a stream gives a sign of life, until it ends", async () => {
    const reader = await openStream("/api/endless-ticks");
    await reader.read();
    const next = reader.read();
    vi.advanceTimersByTime(15_000);
    expect(textOf(await next)).toBe(":\n\n");
    await reader.cancel();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("whoever leaves before the first item is read leaves no timer", async () => {
    const reader = await openStream("/api/endless-ticks");
    await new Promise((resolve) => setTimeout(resolve, 20));
    await reader.cancel();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("who does not read is not sent one after the other", async () => {
    const reader = await openStream("/api/endless-ticks");
    await vi.waitFor(async () => vi.advanceTimersByTime(150_000));
    expect(textOf(await reader.read())).toContain('"version":1');
    const more = reader.read().then(textOf);
    const silence = new Promise((resolve) => setTimeout(resolve, 50, "silence"));
    expect(await Promise.race([more, silence])).toBe("silence");
    vi.advanceTimersByTime(15_000);
    expect(await more).toBe(":\n\n");
    await reader.cancel();
  });
});

describe("in the middle of a stream", () => {
  test("the gate is asked again, for the present moment", async () => {
    const { services, sql } = await openServices();
    let now = new Date("2030-01-01T00:00:00Z");
    await sql("insert into principals values ('u', 'user', 'ada', 'ada', 1, 1, 1)");
    await sql("insert into users (id, role) values ('u', 'creator')");
    await sql(
      `insert into tokens (id, hash, hint, user_id, type, read_only, created_at, updated_at, expires_at)
        values ('t', 'hash', 'abcd', 'u', 'personal', 0, 1, 1, ?)`,
      now.getTime() + 60_000,
    );
    const rest = createRest({ ...services, clock: { now: () => now } }, { registry: filesAndTicks });
    const caller = { credential: { kind: "token", hash: "hash" }, address: null, defer: () => undefined } as const;
    const answer = await rest.fetch(new Request("https://steward.test/api/guarded-ticks"), { caller, requestId: "r" });
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    for (const version of [1, 2, 3]) expect(textOf(await reader.read())).toContain(`id: ${version}\n`);
    now = new Date(now.getTime() + 60_001);
    // What had been made by then may still come.
    const rest4 = textOf(await reader.read());
    const last = rest4.startsWith("id: 4") ? textOf(await reader.read()) : rest4;
    expect(last).toMatch(/^event: error\ndata: .*"code":"unauthenticated"/);
    expect((await reader.read()).done).toBe(true);
  });
});
