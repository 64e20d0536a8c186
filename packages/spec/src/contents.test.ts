import { linkTo } from "@steward/core";
import { expect, onTestFinished, test } from "vitest";
import { origin } from "./app.ts";
import type { Presented } from "./arrange.ts";
import { doors, headersFor } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { expectSuccess } from "./expectations.ts";
import { type FileOptions, type Filing, fileOf, filing, objectsOf, sent, sha256, usesOf } from "./files-world.ts";
import { specify } from "./specify.ts";
import { openWorld, type World } from "./world.ts";

const missing = "01900000-0000-7000-8000-ffffffffffff";

specify("files.contents", {
  arrange: filing,
  as: ({ cleo }) => cleo,
  input: ({ sales }) => ({ id: sales.id, fileId: "notes.txt" }),
  gives: { contentType: "text/plain", filename: "notes.txt", size: 9, content: "Be brief." },
  bad: [{ input: { fileId: "x".repeat(201) }, at: "fileId" }],
  also: [
    {
      title: "404 for what is not there",
      input: ({ notes }) => ({ id: "ada:sales", fileId: `${notes.id}x` }),
      refuses: "not_found",
    },
    {
      title: "404 for a file of another assistant",
      arrange: (world, { ada }: Filing) => world.assistant({ owner: ada, name: "Help" }),
      as: ({ ada }) => ada,
      input: ({ notes }) => ({ id: "ada:help", fileId: notes.id }),
      refuses: "not_found",
    },
  ],
});

specify("files.replace", {
  arrange: filing,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id, fileId: "notes.txt", content: sent("Be kind, too.", "else.html") }),
  gives: ({ notes }) => ({
    id: notes.id,
    filename: "notes.txt",
    contentType: "text/plain",
    size: 13,
    sha256: sha256("Be kind, too."),
    status: "pending",
    version: 2,
  }),
  async after(world, { notes }) {
    expect(await usesOf(world, "Be kind, too.", "Be brief.")).toEqual([2, 0]);
    expect(await objectsOf(world)).toContain(13);
    expect(await world.rows("select version from assistants")).toEqual([[2]]);
    const [[details] = []] = await world.rows("select details from audit");
    expect(JSON.parse(String(details))).toEqual({
      fileId: notes.id,
      filename: "notes.txt",
      size: 13,
      sha256: sha256("Be kind, too."),
    });
  },
  bad: [{ input: { fileId: "" }, at: "fileId", doors: ["core", "trpc"] }],
  also: [
    {
      title: "tells anew what type it is",
      input: ({ notes }) => ({
        id: "ada:sales",
        fileId: notes.id,
        content: sent("%PDF-1.7\n%\u00e2\u00e3\n", null),
        expectedVersion: 1,
      }),
      gives: { filename: "notes.txt", contentType: "application/pdf" },
      after: async (world) => expect(await world.rows("select format from assistant_files")).toEqual([["pdf"]]),
    },
    {
      title: "takes the same bytes, and keeps them once",
      input: ({ notes }) => ({ id: "ada:sales", fileId: notes.id, content: sent("Be brief.") }),
      gives: { version: 2 },
      after: async (world) => expect(await objectsOf(world)).toEqual([9]),
    },
    {
      title: "404 for what is not there, before any byte is read",
      input: ({ sales }) => ({ id: sales.id, fileId: missing, content: sent("x") }),
      refuses: "not_found",
    },
    {
      title: "412 for a file that has changed since, before any byte is read",
      arrange: (world) => world.rows("update assistant_files set version = 2"),
      input: ({ sales }) => ({ id: sales.id, fileId: "notes.txt", content: sent("x"), expectedVersion: 1 }),
      refuses: "version_mismatch",
    },
    {
      title: "413 for more than the setting allows, and leaves nothing",
      arrange: (world) => world.rows("update settings set file_bytes = 12"),
      refuses: "too_large",
      after: async (world) => expect(await objectsOf(world)).toEqual([9]),
    },
  ],
});

const waiting = async (world: World) => {
  const things = await filing(world);
  const uploadId = world.services.ids.next();
  await world.rows(
    "insert into uploads (id, user_id, status, expires_at, created_at, updated_at) values (?, ?, 'waiting', ?, 1, 1)",
    uploadId,
    things.ben.id,
    Date.now() + 1000,
  );
  return { ...things, uploadId };
};
type Waiting = Awaited<ReturnType<typeof waiting>>;

specify("uploads.send", {
  arrange: waiting,
  as: ({ ben }: Waiting) => ben,
  input: ({ uploadId }: Waiting) => ({ id: uploadId, content: sent("# Plan", "../plan.md") }),
  gives: ({ uploadId }: Waiting) => ({
    id: uploadId,
    status: "stored",
    filename: "plan.md",
    contentType: "text/markdown",
    format: "markdown",
    sha256: sha256("# Plan"),
    bytesRead: 6,
    bytesTotal: 6,
    version: 2,
    finishedAt: null,
  }),
  async after(world, { uploadId }: Waiting) {
    expect(await usesOf(world, "# Plan")).toEqual([1]);
    const [[subject, details] = []] = await world.rows("select subject, details from audit");
    expect([subject, JSON.parse(String(details))]).toEqual([
      uploadId,
      { filename: "plan.md", size: 6, sha256: sha256("# Plan") },
    ]);
  },
  bad: [{ input: { name: "/" }, at: "name" }],
  also: [
    {
      title: "takes a body as it stands under the name that is given",
      input: ({ uploadId }: Waiting) => ({ id: uploadId, content: sent("a = 1", null), name: "x.py" }),
      gives: { filename: "x.py", format: "code" },
    },
    {
      title: "404 for a superuser who has not made it, who yet sees it",
      arrange: (world, things: Waiting) => world.rows("update users set role = 'admin' where id = ?", things.ada.id),
      as: ({ ada }: Waiting) => ada,
      refuses: "not_found",
    },
    ...["status = 'stored'", "status = 'done'", "expires_at = 1"].map((set) => ({
      title: `409 for one with ${set}, and leaves nothing`,
      arrange: (world: World) => world.rows(`update uploads set ${set}`),
      refuses: "conflict" as const,
      after: async (world: World) => expect(await objectsOf(world)).toEqual([9]),
    })),
    {
      title: "413 for more than the setting allows, and leaves nothing",
      arrange: (world: World) => world.rows("update settings set file_bytes = 5"),
      refuses: "too_large",
      after: async (world: World) => expect(await objectsOf(world)).toEqual([9]),
    },
  ],
});

throughEveryDoor("bytes are sent first and made a file of then, once", async ({ world, get, refuses }) => {
  const { ada, ben, sales } = await filing(world);
  const { id: uploadId } = await get(ben, "uploads.create");
  await refuses("conflict", ben, "files.create", { id: sales.id, uploadId });
  await get(ben, "uploads.send", { id: uploadId, content: sent("# Plan", "plan.md") });
  const orders = await world.dataset({ owner: ben, name: "Orders", fields: [{ name: "x", dataType: "number" }] });
  await refuses("conflict", ben, "datasets.upload", { id: orders.id, uploadId, content: sent("x\n1\n", "x.csv") });
  await refuses("not_found", ada, "files.create", { id: sales.id, uploadId });
  const file = await get(ben, "files.create", { id: sales.id, uploadId });
  expect(await get(ben, "uploads.get", { id: uploadId })).toMatchObject({ status: "done", sha256: null });
  expect(await get(ben, "files.contents", { id: sales.id, fileId: file.id })).toMatchObject({ content: "# Plan" });
  await refuses("conflict", ben, "files.create", { id: sales.id, uploadId, name: "again.md" });
  await refuses("conflict", ben, "uploads.send", { id: uploadId, content: sent("more", "plan.md") });
});

throughEveryDoor("an upload that is cancelled or expires lets go of its bytes", async ({ world, get, refuses }) => {
  const { ben, sales, notes } = await filing(world);
  const [one, other] = [await get(ben, "uploads.create"), await get(ben, "uploads.create")];
  for (const { id } of [one, other]) await get(ben, "uploads.send", { id, content: sent("bytes", "x.txt") });
  expect(await usesOf(world, "bytes")).toEqual([2]);
  await get(ben, "uploads.cancel", { id: one.id });
  expect(await usesOf(world, "bytes")).toEqual([1]);
  world.advance(24 * 60 * 60 * 1000);
  await world.services.heavyWork.tend();
  await refuses("conflict", ben, "files.create", { id: sales.id, uploadId: other.id });
  world.advance(24 * 60 * 60 * 1000);
  await world.services.heavyWork.tend();
  expect(await world.rows("select id from uploads")).toEqual([]);
  // The note's alone are left: nobody else names any.
  expect(await world.rows("select hash from blobs where uses > 0")).toEqual([[notes.hash]]);
});

test("no byte is asked of who will be refused", async () => {
  const world = await openWorld();
  const { ada, ben, cleo, sales, notes } = await filing(world);
  const { id: uploadId } = expectSuccess(await doors.core(world, ben, "uploads.create", {})) as { id: string };
  await world.rows("update users set role = 'admin' where id = ?", ada.id);
  let asked = 0;
  const pull = () => void asked++;
  const content = { ...sent("x"), stream: new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 }) };
  const attempts = [
    [cleo, "files.upload", { id: sales.id }, "forbidden"],
    [ben, "files.replace", { id: sales.id, fileId: missing }, "not_found"],
    [ben, "files.replace", { id: sales.id, fileId: notes.id, expectedVersion: 7 }, "version_mismatch"],
    [ada, "uploads.send", { id: uploadId }, "not_found"],
  ] as const;
  for (const [as, name, input, code] of attempts)
    expect(await doors.core(world, as, name, { ...input, content })).toMatchObject({ ok: false, code });
  expect(asked).toBe(0);
});

/** Where the bytes of a file are to be fetched, and what a request for them is answered. */
async function served(options: FileOptions = {}) {
  const world = await openWorld();
  const things = await filing(world);
  const file = await fileOf(world, things.sales, { filename: 'ü"b.txt', content: "0123456789", ...options });
  const url = `${origin}/api/assistants/${things.sales.id}/files/${file.id}/contents`;
  const ask = (headers: Record<string, string> = {}, method = "GET", as: Presented = things.ada) =>
    world.app.fetch(new Request(url, { method, headers: { ...headersFor(as), ...headers } }));
  return { world, ...things, file, ask };
}

test("contents say what they are, and are not sent again to who has them", async () => {
  const { ask, file } = await served();
  const response = await ask();
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
    "content-length": "10",
    "accept-ranges": "bytes",
    "cache-control": "private, no-cache",
    "content-disposition": `inline; filename="__b.txt"; filename*=UTF-8''%C3%BC%22b.txt`,
    etag: `"1-${file.hash}"`,
    "x-content-type-options": "nosniff",
  });
  expect(await response.text()).toBe("0123456789");
  const etag = response.headers.get("etag") ?? "";
  const again = await ask({ "if-none-match": `"x", W/${etag}` });
  expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
  const head = await ask({ range: "bytes=0-1" }, "HEAD");
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "10", ""]);
});

test("a change may ask for the contents that were read", async () => {
  const { world, ben, sales, file, ask } = await served();
  const put = (etag: string) =>
    world.app.fetch(
      new Request(`${origin}/api/assistants/${sales.id}/files/${file.id}/contents`, {
        method: "PUT",
        headers: { ...headersFor(ben), "if-match": etag },
        body: "new",
      }),
    );
  const etag = (await ask()).headers.get("etag") ?? "";
  expect((await put(etag)).status).toBe(200);
  expect((await put(etag)).status).toBe(412);
});

test.each([
  ["bytes=0-3", 206, "0123", "bytes 0-3/10"],
  ["bytes=7-", 206, "789", "bytes 7-9/10"],
  ["bytes=-2", 206, "89", "bytes 8-9/10"],
  ["bytes=-99", 206, "0123456789", "bytes 0-9/10"],
  ["bytes=4-99", 206, "456789", "bytes 4-9/10"],
  ["bytes=10-", 416, null, "bytes */10"],
  ["bytes=-0", 416, null, "bytes */10"],
  ["bytes=3-2", 200, "0123456789", null],
  ["bytes=0-1,4-5", 200, "0123456789", null],
  ["lines=1-2", 200, "0123456789", null],
])("a request for %s is answered %i", async (range, status, content, contentRange) => {
  const { ask } = await served();
  const response = await ask({ range });
  expect([response.status, response.headers.get("content-range")]).toEqual([status, contentRange]);
  const body = await response.text();
  if (content === null) expect(JSON.parse(body)).toMatchObject({ code: "range_not_satisfiable", statusCode: 416 });
  else expect([body, response.headers.get("content-length")]).toEqual([content, String(content.length)]);
});

test("a range counts only of the contents that its asker has begun with", async () => {
  const { ask, file } = await served();
  const asked = async (condition: string) => (await ask({ range: "bytes=0-3", "if-range": condition })).status;
  expect(await asked(`"1-${file.hash}"`)).toBe(206);
  expect(await asked(`W/"1-${file.hash}"`)).toBe(200);
  expect(await asked('"another"')).toBe(200);
  expect(await asked("Sun, 01 Mar 2026 12:00:00 GMT")).toBe(200);
});

test.each([
  ["text/html", "attachment"],
  ["image/svg+xml", "inline"],
  ["application/xhtml+xml", "attachment"],
  ["application/javascript", "attachment"],
  ["application/octet-stream", "attachment"],
  ["application/pdf", "inline"],
  ["image/png", "inline"],
])("of %s nothing runs in a browser", async (contentType, kind) => {
  const { ask } = await served({ contentType, format: null });
  const { headers } = await ask();
  expect(headers.get("content-disposition")).toMatch(new RegExp(`^${kind}; `));
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  const isHarmless = ["application/pdf", "image/png"].includes(contentType);
  expect(/; sandbox$/.test(policy)).toBe(!isHarmless);
});

test("bytes that the store has lost are told to the log", async () => {
  const { world, file, ask } = await served();
  await world.rows("update blobs set key = 'lost' where hash = ?", file.hash);
  expect((await ask()).status).toBe(404);
  expect(world.logged).toMatchObject([{ message: expect.stringContaining("missing"), fields: { key: "lost" } }]);
});

const aLink = async (world: World) => {
  const [[key, hash] = []] = await world.rows("select key, hash from blobs");
  const described = { hash: String(hash), size: 9, contentType: "text/plain", filename: "notes.txt", version: 1 };
  const { url } = await linkTo(world.services, { ...described, source: { key: String(key) } });
  return url.slice(url.lastIndexOf("/") + 1);
};

specify("contents.get", {
  arrange: async (world) => {
    await filing(world);
    return { link: await aLink(world) };
  },
  as: () => null,
  input: ({ link }) => ({ link }),
  gives: { contentType: "text/plain", filename: "notes.txt", size: 9, content: "Be brief." },
  bad: [
    { input: { link: "x".repeat(4001) }, at: "link" },
    { input: { link: "" }, at: "link", doors: ["core", "trpc"] },
  ],
  also: [
    { title: "404 for what is no link", input: () => ({ link: "x" }), refuses: "not_found" },
    {
      title: "404 for a link that is over",
      arrange: async (world) => world.advance(5 * 60 * 1000),
      refuses: "not_found",
    },
    {
      title: "404 for the link of another server",
      arrange: async (_, things: { link: string }) => {
        const other = await openWorld({ keep: true, fresh: true });
        onTestFinished(other.close);
        await filing(other);
        Object.assign(things, { link: await aLink(other) });
      },
      refuses: "not_found",
    },
  ],
});

test("a link that is changed by one character is none", { timeout: 30_000 }, async () => {
  const world = await openWorld();
  await filing(world);
  const link = await aLink(world);
  const follow = async (changed: string) =>
    (await world.app.fetch(new Request(`${origin}/api/contents/${changed}`))).status;
  expect(await follow(link)).toBe(200);
  for (let at = 0; at < link.length; at++) {
    const other = link[at] === "A" ? "B" : String.fromCharCode((link.charCodeAt(at) ?? 0) ^ 1);
    for (const character of new Set([other, "A", "z"])) {
      const changed = link.slice(0, at) + character + link.slice(at + 1);
      if (changed !== link) expect([changed, await follow(changed)]).toEqual([changed, 404]);
    }
  }
});

test("a link is bound to the bytes, and gives nobody more time", async () => {
  const world = await openWorld();
  const { ada, sales, notes } = await filing(world);
  const ask = async (name: string, input: object) => {
    const query = encodeURIComponent(JSON.stringify({ json: input }));
    const response = await world.app.fetch(
      new Request(`${origin}/trpc/${name}?input=${query}`, { headers: headersFor(ada) }),
    );
    const { result } = (await response.json()) as { result: { data: { json: { url: string; expiresAt: string } } } };
    return result.data.json;
  };
  const first = await ask("files.contents", { id: sales.id, fileId: notes.id });
  expect(first.expiresAt).toBe("2026-03-01T12:05:00.000Z");
  await world.rows("delete from shares");
  await world.rows("delete from assistant_files");
  expect(await (await world.app.fetch(new Request(origin + first.url))).text()).toBe("Be brief.");
  world.advance(4 * 60 * 1000);
  const again = await ask("contents.get", { link: first.url.slice(first.url.lastIndexOf("/") + 1) });
  expect(again.expiresAt).toBe(first.expiresAt);
  world.advance(60 * 1000);
  for (const { url } of [first, again]) expect((await world.app.fetch(new Request(origin + url))).status).toBe(404);
});
