import { fileURLToPath } from "node:url";
import { specifyEntry } from "@steward/entry-suite";
import { createTestHarness } from "wrangler";
import { buildWorker } from "./build.ts";

specifyEntry({
  name: "the worker, in workerd",
  addressHeader: "cf-connecting-ip",
  readsDocuments: true,
  async open(variables) {
    await buildWorker();
    const configPath = fileURLToPath(new URL("../wrangler.jsonc", import.meta.url));
    const harness = createTestHarness({ workers: [{ configPath, vars: { ...variables, LOG_LEVEL: "error" } }] });
    await harness.listen();
    return {
      fetch: (path, init) => harness.fetch(path, init as never) as never,
      close: () => harness.close(),
    };
  },
});
