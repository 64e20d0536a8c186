import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { fileOf, readAll } from "./files-read.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

/** A superuser, and jobs of each kind, one of them dead. */
async function jobs(world: World) {
  const root = await world.user({ name: "root", superuser: true });
  const ada = await world.user({ name: "ada" });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  const note = await fileOf(world, sales, { name: "note.txt", text: "fine" });
  const broken = await fileOf(world, sales, { name: "broken.txt", text: "!broken" });
  await world.rows("update jobs set attempts = 4 where number = 2");
  await readAll(world);
  return { root, ada, sales, note, broken };
}
type Jobs = Awaited<ReturnType<typeof jobs>>;

specify("jobs.list", {
  arrange: jobs,
  as: ({ root }: Jobs) => root,
  input: () => ({}),
  gives: ({ sales, note, broken }: Jobs) => {
    const assistant = { id: sales.id, name: "Sales" };
    return {
      items: [
        {
          id: "3",
          kind: "index",
          status: "done",
          attempts: 1,
          done: 1,
          total: 1,
          error: null,
          files: [{ id: note.id, filename: "note.txt", assistant }],
          permissions: { retry: false },
        },
        {
          id: "2",
          kind: "read",
          status: "dead",
          attempts: 5,
          error: "The reader is broken",
          files: [{ id: broken.id, filename: "broken.txt", assistant }],
          permissions: { retry: true },
        },
        { id: "1", kind: "read", status: "done" },
      ],
      total: 3,
      next: null,
    };
  },
  bad: [
    { input: { status: "lost" }, at: "status" },
    { input: { kind: "write" }, at: "kind" },
    { input: { start: -1 }, at: "start" },
    { input: { limit: 201 }, at: "limit" },
    { input: { cursor: "x" }, at: "cursor" },
  ],
  also: [
    { title: "those of one status", input: () => ({ status: "dead" }), gives: { items: [{ id: "2" }], total: 1 } },
    {
      title: "those of one kind and status, page by page",
      input: () => ({ kind: "read", status: "done", limit: 1 }),
      gives: { items: [{ id: "1" }], total: 1, next: null },
    },
    { title: "403 for whoever is no superuser", as: ({ ada }: Jobs) => ada, refuses: "forbidden" },
    {
      title: "tells of no file that is gone",
      arrange: (world) => world.rows("delete from assistant_files"),
      gives: { items: [{ files: [] }, { files: [] }, { files: [] }] },
    },
  ],
});

specify("jobs.retry", {
  arrange: jobs,
  as: ({ root }: Jobs) => root,
  input: () => ({ id: "2" }),
  status: 200,
  gives: { id: "2", status: "waiting", attempts: 0, error: null, permissions: { retry: false } },
  trail: async (_world, { root }: Jobs) => [["jobs.retry", root.id, "2"]],
  async after(world) {
    expect(await world.rows("select status, error from documents where number = 2")).toEqual([["pending", null]]);
    await readAll(world);
    expect(await world.rows("select status, attempts from jobs where number = 2")).toEqual([["waiting", 1]]);
  },
  bad: [{ input: { id: "x".repeat(201) }, at: "id" }],
  also: [
    ...["1", "3"].map((id) => ({
      title: `409 for job ${id}, which is not dead`,
      input: () => ({ id }),
      refuses: "conflict" as const,
    })),
    ...["99", "0", "-2", "02", "2.0", "x"].map((id) => ({
      title: `404 for ${id}`,
      input: () => ({ id }),
      refuses: "not_found" as const,
    })),
    { title: "403 for whoever is no superuser", as: ({ ada }: Jobs) => ada, refuses: "forbidden" },
    {
      title: "409 while another does the same",
      arrange: (world) =>
        world.rows(`insert into jobs (kind, subject, status, run_at, created_at, updated_at)
          values ('read', '2', 'waiting', 9e15, 1, 1)`),
      refuses: "conflict",
    },
  ],
});

throughEveryDoor("what is tried again and goes well is found", async ({ world, get }) => {
  const { root, ada, sales, broken } = await jobs(world);
  await get(root, "jobs.retry", { id: "2" });
  await readAll(world, {
    async *read() {
      yield { kind: "text", text: "mended", page: null, sheet: null, headings: [] };
    },
  });
  expect(await get(ada, "files.search", { id: sales.id, q: "mended" })).toMatchObject({
    items: [{ file: { id: broken.id } }],
    pending: 0,
  });
});

/** A file whose index job was begun as often as it may be, and never heard of again. */
async function unindexed(world: World) {
  const root = await world.user({ name: "root", superuser: true });
  const ada = await world.user({ name: "ada" });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  const file = await fileOf(world, sales, { text: "harbour" });
  await readAll(world);
  await world.rows("delete from passage_search");
  await world.rows("update library_documents set complete = 0, indexed_position = 0");
  await world.rows(`update jobs set status = 'running', worker = 'gone', attempts = 5, lease_until = 0, run_at = 0
    where kind = 'index'`);
  return { root, ada, sales, file };
}

const unindexedError = "It could not be indexed in 5 attempts: ask an administrator about job 2";

throughEveryDoor(
  "a file whose words could not be indexed says so, until that is tried again",
  async ({ world, get }) => {
    const { root, ada, sales, file } = await unindexed(world);
    const fileNow = () => get(ada, "files.get", { id: sales.id, fileId: file.id });
    const found = () => get(ada, "files.search", { id: sales.id, q: "harbour" });
    expect(await fileNow()).toMatchObject({ status: "pending", error: null });
    await readAll(world);
    expect(await fileNow()).toMatchObject({ status: "failed", error: unindexedError, chunks: 1 });
    expect(await found()).toMatchObject({ items: [], pending: 0 });
    await get(root, "jobs.retry", { id: "2" });
    expect(await fileNow()).toMatchObject({ status: "pending", error: null });
    expect(await found()).toMatchObject({ items: [], pending: 1 });
    await readAll(world);
    expect(await fileNow()).toMatchObject({ status: "indexed", error: null });
    expect(await found()).toMatchObject({ items: [{ file: { id: file.id } }], pending: 0 });
  },
);

throughEveryDoor("whoever brings a file again that could not be indexed has it tried again", async ({ world, get }) => {
  const { ada, sales, file } = await unindexed(world);
  const fileNow = () => get(ada, "files.get", { id: sales.id, fileId: file.id });
  await readAll(world);
  expect(await fileNow()).toMatchObject({ status: "failed" });
  await fileOf(world, sales, { name: "again.txt", text: "harbour" });
  expect(await fileNow()).toMatchObject({ status: "pending", error: null });
  await readAll(world);
  expect(await fileNow()).toMatchObject({ status: "indexed", error: null });
});
