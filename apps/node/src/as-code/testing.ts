import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

export async function demoServer(): Promise<DemoServer> {
  const folder = temporaryFolder();
  const server: Started = await startServer(folder, { STEWARD_ADMIN_PASSWORD: "a long enough password" });
  const tokenOf = async (username: string, ...options: string[]) =>
    (await steward(folder, ["token", "create", "--username", username, ...options])).output.trim();
  const token = await tokenOf("admin");
  return {
    url: server.url,
    token,
    tokenOf,
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
