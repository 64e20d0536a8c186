import superjson from "superjson";
import { expect, test, vi } from "vitest";
import { filesAndTicks, heard } from "./testing/files.ts";
import { url } from "./testing/requests.ts";
import { openWorld } from "./testing/world.ts";

const subscribe = (name: string, input: object = {}, signal?: AbortSignal) =>
  new Request(`${url}/${name}?input=${encodeURIComponent(JSON.stringify(superjson.serialize(input)))}`, {
    headers: { accept: "text/event-stream" },
    ...(signal && { signal }),
  });

/** The events of a body: what each is called, and what it holds. */
const eventsOf = (text: string) =>
  text
    .split("\n\n")
    .filter((event) => event.trim() !== "")
    .map((event): [string, unknown] => {
      const { event: name = "message", data = "" } = Object.fromEntries(
        event
          .trim()
          .split("\n")
          .map((line) => line.split(/: ?(.*)/, 2)),
      );
      return [name, name === "message" || name === "serialized-error" ? superjson.deserialize(JSON.parse(data)) : null];
    });

async function open() {
  const world = await openWorld();
  const handle = (request: Request, as: string | null = null) => world.handle(request, as, {}, filesAndTicks);
  const eventsFor = async (request: Request, as?: string | null) => eventsOf(await (await handle(request, as)).text());
  return { ...world, handle, eventsFor };
}

test("a stream is a subscription, whose items arrive with their dates", async () => {
  const { eventsFor } = await open();
  const item = (version: number) => ["message", { version, at: new Date(0) }];
  expect(await eventsFor(subscribe("ticks.some", { id: "a" }))).toEqual([
    ["connected", null],
    item(1),
    item(2),
    item(3),
    ["return", null],
  ]);
});

test("a refusal is an event that holds our error, before the first item and after it", async () => {
  const { eventsFor, requestId, logged } = await open();
  const error = (code: string) => ["serialized-error", { data: { cause: { code, requestId } } }];
  expect(await eventsFor(subscribe("ticks.some", {}))).toMatchObject([["connected", null], error("validation_failed")]);
  const connected = ["connected", null];
  expect(await eventsFor(subscribe("ticks.guarded"))).toMatchObject([connected, error("unauthenticated")]);
  expect(await eventsFor(subscribe("ticks.guarded"), "stranger")).toMatchObject([connected, error("unauthenticated")]);
  expect(await eventsFor(subscribe("ticks.guarded"), "ada")).toEqual([
    connected,
    ["message", { version: 1, at: new Date(0) }],
    ["return", null],
  ]);
  expect(await eventsFor(subscribe("ticks.some", { id: "a", failAt: 2 }))).toMatchObject([
    connected,
    ["message", { version: 1 }],
    error("conflict"),
  ]);
  expect(logged).toEqual([]);
});

test("whoever stops to read ends the handler, while it waits", async () => {
  const { handle } = await open();
  const { left, returned } = heard;
  const { body } = await handle(subscribe("ticks.endless"));
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  for (let text = ""; !text.includes('"version":1'); ) text += decoder.decode((await reader.read()).value);
  void reader.read();
  await reader.cancel();
  await vi.waitFor(() => expect([heard.left, heard.returned]).toEqual([left + 1, returned + 1]));
});

test("whoever breaks the request off ends the handler", async () => {
  const { handle } = await open();
  const { left, returned } = heard;
  const leaving = new AbortController();
  const { body } = await handle(subscribe("ticks.endless", {}, leaving.signal));
  const whole = new Response(body).text();
  await new Promise((resolve) => setTimeout(resolve, 20));
  leaving.abort();
  await vi.waitFor(() => expect([heard.left, heard.returned]).toEqual([left + 1, returned + 1]));
  expect(eventsOf(await whole).map(([name]) => name)).toEqual(["connected", "message"]);
});

test("is in no batch", async () => {
  const { handle } = await open();
  const batch = subscribe("ticks.some,ticks.some");
  const response = await handle(new Request(`${batch.url}&batch=1`));
  expect(await response.text()).toContain("validation_failed");
});
