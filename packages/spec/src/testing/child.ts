import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
/** What the command line begins with as well: it takes two thirds off a start. */
const loading = pathOf("../../../../apps/node/src/loading.ts");

/** Starts a script of this folder. Where it still runs when the test ends it is killed. */
export function startScript(name: string, args: readonly string[]) {
  const child = spawn(process.execPath, ["--import", loading, pathOf(name), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}
