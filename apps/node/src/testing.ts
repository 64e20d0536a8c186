import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));

export type Variables = Readonly<Record<string, string>>;

/** A start without the demo world, which takes three quarters of one, for whoever does not ask for it. */
export const plain: Variables = { STEWARD_SEED: "none" };

/** A working folder for one test, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "steward-node-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A port of 127.0.0.1 that nobody uses. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Starts the command line. Whatever still runs when the test ends is killed. */
export function spawnMain(folder: string, args: readonly string[], variables: Variables): Child {
  const env = { PATH: process.env.PATH, ...variables };
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Runs the command line to its end. */
export async function steward(folder: string, args: readonly string[], variables: Variables = {}): Promise<Ended> {
  const child = spawnMain(folder, args, variables);
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { code, output, errors };
}

export interface Started {
  readonly child: Child;
  readonly url: string;
  /** Resolves when the server says that it is ready, rejects with what it says when it ends before. */
  readonly ready: Promise<void>;
  /** Resolves with the exit code, null after a signal that cannot be handled. */
  readonly ended: Promise<number | null>;
  /** What it has said so far. */
  said(): string;
  /** Sends a signal and answers with the exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the server without waiting for it. */
export async function launchServer(folder: string, variables: Variables = {}): Promise<Started> {
  const port = variables.PORT ?? String(await freePort());
  const child = spawnMain(folder, [], { ...variables, PORT: port });
  let said = "";
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => undefined);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk;
      if (said.includes("Token  ")) ready.resolve();
    });
  }
  const ended = once(child, "close").then(([code]): number | null => {
    ready.reject(new Error(`ended with ${code}: ${said}`));
    return code;
  });
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    ready: ready.promise,
    ended,
    said: () => said,
    end(signal = "SIGTERM") {
      child.kill(signal);
      return ended;
    },
  };
}

/** Starts the server, and waits until it is ready. */
export async function startServer(folder: string, variables: Variables = {}): Promise<Started> {
  const server = await launchServer(folder, variables);
  await server.ready;
  return server;
}

/** The words behind a label of the banner. */
export const lineOf = (said: string, label: string): string =>
  said
    .split("\n")
    .find((line) => line.trimStart().startsWith(label))
    ?.trim()
    .slice(label.length)
    .trim() ?? "";

/** Runs a line as a shell would when it is pasted. */
export async function paste(line: string): Promise<Ended> {
  const child = spawn("sh", ["-c", line], { stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { code, output, errors };
}

export const signIn = (url: string, username: string, password: string): Promise<Response> =>
  fetch(`${url}/api/login/local`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
