import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The last line of what the scripts that know say. */
export async function measureSizes(): Promise<string[][]> {
  const figures = {
    "worker, gzip": "apps/worker/src/size.ts",
    "types, instantiations": "tooling/scripts/src/instantiations.ts",
  };
  return Promise.all(
    Object.entries(figures).map(async ([what, script]) => {
      const { stdout } = await run(process.execPath, [script], { cwd: root });
      return [what, stdout.trim().split("\n").at(-1) ?? ""];
    }),
  );
}
