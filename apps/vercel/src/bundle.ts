import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What reads documents and encodes pictures is too large for an edge function: there is another function for what needs it. */
const withoutHeavyWork: Plugin = {
  name: "without heavy work",
  setup(building) {
    building.onResolve({ filter: /.*/ }, ({ kind, importer }) =>
      kind === "dynamic-import" && /[\\/]packages[\\/](documents|pictures|models)[\\/]/.test(importer)
        ? { path: "elsewhere", namespace: "elsewhere" }
        : undefined,
    );
    building.onLoad({ filter: /.*/, namespace: "elsewhere" }, () => ({
      contents: 'throw new Error("The other function does this: see the routes of the deployment");',
    }));
  },
};

/** The edge's entry with all it needs, as one text. */
export async function bundleEdge(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [pathOf("edge.ts")],
    bundle: true,
    platform: "browser",
    conditions: ["edge-light", "worker", "browser"],
    mainFields: ["browser", "module", "main"],
    plugins: [withoutHeavyWork],
    ...options,
    write: false,
  });
  const [file] = outputFiles;
  if (!file) throw new Error("esbuild has written nothing");
  return file.text;
}

/** WebAssembly as a module that is compiled when it is first imported. */
const compiled: Plugin = {
  name: "compiled",
  setup(building) {
    building.onLoad({ filter: /\.wasm$/ }, async ({ path }) => ({
      contents: `export default new WebAssembly.Module(Buffer.from("${await readFile(path, "base64")}", "base64"));`,
    }));
  },
};

/** So that libraries of CommonJS find the modules of Node from within a module. */
const requires = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** Writes the entry of the other function, `background.mjs`, with all it needs into a folder. */
export async function bundleBackground(outdir: string): Promise<void> {
  await build({
    entryPoints: [pathOf("background.ts")],
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node22",
    // That of workerd, too, imports its WebAssembly; what is Node's alone looks for it beside its own file.
    conditions: ["workerd", "module", "import"],
    plugins: [compiled],
    banner: { js: requires },
  });
}
