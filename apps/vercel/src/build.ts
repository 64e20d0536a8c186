import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { bundleBackground, bundleEdge } from "./bundle.ts";
import { routes } from "./routes.ts";

/**
 * Writes `.vercel/output` (Vercel's Build Output API, version 3): an edge function that answers requests, and one on Node for what
 * that is too small for.
 */

const output = fileURLToPath(new URL("../.vercel/output/", import.meta.url));
const edge = `${output}functions/edge.func/`;
const background = `${output}functions/background.func/`;
const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

const code = await bundleEdge({ format: "esm", minify: true });
rmSync(output, { recursive: true, force: true });
for (const folder of [edge, background]) mkdirSync(folder, { recursive: true });
const crons = [{ path: "/_tend", schedule: "* * * * *" }];
writeFileSync(`${output}config.json`, json({ version: 3, routes, crons }));
writeFileSync(`${edge}.vc-config.json`, json({ runtime: "edge", entrypoint: "index.js" }));
writeFileSync(`${edge}index.js`, code);
const node = { runtime: "nodejs24.x", handler: "background.mjs", launcherType: "Nodejs", maxDuration: 300 };
writeFileSync(
  `${background}.vc-config.json`,
  json({ ...node, shouldAddHelpers: false, supportsResponseStreaming: true }),
);
await bundleBackground(background);
console.log(`.vercel/output: an edge function of ${gzipSync(code).length} bytes gzip, and one on Node beside it`);
