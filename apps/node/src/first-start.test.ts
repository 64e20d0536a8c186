import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { embeddedExecutor } from "@steward/db/node";
import { describe, expect, test } from "vitest";
import { people, teams } from "./demo.ts";
import { assistants } from "./demo-assistants.ts";
import { datasets } from "./demo-datasets.ts";
import { launchServer, lineOf, paste, signIn, startServer, temporaryFolder } from "./testing.ts";

const tables = `users teams memberships seats datasets dataset_shares records assistants shares favorites tokens skills
  assistant_datasets secrets assistant_references comments`.split(/\s+/);

/** How many rows of each kind there are in the database of a working folder. */
async function rowsIn(folder: string): Promise<Record<string, number>> {
  const executor = embeddedExecutor(join(folder, ".data/steward.db"));
  try {
    const counts = tables.map((name) => ({ sql: `select count(*) from ${name}`, args: [] }));
    const results = await executor.batch(counts, "read");
    return Object.fromEntries(tables.map((name, index) => [name, Number(results[index]?.rows[0]?.[0])]));
  } finally {
    executor.close();
  }
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

const count = (listed: (assistant: (typeof assistants)[number]) => readonly unknown[]) =>
  assistants.flatMap(listed).length;
const drafts = assistants.filter(({ draft }) => draft);

const demoRows = {
  users: people.length + 1,
  teams: teams.length,
  memberships: sum(teams.map(({ members }) => Object.keys(members).length)),
  seats: people.length + 1,
  datasets: datasets.length,
  dataset_shares: sum(datasets.map(({ shares = {} }) => Object.keys(shares).length)),
  // Of the four files: bird strikes, airports, post codes, days of weather.
  records: 10_000 + 3_376 + 42_049 + 1_461,
  // A draft is a row of its own, with its parts and what is said about it.
  assistants: assistants.length + drafts.length,
  shares: sum(assistants.map(({ shares = {} }) => Object.keys(shares).length)),
  favorites: sum(assistants.map(({ favoriteOf = [] }) => favoriteOf.length)),
  tokens: 1 + count((one) => (one.token ? [one.token] : [])),
  skills: count(({ skills = [], draft }) => [...skills, ...(draft ? skills : []), ...(draft?.skills ?? [])]),
  assistant_datasets: count(({ knowledge = [], draft }) => [...knowledge, ...(draft ? knowledge : [])]),
  secrets: count(({ secrets = [] }) => secrets),
  assistant_references: count(({ references = [], draft }) => [...references, ...(draft ? references : [])]),
  comments: count(({ comments = [], draft }) =>
    [...comments, ...(draft?.comments ?? [])].flatMap((comment) => [comment, ...(comment.replies ?? [])]),
  ),
};

const secretsOf = (line: string) => /^(.+) \/ (\S+)/.exec(line)?.slice(1) ?? [];

describe("the first start", () => {
  test("makes the demo world and prints how to get in", async () => {
    const folder = temporaryFolder();
    const server = await startServer(folder);
    expect(server.said()).toContain(`Steward is ready at ${server.url}\n`);
    const [username = "", password = ""] = secretsOf(lineOf(server.said(), "Sign in"));
    expect(username).toBe("admin");
    const [names = "", shared = ""] = secretsOf(lineOf(server.said(), "Demo people"));
    expect(names.split(", ")).toEqual(people.map(({ name }) => name));
    expect((await signIn(server.url, username, password)).status).toBe(200);
    for (const name of names.split(", ")) expect((await signIn(server.url, name, shared)).status).toBe(200);

    const pasted = await paste(lineOf(server.said(), "Try"));
    expect(pasted.code).toBe(0);
    expect(JSON.parse(pasted.output).total).toBe(assistants.length);
    expect(await server.end()).toBe(0);
    const log = server
      .said()
      .split("\n")
      .filter((line) => line.startsWith("{"));
    expect(log.length).toBeGreaterThan(people.length);
    const token = /stw_\w+/.exec(server.said())?.[0] ?? "";
    for (const secret of [password, shared, token]) expect(log.join("\n")).not.toContain(secret);
    expect(statSync(join(folder, ".data/encryption-keys")).mode & 0o777).toBe(0o600);
    expect(await rowsIn(folder)).toEqual(demoRows);
  });

  test("is followed by a second one that loses nothing and prints no secret", { timeout: 60_000 }, async () => {
    const folder = temporaryFolder();
    // The admin may bear the name of somebody in the demo world, who is then not made.
    const variables = { STEWARD_ADMIN_USERNAME: "ada", STEWARD_ADMIN_PASSWORD: "a long enough password" };
    const rows = { ...demoRows, users: people.length, seats: people.length };
    const first = await startServer(folder, variables);
    expect(first.said()).not.toContain("a long enough password");
    expect(lineOf(first.said(), "Demo people")).toMatch(/^ben, /);
    const token = /stw_\w+/.exec(first.said())?.[0];
    expect(await first.end()).toBe(0);
    expect(await rowsIn(folder)).toEqual(rows);
    const keys = readFileSync(join(folder, ".data/encryption-keys"), "utf8");

    const second = await startServer(folder, variables);
    expect(second.said()).not.toMatch(/stw_|Sign in|Demo/);
    expect(second.said()).toContain("steward admin reset-password");
    const pasted = await paste(lineOf(second.said(), "Try"));
    expect(JSON.parse(pasted.output)).toHaveProperty("_links");
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${second.url}/api/assistants/support:front-desk`, { headers })).status).toBe(200);
    expect((await signIn(second.url, "ada", "a long enough password")).status).toBe(200);
    expect(await second.end("SIGINT")).toBe(0);
    expect(readFileSync(join(folder, ".data/encryption-keys"), "utf8")).toBe(keys);
    expect(await rowsIn(folder)).toEqual(rows);
  });

  test("makes only the admin when no demo is wanted", async () => {
    const folder = temporaryFolder();
    const server = await startServer(folder, { STEWARD_SEED: "none", STEWARD_ADMIN_USERNAME: "analytics" });
    expect(server.said()).not.toMatch(/stw_|Demo/);
    expect((await paste(lineOf(server.said(), "Try"))).code).toBe(0);
    expect(await server.end()).toBe(0);
    expect(await rowsIn(folder)).toMatchObject({ users: 1, seats: 1, teams: 0, assistants: 0, tokens: 0 });
  });

  test("lets two that begin at once make one world", { timeout: 60_000 }, async () => {
    const folder = temporaryFolder();
    const servers = await Promise.all([startServer(folder), startServer(folder)]);
    expect(servers.filter((server) => server.said().includes("Sign in"))).toHaveLength(1);
    for (const server of servers) expect(await server.end()).toBe(0);
    expect(await rowsIn(folder)).toEqual(demoRows);
  });

  test("may be killed at any moment: the next one comes up complete", { timeout: 120_000 }, async () => {
    for (let round = 0; round < 3; round++) {
      const folder = temporaryFolder();
      const killed = await launchServer(folder);
      // What matters lies between opening the database and being ready.
      while (!existsSync(join(folder, ".data"))) await new Promise((resolve) => setTimeout(resolve, 1));
      await new Promise((resolve) => setTimeout(resolve, (round + Math.random()) * 100));
      await killed.end("SIGKILL");
      const next = await startServer(folder);
      expect(await next.end()).toBe(0);
      expect(await rowsIn(folder)).toEqual(demoRows);
    }
  });
});
