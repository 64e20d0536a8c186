import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";

/** The entry with all it needs, as one text for Vercel's edge. */
export async function bundleEdge(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("./edge.ts", import.meta.url))],
    bundle: true,
    platform: "browser",
    conditions: ["edge-light", "worker", "browser"],
    mainFields: ["browser", "module", "main"],
    ...options,
    write: false,
  });
  const [file] = outputFiles;
  if (!file) throw new Error("esbuild has written nothing");
  return file.text;
}
