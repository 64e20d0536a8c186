import { specifyEntry } from "@steward/entry-suite";
import { type S3Server, startS3Server } from "@steward/s3";
import { EdgeRuntime, runServer } from "edge-runtime";
import { bundleEdge } from "./bundle.ts";

/** The platform's call of the entry: the local runtime knows scripts and `fetch` events only. */
const call = `addEventListener("fetch", (event) =>
  event.respondWith(entry.default(event.request, { waitUntil: (task) => event.waitUntil(task) })));`;

specifyEntry({
  name: "the Vercel entry, in edge-runtime",
  addressHeader: "x-real-ip",
  readsDocuments: false,
  async open(given) {
    const bucket = await startS3Server();
    const variables = { ...given, ...bucketVariables(bucket) };
    const runtime = new EdgeRuntime({
      initialCode: await bundleEdge({ format: "iife", globalName: "entry", footer: { js: call } }),
      extend: (context) => Object.assign(context, { process: { env: { ...variables, LOG_LEVEL: "error" } } }),
    });
    const server = await runServer({ runtime, host: "127.0.0.1", port: 0 });
    return {
      fetch: (path, init) => fetch(new URL(path, server.url), { redirect: "manual", ...init }),
      async close() {
        await server.close();
        await bucket.close();
      },
    };
  },
});

function bucketVariables({ url, account }: S3Server) {
  return {
    STEWARD_S3_URL: url,
    STEWARD_S3_ACCESS_KEY_ID: account.accessKeyId,
    STEWARD_S3_SECRET_ACCESS_KEY: account.secretAccessKey,
  };
}
