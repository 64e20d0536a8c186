import { join } from "node:path";
import { startHranaServer } from "@steward/hrana";
import { expect, onTestFinished, test } from "vitest";
import type { Executor } from "./executor.ts";
import { migrate, openExecutor } from "./node.ts";
import { runProcess, temporaryFile, temporaryFolder, writeMigrations } from "./testing/files.ts";

const FIRST =
  "create table notes (id integer primary key, runs integer not null);\n--> statement-breakpoint\ninsert into notes values (1, 0);";
const SECOND = "update notes set runs = runs + 1;";

const runs = async (executor: Executor) =>
  (await executor.batch([{ sql: "select runs from notes", args: [] }], "read"))[0]?.rows;

test("applies what is missing, each once, and creates the folder", async () => {
  const url = `file:${join(temporaryFolder(), "deep", "er", "test #1 100%.db")}`;
  const folder = temporaryFolder();
  await migrate({ url, folder: writeMigrations(folder, [FIRST]) });
  const executor = openExecutor({ url });
  onTestFinished(() => executor.close());
  expect(await runs(executor)).toEqual([[0]]);
  await migrate({ url, folder: writeMigrations(folder, [FIRST, SECOND]) });
  await migrate({ url, folder });
  expect(await runs(executor)).toEqual([[1]]);
});

test("a failing migration leaves the database as it was", async () => {
  const url = `file:${temporaryFile()}`;
  const folder = writeMigrations(temporaryFolder(), [
    FIRST,
    `${SECOND}\n--> statement-breakpoint\ninsert into nowhere values (1);`,
  ]);
  await expect(migrate({ url, folder })).rejects.toThrow("no such table: nowhere");
  const executor = openExecutor({ url });
  onTestFinished(() => executor.close());
  await expect(runs(executor)).rejects.toThrow("no such table: notes");
});

const databases = {
  "a file": async () => `file:${temporaryFile()}`,
  "a server": async () => {
    const server = await startHranaServer({ path: temporaryFile() });
    onTestFinished(() => server.close());
    return server.url;
  },
};

test.each(Object.entries(databases))(
  "processes that start at once migrate %s once",
  { timeout: 60_000 },
  async (_, open) => {
    const url = await open();
    const folder = writeMigrations(temporaryFolder(), [FIRST, SECOND, SECOND]);
    const startAt = String(Date.now() + 1_500);
    await Promise.all(Array.from({ length: 3 }, () => runProcess("migrate-process.ts", url, folder, startAt)));
    const executor = openExecutor({ url });
    onTestFinished(() => executor.close());
    expect(await runs(executor)).toEqual([[2]]);
  },
);

test("several at once in one process", async () => {
  const url = `file:${temporaryFile()}`;
  const folder = writeMigrations(temporaryFolder(), [FIRST, SECOND]);
  await Promise.all(Array.from({ length: 6 }, () => migrate({ url, folder })));
  const executor = openExecutor({ url });
  onTestFinished(() => executor.close());
  expect(await runs(executor)).toEqual([[1]]);
});

test("an unknown scheme is refused", () => {
  expect(() => openExecutor({ url: "postgres://somewhere" })).toThrow("not postgres:");
  expect(() => openExecutor({ url: "data.db" })).toThrow("not nothing");
});
