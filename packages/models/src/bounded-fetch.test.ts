import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { boundedFetch } from "./bounded-fetch.ts";

test("nothing is reached but what lies beneath the address, and that only to order", async () => {
  const reached: (string | undefined)[] = [];
  const server = createServer(({ url }, outgoing) => {
    reached.push(url);
    outgoing.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const fetch = boundedFetch(`${origin}/v1`, 1000);
  for (const url of [`${origin}/v1evil`, `${origin}/`, "https://evil.example/v1/"]) {
    await expect(fetch(url, { method: "POST" })).rejects.toThrow("not followed");
  }
  await expect(fetch(`${origin}/v1/picture.png`)).rejects.toThrow("not followed");
  expect((await fetch(`${origin}/v1/images`, { method: "POST" })).status).toBe(200);
  expect(reached).toEqual(["/v1/images"]);
  server.closeAllConnections();
  server.close();
});
