import { expect, test } from "vitest";
import { doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { expectSuccess } from "./expectations.ts";
import { objectsOf, sha256 } from "./files-world.ts";
import { circle, type Pictured, picture, pictured, pngOf, sizeOfPng } from "./pictures-world.ts";
import { specify } from "./specify.ts";
import { openWorld, type World } from "./world.ts";

const kept = (world: World) => world.rows("select icon_type, icon_hash from assistants where editing_id is null");

/** The bytes that REST serves, and how. */
async function served(world: World, as: Pictured["ada"], path: string, headers: Record<string, string> = {}) {
  const { sid } = await world.session(as);
  const request = new Request(`https://steward.test/api${path}`, { headers: { cookie: `sid=${sid}`, ...headers } });
  const response = await world.app.fetch(request);
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

specify("icons.get", {
  arrange: pictured,
  as: ({ cleo }) => cleo,
  input: ({ sales }) => ({ id: sales.id }),
  gives: { contentType: "image/svg+xml", filename: "sales.svg" },
  bad: [{ input: { id: "x".repeat(201) }, at: "id" }],
});

specify("icons.favicon", {
  arrange: pictured,
  as: ({ cleo }) => cleo,
  input: ({ sales }) => ({ id: sales.id }),
  gives: { contentType: "image/x-icon", filename: "favicon.ico" },
});

specify("icons.set", {
  arrange: pictured,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id, content: picture(pngOf(1024, 256)) }),
  gives: ({ sales }) => ({ assistantId: sales.id, contentType: "image/png", version: 2 }),
  async after(world, { sales, ben }, value) {
    const { sha256: hash, size } = value as { sha256: string; size: number };
    expect(await kept(world)).toEqual([["image/png", hash]]);
    expect(await world.rows("select uses, size from blobs where hash = ?", hash)).toEqual([[2, size]]);
    const { bytes } = await served(world, ben, `/assistants/${sales.id}/icon`);
    expect([sha256(bytes), bytes.length, sizeOfPng(bytes)]).toEqual([hash, size, [512, 128]]);
    const [[content] = []] = await world.rows("select content from revisions where number = 2");
    expect(JSON.parse(String(content))).toMatchObject({ iconHash: hash, iconType: "image/png" });
    const [[details] = []] = await world.rows("select details from audit");
    expect(JSON.parse(String(details))).toEqual({ contentType: "image/png", size, sha256: hash });
  },
  bad: [
    { input: { content: picture("") }, at: "content" },
    { input: { content: picture("plain text") }, at: "content" },
    { input: { content: picture("<html><svg viewBox='0 0 1 1'/></html>") }, at: "content" },
    { input: { content: picture(pngOf(8, 8).slice(0, 60)) }, at: "content" },
    { input: { content: picture(pngOf(4097, 1)) }, at: "content" },
    { input: { content: picture(new Uint8Array([0x3c, 0x73, 0xff, 0xfe])) }, at: "content" },
  ],
  also: [
    {
      title: "keeps of an SVG what draws",
      input: ({ sales }) => ({
        id: sales.id,
        content: picture(circle.replace("<circle", "<script>alert(1)</script><circle onclick='alert(1)'")),
      }),
      gives: { contentType: "image/svg+xml" },
      async after(world, { sales, ben }) {
        const { response, bytes } = await served(world, ben, `/assistants/${sales.id}/icon`);
        expect(new TextDecoder().decode(bytes)).toBe(
          '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="green"></circle></svg>',
        );
        expect(response.headers.get("content-type")).toBe("image/svg+xml");
        expect(response.headers.get("content-security-policy")).toContain("sandbox");
      },
    },
    {
      title: "413 for more than 1 MiB",
      input: ({ sales }) => ({ id: sales.id, content: picture(new Uint8Array(1024 * 1024 + 1)) }),
      refuses: "too_large",
      after: async (world) => expect(await objectsOf(world)).toEqual([]),
    },
  ],
});

specify("icons.delete", {
  async arrange(world) {
    const things = await pictured(world);
    const content = picture(circle);
    expectSuccess(await doors.core(world, things.ada, "icons.set", { id: things.sales.id, content }));
    await world.settle();
    await world.rows("delete from audit");
    return things;
  },
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id }),
  status: 204,
  async after(world) {
    expect(await kept(world)).toEqual([[null, null]]);
    // The revision in which it had an icon still has it.
    expect(await world.rows("select uses from blobs")).toEqual([[1]]);
  },
});

throughEveryDoor("an icon is edited in a draft, and told as one change", async ({ world, get }) => {
  const { ada, sales } = await pictured(world);
  await get(ada, "icons.set", { id: sales.id, content: picture(circle) });
  const draft = await get(ada, "drafts.edit", { id: sales.id });
  const before = await kept(world);
  await get(ada, "icons.set", { id: draft.id, content: picture(pngOf(8, 8)) });
  expect(await kept(world)).toEqual(before);
  const { changes } = await get(ada, "drafts.diff", { id: sales.id });
  expect(changes.fields).toEqual([
    { field: "icon", before: { contentType: "image/svg+xml" }, after: { contentType: "image/png" }, lines: null },
  ]);
  await get(ada, "drafts.commit", { id: sales.id });
  expect(await kept(world)).toEqual([["image/png", expect.any(String)]]);
  await get(ada, "drafts.edit", { id: sales.id });
  await get(ada, "icons.delete", { id: "ada:sales-draft" });
  expect((await get(ada, "drafts.diff", { id: sales.id })).changes.fields).toEqual([
    { field: "icon", before: { contentType: "image/png" }, after: null, lines: null },
  ]);
  await get(ada, "drafts.discard", { id: sales.id });
  expect(await kept(world)).toEqual([["image/png", expect.any(String)]]);
});

test("the same bytes are kept once, and whoever sends them again leaves nothing behind", async () => {
  const world = await openWorld();
  const { ada, sales } = await pictured(world);
  const set = () => doors.core(world, ada, "icons.set", { id: sales.id, content: picture(circle) });
  expectSuccess(await set());
  expectSuccess(await set());
  expect(await objectsOf(world)).toHaveLength(1);
});

test("who may not write sends no bytes that are looked at", async () => {
  const world = await openWorld();
  const { cleo, sales } = await pictured(world);
  const answer = await doors.core(world, cleo, "icons.set", { id: sales.id, content: picture("nonsense") });
  expect(answer).toMatchObject({ ok: false, code: "forbidden" });
});

test("an icon is asked for again each time, and sent again only when it is another", async () => {
  const world = await openWorld();
  const { ada, cleo, sales } = await pictured(world);
  for (const name of ["icon", "favicon.ico"]) {
    const path = `/assistants/${sales.id}/${name}`;
    const first = await served(world, cleo, path);
    expect(first.response.headers.get("cache-control")).toBe("private, no-cache");
    const known = { "if-none-match": first.response.headers.get("etag") ?? "" };
    expect((await served(world, cleo, path, known)).response.status).toBe(304);
    const stranger = await world.user({ name: `stranger-${name.replace(".", "-")}` });
    expect((await served(world, stranger, path, known)).response.status).toBe(404);
    expectSuccess(
      await doors.core(world, ada, "icons.set", {
        id: sales.id,
        content: picture(name === "icon" ? circle : pngOf(9, 9)),
      }),
    );
    expect((await served(world, cleo, path, known)).response.status).toBe(200);
  }
});

/** Sizes of the pictures in an icon file, as its directory and as they themselves say. */
function sizesIn(file: Uint8Array): readonly unknown[] {
  const view = new DataView(file.buffer, file.byteOffset);
  expect([view.getUint16(0, true), view.getUint16(2, true)]).toEqual([0, 1]);
  return Array.from({ length: view.getUint16(4, true) }, (_, index) => {
    const at = 6 + 16 * index;
    const [length, offset] = [view.getUint32(at + 8, true), view.getUint32(at + 12, true)];
    expect(offset + length).toBeLessThanOrEqual(file.length);
    return [view.getUint8(at), view.getUint8(at + 1), ...sizeOfPng(file.subarray(offset, offset + length))];
  });
}

test.each([
  ["none", null],
  ["an SVG", circle],
  [
    "an SVG that takes too long to be drawn",
    `<svg viewBox="0 0 9 9">${`<path d="M${"0 0L1 9".repeat(6000)}"/>`}</svg>`,
  ],
  ["a wide PNG", pngOf(300, 20)],
  ["a PNG of one pixel", pngOf(1, 1)],
] as const)("a favicon has 16, 32 and 48 pixels where the icon is %s", async (_, icon) => {
  const world = await openWorld();
  const { ada, sales } = await pictured(world);
  if (icon !== null) expectSuccess(await doors.core(world, ada, "icons.set", { id: sales.id, content: picture(icon) }));
  const { response, bytes } = await served(world, ada, `/assistants/${sales.id}/favicon.ico`);
  expect(response.headers.get("content-type")).toBe("image/x-icon");
  expect(sizesIn(bytes)).toEqual([16, 32, 48].map((size) => [size, size, size, size]));
});

test("an assistant leads to its icon", async () => {
  const world = await openWorld();
  const { cleo, sales } = await pictured(world);
  const { bytes } = await served(world, cleo, `/assistants/${sales.id}`, { accept: "application/hal+json" });
  expect(JSON.parse(new TextDecoder().decode(bytes))._links["inf:icon"]).toMatchObject({
    href: "/api/assistants/ada:sales/icon",
  });
});
