import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededDatabase } from "@steward/entry-suite/database";
import { startS3Server } from "@steward/s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleBackground } from "./bundle.ts";
import { routes } from "./routes.ts";

/** Serves the function's entry as its platform does, on a port that it prints. */
const serve = `import { createServer } from "node:http";
const { default: listener } = await import(process.argv[1]);
const server = createServer(listener).listen(0, "127.0.0.1", () => console.log(server.address().port));`;

const secret = "a secret of the cron";
const closing: (() => unknown)[] = [];
let url: string;
let cookie: string;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "steward-background-"));
  closing.push(() => rmSync(folder, { recursive: true }));
  await bundleBackground(folder);
  const database = await seededDatabase();
  closing.push(() => database.close());
  const bucket = await startS3Server();
  closing.push(() => bucket.close());
  const env = {
    ...database.variables,
    STEWARD_S3_URL: bucket.url,
    STEWARD_S3_ACCESS_KEY_ID: bucket.account.accessKeyId,
    STEWARD_S3_SECRET_ACCESS_KEY: bucket.account.secretAccessKey,
    CRON_SECRET: secret,
    LOG_LEVEL: "error",
  };
  const arguments_ = ["--input-type=module", "-e", serve, join(folder, "background.mjs")];
  const child = spawn(process.execPath, arguments_, { env, stdio: ["ignore", "pipe", "inherit"] });
  closing.push(() => child.kill());
  const [port] = await once(child.stdout, "data");
  url = `http://127.0.0.1:${String(port).trim()}`;
  const signedIn = await fetch(`${url}/api/login/local`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "admin", password: database.adminPassword }),
  });
  cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
}, 120_000);

afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(url + path, { ...init, headers: { cookie, ...init.headers } });
const tend = (authorization: string) => ask("/_tend", { headers: { authorization } });

test("reads what was uploaded when the cron comes, and for nobody else", { timeout: 60_000 }, async () => {
  const files = "/api/assistants/analytics:sales-assistant/files";
  const body = "# Returns\n\nParcels are taken back within thirty days.";
  const headers = { "content-type": "text/markdown" };
  const sent = await ask(`${files}/_upload?name=returns.md`, { method: "POST", headers, body });
  expect(sent.status).toBe(201);
  for (const wrong of ["", "Bearer ", `Bearer ${secret}x`, secret]) expect((await tend(wrong)).status).toBe(404);
  expect((await tend(`Bearer ${secret}`)).status).toBe(204);
  expect(await (await ask(`${files}/returns.md`)).json()).toMatchObject({ status: "indexed" });
  const found = await (await ask(`${files}/_search?q=parcels`)).json();
  expect(JSON.stringify(found)).toContain("thirty days");
});

test("makes pictures", { timeout: 60_000 }, async () => {
  const favicon = await ask("/api/assistants/analytics:sales-assistant/favicon.ico");
  expect(favicon.status).toBe(200);
  expect([...new Uint8Array(await favicon.arrayBuffer()).subarray(0, 6)]).toEqual([0, 0, 1, 0, 3, 0]);
});

test.each([
  ["/_tend", "/background"],
  ["/api/assistants/analytics:sales-assistant/icon", "/background"],
  ["/api/assistants/0190/favicon.ico", "/background"],
  ["/api/_create-image", "/background"],
  ["/trpc/session.me,icons.set", "/background"],
  ["/trpc/images.create", "/background"],
  ["/trpc/assistants.list,session.me", "/edge"],
  ["/api/assistants/0190/files", "/edge"],
  ["/api/assistants/icon/files", "/edge"],
])("%s goes to %s", (path, function_) => {
  expect(routes.find(({ src }) => new RegExp(src).test(path))?.dest).toBe(function_);
});
