import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, onTestFinished, test } from "vitest";
import { embeddedExecutor } from "./embedded.ts";
import type { Statement } from "./executor.ts";
import { type ScanOptions, scanExecutor } from "./scans.ts";
import { temporaryFile } from "./testing/files.ts";

const plain = (sql: string, ...args: unknown[]): Statement => ({ sql, args });

/** A file with so many rows, and the same open for scans. */
async function scanned(rows: number, options?: ScanOptions) {
  const path = temporaryFile();
  const executor = embeddedExecutor(path);
  await executor.batch(
    [
      plain("create table t (id integer primary key, n integer, word text)"),
      plain(
        `insert into t select value, value % 1000, 'word ' || (value * 7919 % 100003) from (
          with recursive c(value) as (select 1 union all select value + 1 from c where value < ?) select value from c)`,
        rows,
      ),
    ],
    "write",
  );
  const scans = scanExecutor(path, options);
  onTestFinished(() => {
    scans.close();
    executor.close();
  });
  return { executor, scans };
}

/** Never ends by itself. */
const endless = plain("with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c");

/** For which part of its time this thread was busy, or waited for a lock, while `work` ran; it collects garbage all the time. */
async function busyWhile(work: () => Promise<unknown>): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const timer = setInterval(collect, 500);
  const before = performance.eventLoopUtilization();
  await work();
  clearInterval(timer);
  return performance.eventLoopUtilization(before).utilization;
}

test("answers as the other executors do: rows in their order, columns, values bound alike", async () => {
  const { executor, scans } = await scanned(500);
  const statements = [
    plain("select id, word, ? as yes, ? as number from t order by word desc limit 300", true, 7),
    plain("with x as (select id from t where id < ?1) select id, id * 1.5 from x order by id desc;", 10),
    plain("values (1, 'a'), (2, 'b')"),
    plain("select id from t where false"),
  ];
  expect(await scans.batch(statements, "read")).toEqual(await executor.batch(statements, "read"));
});

test("one batch is one snapshot, and the next one sees what was written meanwhile", async () => {
  const { executor, scans } = await scanned(200_000);
  const count = plain("select count(*), count(distinct word) from t");
  const under = scans.batch([count, count, count], "read");
  await new Promise((resolve) => setTimeout(resolve, 5));
  await executor.batch([plain("delete from t where id > 100")], "write");
  const counts = (await under).map(({ rows }) => rows[0]?.[0]);
  expect(new Set(counts).size).toBe(1);
  for (let again = 0; again < 4; again++) expect((await scans.batch([count], "read"))[0]?.rows[0]?.[0]).toBe(100);
});

test("keeps nothing of the log back when it is done", async () => {
  const { executor, scans } = await scanned(1000);
  await scans.batch([plain("select * from t"), plain("select count(*) from t")], "read");
  const [checkpoint] = await executor.batch([plain("pragma wal_checkpoint(truncate)")], "read");
  expect(checkpoint?.rows[0]?.[0]).toBe(0);
});

test("refuses what writes", async () => {
  const { executor, scans } = await scanned(1);
  const remove = plain("delete from t");
  await expect(scans.batch([remove], "read")).rejects.toMatchObject({ code: "SQLITE_READONLY" });
  await expect(scans.batch([plain("select 1")], "write")).rejects.toMatchObject({ code: "SQLITE_READONLY" });
  const [left] = await executor.batch([plain("select count(*) from t")], "read");
  expect(left?.rows).toEqual([[1]]);
});

test("ends what takes too long, and goes on with the next", async () => {
  const { scans } = await scanned(10, { deadline: 150, connections: 1 });
  const began = performance.now();
  await expect(scans.batch([plain("select 1"), endless], "read")).rejects.toMatchObject({
    name: "DatabaseError",
    code: "SQLITE_INTERRUPT",
  });
  expect(performance.now() - began).toBeLessThan(1000);
  const [after] = await scans.batch([plain("select count(*) from t")], "read");
  expect(after?.rows).toEqual([[10]]);
});

test("the deadline counts the wait for others, and who waited for most of it is told so", async () => {
  const { scans } = await scanned(10, { deadline: 200, connections: 1 });
  const began = performance.now();
  const ended = await Promise.allSettled(Array.from({ length: 4 }, () => scans.batch([endless], "read")));
  const codes = ended.map((one) => one.status === "rejected" && one.reason.code);
  expect(codes).toEqual(["SQLITE_INTERRUPT", ...Array(3).fill("SCANS_BUSY")]);
  expect(performance.now() - began).toBeLessThan(700);
});

test("an error of one statement is that of the batch, and the next batch finds it ready", async () => {
  const { scans } = await scanned(10, { connections: 1 });
  const bad = scans.batch([plain("select count(*) from t"), plain("select absent from t")], "read");
  await expect(bad).rejects.toMatchObject({ code: "SQLITE_ERROR", message: "no such column: absent" });
  const raised = scans.batch([plain("select json_extract('{}', 'refused:forbidden')")], "read");
  await expect(raised).rejects.toMatchObject({ message: expect.stringContaining("'refused:forbidden'") });
  const [after] = await scans.batch([plain("select count(*) from t")], "read");
  expect(after?.rows).toEqual([[10]]);
});

test("blocks nobody: not while it steps from one row to the next, and not when what has run is collected", {
  timeout: 60_000,
}, async () => {
  const { scans } = await scanned(600_000);
  const sparse = plain("select id, word from t where word like '%99999%' or id % 200000 = 7");
  const grouped = plain("select word, n, count(*), sum(n) from t group by word, n limit 500");
  const busy = await busyWhile(async () => {
    for (let round = 0; round < 2; round++)
      await Promise.all([sparse, grouped, sparse, grouped].map((one) => scans.batch([plain("select 1"), one], "read")));
  });
  expect(busy).toBeLessThan(0.5);
});

test("closes for good", async () => {
  const { scans } = await scanned(1);
  scans.close();
  await expect(scans.batch([plain("select 1")], "read")).rejects.toMatchObject({ code: "SQLITE_MISUSE" });
});
