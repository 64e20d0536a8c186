import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** Bundles the worker as a deployment does, prints how many bytes it has, and fails when they are too many. */

const budget = 300_000;
const here = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "steward-worker-"));
try {
  execFileSync("wrangler", ["deploy", "--dry-run", "--minify", "--outdir", folder], {
    cwd: here,
    env: {
      ...process.env,
      PATH: [join(here, "node_modules/.bin"), process.env.PATH].join(delimiter),
      WRANGLER_SEND_METRICS: "false",
    },
  });
  const bundle = readFileSync(join(folder, "worker.js"));
  const { length } = gzipSync(bundle);
  console.log(`worker: ${length} bytes gzip, ${bundle.length} minified; budget ${budget} gzip`);
  if (length > budget) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
