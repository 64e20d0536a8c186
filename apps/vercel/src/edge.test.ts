import { fileURLToPath } from "node:url";
import { specifyEntry } from "@steward/entry-suite";
import { EdgeRuntime, runServer } from "edge-runtime";
import { build } from "esbuild";

/** The entry as one script, the way Vercel bundles it, with the platform's call of it behind. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("./edge.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "entry",
    platform: "neutral",
    conditions: ["edge-light", "worker", "browser"],
    mainFields: ["module", "main"],
    footer: {
      js: "addEventListener('fetch', (event) => event.respondWith(entry.default(event.request, { waitUntil: (task) => event.waitUntil(task) })));",
    },
  });
  return outputFiles[0]?.text ?? "";
}

specifyEntry({
  name: "the Vercel entry, in edge-runtime",
  addressHeader: "x-real-ip",
  async open(variables) {
    const runtime = new EdgeRuntime({
      initialCode: await bundle(),
      extend: (context) => Object.assign(context, { process: { env: { ...variables, LOG_LEVEL: "error" } } }),
    });
    const server = await runServer({ runtime, host: "127.0.0.1", port: 0 });
    return {
      fetch: (path, init) => fetch(new URL(path, server.url), { redirect: "manual", ...init }),
      close: () => server.close(),
    };
  },
});
