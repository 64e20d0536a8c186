import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { embeddedExecutor } from "@steward/db/node";
import { afterAll } from "vitest";
import { type Ended, type Started, startServer, steward, temporaryFolder } from "../testing.ts";

/** A server with the demo world, and its administrator's token. */
export interface DemoServer {
  readonly url: string;
  readonly token: string;
  /** Makes a token of another user. */
  tokenOf(username: string, ...options: string[]): Promise<string>;
  /** Asks over REST; throws unless it goes well. */
  ask(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
}

interface Prepared {
  readonly folder: string;
  readonly token: string;
}

const variables = { STEWARD_ADMIN_PASSWORD: "a long enough password" };
const prepared = new Map<string, Promise<Prepared>>();
afterAll(async () => {
  for (const made of prepared.values()) rmSync((await made).folder, { recursive: true, force: true });
});

const newToken = async (folder: string, username: string, ...options: string[]) =>
  (await steward(folder, ["token", "create", "--username", username, ...options])).output.trim();

/** The working folder of a server that has made the demo world, and has nothing left to do in the background. */
async function prepare(): Promise<Prepared> {
  const folder = mkdtempSync(join(tmpdir(), "steward-demo-"));
  const server = await startServer(folder, variables);
  const token = await newToken(folder, "admin");
  const executor = embeddedExecutor(join(folder, ".data/steward.db"));
  const sql = "select 1 from dataset_loads where indexed_position < last_position";
  while ((await executor.batch([{ sql, args: [] }], "read"))[0]?.rows.length !== 0) await pause(50);
  executor.close();
  await server.end();
  return { folder, token };
}

/**
 * A server of a test's own. The demo world is made once for each name and copied, for that takes longer than a test; no
 * two names share an id.
 */
export async function demoServer(name: "development" | "production" = "development"): Promise<DemoServer> {
  const making = prepared.get(name) ?? prepare();
  prepared.set(name, making);
  const { folder: template, token } = await making;
  const folder = temporaryFolder();
  cpSync(template, folder, { recursive: true });
  const server: Started = await startServer(folder, variables);
  return {
    url: server.url,
    token,
    tokenOf: (username, ...options) => newToken(folder, username, ...options),
    async ask(method, path, body) {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const response = await fetch(`${server.url}/api${path}`, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
      });
      const answer = response.status === 204 ? {} : ((await response.json()) as Record<string, unknown>);
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
      return answer;
    },
  };
}

/** Runs `pull` or `push` against a server. */
export const asCode = (
  { url, token }: Pick<DemoServer, "url" | "token">,
  folder: string,
  ...args: readonly string[]
): Promise<Ended> => steward(folder, args, { STEWARD_URL: url, STEWARD_TOKEN: token });

/** The texts of all files below a folder, by their paths. */
export function filesIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    paths
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );
}

/** Writes `assistant.yaml` of an assistant; keys beyond its name as YAML. */
export function writeAssistant(folder: string, naturalId: string, more = ""): string {
  const path = join(folder, ...naturalId.split(":"), "assistant.yaml");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `format: steward.assistant/1\nnaturalId: ${naturalId}\nname: ${naturalId}\n${more}`);
  return path;
}
