import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Worker } from "node:worker_threads";
import { type LoadOrder, logCause } from "@steward/core";
import { migrate, openExecutor } from "@steward/db/node";
import { expect, onTestFinished, test } from "vitest";
import { threadedWork } from "./heavy-work.ts";
import { temporaryFolder } from "./testing.ts";

const limits = { fields: 500, fieldLength: 32_768, rows: 5_000_000, bytes: 2 ** 31 };

/** A thread over a database in which an upload has begun. */
async function begun() {
  const path = `${temporaryFolder()}/steward.db`;
  await migrate({ url: `file:${path}` });
  const executor = openExecutor({ url: `file:${path}` });
  const logged: string[] = [];
  const log = { info: () => undefined, error: (message: string) => void logged.push(message) };
  const work = threadedWork({ path, executor, log });
  onTestFinished(async () => {
    await work.close();
    executor.close();
  });
  const sql = (text: string, ...args: unknown[]) => executor.batch([{ sql: text, args }], "write");
  await sql(
    "insert into principals (id, kind, name, display_name, created_at, updated_at) values ('u', 'user', 'ada', 'Ada', 1, 1)",
  );
  await sql("insert into users (id, role) values ('u', 'creator')");
  const begin = async (load: number): Promise<LoadOrder> => {
    const until = Date.now() + 60_000;
    await sql(
      "insert into dataset_loads (number, dataset_id, fields, loading_until, created_at) values (?, 'd', '[]', ?, 1)",
      load,
      until,
    );
    await sql(
      "insert into uploads (id, user_id, dataset_id, load_number, status, expires_at, created_at, updated_at) values (?, 'u', 'd', ?, 'loading', ?, 1, 1)",
      `up-${load}`,
      load,
      until,
    );
    return {
      uploadId: `up-${load}`,
      loadNumber: load,
      lastPosition: 0,
      fields: null,
      format: null,
      strict: false,
      limits,
    };
  };
  const statuses = async () => (await sql("select status, error from uploads order by id"))[0]?.rows;
  return { work, begin, sql, statuses, logged };
}

/** So many records, in pieces. */
function sheet(rows: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let sent = 0;
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode("number,word,price\n")),
    pull(controller) {
      if (sent >= rows) return controller.close();
      const lines = Array.from(
        { length: 1000 },
        (_, index) => `${sent + index},word ${index} and more words,${index / 2}\n`,
      );
      sent += 1000;
      controller.enqueue(encoder.encode(lines.join("")));
    },
  });
}

/** Bytes that do not come. */
const silent = () =>
  new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array([97])) });

test("loads and indexes in a thread, while this one has its turn", { timeout: 60_000 }, async () => {
  const { work, begin, sql } = await begun();
  const order = await begin(7);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const loaded = await work.load(order, sheet(200_000));
  delay.disable();
  expect(loaded).toMatchObject({ rows: 200_000, lastPosition: 200_000, format: "csv", rowsRejected: 0 });
  expect(loaded.fields.map(({ dataType }) => dataType)).toEqual(["number", "string", "number"]);
  expect(delay.percentile(90) / 1e6).toBeLessThan(50);
  await sql(`insert into datasets (id, owner_id, slug, name, sort_name, load_number, created_at, updated_at)
    values ('d', 'u', 's', 'S', 's', 7, 1, 1)`);
  await sql(
    "update dataset_loads set fields = ?, last_position = 500, loading_until = 0",
    JSON.stringify(loaded.fields),
  );
  await sql("update uploads set status = 'done'");
  await work.tend();
  const [counts] = await sql("select (select count(*) from records), (select count(*) from record_search)");
  expect(counts?.rows).toEqual([[500, 500]]);
});

test("what is wrong comes back as it would without a thread", async () => {
  const { work, begin, statuses } = await begun();
  const order = {
    ...(await begin(1)),
    strict: true,
    fields: [{ name: "a", label: "a", dataType: "number" as const, slot: 1 }],
  };
  const refused = work.load(order, new Blob(["a\nx\n"]).stream());
  await expect(refused).rejects.toMatchObject({
    name: "StewardError",
    code: "validation_failed",
    details: [{ path: "content.2" }],
  });
  expect(await statuses()).toEqual([["failed", expect.stringContaining("Line 2")]]);
});

test("what fails within the thread tells the log its cause", async () => {
  const { work, begin, sql } = await begun();
  const order = await begin(1);
  await sql("drop table records");
  const failed = await work.load(order, new Blob(["a\n1\n"]).stream()).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: "internal", cause: { name: "DatabaseError", code: "SQLITE_ERROR" } });
  const logged: unknown[] = [];
  logCause({ info: () => undefined, error: (...line) => void logged.push(line) }, failed, {});
  expect(logged).toEqual([
    [
      "internal error",
      {
        cause: {
          name: "DatabaseError",
          code: "SQLITE_ERROR",
          message: expect.stringContaining("records"),
          stack: expect.stringMatching(/^\s+at /),
        },
      },
    ],
  ]);
});

test("bytes that break off have failed here too", async () => {
  const { work, begin, statuses } = await begun();
  const order = await begin(1);
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
  });
  const loading = work.load(order, stream);
  controller?.enqueue(new TextEncoder().encode("a,b\n1,2\n"));
  setTimeout(() => controller?.error(new Error("The line is dead")), 100);
  await expect(loading).rejects.toMatchObject({ code: "validation_failed" });
  expect(await statuses()).toEqual([["failed", expect.stringContaining("broke off")]]);
});

test("one that breaks off while others have their turn ends at once", async () => {
  const { work, begin, statuses } = await begun();
  const others = [work.load(await begin(1), silent()), work.load(await begin(2), silent())];
  const ends = others.map((other) => expect(other).rejects.toMatchObject({ code: "internal" }));
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
      given.enqueue(new TextEncoder().encode("a,b\n"));
    },
  });
  const waiting = expect(work.load(await begin(3), stream)).rejects.toMatchObject({ code: "conflict" });
  await new Promise((resolve) => setTimeout(resolve, 500));
  controller?.error(new Error("The line is dead"));
  await waiting;
  const loading = ["loading", null];
  expect(await statuses()).toEqual([loading, loading, ["failed", expect.stringContaining("broke off")]]);
  await work.close();
  await Promise.all(ends);
});

test("closing ends what is still loading, and the upload says so", async () => {
  const { work, begin, statuses } = await begun();
  const loading = work.load(await begin(1), silent());
  const ended = expect(loading).rejects.toMatchObject({ code: "internal" });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await work.close();
  await ended;
  await expect.poll(statuses).toEqual([["failed", expect.any(String)]]);
  await work.tend();
});

test("a thread that dies fails what it was loading, and the next load has another", async () => {
  const { work, begin, sql, statuses } = await begun();
  const threads: Worker[] = [];
  const keep = (thread: Worker) => void threads.push(thread);
  process.on("worker", keep);
  onTestFinished(() => void process.off("worker", keep));
  const [order, next] = [await begin(1), await begin(2)];
  const ended = expect(work.load(order, sheet(2_000_000))).rejects.toMatchObject({ code: "internal" });
  await expect.poll(async () => (await sql("select count(*) from records"))[0]?.rows[0]?.[0]).toBeGreaterThan(5000);
  await threads[0]?.terminate();
  await ended;
  expect(await work.load(next, sheet(3000))).toMatchObject({ rows: 3000 });
  expect(threads).toHaveLength(2);
  await expect.poll(statuses).toEqual([
    ["failed", expect.stringContaining("thread has ended: send the bytes again")],
    ["loading", null],
  ]);
});
