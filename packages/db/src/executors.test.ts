import { startHranaServer } from "@steward/hrana";
import { describe, expect, onTestFinished, test } from "vitest";
import { embeddedExecutor } from "./embedded.ts";
import type { Executor, Statement } from "./executor.ts";
import { remoteExecutor } from "./remote.ts";
import { temporaryFile } from "./testing/files.ts";

const SCHEMA = [
  "create table notes (id integer primary key, slug text unique, body text not null, rank integer check (rank > 0))",
  "create table tags (note integer not null references notes (id), name text primary key)",
  "create trigger kept before delete on tags begin select raise(abort, 'tags are kept'); end",
];

const sql = (text: string, ...args: unknown[]): Statement => ({ sql: text, args });
const note = (id: number, slug = `slug ${id}`) => sql("insert into notes values (?, ?, 'body', 1)", id, slug);
const count = sql("select count(*) from notes");

const executors = {
  embedded: async () => {
    const path = temporaryFile();
    const [mine, other] = [embeddedExecutor(path), embeddedExecutor(path)];
    onTestFinished(() => [mine, other].forEach((executor) => void executor.close()));
    return { mine, other };
  },
  remote: async () => {
    const server = await startHranaServer({ path: temporaryFile() });
    onTestFinished(() => server.close());
    return { mine: remoteExecutor({ url: server.url }), other: remoteExecutor({ url: server.url }) };
  },
};

describe.each(Object.entries(executors))("the %s executor", (_, open) => {
  async function arrange(): Promise<{ mine: Executor; other: Executor }> {
    const opened = await open();
    await opened.mine.batch(
      SCHEMA.map((text) => sql(text)),
      "write",
    );
    return opened;
  }

  test("commits a whole batch, visible to others", async () => {
    const { mine, other } = await arrange();
    await mine.batch([note(1), note(2)], "write");
    expect((await other.batch([count], "read"))[0]?.rows).toEqual([[2]]);
  });

  test("takes no statement of a failing batch, and works on", async () => {
    const { mine, other } = await arrange();
    await expect(mine.batch([note(1), sql("insert into nowhere values (1)")], "write")).rejects.toMatchObject({
      name: "DatabaseError",
      code: "SQLITE_ERROR",
      message: "no such table: nowhere",
    });
    expect((await other.batch([count], "read"))[0]?.rows).toEqual([[0]]);
    await mine.batch([note(1)], "write");
    expect((await other.batch([count], "read"))[0]?.rows).toEqual([[1]]);
  });

  test("sees its own writes within a batch and tells what they hit", async () => {
    const { mine } = await arrange();
    const results = await mine.batch(
      [
        note(1),
        note(2),
        sql("update notes set rank = 2"),
        sql("select changes()"),
        sql("update notes set rank = 3 where id = ? returning rank, id", 2),
        sql("with one as (select 1 as id) update notes set rank = 4 where id in (select id from one) returning id"),
        sql("with one as (select 1 as id) select * from notes join one using (id)"),
        sql("delete from notes where id = 9"),
        sql("create table later (id)"),
      ],
      "write",
    );
    expect(results.map(({ rowsAffected }) => rowsAffected)).toEqual([1, 1, 2, 0, 1, 1, 0, 0, 0]);
    expect(results[3]).toMatchObject({ columns: ["changes()"], rows: [[2]] });
    expect(results[4]).toMatchObject({ columns: ["rank", "id"], rows: [[3, 2]] });
    expect(results[0]).toMatchObject({ columns: [], rows: [] });
  });

  test.each([
    "delete from notes",
    "insert into notes values (9, 'x', 'y', 1) returning id",
    "with one as (select 1) update notes set rank = 2 where id in (select * from one)",
    "create table later (id)",
  ])("refuses in a read batch: %s", async (text) => {
    const { mine, other } = await arrange();
    await mine.batch([note(1)], "write");
    await expect(mine.batch([sql(text)], "read")).rejects.toMatchObject({ code: "SQLITE_READONLY" });
    await expect(mine.batch([count, sql(text)], "read")).rejects.toMatchObject({ code: "SQLITE_READONLY" });
    expect((await other.batch([sql("select id, rank from notes")], "read"))[0]?.rows).toEqual([[1, 1]]);
  });

  test("reads one snapshot per batch", async () => {
    const { mine, other } = await arrange();
    let writing = true;
    const write = async () => {
      for (let id = 1; writing; id++)
        await other.batch([note(id), sql("insert into tags values (?, ?)", id, `tag ${id}`)], "write");
    };
    const written = write();
    for (let round = 0; round < 100; round++) {
      const [notes, tags] = await mine.batch([count, sql("select count(*) from tags")], "read");
      expect(notes?.rows).toEqual(tags?.rows);
    }
    writing = false;
    await written;
    expect((await mine.batch([count], "read"))[0]?.rows[0]?.[0]).toBeGreaterThan(1);
  });

  test("keeps the type of every value", async () => {
    const { mine } = await arrange();
    const types = "typeof(?1), typeof(?2), typeof(?3), typeof(?4), typeof(?5), typeof(?6), typeof(?7)";
    const values = [1, 1.5, "h\u00e9 \u{1f600}", null, true, new Uint8Array([0, 255]), -(2n ** 40n)];
    const [result] = await mine.batch([sql(`select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ${types}`, ...values)], "read");
    const row = (result?.rows[0] ?? []).map((value) => (value instanceof Uint8Array ? [...value] : value));
    expect(row.slice(0, 7)).toEqual([1, 1.5, "h\u00e9 \u{1f600}", null, 1, [0, 255], -(2 ** 40)]);
    expect(row.slice(7)).toEqual(["integer", "real", "text", "null", "integer", "blob", "integer"]);
    await expect(mine.batch([sql("select ?", undefined)], "read")).rejects.toThrow(TypeError);
    await expect(mine.batch([sql("select ?", new Date(0))], "write")).rejects.toThrow(TypeError);
  });

  test.each([
    ["SQLITE_CONSTRAINT_UNIQUE", note(2, "slug 1"), "UNIQUE constraint failed: notes.slug"],
    ["SQLITE_CONSTRAINT_UNIQUE", note(1, "other"), "UNIQUE constraint failed: notes.id"],
    ["SQLITE_CONSTRAINT_NOTNULL", sql("insert into notes (id) values (5)"), "NOT NULL constraint failed: notes.body"],
    ["SQLITE_CONSTRAINT_CHECK", sql("update notes set rank = 0"), "CHECK constraint failed: rank > 0"],
    ["SQLITE_CONSTRAINT_FOREIGNKEY", sql("insert into tags values (77, 'x')"), "FOREIGN KEY constraint failed"],
    ["SQLITE_CONSTRAINT_TRIGGER", sql("delete from tags"), "tags are kept"],
    ["SQLITE_ERROR", sql("select missing from notes"), "no such column: missing"],
    ["SQLITE_ERROR", sql("selec 1"), 'near "selec": syntax error'],
    ["SQLITE_ERROR", sql("select json_extract('{}', ?)", "refused:x"), "bad JSON path: 'refused:x'"],
  ])("%s", async (code, statement, message) => {
    const { mine } = await arrange();
    await mine.batch([note(1), sql("insert into tags values (1, 'tag')")], "write");
    await expect(mine.batch([statement], "write")).rejects.toMatchObject({ name: "DatabaseError", code, message });
  });

  test("answers each raise with its own arguments, whatever came before", async () => {
    const { mine } = await arrange();
    const gate = sql("select case when ?1 = 'good' then ?1 else json_extract('{}', 'refused:' || ?1) end");
    const ask = (word: string, ...more: Statement[]) =>
      mine.batch([{ ...gate, args: [word] }, ...more], "read").then(
        ([result]) => result?.rows[0]?.[0],
        (error: Error) => error.message,
      );
    const answers = [await ask("good"), await ask("bad", count), await ask("good", count), await ask("worse")];
    expect(answers).toEqual(["good", "bad JSON path: 'refused:bad'", "good", "bad JSON path: 'refused:worse'"]);
  });

  test("an empty batch asks nothing", async () => {
    const { mine } = await open();
    expect(await mine.batch([], "write")).toEqual([]);
  });

  test("many writers at once on one row lose no update", async () => {
    const { mine, other } = await arrange();
    await mine.batch([note(1)], "write");
    const add = sql("update notes set rank = rank + 1 where id = 1");
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => (index % 2 ? mine : other).batch([count, add], "write")),
    );
    expect((await mine.batch([sql("select rank from notes")], "read"))[0]?.rows).toEqual([[61]]);
  });
});
