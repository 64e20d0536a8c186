import { expect, test } from "vitest";
import { origin } from "./app.ts";
import { headersFor } from "./doors.ts";
import { referring } from "./references-world.ts";
import { openWorld } from "./world.ts";

const addresses = [
  "https://example.com/",
  "https://example.com/a/b/",
  "https://example.com/a//b?x=/y/&z=%2F%252F#/c/..",
  "http://example.com:8080/%",
  "https://example.com/100%25",
  "https://example.com/a+b%20c",
  "https://xn--bcher-kva.example/%F0%9F%90%B3",
  "https://example.com/?q={{x}}&r=%22%3C%3E",
  `https://example.com/${"x".repeat(1980)}`,
];

test.each(addresses)("a web address is an address of its own: %s", async (targetId) => {
  const world = await openWorld();
  const { ada } = await referring(world);
  const headers = { ...headersFor(ada), "content-type": "application/json" };
  const send = (method: string, path: string, body?: object) =>
    world.app.fetch(new Request(`${origin}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) }));
  const made = await send("POST", "/api/assistants/ada:sales/references", { targetType: "url", targetId });
  expect(made.status).toBe(201);
  const location = made.headers.get("location") ?? "";
  const shown = (await made.json()) as { targetId: string; _links: { self: { href: string } } };
  expect(location).toBe(shown._links.self.href);
  const read = await send("GET", location);
  expect(await read.json()).toMatchObject({ targetId: shown.targetId });
  const own = `/api/assistants/ada:sales/references/${encodeURIComponent(targetId)}`;
  expect(await (await send("GET", own)).json()).toMatchObject({ targetId: shown.targetId });
  expect((await send("DELETE", own)).status).toBe(204);
  expect((await send("GET", location)).status).toBe(404);
});
