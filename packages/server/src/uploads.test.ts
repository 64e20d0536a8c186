import { expect, test } from "vitest";
import { openWorld } from "./testing/world.ts";

const large = 3 * 1024 * 1024;

/** As bytes, for Node's own FormData complains when nobody reads it to its end. */
async function formOf(length: number, fields: Readonly<Record<string, string>> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", new File([new Uint8Array(length)], "a.csv", { type: "text/csv" }));
  const encoded = new Response(form);
  const type = encoded.headers.get("content-type") ?? "";
  return { body: await encoded.arrayBuffer(), headers: { "content-type": type } };
}

test("bytes may be larger than any other body, through both doors, and come after who asks", async () => {
  const { call, bearer } = await openWorld();
  const send = async (path: string, credential: Record<string, string>) => {
    const { body, headers } = await formOf(large, path.startsWith("/trpc") ? { id: "nowhere" } : {});
    const length = { "content-length": String(body.byteLength) };
    const answer = await call(path, { method: "POST", body, headers: { ...headers, ...length, ...credential } });
    return [answer.status, JSON.stringify(await answer.json()).match(/"code":"([a-z_]+)"/)?.[1]];
  };
  expect(await send("/trpc/datasets.upload", {})).toEqual([401, "unauthenticated"]);
  expect(await send("/trpc/datasets.upload", bearer)).toEqual([404, "not_found"]);
  expect(await send("/trpc/assistants.create", bearer)).toEqual([413, "too_large"]);
  expect(await send("/api/datasets/nowhere/_upload", {})).toEqual([401, "unauthenticated"]);
  expect(await send("/api/datasets/nowhere/_upload", bearer)).toEqual([404, "not_found"]);
  expect(await send("/api/assistants", bearer)).toEqual([413, "too_large"]);
});

test("a form from a foreign page counts for nothing with a cookie", async () => {
  const { call } = await openWorld();
  const { body, headers } = await formOf(10, { id: "nowhere" });
  const foreign = { ...headers, cookie: "sid=x", origin: "https://evil.test" };
  const answer = await call("/trpc/datasets.upload", { method: "POST", body, headers: foreign });
  expect(answer.status).toBe(403);
});
