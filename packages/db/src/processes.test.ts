import { expect, test } from "vitest";
import { embeddedExecutor } from "./embedded.ts";
import { runProcess, temporaryFile } from "./testing/files.ts";
import type { WriteReport } from "./testing/write-process.ts";

test("two processes with four writers each lose none of 2,400 batches and never block for 100 ms", {
  timeout: 60_000,
}, async () => {
  const path = temporaryFile();
  const executor = embeddedExecutor(path);
  await executor.batch(
    [
      { sql: "create table counters (id integer primary key, value integer not null)", args: [] },
      { sql: "create table log (id text primary key, note text not null)", args: [] },
      { sql: "insert into counters values (1, 0)", args: [] },
    ],
    "write",
  );
  const startAt = String(Date.now() + 1_000);
  const run = (name: string) => runProcess<WriteReport>("write-process.ts", path, name, "300", startAt);
  let running = true;
  const writing = Promise.all([run("a"), run("b")]).finally(() => {
    running = false;
  });
  const tally = [
    { sql: "select value from counters", args: [] },
    { sql: "select count(*) from log", args: [] },
  ];
  const seen = new Set<unknown>();
  while (running) {
    const [counter, log] = await executor.batch(tally, "read");
    expect(log?.rows).toEqual(counter?.rows);
    seen.add(counter?.rows[0]?.[0]);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const reports = await writing;
  const [counter, log] = await executor.batch(tally, "read");
  executor.close();

  expect(counter?.rows).toEqual([[2_400]]);
  expect(log?.rows).toEqual([[2_400]]);
  // Read while the others wrote, the two were always equal: a read batch is one snapshot across processes too.
  expect(seen.size).toBeGreaterThan(3);
  // A timer's lateness tells of the machine; how long a native call lasted is what the executor answers for.
  for (const { longestNativeCall } of reports) expect(longestNativeCall).toBeLessThan(100);
});
