import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The password of the admin of {@link startNode}. */
export const adminPassword = "ten characters or more";

const main = fileURLToPath(new URL("../../../apps/node/src/main.ts", import.meta.url));

/** The address that the server's banner tells. */
function addressOf(server: ChildProcess): Promise<string> {
  let said = "";
  return new Promise((resolve, reject) => {
    server.stdout?.on("data", (chunk: Buffer) => {
      said += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (found && said.includes("Token  ")) resolve(found);
    });
    server.once("exit", () => reject(new Error(`The server ended before it was ready: ${said}`)));
  });
}

/**
 * The server on Node as `start` starts it, on a database of its own in a folder that goes with it; without the demo world,
 * which nobody asks for here and which takes most of a start.
 */
export async function startNode(): Promise<{ readonly url: string; end(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "steward-example-server-"));
  const env = { PATH: process.env.PATH, PORT: "0", STEWARD_SEED: "none", STEWARD_ADMIN_PASSWORD: adminPassword };
  const server = spawn(process.execPath, [main], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  const end = async () => {
    if (server.exitCode === null) {
      const ended = once(server, "exit");
      server.kill("SIGTERM");
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { url: await addressOf(server), end };
  } catch (error) {
    await end();
    throw error;
  }
}
