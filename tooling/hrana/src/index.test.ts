import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient, LibsqlError } from "@libsql/client/web";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type HranaServer, type HranaServerOptions, startHranaServer } from "./index.ts";

let folder: string;
let server: HranaServer;
let client: Client;

async function restart(options: Partial<HranaServerOptions> = {}): Promise<void> {
  await server?.close();
  server = await startHranaServer({ path: join(folder, "test.db"), ...options });
  client = createClient({ url: server.url, intMode: "number" });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "steward-hrana-"));
  await restart();
  await client.execute("create table t (id integer primary key, a text, b blob, f real)");
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const count = async (where = "1") => (await client.execute(`select count(*) as n from t where ${where}`)).rows[0]?.n;

describe("a statement", () => {
  test("the client speaks plain HTTP", () => expect(client.protocol).toBe("http"));

  test("names its columns", async () => {
    const { rows } = await client.execute("select 1 as one");
    expect(rows[0]?.one).toBe(1);
  });

  test("takes positional arguments of every type and gives them back", async () => {
    const inserted = await client.execute({
      sql: "insert into t (a, b, f) values (?, ?, ?)",
      args: ["h\u00e9", new Uint8Array([1, 2, 3]), 1.5],
    });
    expect(inserted).toMatchObject({ lastInsertRowid: 1n, rowsAffected: 1 });
    const { rows, columns, columnTypes } = await client.execute("select id, a, b, f, null as n from t");
    expect(columns).toEqual(["id", "a", "b", "f", "n"]);
    expect(columnTypes).toEqual(["INTEGER", "TEXT", "BLOB", "REAL", ""]);
    expect([rows[0]?.id, rows[0]?.a, rows[0]?.f, rows[0]?.n]).toEqual([1, "h\u00e9", 1.5, null]);
    expect([...new Uint8Array(rows[0]?.b as ArrayBuffer)]).toEqual([1, 2, 3]);
  });

  test("takes named arguments", async () => {
    await client.execute({ sql: "insert into t (a, f) values (:a, @f)", args: { a: "x", f: 2 } });
    expect(await count("a = 'x' and f = 2")).toBe(1);
  });

  test("returns rows from a write", async () => {
    const { rows, rowsAffected, lastInsertRowid } = await client.execute(
      "insert into t (a) values ('r') returning id, a",
    );
    expect([rows[0]?.a, rowsAffected, lastInsertRowid]).toEqual(["r", 1, 1n]);
  });

  test("carries integers of 64 bits", async () => {
    const wide = createClient({ url: server.url, intMode: "bigint" });
    const { rows } = await wide.execute({ sql: "select ? as v", args: [9007199254740993n] });
    expect(rows[0]?.v).toBe(9007199254740993n);
  });

  test("fails as a libSQL server does", async () => {
    await client.execute("insert into t (id) values (1)");
    const error = await client.execute("insert into t (id) values (1)").catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LibsqlError);
    expect(error).toMatchObject({
      code: "SQLITE_CONSTRAINT",
      message: "SQLITE_CONSTRAINT: SQLite error: UNIQUE constraint failed: t.id",
    });
    await expect(client.execute("select * from nope")).rejects.toMatchObject({ code: "SQLITE_UNKNOWN" });
  });

  test("searches full text", async () => {
    await client.executeMultiple("create virtual table f using fts5(body); insert into f values ('hello world')");
    const { rows } = await client.execute("select rowid, bm25(f) from f where f match 'hello'");
    expect(rows).toHaveLength(1);
  });

  test("searches vectors", async () => {
    await client.executeMultiple(
      "create table v (id integer primary key, e F32_BLOB(3)); create index vi on v (libsql_vector_idx(e)); insert into v values (1, vector32('[1,0,0]')), (2, vector32('[0,1,0]'))",
    );
    const { rows } = await client.execute("select id from vector_top_k('vi', vector32('[0.9,0.1,0]'), 1)");
    expect(rows[0]?.id).toBe(1);
  });

  test("is prepared anew when its table was", async () => {
    expect((await client.execute("select * from t")).columns).toEqual(["id", "a", "b", "f"]);
    await client.executeMultiple("drop table t; create table t (x, y, z, w)");
    expect((await client.execute("select * from t")).columns).toEqual(["x", "y", "z", "w"]);
  });

  test("is answered a thousand times in a row", async () => {
    await client.execute("insert into t (id) values (1)");
    for (let round = 0; round < 1000; round++) {
      const { rows } = await client.execute({ sql: "select id, ? as round from t where id = ?", args: [round, 1] });
      expect(rows[0]?.round).toBe(round);
    }
  });
});

describe("a batch", () => {
  const insert = (a: string) => ({ sql: "insert into t (a) values (?)", args: [a] });

  test("writes in one request", async () => {
    const before = server.requests();
    const results = await client.batch([insert("b1"), insert("b2"), "select count(*) as n from t"], "write");
    expect(results[2]?.rows[0]?.n).toBe(2);
    expect(server.requests() - before).toBe(1);
  });

  test("reads in one request", async () => {
    const before = server.requests();
    const results = await client.batch(["select 1 as a", "select 2 as b"], "read");
    expect(results[1]?.rows[0]?.b).toBe(2);
    expect(server.requests() - before).toBe(1);
  });

  test("that fails is rolled back", async () => {
    await expect(client.batch([insert("zz"), "insert into nope values (1)"], "write")).rejects.toThrow("nope");
    expect(await count()).toBe(0);
  });

  test("runs scripts and migrations", async () => {
    await client.executeMultiple("create table m (x); insert into m values (1); insert into m values (2);");
    await client.migrate(["create table mm (x)", "insert into mm select x from m"]);
    expect((await client.execute("select count(*) as n from mm")).rows[0]?.n).toBe(2);
    await client.execute("create table child (t integer references t (id))");
    await expect(client.execute("insert into child values (9)")).rejects.toThrow("FOREIGN KEY");
  });
});

describe("a transaction", () => {
  test("commits", async () => {
    const transaction = await client.transaction("write");
    await transaction.execute("insert into t (a) values ('tx')");
    expect((await transaction.execute("select count(*) as n from t")).rows[0]?.n).toBe(1);
    await transaction.commit();
    expect(await count()).toBe(1);
  });

  test("rolls back", async () => {
    const transaction = await client.transaction("write");
    await transaction.execute("insert into t (a) values ('tx')");
    await transaction.rollback();
    expect(await count()).toBe(0);
  });

  test("takes a batch", async () => {
    const transaction = await client.transaction("write");
    const results = await transaction.batch(["insert into t (a) values ('tb')", "select count(*) as n from t"]);
    expect(results[1]?.rows[0]?.n).toBe(1);
    await transaction.commit();
  });

  test("is invisible to others until it commits", async () => {
    const transaction = await client.transaction("write");
    await transaction.execute("insert into t (a) values ('iso')");
    expect(await count()).toBe(0);
    await transaction.rollback();
  });

  test("loses no update among forty at once on one row", async () => {
    await client.execute("insert into t (id, f) values (1, 0)");
    const add = async () => {
      const transaction = await client.transaction("write");
      const { rows } = await transaction.execute("select f from t where id = 1");
      await transaction.execute({ sql: "update t set f = ? where id = 1", args: [Number(rows[0]?.f) + 1] });
      await transaction.commit();
    };
    await Promise.all(Array.from({ length: 40 }, add));
    expect((await client.execute("select f from t")).rows[0]?.f).toBe(40);
  });

  test("left open is rolled back and its baton expires", async () => {
    await restart({ idleAfter: 50 });
    const transaction = await client.transaction("write");
    await transaction.execute("insert into t (a) values ('left')");
    await new Promise((resolve) => setTimeout(resolve, 150));
    await expect(transaction.commit()).rejects.toMatchObject({ code: "STREAM_EXPIRED" });
    await client.execute("insert into t (a) values ('after')");
    expect(await count()).toBe(1);
  });
});

test("asks for the token", async () => {
  await restart({ token: "secret" });
  await expect(client.execute("select 1")).rejects.toMatchObject({ code: "AUTH" });
  const known = createClient({ url: server.url, authToken: "secret" });
  expect((await known.execute("select 1")).rows).toHaveLength(1);
});

test("answers the rest of the protocol", async () => {
  const send = async (body: object, path = "/v2/pipeline") => {
    const response = await fetch(`${server.url}${path}`, { method: "POST", body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as { results: { type: string }[] } };
  };
  const { body } = await send({
    requests: [
      { type: "store_sql", sql_id: 7, sql: "select id from t" },
      { type: "describe", sql_id: 7 },
      { type: "get_autocommit" },
      { type: "close_sql", sql_id: 7 },
      { type: "execute", stmt: { sql_id: 7 } },
      { type: "dance" },
      { type: "close" },
    ],
  });
  expect(body.results.map(({ type }) => type)).toEqual(["ok", "ok", "ok", "ok", "error", "error", "ok"]);
  expect(body.results[1]).toMatchObject({ response: { result: { cols: [{ name: "id", decltype: "INTEGER" }] } } });
  expect(body.results[2]).toMatchObject({ response: { is_autocommit: true } });
  expect((await send({ baton: "unknown", requests: [] })).status).toBe(400);
  expect((await send({}, "/v3/pipeline")).status).toBe(404);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
});
