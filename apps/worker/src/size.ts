import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const budget = 150_000;

/** Bundles the worker as a deployment would, and answers with its size in bytes, as sent and unpacked. */
export function workerSize(): { readonly gzip: number; readonly minified: number } {
  const folder = mkdtempSync(join(tmpdir(), "steward-worker-"));
  try {
    const { status, stderr, stdout } = spawnSync(
      "wrangler",
      ["deploy", "--dry-run", "--minify", "--outdir", folder],
      {
        cwd: fileURLToPath(new URL("..", import.meta.url)),
        env: { ...process.env, PATH: `${fileURLToPath(new URL("../node_modules/.bin", import.meta.url))}:${process.env.PATH}`, WRANGLER_SEND_METRICS: "false" },
        encoding: "utf8",
      },
    );
    if (status !== 0) throw new Error(`wrangler has ended with ${status}: ${stdout}${stderr}`);
    const bundle = readFileSync(join(folder, "worker.js"));
    return { gzip: gzipSync(bundle).length, minified: bundle.length };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const { gzip, minified } = workerSize();
  console.log(`worker: ${gzip} bytes gzip, ${minified} minified; budget ${budget}`);
  if (gzip > budget) process.exitCode = 1;
}
