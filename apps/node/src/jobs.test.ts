import { fileSystemBlobs } from "@steward/blobs/node";
import { migrate, openExecutor } from "@steward/db/node";
import { expect, onTestFinished, test } from "vitest";
import { readEnv } from "./env.ts";
import { threadedWork } from "./heavy-work.ts";
import { temporaryFolder } from "./testing.ts";

const hash = "a".repeat(64);

test("a file is read and indexed in the thread, and what cannot be read says why", { timeout: 30_000 }, async () => {
  const folder = temporaryFolder();
  const path = `${folder}/steward.db`;
  const blobs = fileSystemBlobs(`${folder}/blobs`);
  await migrate({ url: `file:${path}` });
  const executor = openExecutor({ url: `file:${path}` });
  const logged: string[] = [];
  const log = { info: () => undefined, error: (message: string) => void logged.push(message) };
  const work = threadedWork({ path, executor, log, env: readEnv({ DATABASE_URL: `file:${path}` }) });
  onTestFinished(async () => {
    await work.close();
    executor.close();
  });
  const sql = async (text: string, ...args: unknown[]) => {
    const [found] = await executor.batch([{ sql: text, args }], "write");
    return found?.rows.map((row) => [...row]);
  };
  await sql(
    "insert into principals (id, kind, name, display_name, created_at, updated_at) values ('u', 'user', 'ada', 'Ada', 1, 1)",
  );
  await sql("insert into users (id, role) values ('u', 'creator')");
  await sql(`insert into assistants (id, owner_id, slug, name, sort_name, suggestions, created_by, updated_by, created_at, updated_at)
    values ('a', 'u', 'a', 'A', 'a', '[]', 'u', 'u', 1, 1)`);
  for (const [key, format] of [
    ["01900000-0000-7000-8000-000000000001", "markdown"],
    ["01900000-0000-7000-8000-000000000002", "pdf"],
  ] as const) {
    await blobs.put(key, new Blob(["# Terms\n\nPay within thirty days.\n"]).stream());
    await sql("insert into blobs (hash, key, size, created_at) values (?, ?, 33, 1)", hash + format, key);
    await sql(
      `insert into assistant_files (id, assistant_id, filename, content_type, size, hash, format, created_at, updated_at)
        values (?1, 'a', ?1, 'text/plain', 33, ?2, ?1, 1, 1)`,
      format,
      hash + format,
    );
  }
  await work.tend();
  expect(await sql("select format, status, error is not null, chunks from documents order by number")).toEqual([
    ["markdown", "read", 0, 1],
    ["pdf", expect.stringMatching(/failed|unsupported/), 1, 0],
  ]);
  expect(await sql("select text, heading, page from embeddings")).toEqual([
    [expect.stringContaining("Pay within thirty days."), "Terms", null],
  ]);
  expect(await sql("select count(*) from passage_search where passage_search match '0000000001thirty'")).toEqual([[1]]);
  expect(await sql("select distinct status from jobs")).toEqual([["done"]]);
  expect(logged).toEqual([]);
});
