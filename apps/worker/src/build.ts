import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile, type OutputFile, type Plugin } from "esbuild";

/** workerd has modules of Node's, for `import` alone: libraries of CommonJS are handed what was imported. */
const builtins: Plugin = {
  name: "builtins",
  setup(building) {
    const filter = new RegExp(`^(node:)?(${builtinModules.filter((name) => !name.startsWith("_")).join("|")})$`);
    building.onResolve({ filter }, ({ path, kind }) => {
      const name = path.startsWith("node:") ? path : `node:${path}`;
      return kind === "require-call" ? { path: name, namespace: "builtin" } : { path: name, external: true };
    });
    building.onLoad({ filter: /.*/, namespace: "builtin" }, ({ path }) => ({
      contents: `import all from ${JSON.stringify(path)};\nmodule.exports = all;`,
    }));
  },
};

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export const folder = here("../dist/");

/**
 * Bundles the worker for wrangler into `dist`, which is uploaded as it is. What is imported only when it is needed (readers of
 * documents, encoders of pictures) is a module of its own, so that an isolate's first request does not pay for it.
 */
export async function buildWorker(): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    entryPoints: [here("worker.ts")],
    absWorkingDir: folder.replace(/dist\/$/, ""),
    outdir: folder,
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    write: false,
    format: "esm",
    target: "es2024",
    platform: "neutral",
    conditions: ["workerd", "worker", "browser", "module", "import"],
    mainFields: ["browser", "module", "main"],
    external: ["cloudflare:*"],
    plugins: [builtins],
    loader: { ".wasm": "copy" },
    chunkNames: "chunks/[name]-[hash]",
    assetNames: "chunks/[name]-[hash]",
    logLevel: "warning",
  });
  keepOnly(outputFiles);
  return metafile;
}

/** What is there already stays as it is, so that several builds at once do no harm. */
function keepOnly(files: readonly OutputFile[]): void {
  const wanted = new Set(files.map(({ path }) => path));
  for (const { path, contents } of files) {
    if (existsSync(path) && readFileSync(path).equals(contents)) continue;
    mkdirSync(dirname(path), { recursive: true });
    const ahead = `${path}.${process.pid}`;
    writeFileSync(ahead, contents);
    renameSync(ahead, path);
  }
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    if (/\.(js|wasm)$/.test(name) && !wanted.has(path)) rmSync(path, { force: true });
  }
}

if (import.meta.main) await buildWorker();
