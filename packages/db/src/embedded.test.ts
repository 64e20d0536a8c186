import { existsSync, statSync } from "node:fs";
import Database from "libsql";
import { expect, onTestFinished, test } from "vitest";
import { type EmbeddedOptions, embeddedExecutor } from "./embedded.ts";
import type { Statement } from "./executor.ts";
import { temporaryFile } from "./testing/files.ts";

const sql = (text: string, ...args: unknown[]): Statement => ({ sql: text, args });
const insert = (id: string) => sql("insert into notes values (?)", id);
const ids = sql("select id from notes order by id");

async function arrange(options?: EmbeddedOptions) {
  const path = temporaryFile();
  const executor = embeddedExecutor(path, options);
  await executor.batch([sql("create table notes (id text primary key)")], "write");
  const other = new Database(path);
  onTestFinished(() => {
    executor.close();
    other.close();
  });
  const query = (text: string) => other.prepare(text).raw(true).all();
  return { path, executor, other, query };
}

test("a locked file fails in time, leaves reads and the event loop free, and costs no later write", async () => {
  const { executor, other, query } = await arrange({ giveUpAfter: 120 });
  other.exec("begin immediate");
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const failing = expect(executor.batch([insert("late")], "write")).rejects.toMatchObject({ code: "SQLITE_BUSY" });
  expect((await executor.batch([ids], "read"))[0]?.rows).toEqual([]);
  await failing;
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(5);

  const waiting = [executor.batch([insert("b")], "write"), executor.batch([insert("c")], "write")];
  setTimeout(() => other.exec("commit"), 40);
  await Promise.all(waiting);
  await executor.batch([insert("d")], "write");
  expect(query("select id from notes order by id")).toEqual([["b"], ["c"], ["d"]]);
});

test("a lock met within a batch is retried on a new connection", async () => {
  const { executor, query } = await arrange();
  // The second file is met only within the batch, by a prepared statement. Were the connection not replaced, the second
  // attempt would find the file attached already.
  const second = temporaryFile();
  const locker = new Database(second);
  locker.exec("pragma journal_mode = wal; create table far (id); begin immediate");
  setTimeout(() => locker.exec("commit"), 40);
  await executor.batch([insert("a"), sql("attach ? as second", second), sql("insert into far values (1)")], "write");
  await executor.batch([insert("b")], "write");
  expect(query("select id from notes order by id")).toEqual([["a"], ["b"]]);
  expect(locker.prepare("select * from far").raw(true).all()).toEqual([[1]]);
  locker.close();
});

test("a loop over batches lets the event loop turn", async () => {
  const { executor } = await arrange();
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  for (let round = 0; round < 2_000; round++) await executor.batch([insert(String(round))], "write");
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(3);
});

test("writes of one process run in the order in which they were asked", async () => {
  const { executor, other } = await arrange();
  await executor.batch([sql("create table steps (step integer primary key autoincrement, name integer)")], "write");
  other.exec("begin immediate");
  const writes = Array.from({ length: 20 }, (_, step) =>
    executor.batch([sql("insert into steps (name) values (?)", step)], "write"),
  );
  other.exec("commit");
  await Promise.all(writes);
  const [result] = await executor.batch([sql("select name from steps order by step")], "read");
  expect(result?.rows.flat()).toEqual(Array.from({ length: 20 }, (_, step) => step));
});

test.each([
  ["a lone statement", [sql("select case when id = 'm' then json('x') else id end from notes")]],
  ["a batch", [ids, sql("select case when id = 'm' then json('x') else id end from notes")]],
  ["a value that cannot be bound", [ids, sql("select ?", 2n ** 70n)]],
])("a read refused in %s pins no snapshot", async (_, statements) => {
  const { executor, query } = await arrange();
  await executor.batch(["a", "m", "z"].map(insert), "write");
  await expect(executor.batch(statements, "read")).rejects.toThrow();
  await executor.batch([insert("q")], "write");
  expect(query("pragma wal_checkpoint(truncate)")).toEqual([[0, 0, 0]]);
  expect((await executor.batch([ids], "read"))[0]?.rows).toHaveLength(4);
});

test("more rows than the driver fetches at once, exactly as many, and none", async () => {
  const { executor } = await arrange();
  const numbers =
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < ?1) select i from n where i <= ?1";
  for (const limit of [0, 1, 99, 100, 101, 200, 1234]) {
    expect((await executor.batch([sql(numbers, limit)], "read"))[0]?.rows).toHaveLength(limit);
  }
});

test("a table widened by another process widens a prepared select", async () => {
  const { executor, other } = await arrange();
  await executor.batch([insert("a")], "write");
  const all = sql("select * from notes");
  expect((await executor.batch([all], "read"))[0]).toMatchObject({ columns: ["id"], rows: [["a"]] });
  other.exec("alter table notes add column rank integer not null default 7");
  expect((await executor.batch([all], "read"))[0]).toMatchObject({ columns: ["id", "rank"], rows: [["a", 7]] });
});

test("text with a NUL, which the driver would read back cut off, is refused", async () => {
  const { executor } = await arrange();
  await expect(executor.batch([insert("a\0b")], "write")).rejects.toThrow(TypeError);
  expect((await executor.batch([ids], "read"))[0]?.rows).toEqual([]);
});

test("prepared statements are dropped beyond the limit, and prepared again", async () => {
  const { executor } = await arrange({ statements: 2 });
  for (const number of [1, 2, 3, 1, 2, 3]) {
    expect((await executor.batch([sql(`select ${number}`)], "read"))[0]?.rows).toEqual([[number]]);
  }
});

test("close empties the write-ahead log and refuses what comes after", async () => {
  const { path, executor } = await arrange();
  await executor.batch([insert("a")], "write");
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
  executor.close();
  expect(existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0).toBe(0);
  for (const mode of ["read", "write"] as const) {
    await expect(executor.batch([ids], mode)).rejects.toMatchObject({ code: "SQLITE_MISUSE" });
  }
});

test("opens a file that another process has locked, and waits for it", async () => {
  const path = temporaryFile();
  const locker = new Database(path);
  locker.exec("create table notes (id text primary key); begin exclusive");
  const executor = embeddedExecutor(path);
  const written = executor.batch([insert("a")], "write");
  setTimeout(() => locker.exec("commit"), 30);
  await written;
  expect((await executor.batch([ids], "read"))[0]?.rows).toEqual([["a"]]);
  // Asked on a connection of its own: the locker's still answers from before.
  const fresh = new Database(path);
  expect(fresh.prepare("pragma journal_mode").raw(true).all()).toEqual([["wal"]]);
  fresh.close();
  executor.close();
  locker.close();
});

test("a path that cannot be opened is an error at once", () => {
  expect(() => embeddedExecutor(`${temporaryFile()}/not/there.db`)).toThrow(
    expect.objectContaining({ name: "DatabaseError", code: "SQLITE_CANTOPEN" }),
  );
});
