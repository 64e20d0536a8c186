import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { seededDatabase } from "@steward/entry-suite/database";
import { afterAll, beforeAll, test } from "vitest";
import { createTestHarness } from "wrangler";
import { compilers, type Example, installExample } from "./example.ts";
import { adminPassword, startNode } from "./node-server.ts";

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

test("the example runs against the server on Node, on a file", async () => {
  const server = await startNode();
  try {
    await example.run(server.url, "admin", adminPassword);
  } finally {
    await server.end();
  }
}, 60_000);

test("the example runs against the worker in workerd, on libSQL over HTTP", async () => {
  const database = await seededDatabase();
  execFileSync(process.execPath, [pathOf("apps/worker/src/build.ts")]);
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
