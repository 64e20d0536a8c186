import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { fileOf, readAll } from "./files-read.ts";
import { type Searched, searched } from "./search-files-world.ts";
import { specify } from "./specify.ts";
import { openWorld } from "./world.ts";

specify("files.embeddings", {
  arrange: searched,
  as: ({ ben }: Searched) => ben,
  input: ({ sales, book }: Searched) => ({ id: sales.id, fileId: book.id }),
  gives: {
    items: [
      { id: "0", kind: "image", page: 2, start: null, end: null, text: null, width: 2, height: 3 },
      {
        id: "1",
        kind: "text",
        page: 1,
        sheet: null,
        heading: "Terms",
        start: 0,
        end: 31,
        text: "# Terms\nPay within thirty days.",
        width: null,
        height: null,
      },
      { id: "2", kind: "text", page: 3, heading: null },
    ],
    start: 0,
    count: 3,
    total: 3,
    totalIsExact: true,
    next: null,
  },
  bad: [
    { input: { limit: 201 }, at: "limit" },
    { input: { start: -1 }, at: "start" },
    { input: { cursor: "x" }, at: "cursor" },
    { input: { fileId: "x".repeat(256) }, at: "fileId" },
  ],
  also: [
    {
      title: "takes the file's name, and pages",
      input: ({ sales }: Searched) => ({ id: sales.id, fileId: "book.pdf", limit: 1 }),
      gives: { items: [{ id: "0" }], count: 1, next: expect.any(String) },
    },
    {
      title: "has none of a file that could not be read",
      input: ({ sales, broken }: Searched) => ({ id: sales.id, fileId: broken.id }),
      gives: { items: [], total: 0 },
    },
    {
      title: "404 for a file that is not there",
      input: ({ sales }: Searched) => ({ id: sales.id, fileId: "none.txt" }),
      refuses: "not_found",
    },
    {
      title: "404 for a file of another assistant",
      arrange: async (world, things: Searched) => {
        const other = await world.assistant({ owner: things.ada, name: "Other" });
        Object.assign(things, { other: await fileOf(world, other, { name: "other.txt", text: "other" }) });
      },
      input: (things) => ({
        id: (things as Searched).sales.id,
        fileId: (things as Searched & { other: { id: string } }).other.id,
      }),
      refuses: "not_found",
    },
  ],
});

specify("files.embeddingImage", {
  arrange: searched,
  as: ({ ben }: Searched) => ben,
  input: ({ sales, book }: Searched) => ({ id: sales.id, fileId: book.id, embeddingId: "0" }),
  bad: [
    { input: { embeddingId: "x".repeat(201) }, at: "embeddingId" },
    { input: { fileId: "x".repeat(256) }, at: "fileId" },
  ],
  also: ["1", "3", "1048576", "00", "-1", "1.0", "1e0", "x"].map((embeddingId) => ({
    title: `404 for ${embeddingId}`,
    input: ({ sales, book }: Searched) => ({ id: sales.id, fileId: book.id, embeddingId }),
    refuses: "not_found" as const,
  })),
});

throughEveryDoor("an image of the document behind is none of this one", async ({ world, refuses }) => {
  const { ada, sales, book } = await searched(world);
  await fileOf(world, sales, { name: "images.txt", text: "@blue\n\n" });
  await readAll(world);
  const [first] = await world.rows("select id from embeddings where kind = 'image' order by id desc limit 1");
  const [{ 0: of } = []] = await world.rows("select number from documents where hash = ?", book.hash);
  const embeddingId = String(Number(first?.[0]) - Number(of) * 2 ** 20);
  await refuses("not_found", ada, "files.embeddingImage", { id: sales.id, fileId: book.id, embeddingId });
});

test("an image is served as what it is, by its hash", async () => {
  const world = await openWorld();
  const { ben, sales } = await searched(world);
  const response = await world.app.fetch(
    new Request(`https://steward.test/api/assistants/${sales.id}/files/book.pdf/embeddings/0/image`, {
      headers: { cookie: `sid=${ben.sid}` },
    }),
  );
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("image/png");
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(new TextDecoder().decode(bytes)).toBe("picture @red");
  expect(response.headers.get("etag")).toContain(createHash("sha256").update(bytes).digest("hex").slice(0, 16));
});
