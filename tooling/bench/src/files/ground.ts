import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ask, type Client, send } from "../datasets/measure.ts";
import { quantile } from "../datasets/probe.ts";
import { type Server, startSteward } from "../servers.ts";
import { makeWorld, type World } from "../world.ts";

/** A server of its own over a new database with 1,000 assistants, as its administrator asks it. */
export interface Ground {
  readonly folder: string;
  readonly world: World;
  readonly server: Server;
  readonly client: Client;
}

/** A folder with nothing in it: what is measured must not have been there before. */
export function emptyFolder(folder: string, name: string): string {
  const path = join(folder, name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
}

export async function withGround<T>(folder: string, name: string, work: (ground: Ground) => Promise<T>): Promise<T> {
  const own = emptyFolder(folder, name);
  const world = await makeWorld(join(own, "steward.db"), 1000);
  const server = await startSteward(world.path);
  try {
    return await work({ folder: own, world, server, client: { url: server.url, token: world.callers.admin } });
  } finally {
    await server.stop();
    rmSync(own, { recursive: true, force: true });
  }
}

export async function createAssistant(client: Client, name: string): Promise<string> {
  const made = (await (await send(client, "/api/assistants", { name })).json()) as { readonly id: string };
  return made.id;
}

export interface FileState {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
  readonly status: string;
  readonly error: string | null;
}

export const filesOf = (assistant: string) => `/api/assistants/${assistant}/files`;

export async function uploadBytes(
  client: Client,
  assistant: string,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<FileState> {
  const path = `${filesOf(assistant)}/_upload?name=${encodeURIComponent(name)}`;
  const headers = { "content-type": "application/octet-stream" };
  return (await (await ask(client, path, { method: "POST", headers, body: bytes })).json()) as FileState;
}

/** Waits until a search finds the text of all these. Milliseconds since the call. */
export async function untilIndexed(
  client: Client,
  assistant: string,
  files: readonly string[],
  every: number,
): Promise<number> {
  const began = performance.now();
  const left = new Set(files);
  for (;;) {
    for (const id of left) {
      const file = (await (await ask(client, `${filesOf(assistant)}/${id}`)).json()) as FileState;
      if (file.status === "indexed") left.delete(id);
      else if (file.status !== "pending") throw new Error(`${file.filename} is ${file.status}: ${file.error}`);
      else break;
    }
    if (left.size === 0) return performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

/** What stands above every table with a budget. */
export const budgetHeads = ["what", "figure", "budget", "aim"] as const;
