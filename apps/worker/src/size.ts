import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildWorker, folder } from "./build.ts";

/**
 * Bundles the worker as a deployment does, prints how many bytes it has, and fails when they are too many: those that an isolate
 * reads before its first request, and all that is uploaded.
 */

const budgets = { first: 500_000, whole: 3_000_000 };

const { outputs } = await buildWorker();
const gzipped = (path: string) => gzipSync(readFileSync(join(folder, "..", path))).length;

/** A module and those that it imports at once. */
function closureOf(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path) || !(path in outputs)) return seen;
  seen.add(path);
  for (const { path: next, kind } of outputs[path]?.imports ?? [])
    if (kind === "import-statement") closureOf(next, seen);
  return seen;
}

const sum = (paths: Iterable<string>) => [...paths].reduce((total, path) => total + gzipped(path), 0);
const first = sum(closureOf("dist/worker.js"));
const whole = sum(Object.keys(outputs));
console.log(
  `worker: ${first} bytes gzip before the first request (budget ${budgets.first}), ${whole} in all (${budgets.whole})`,
);
if (first > budgets.first || whole > budgets.whole) process.exitCode = 1;
