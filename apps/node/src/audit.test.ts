import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openExecutor } from "@steward/db/node";
import { startHranaServer } from "@steward/hrana";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { steward, temporaryFolder } from "./testing.ts";

const variables = { STEWARD_SEED: "none", STEWARD_ADMIN_PASSWORD: "correct horse battery" };

const home = mkdtempSync(join(tmpdir(), "steward-audit-"));
afterAll(() => rmSync(home, { recursive: true }));

const onDatabase =
  (DATABASE_URL: string) =>
  (...args: string[]) =>
    steward(home, args, { ...variables, DATABASE_URL });
const newToken = (notes: string) => ["token", "create", "--username", "admin", "--notes", notes];

let operated: Promise<string> | undefined;

/** A database in which an operator has done three things; made once. */
async function operate(): Promise<string> {
  const path = join(home, "operated.db");
  const run = onDatabase(`file:${path}`);
  for (const args of [["migrate"], ["seed"], ["admin", "reset-password"], newToken("one"), newToken("two")])
    expect(await run(...args)).toMatchObject({ code: 0 });
  return path;
}

/** The path of a copy of it. */
async function operatedCopy(): Promise<string> {
  operated ??= operate();
  const path = join(temporaryFolder(), "s.db");
  copyFileSync(await operated, path);
  return path;
}

const sound =
  /^(\d+) rows checked: the audit trail is sound\.\nNote this elsewhere, to compare with later: --expect (\d+:[0-9a-f]{64})\n$/;

async function tamper(url: string, ...statements: string[]): Promise<void> {
  const executor = openExecutor({ url });
  for (const sql of [
    "drop trigger if exists audit_before_update",
    "drop trigger if exists audit_before_delete",
    ...statements,
  ])
    await executor.batch([{ sql, args: [] }], "write");
  executor.close();
}

test("`audit verify` says whether the trail is what was written", { timeout: 60_000 }, async () => {
  const url = `file:${await operatedCopy()}`;
  const run = onDatabase(url);
  const checked = await run("audit", "verify");
  expect(checked).toMatchObject({ code: 0, errors: "" });
  const [, rows = "", noted = ""] = sound.exec(checked.output) ?? [];
  expect(Number(rows)).toBeGreaterThanOrEqual(3);
  expect(await run("audit", "verify", "--expect", noted)).toMatchObject({ code: 0 });
  const [number] = noted.split(":");
  expect(await run("audit", "verify", "--expect", `${number}:${"0".repeat(64)}`)).toMatchObject({
    code: 1,
    output: "",
    errors: `The audit trail is broken at row ${number}: it is not what it was when it was sealed. ${Number(number) - 1} rows before that are sound.\n`,
  });
  await tamper(url, "update audit set details = null where number = 2");
  expect(await run("audit", "verify")).toMatchObject({
    code: 1,
    errors:
      "The audit trail is broken at row 2: it is not what it was when it was sealed. 1 row before that is sound.\n",
  });
  expect((await run("audit", "verify", "--expect", "5")).code).toBe(2);
});

test("`audit verify` speaks to a server, and `migrate` seals what is not", { timeout: 60_000 }, async () => {
  const server = await startHranaServer({ path: await operatedCopy(), lacks: ["sha3"] });
  onTestFinished(() => server.close());
  const run = onDatabase(server.url);
  for (const args of [["admin", "reset-password"], newToken("three")])
    expect(await run(...args)).toMatchObject({ code: 0 });
  expect((await run("audit", "verify")).output).toMatch(sound);
  await tamper(server.url, "insert into audit (at, operation) values (1, 'x.y')");
  expect((await run("audit", "verify")).output).toContain(
    "1 row at its end is not sealed yet: the next change seals it, or `steward migrate`.",
  );
  expect(await run("migrate")).toMatchObject({ code: 0 });
  expect((await run("audit", "verify")).output).toMatch(sound);
  await tamper(server.url, "delete from audit where number = (select max(number) from audit)");
  expect(await run("audit", "verify")).toMatchObject({ code: 1, errors: expect.stringContaining("it is missing") });
});
