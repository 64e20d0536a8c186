import { specifyEntry } from "@steward/entry-suite";
import { EdgeRuntime, runServer } from "edge-runtime";
import { bundleEdge } from "./bundle.ts";

/** The platform's call of the entry: the local runtime knows scripts and `fetch` events only. */
const call = `addEventListener("fetch", (event) =>
  event.respondWith(entry.default(event.request, { waitUntil: (task) => event.waitUntil(task) })));`;

specifyEntry({
  name: "the Vercel entry, in edge-runtime",
  addressHeader: "x-real-ip",
  async open(variables) {
    const runtime = new EdgeRuntime({
      initialCode: await bundleEdge({ format: "iife", globalName: "entry", footer: { js: call } }),
      extend: (context) => Object.assign(context, { process: { env: { ...variables, LOG_LEVEL: "error" } } }),
    });
    const server = await runServer({ runtime, host: "127.0.0.1", port: 0 });
    return {
      fetch: (path, init) => fetch(new URL(path, server.url), { redirect: "manual", ...init }),
      close: () => server.close(),
    };
  },
});
