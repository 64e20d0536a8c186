import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adminPassword, startNode } from "./node-server.ts";

const folder = fileURLToPath(new URL("../../../examples/team-day/", import.meta.url));

/** Two servers, for an assistant moves from one to the other. */
const servers: Awaited<ReturnType<typeof startNode>>[] = [];
beforeAll(async () => {
  servers.push(...(await Promise.all([startNode(), startNode()])));
}, 60_000);
afterAll(() => Promise.all(servers.map(({ end }) => end())));

const run = async (command: string, script: string) => {
  const [here, elsewhere] = servers;
  const env = {
    PATH: process.env.PATH,
    STEWARD_URL: here?.url,
    STEWARD_ELSEWHERE_URL: elsewhere?.url,
    STEWARD_ADMIN_PASSWORD: adminPassword,
  };
  const { stdout } = await promisify(execFile)(command, [script], { cwd: folder, env });
  return stdout;
};

test.each([
  ["over REST with curl", "bash", "rest.sh"],
  ["over tRPC in TypeScript", process.execPath, "trpc.ts"],
])(
  "a team's day, %s",
  async (_, command, script) => {
    const said = await run(command, script);
    expect(said).toContain("instructions + Name your source.");
    expect(said).toContain("Changed since: welcome");
    expect(said).toContain("All as expected.");
    expect(said).not.toContain("not-for-your-eyes");
  },
  60_000,
);
