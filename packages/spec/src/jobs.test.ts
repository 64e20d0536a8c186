import { inlineHeavyWork, isAnythingLeft } from "@steward/core";
import { expect, test } from "vitest";
import { documentsOf, fileOf, indexed, jobsOf } from "./files-read.ts";
import { plainReader } from "./plain-reader.ts";
import { openWorld, type World } from "./world.ts";

const second = 1000;
const minute = 60 * second;

async function begun(documents = plainReader) {
  const world = await openWorld({ documents });
  const ada = await world.user({ name: "ada" });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  return { world, ada, sales, tend: () => world.services.heavyWork.tend() };
}

const left = (world: World) => isAnythingLeft(world.services.executor, Date.now());
const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`).join(" ");

test("a file is read into passages and pictures, and its words are brought into the index of its library", async () => {
  const { world, sales, tend } = await begun();
  expect(await left(world)).toBe(false);
  await fileOf(world, sales, { text: `# One\nHello there.\n\n\f@red\n\n\fThe end.\n\n${words(1000)}` });
  expect(await left(world)).toBe(true);
  await tend();
  expect(await left(world)).toBe(false);
  expect(await jobsOf(world)).toEqual([
    ["read", "done", 1],
    ["index", "done", 1],
  ]);
  const [[, , pages, chunks] = []] = await documentsOf(world);
  expect(pages).toBe(3);
  expect(await indexed(world)).toEqual([[1, chunks]]);
  const rows =
    await world.rows(`select id & 0xfffff, id >> 20, kind, page, heading, start, end, substr(text, 1, 12), width
    from embeddings order by id limit 3`);
  expect(rows).toEqual([
    [0, 1, "image", 2, null, null, null, null, 2],
    [1, 1, "text", 1, "One", 0, expect.any(Number), "# One\nHello ", null],
    [2, 1, "text", 3, null, 20, expect.any(Number), "The end.\n\nwo", null],
  ]);
  expect(await world.rows("select uses, missing from blobs order by created_at, uses")).toEqual([
    [1, 0],
    [1, 0],
  ]);
});

test("what cannot be read is what became of the document, and no failure of the job", async () => {
  const { world, sales, tend } = await begun();
  await fileOf(world, sales, { name: "a", text: `${words(600)}\n\n@red\n\n!failed` });
  await fileOf(world, sales, { name: "b", text: "!unsupported" });
  await tend();
  expect(await documentsOf(world)).toEqual([
    ["failed", "It is broken off", null, 0],
    ["unsupported", "It is encrypted", null, 0],
  ]);
  expect(await jobsOf(world)).toEqual([
    ["read", "done", 1],
    ["read", "done", 1],
  ]);
  expect(await world.rows("select count(*) from embeddings")).toEqual([[0]]);
});

test("a job that fails is tried again, later each time, and is dead with a reason in the end; others go on", async () => {
  const { world, sales, tend } = await begun();
  await fileOf(world, sales, { name: "a", text: "!broken" });
  await fileOf(world, sales, { name: "b", text: "fine" });
  const waits = [10 * second, minute, 5 * minute, 30 * minute];
  for (const [index, wait] of waits.entries()) {
    await tend();
    expect((await jobsOf(world))[0]).toEqual(["read", "waiting", index + 1]);
    world.advance(wait - 1);
    expect(await left(world)).toBe(false);
    await tend();
    expect((await jobsOf(world))[0]).toEqual(["read", "waiting", index + 1]);
    world.advance(1);
    expect(await left(world)).toBe(true);
  }
  await tend();
  expect(await world.rows("select status, attempts, error, worker from jobs where number = 1")).toEqual([
    ["dead", 5, "The reader is broken", null],
  ]);
  expect(await documentsOf(world)).toEqual([
    ["failed", "It could not be read in 5 attempts: ask an administrator about job 1", null, 0],
    ["read", null, null, 1],
  ]);
  world.advance(60 * minute);
  expect(await left(world)).toBe(false);
});

test("bytes that the store has lost are a failure, which says so", async () => {
  const { world, sales, tend } = await begun();
  await fileOf(world, sales, { text: "here" });
  const [[key] = []] = await world.rows("select key from blobs");
  await world.services.blobs.delete([String(key)]);
  await tend();
  expect(await world.rows("select status, error from jobs")).toEqual([
    ["waiting", expect.stringContaining("lost the bytes")],
  ]);
});

test("a job whose worker says nothing any more is another's after a minute, and dead when that was so five times", async () => {
  const { world, sales, tend } = await begun();
  await fileOf(world, sales, { text: "fine" });
  const taken = `update jobs set status = 'running', worker = 'gone', attempts = ?, lease_until = ?, run_at = ?`;
  await world.rows(taken, 1, Date.now() + minute, Date.now() + minute);
  await tend();
  expect(await jobsOf(world)).toEqual([["read", "running", 1]]);
  world.advance(minute);
  expect(await left(world)).toBe(true);
  await tend();
  expect(await jobsOf(world)).toEqual([
    ["read", "done", 2],
    ["index", "done", 1],
  ]);
  await fileOf(world, sales, { name: "b", text: "other" });
  await world.rows(`${taken} where number = 3`, 5, Date.now(), Date.now());
  await tend();
  expect(await world.rows("select status, error from jobs where number = 3")).toEqual([
    ["dead", expect.stringContaining("each of the 5 times")],
  ]);
});

test("two workers at once do no job twice", async () => {
  const { world, sales } = await begun();
  const read: string[] = [];
  const counting = {
    async *read(...asked: Parameters<typeof plainReader.read>) {
      const [format, body] = asked;
      const text = await new Response(body).text();
      read.push(text);
      await new Promise((resolve) => setTimeout(resolve, 2));
      yield* plainReader.read(format, new Blob([text]).stream());
    },
  };
  const count = 40;
  for (let index = 0; index < count; index++)
    await fileOf(world, sales, { name: `${index}`, text: `number ${index}. ${words(30)}` });
  const { blobs, sha256, ids, clock } = world.services;
  const workers = Array.from({ length: 4 }, () =>
    inlineHeavyWork({
      executor: world.beside,
      clock,
      reading: { documents: counting, blobs, sha256, newId: () => ids.next() },
    }),
  );
  await Promise.all(workers.map((worker) => worker.tend()));
  expect(read.toSorted()).toEqual(Array.from(new Set(read)).toSorted());
  expect(read).toHaveLength(count);
  expect(await world.rows("select kind, count(*), max(attempts) from jobs where status = 'done' group by 1")).toEqual([
    ["index", count, 1],
    ["read", count, 1],
  ]);
  expect(await indexed(world)).toEqual(Array(count).fill([1, 1]));
});

test("a worker whose job another has taken writes nothing any more", async () => {
  let stolen: (() => Promise<unknown>) | undefined;
  const { world, sales, tend } = await begun({
    async *read() {
      yield { kind: "text" as const, text: `${words(900)}`, page: null, sheet: null, headings: [] };
      await stolen?.();
      yield { kind: "text" as const, text: "the end", page: null, sheet: null, headings: [] };
    },
  });
  stolen = () => world.rows("update jobs set worker = 'thief'");
  await fileOf(world, sales, { text: "x" });
  await tend();
  expect(await documentsOf(world)).toEqual([["pending", null, null, 0]]);
  expect(await world.rows("select status, worker, attempts from jobs")).toEqual([["running", "thief", 1]]);
  expect(await world.rows("select count(*) from embeddings")).toEqual([[0]]);
});

test("what was half read or half indexed is replaced", async () => {
  const { world, sales, tend } = await begun();
  await fileOf(world, sales, { text: `First. ${words(1000)}` });
  await world.rows(
    "insert into embeddings (id, kind, text) select (number << 20) + 700, 'text', 'left' from documents",
  );
  await world.rows(
    "insert into passage_search (rowid, terms) select (number << 20) + 9, 'left' from library_documents",
  );
  await tend();
  const [[, , , chunks] = []] = await documentsOf(world);
  expect(await world.rows("select count(*), max(text = 'left') from embeddings")).toEqual([[chunks, 0]]);
  expect(await indexed(world)).toEqual([[1, chunks]]);
  expect(await world.rows("select count(*) from passage_search where passage_search match 'left'")).toEqual([[0]]);
});

test("what is in no file of a library any more is found there no more, and what has come back is", async () => {
  const { world, ada, sales, tend } = await begun();
  const help = await world.assistant({ owner: ada, name: "Help" });
  const file = await fileOf(world, sales, { text: words(900) });
  await fileOf(world, help, { text: words(900) });
  await tend();
  const [[, chunks] = []] = await indexed(world);
  expect(await indexed(world)).toEqual([
    [1, chunks],
    [1, chunks],
  ]);
  await world.rows("delete from assistant_files where id = ?", file.id);
  expect(await left(world)).toBe(true);
  await tend();
  expect(await indexed(world)).toEqual([[1, chunks]]);
  expect(await left(world)).toBe(false);
  await fileOf(world, sales, { text: words(900) });
  await tend();
  expect(await indexed(world)).toEqual([
    [1, chunks],
    [1, chunks],
  ]);
  await world.rows("delete from assistant_files");
  await world.rows("delete from blobs where uses = 0");
  await fileOf(world, help, { text: words(900) });
  await tend();
  expect(await documentsOf(world)).toEqual([["read", null, null, chunks]]);
  expect(await indexed(world)).toEqual([[1, chunks]]);
});

test("documents whose bytes are gone go with all that was read of them", async () => {
  const { world, sales, tend } = await begun();
  await fileOf(world, sales, { text: `${words(900)}\n\n@red` });
  await tend();
  await world.rows("delete from assistants");
  await world.rows("delete from blobs where uses = 0");
  await tend();
  for (const table of ["documents", "embeddings", "library_documents", "passage_search_docsize"])
    expect(await world.rows(`select count(*) from ${table}`)).toEqual([[0]]);
  expect(await world.rows("select count(*) from blobs where uses > 0")).toEqual([[0]]);
});

test("a draft's file is in the library of its original, also when the original has it no more", async () => {
  const { world, ada, sales, tend } = await begun();
  const draft = await world.assistant({ owner: ada, name: "Sales", slug: "sales-draft", editing: sales });
  const live = await fileOf(world, sales, { text: "words" });
  const copied = await fileOf(world, draft, { text: "words" });
  await tend();
  await world.rows("delete from assistant_files where id = ?", live.id);
  await tend();
  expect(await indexed(world)).toEqual([[1, 1]]);
  await world.rows("delete from assistant_files where id = ?", copied.id);
  await tend();
  expect(await indexed(world)).toEqual([]);
});

test("a document that no file has is not read, but is as soon as one has it again", async () => {
  const { world, sales, tend } = await begun();
  const file = await fileOf(world, sales, { text: "words" });
  // Something else keeps the bytes, such as a revision.
  await world.rows("update assistants set icon_hash = ?", file.hash);
  await world.rows("delete from assistant_files where id = ?", file.id);
  await tend();
  expect(await documentsOf(world)).toEqual([["pending", null, null, 0]]);
  expect(await jobsOf(world)).toEqual([["read", "done", 1]]);
  await fileOf(world, sales, { text: "words" });
  await tend();
  expect(await documentsOf(world)).toEqual([["read", null, null, 1]]);
  expect(await indexed(world)).toEqual([[1, 1]]);
});

test("jobs that are over are forgotten after a week", async () => {
  const { world, sales, tend } = await begun();
  await fileOf(world, sales, { text: "words" });
  await tend();
  world.advance(7 * 24 * 60 * minute - 1);
  expect(await left(world)).toBe(false);
  world.advance(1);
  expect(await left(world)).toBe(true);
  await tend();
  expect(await jobsOf(world)).toEqual([]);
});
