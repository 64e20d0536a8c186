import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundleEdge } from "./bundle.ts";

/** Writes `.vercel/output` (Vercel's Build Output API, version 3): one edge function that answers every request. */

const output = fileURLToPath(new URL("../.vercel/output/", import.meta.url));
const edge = `${output}functions/edge.func/`;
const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

const code = await bundleEdge({ format: "esm", minify: true });
rmSync(output, { recursive: true, force: true });
mkdirSync(edge, { recursive: true });
writeFileSync(`${output}config.json`, json({ version: 3, routes: [{ src: "/(.*)", dest: "/edge" }] }));
writeFileSync(`${edge}.vc-config.json`, json({ runtime: "edge", entrypoint: "index.js" }));
writeFileSync(`${edge}index.js`, code);
console.log(`.vercel/output: an edge function of ${code.length} bytes`);
