import { fileURLToPath } from "node:url";
import type { BlobStore } from "@steward/core";
import { createTestHarness } from "wrangler";
import { specifyStore } from "./testing/specify-store.ts";

const configPath = fileURLToPath(new URL("testing/wrangler.jsonc", import.meta.url));

specifyStore("R2, in workerd,", async () => {
  const harness = createTestHarness({ workers: [{ configPath }] });
  await harness.listen();
  const ask = (path: string, init: object = {}): Promise<Response> => harness.fetch(path, init as never) as never;
  const fine = async (answer: Promise<Response>) => {
    const response = await answer;
    if (!response.ok) throw new Error(await response.text());
    return response;
  };
  const store: BlobStore = {
    put: async (key, body) => void (await fine(ask(`/${key}`, { method: "PUT", body, duplex: "half" }))),
    async get(key, range) {
      const response = await ask(range ? `/${key}?offset=${range.offset}&length=${range.length}` : `/${key}`);
      return response.status === 404 ? null : (await fine(Promise.resolve(response))).body;
    },
    delete: async (keys) => void (await fine(ask("/", { method: "DELETE", body: JSON.stringify(keys) }))),
    async *list() {
      yield* (await (await fine(ask("/"))).json()) as { key: string; size: number }[];
    },
  };
  return { store, close: () => harness.close() };
});
