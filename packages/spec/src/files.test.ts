import { DatabaseError, type Executor } from "@steward/db";
import { expect, test } from "vitest";
import { origin } from "./app.ts";
import { doors, headersFor } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { type Filing, fileOf, filing, objectsOf, sent, sha256, usesOf } from "./files-world.ts";
import { specify } from "./specify.ts";
import { openWorld, type World } from "./world.ts";

const missing = "01900000-0000-7000-8000-ffffffffffff";

const noteOf = ({ sales, notes }: Filing) => ({
  id: notes.id,
  assistantId: sales.id,
  filename: "notes.txt",
  contentType: "text/plain",
  size: 9,
  sha256: notes.hash,
  status: "pending",
  error: null,
  pages: null,
  chunks: 0,
  version: 1,
});

const details = async (world: World) => {
  const [[found] = []] = await world.rows("select details from audit order by number desc limit 1");
  return JSON.parse(String(found));
};
const revisedTo = async (world: World, version: number) => {
  expect(await world.rows("select version from assistants where editing_id is null")).toEqual([[version]]);
  const [[content] = []] = await world.rows("select content from revisions where number = ?", version);
  return JSON.parse(String(content)).files;
};

specify("files.list", {
  arrange: async (world) => {
    const things = await filing(world);
    await fileOf(world, things.sales, {
      filename: "a.bin",
      contentType: "application/zip",
      format: null,
      content: "z",
    });
    return things;
  },
  as: ({ cleo }) => cleo,
  input: ({ sales }) => ({ id: sales.id }),
  gives: (things) => ({
    items: [
      { ...noteOf(things), permissions: { write: false, delete: false } },
      { filename: "a.bin", status: "unsupported", error: "No text is read from application/zip", chunks: 0 },
    ],
    next: null,
  }),
  bad: [{ input: { cursor: "x" }, at: "cursor" }],
});

throughEveryDoor("more files than one page holds are read on with its cursor", async ({ world, get }) => {
  const { ada, sales } = await filing(world);
  await world.rows(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 600)
      insert into assistant_files (id, assistant_id, created_at, updated_at, filename, content_type, size, hash)
      select printf('f%04d', i), ?, 1, 1, 'f' || i, 'image/png', 9, (select hash from blobs) from n`,
    sales.id,
  );
  const first = await get(ada, "files.list", { id: sales.id });
  expect(first.items).toHaveLength(500);
  const second = await get(ada, "files.list", { id: sales.id, cursor: first.next });
  expect(second).toMatchObject({ next: null });
  const all = [...first.items, ...second.items].map(({ filename }) => filename);
  expect(new Set(all).size).toBe(601);
});

specify("files.get", {
  arrange: filing,
  as: ({ ada }) => ada,
  input: ({ notes }) => ({ id: "ada:sales", fileId: notes.id.toUpperCase() }),
  gives: (things) => ({ ...noteOf(things), permissions: { write: true, delete: true } }),
  bad: [{ input: { fileId: "x".repeat(201) }, at: "fileId" }],
  also: [
    {
      title: "takes a file's name, however its letters are composed",
      arrange: (world, { sales }: Filing) => fileOf(world, sales, { filename: "é ä/.md".normalize("NFC") }),
      input: ({ sales }) => ({ id: sales.id, fileId: "é ä/.md".normalize("NFD") }),
      gives: { filename: "é ä/.md".normalize("NFC") },
    },
    {
      title: "reads by its id a file that is called as another one's",
      arrange: (world, { sales, notes }: Filing) => fileOf(world, sales, { filename: notes.id, content: "other" }),
      input: ({ sales, notes }) => ({ id: sales.id, fileId: notes.id }),
      gives: { filename: "notes.txt" },
    },
    {
      title: "404 for what is not there",
      input: ({ sales }) => ({ id: sales.id, fileId: missing }),
      refuses: "not_found",
    },
    {
      title: "404 for a file of another assistant",
      arrange: (world, { ada }: Filing) => world.assistant({ owner: ada, name: "Help" }),
      input: ({ notes }) => ({ id: "ada:help", fileId: notes.id }),
      refuses: "not_found",
    },
    ...(
      [
        ["status = 'failed', error = 'It is encrypted'", { status: "failed", error: "It is encrypted" }],
        ["status = 'unsupported', error = 'No'", { status: "unsupported", error: "No" }],
        ["status = 'read', pages = 3, chunks = 7", { status: "pending", pages: 3, chunks: 7 }],
      ] as const
    ).map(([change, gives]) => ({
      title: `says ${JSON.stringify(gives)} of a document with ${change}`,
      arrange: (world: World) => world.rows(`update documents set ${change}`),
      gives,
    })),
    {
      title: "says that it is indexed when its library is complete",
      arrange: async (world) => {
        await world.rows("update documents set status = 'read'");
        await world.rows("update library_documents set complete = 1");
      },
      gives: { status: "indexed", error: null },
    },
  ],
});

specify("files.upload", {
  arrange: filing,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id, content: sent("a,b\n1,2\n", "prices.csv") }),
  status: 201,
  gives: ({ sales }) => ({
    assistantId: sales.id,
    filename: "prices.csv",
    contentType: "text/csv",
    size: 8,
    sha256: sha256("a,b\n1,2\n"),
    status: "pending",
    permissions: { write: true, delete: true },
    version: 1,
  }),
  async after(world, { sales, notes }, value) {
    const { id } = value as { id: string };
    const content = "a,b\n1,2\n";
    expect(await objectsOf(world)).toEqual([8, 9]);
    expect(await usesOf(world, content, "Be brief.")).toEqual([2, 2]);
    expect(await world.rows("select format from assistant_files where id = ?", id)).toEqual([["csv"]]);
    const files = await revisedTo(world, 2);
    expect(files.map((file: { id: string }) => file.id).toSorted()).toEqual([notes.id, id].toSorted());
    expect(await details(world)).toEqual({ fileId: id, filename: "prices.csv", size: 8, sha256: sha256(content) });
    expect(await world.rows("select subject from audit")).toEqual([[sales.id]]);
  },
  bad: [
    { input: { name: "" }, at: "name" },
    { input: { name: "a/.." }, at: "name" },
    { input: { name: "\u202e \u0007" }, at: "name" },
    { input: { name: "x".repeat(1001) }, at: "name" },
    { input: { content: sent("x", "../..") }, at: "name" },
    { input: { content: undefined }, at: "content", doors: ["core"] },
  ],
  also: [
    {
      title: "takes a body as it stands under the name that is given",
      input: ({ sales }) => ({
        id: sales.id,
        name: "a\\b/ Küche\u0000.md".replace("\0", ""),
        content: sent("# x", null),
      }),
      gives: { filename: "Küche.md".normalize("NFC"), contentType: "text/markdown", size: 3 },
    },
    {
      title: "takes nothing, where that is sent as a file",
      input: ({ sales }) => ({ id: sales.id, content: sent("", "empty.txt") }),
      gives: { size: 0, contentType: "text/plain" },
    },
    {
      title: "keeps the same bytes once",
      input: ({ sales }) => ({ id: sales.id, content: sent("Be brief.", "again.txt") }),
      async after(world) {
        expect(await objectsOf(world)).toEqual([9]);
        expect(await usesOf(world, "Be brief.")).toEqual([3]);
      },
    },
    {
      title: "replaces bytes that the store has lost",
      arrange: (world) => world.rows("update blobs set missing = 1, key = 'lost'"),
      input: ({ sales }) => ({ id: sales.id, content: sent("Be brief.", "again.txt") }),
      async after(world, _, value) {
        const [[key, gone] = []] = await world.rows("select key, missing from blobs");
        expect([key === "lost", gone]).toEqual([false, 0]);
        expect(await world.services.blobs.get(String(key))).not.toBeNull();
        expect(value).toMatchObject({ filename: "again.txt" });
      },
    },
    {
      title: "409 for a name that is there, and leaves nothing",
      input: ({ sales }) => ({ id: sales.id, content: sent("other", "notes.txt") }),
      refuses: "conflict",
      after: async (world) => expect(await objectsOf(world)).toEqual([9]),
    },
    {
      title: "409 for one file too many",
      arrange: (world) => world.rows("update settings set assistant_files = 1"),
      refuses: "conflict",
      async after(world, _, answer) {
        expect(JSON.stringify(answer)).toContain("assistantFiles");
        expect(await objectsOf(world)).toEqual([9]);
      },
    },
    {
      title: "413 for more than the setting allows, and leaves nothing",
      arrange: (world) => world.rows("update settings set file_bytes = 7"),
      refuses: "too_large",
      async after(world, _, answer) {
        expect(JSON.stringify(answer)).toContain("fileBytes");
        expect(await objectsOf(world)).toEqual([9]);
      },
    },
  ],
});

const storing = async (world: World) => {
  const things = await filing(world);
  const id = world.services.ids.next();
  await world.rows(
    `insert into uploads (id, user_id, status, expires_at, created_at, updated_at, filename, content_type, bytes_read, format)
      values (?, ?, 'stored', ?, 1, 1, 'plan.md', 'text/markdown', 9, 'markdown')`,
    id,
    things.ben.id,
    Date.now() + 1000,
  );
  await world.rows("update uploads set hash = (select hash from blobs)");
  return { ...things, uploadId: id };
};
type Storing = Awaited<ReturnType<typeof storing>>;
const change = (set: string) => (world: World) => world.rows(`update uploads set ${set}`);

specify("files.create", {
  arrange: storing,
  as: ({ ben }: Storing) => ben,
  input: ({ sales, uploadId }: Storing) => ({ id: sales.id, uploadId }),
  status: 201,
  gives: ({ sales, notes }: Storing) => ({
    assistantId: sales.id,
    filename: "plan.md",
    contentType: "text/markdown",
    size: 9,
    sha256: notes.hash,
    version: 1,
  }),
  async after(world, { uploadId }: Storing, value) {
    const { id } = value as { id: string };
    expect(await world.rows("select status, hash, finished_at from uploads")).toEqual([["done", null, Date.now()]]);
    expect(await usesOf(world, "Be brief.")).toEqual([3]);
    expect(await revisedTo(world, 2)).toHaveLength(2);
    expect(await details(world)).toEqual({ fileId: id, uploadId, filename: "plan.md" });
    expect(await world.rows("select format from assistant_files where id = ?", id)).toEqual([["markdown"]]);
  },
  bad: [
    { input: { uploadId: "" }, at: "uploadId" },
    { input: { name: "." }, at: "name" },
  ],
  also: [
    {
      title: "takes another name, which says what text is",
      input: ({ sales, uploadId }: Storing) => ({ id: sales.id, uploadId: uploadId.toUpperCase(), name: "x.py" }),
      gives: { filename: "x.py", contentType: "text/plain" },
      after: async (world) =>
        expect(await world.rows("select format from assistant_files where filename = 'x.py'")).toEqual([["code"]]),
    },
    {
      title: "makes no text of what is none, whatever its name says",
      arrange: change("content_type = 'application/pdf', format = 'pdf'"),
      input: ({ sales, uploadId }: Storing) => ({ id: sales.id, uploadId, name: "x.html" }),
      gives: { filename: "x.html", contentType: "application/pdf" },
    },
    {
      title: "404 for another's upload",
      as: ({ ada }: Storing) => ada,
      refuses: "not_found",
    },
    {
      title: "404 for none",
      input: ({ sales }: Storing) => ({ id: sales.id, uploadId: missing }),
      refuses: "not_found",
    },
    { title: "409 for one that was used", arrange: change("status = 'done', hash = null"), refuses: "conflict" },
    { title: "409 for one without bytes", arrange: change("status = 'waiting', hash = null"), refuses: "conflict" },
    {
      title: "409 for one that has expired",
      arrange: (world) => change(`expires_at = ${Date.now()}`)(world),
      refuses: "conflict",
    },
    { title: "409 for a name that is there", arrange: change("filename = 'notes.txt'"), refuses: "conflict" },
    {
      title: "409 for one file too many",
      arrange: (world) => world.rows("update settings set assistant_files = 1"),
      refuses: "conflict",
    },
  ],
});

specify("files.update", {
  arrange: filing,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id, fileId: "notes.txt", filename: "dir/notes.html" }),
  gives: ({ notes }) => ({
    id: notes.id,
    filename: "notes.html",
    contentType: "text/html",
    sha256: notes.hash,
    version: 2,
  }),
  async after(world, { notes }) {
    expect(await world.rows("select format from assistant_files")).toEqual([["html"]]);
    expect(await revisedTo(world, 2)).toMatchObject([{ filename: "notes.html" }]);
    expect(await details(world)).toEqual({ fileId: notes.id, filename: "notes.txt", renamed: "notes.html" });
  },
  bad: [{ input: { filename: "a/" }, at: "filename" }],
  also: [
    {
      title: "takes the name that it has",
      input: ({ notes }) => ({ id: "ada:sales", fileId: notes.id, filename: "notes.txt" }),
    },
    {
      title: "leaves alone what is not given",
      input: ({ notes }) => ({ id: "ada:sales", fileId: notes.id }),
      gives: { filename: "notes.txt" },
    },
    {
      title: "409 for the name of another",
      arrange: (world, { sales }: Filing) => fileOf(world, sales, { filename: "b.txt" }),
      input: ({ sales }) => ({ id: sales.id, fileId: "notes.txt", filename: "b.txt" }),
      refuses: "conflict",
    },
    {
      title: "412 for a file that has changed since",
      arrange: (world) => world.rows("update assistant_files set version = 2"),
      input: ({ sales }) => ({ id: sales.id, fileId: "notes.txt", filename: "b.txt", expectedVersion: 1 }),
      refuses: "version_mismatch",
    },
    { title: "404 for what is not there", input: ({ sales }) => ({ id: sales.id, fileId: "x" }), refuses: "not_found" },
  ],
});

specify("files.delete", {
  arrange: filing,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id, fileId: "notes.txt" }),
  status: 204,
  async after(world, { notes }) {
    expect(await world.rows("select id from assistant_files")).toEqual([]);
    expect(await revisedTo(world, 2)).toEqual([]);
    expect(await details(world)).toEqual({ fileId: notes.id, filename: "notes.txt" });
    expect(await usesOf(world, "Be brief.")).toEqual([0]);
  },
  also: [
    { title: "404 for what is not there", input: ({ sales }) => ({ id: sales.id, fileId: "x" }), refuses: "not_found" },
    {
      title: "deletes the version that was read",
      input: ({ sales, notes }) => ({ id: sales.id, fileId: notes.id, expectedVersion: 1 }),
    },
    {
      title: "412 for a file that has changed since",
      arrange: (world) => world.rows("update assistant_files set version = 2"),
      input: ({ sales }) => ({ id: sales.id, fileId: "notes.txt", expectedVersion: 1 }),
      refuses: "version_mismatch",
    },
  ],
});

throughEveryDoor("a file is kept under a harmless name", async ({ world, get }) => {
  const { ada, sales } = await filing(world);
  const names = [
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\ada\\plan.docx", "plan.docx"],
    ["in\u202evoice\u2066.txt\u0007", "invoice.txt"],
    ["  a b .txt ", "a b .txt"],
    [`${"ü".repeat(250)}.markdown`, `${"ü".repeat(191)}.markdown`],
    ['a"b;c=\r\nd.txt', 'a"b;c=d.txt'],
  ] as const;
  for (const [given, kept] of names) {
    const file = await get(ada, "files.upload", { id: sales.id, name: given, content: sent(given) });
    expect(file.filename).toBe(kept);
    expect(await get(ada, "files.contents", { id: sales.id, fileId: kept })).toMatchObject({ filename: kept });
  }
});

throughEveryDoor("who may not write any more when the bytes have come leaves nothing", async ({ world, refuses }) => {
  const { ben, sales } = await filing(world);
  const content = {
    ...sent("late", "late.txt"),
    get stream() {
      let given = false;
      return new ReadableStream<Uint8Array>({
        async pull(controller) {
          if (given) return controller.close();
          given = true;
          await world.rows("delete from shares where principal_id = ?", ben.id);
          controller.enqueue(new TextEncoder().encode("late"));
        },
      });
    },
  };
  await refuses("not_found", ben, "files.upload", { id: sales.id, content });
  expect(await objectsOf(world)).toEqual([9]);
});

test("bytes are not taken away where it is not known whether a row names them", async () => {
  const world = await openWorld();
  const { ben, sales } = await filing(world);
  const { services } = world;
  // What is committed is there, and its answer is lost.
  const executor: Executor = {
    async batch(statements, mode) {
      const results = await services.executor.batch(statements, mode);
      if (mode === "write") throw new DatabaseError("SERVER_ERROR", "the line is dead");
      return results;
    },
  };
  const losing = { ...world, services: { ...services, executor } };
  const input = { id: sales.id, content: sent("kept", "kept.txt") };
  await expect(doors.core(losing, ben, "files.upload", input)).rejects.toMatchObject({ code: "internal" });
  expect(await objectsOf(world)).toEqual([4, 9]);
  const kept = await doors.core(world, ben, "files.contents", { id: sales.id, fileId: "kept.txt" });
  expect(kept).toMatchObject({ ok: true, value: { content: "kept" } });
});

test("more than may come is refused before the whole of it has come", { timeout: 20_000 }, async () => {
  const world = await openWorld();
  const { ben, sales } = await filing(world);
  await world.rows("update settings set file_bytes = 100000");
  const url = `${origin}/api/assistants/${sales.id}/files/_upload?name=big.txt`;
  let given = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      given += 10_000;
      controller.enqueue(new Uint8Array(10_000).fill(97));
    },
  });
  const init = { method: "POST", headers: headersFor(ben), body: endless, duplex: "half" };
  const refused = await world.app.fetch(new Request(url, init));
  expect([refused.status, given < 1_000_000]).toEqual([413, true]);
  expect(await refused.json()).toMatchObject({ code: "too_large", message: expect.stringContaining("fileBytes") });
  const announced = { ...init, headers: { ...init.headers, "content-length": "100001" }, body: new ReadableStream() };
  const told = await world.app.fetch(new Request(url, announced));
  expect(told.status).toBe(413);
  expect(await objectsOf(world)).toEqual([9]);
});

test("what is sent is set about without anybody's asking", async () => {
  const world = await openWorld();
  const { ben, sales } = await filing(world);
  await doors.core(world, ben, "files.upload", { id: sales.id, content: sent("# New", "new.md") });
  await world.settle();
  expect(await world.rows("select count(*) from jobs where kind = 'read' and attempts = 0")).toEqual([[0]]);
});
