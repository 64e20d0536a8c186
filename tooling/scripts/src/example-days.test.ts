import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminPassword, startNode } from "./node-server.ts";

/** Two servers, for an assistant moves from one to the other. */
const servers: Awaited<ReturnType<typeof startNode>>[] = [];
beforeAll(async () => {
  servers.push(...(await Promise.all([startNode(), startNode()])));
}, 60_000);
afterAll(() => Promise.all(servers.map(({ end }) => end())));

async function run(day: string, command: string, script: string): Promise<string> {
  const [here, elsewhere] = servers;
  const env = {
    PATH: process.env.PATH,
    STEWARD_URL: here?.url,
    STEWARD_ELSEWHERE_URL: elsewhere?.url,
    STEWARD_ADMIN_PASSWORD: adminPassword,
  };
  const cwd = fileURLToPath(new URL(`../../../examples/${day}/`, import.meta.url));
  const { stdout } = await promisify(execFile)(command, [script], { cwd, env });
  return stdout;
}

describe.each([
  ["over REST with curl", "bash", "rest.sh"],
  ["over tRPC in TypeScript", process.execPath, "trpc.ts"],
])("%s", (_, command, script) => {
  test("a team's day", { timeout: 60_000 }, async () => {
    const said = await run("team-day", command, script);
    expect(said).toContain("instructions + Name your source.");
    expect(said).toContain("Changed since: welcome");
    expect(said).toContain("All as expected.");
    expect(said).not.toContain("not-for-your-eyes");
  });

  test("a table becomes what an assistant knows", { timeout: 60_000 }, async () => {
    const said = await run("knowledge-day", command, script);
    expect(said).toContain("9 rows read, 2 rejected");
    expect(said).toContain("You have no right to this dataset yourself");
    expect(said).toContain("All as expected.");
  });
});
