import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededDatabase } from "@steward/entry-suite/database";
import { afterAll, beforeAll, test } from "vitest";
import { createTestHarness } from "wrangler";
import { compilers, type Example, installExample } from "./example.ts";

const pathOf = (relative: string) => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

let example: Example;

beforeAll(() => {
  example = installExample();
}, 180_000);
afterAll(() => example?.close());

test.each(compilers)(
  "the packed client type-checks with %s, without the product's source",
  (compiler) => {
    example.checkTypes(compiler);
  },
  60_000,
);

test("an editor shows types and doc comments, and completes", () => {
  example.checkEditor();
}, 60_000);

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

test("the example runs against the server on Node, on a file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "steward-example-server-"));
  const password = "ten characters or more";
  const env = { PATH: process.env.PATH, PORT: "0", STEWARD_ADMIN_PASSWORD: password };
  const server = spawn(process.execPath, [pathOf("apps/node/src/main.ts")], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const url = await addressOf(server);
    await example.run(url, "admin", password);
  } finally {
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

test("the example runs against the worker in workerd, on libSQL over HTTP", async () => {
  const database = await seededDatabase();
  const configPath = pathOf("apps/worker/wrangler.jsonc");
  const vars = { ...database.variables, LOG_LEVEL: "error" };
  const harness = createTestHarness({ workers: [{ configPath, vars }] });
  try {
    const { url } = await harness.listen();
    await example.run(url.origin, "admin", database.adminPassword);
  } finally {
    await harness.close();
    await database.close();
  }
}, 120_000);
