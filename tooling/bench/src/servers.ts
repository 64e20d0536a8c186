import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export interface Server {
  readonly url: string;
  readonly process: ChildProcess;
  /** Milliseconds from the start of the process to its first answer. */
  readonly startedIn: number;
  stop(): Promise<void>;
}

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port");
  return address.port;
}

async function start(
  script: string,
  args: readonly string[],
  flags: readonly string[],
  environment: NodeJS.ProcessEnv,
  port: number,
  ready: string,
  folder: string,
): Promise<Server> {
  const began = performance.now();
  const child = spawn(process.execPath, [...flags, script, ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode}`);
    const answer = await fetch(url + ready).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer) break;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return {
    url,
    process: child,
    startedIn: performance.now() - began,
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** With which flags of Node the product's own command starts it. */
function flagsOfStart(): string[] {
  const { scripts } = JSON.parse(readFileSync(pathOf("../../../package.json"), "utf8")) as {
    readonly scripts: { readonly start: string };
  };
  return scripts.start.split(" ").filter((word) => word.startsWith("--"));
}

/** Steward as it is served on Node, on this file, with everything on. */
export async function startSteward(path: string): Promise<Server> {
  const port = await freePort();
  const environment = { PORT: String(port), HOST: "127.0.0.1", DATABASE_URL: `file:${path}`, STEWARD_SEED: "none" };
  return start(
    pathOf("../../../apps/node/src/main.ts"),
    ["start"],
    flagsOfStart(),
    environment,
    port,
    "/healthz",
    dirname(path),
  );
}

/** The bare server on the same file. */
export async function startLimit(path: string): Promise<Server> {
  const port = await freePort();
  return start(pathOf("./limit-server.ts"), [path, String(port)], [], {}, port, "/", dirname(path));
}

/** The bare server that pipes bytes to and from the disk. */
export async function startPipes(folder: string): Promise<Server> {
  const port = await freePort();
  return start(pathOf("./files/pipe-server.ts"), [folder, String(port)], [], {}, port, "/", folder);
}
