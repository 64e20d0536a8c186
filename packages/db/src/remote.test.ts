import { createClient } from "@libsql/client/web";
import { startHranaServer } from "@steward/hrana";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/libsql/web";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFile } from "./testing/files.ts";
import { remoteExecutor } from "./web.ts";

async function serve(token?: string) {
  const server = await startHranaServer({ path: temporaryFile(), ...(token && { token }) });
  onTestFinished(() => server.close());
  return server;
}

test("a batch is one request, whether it reads, writes or fails", async () => {
  const server = await serve();
  const executor = remoteExecutor({ url: server.url });
  const trips = async (run: () => Promise<unknown>) => {
    const before = server.requests();
    await run().catch(() => undefined);
    return server.requests() - before;
  };
  const create = { sql: "create table notes (id integer primary key)", args: [] };
  const insert = { sql: "insert into notes values (?)", args: [1] };
  const select = { sql: "select * from notes", args: [] };
  expect(await trips(() => executor.batch([create, insert], "write"))).toBe(1);
  expect(await trips(() => executor.batch([select, select, { ...select, sql: "select 1" }], "read"))).toBe(1);
  expect(await trips(() => executor.batch([insert], "write"))).toBe(1);
  expect(await trips(() => executor.batch([insert], "read"))).toBe(0);
});

test("speaks through the given fetch, with the token", async () => {
  const server = await serve("secret");
  let calls = 0;
  const counting: typeof fetch = (...args) => {
    calls++;
    return fetch(...args);
  };
  const select = [{ sql: "select 1", args: [] }];
  const executor = remoteExecutor({ url: server.url, authToken: "secret", fetch: counting });
  expect((await executor.batch(select, "read"))[0]?.rows).toEqual([[1]]);
  expect(calls).toBe(1);
  const stranger = remoteExecutor({ url: server.url, authToken: "wrong" });
  await expect(stranger.batch(select, "read")).rejects.toMatchObject({ name: "DatabaseError", code: "AUTH" });
});

const notes = sqliteTable("notes", { id: integer().primaryKey(), name: text() });

test("drizzle selects, batches and keeps transactions over the test server", async () => {
  const { url } = await serve();
  const client = createClient({ url });
  await client.execute("create table notes (id integer primary key, name text)");
  const database = drizzle(client, { schema: { notes } });
  await database.insert(notes).values({ id: 1, name: "first" });
  await database.transaction(async (transaction) => {
    await transaction.insert(notes).values({ name: "second" });
  });
  const failing = database.transaction(async (transaction) => {
    await transaction.insert(notes).values({ name: "lost" });
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  const [, rows] = await database.batch([
    database.insert(notes).values({ name: "third" }),
    database.select().from(notes).orderBy(notes.id),
  ]);
  expect(rows.map(({ name }) => name)).toEqual(["first", "second", "third"]);
  expect(await database.query.notes.findFirst({ where: eq(notes.id, 1) })).toEqual({ id: 1, name: "first" });
});

test("a read with a deadline that the server does not keep ends as one that was interrupted", async () => {
  const never: typeof globalThis.fetch = (_, init) =>
    new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
  const executor = remoteExecutor({ url: "http://127.0.0.1:1", fetch: never, deadline: 30 });
  const late = executor.batch([{ sql: "select 1", args: [] }], "read");
  await expect(late).rejects.toMatchObject({ name: "DatabaseError", code: "SQLITE_INTERRUPT" });
});
