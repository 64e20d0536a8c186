import { type CheckOptions, checkBlobs } from "@steward/core";
import { expect, test } from "vitest";
import { bytesOf } from "./bytes.ts";
import { doors } from "./doors.ts";
import { openWorld, type World } from "./world.ts";

const day = 24 * 60 * 60 * 1000;

/** Two files of one assistant in the store, with a revision for each. */
async function withFiles() {
  const world = await openWorld();
  const ada = await world.user({ name: "ada" });
  const assistant = await world.assistant({ owner: ada });
  for (const name of ["one.txt", "two.txt"]) {
    const input = { id: assistant.id, name, content: bytesOf(`The text of ${name}`, { type: "text/plain", name }) };
    const answer = await doors.core(world, ada, "files.upload", input);
    expect(answer).toMatchObject({ ok: true });
  }
  await world.settle();
  const check = (options: Partial<CheckOptions> = {}) => checkBlobs(world.services, { mend: false, ...options });
  const rows = () => world.rows("select key, hash, uses, missing from blobs order by key");
  return { world, ada, assistant, check, rows };
}

const put = (world: World, key: string, text: string) => world.services.blobs.put(key, new Blob([text]).stream());
const sound = { missing: [], orphans: [], orphanBytes: 0, underWay: 0, foreign: [], miscounted: 0 };

test("a store that is as the database says is sound", async () => {
  const { check, world } = await withFiles();
  world.advance(1);
  expect(await check()).toEqual({ sound: 2, ...sound });
});

test("bytes that no row names are orphans when they are too old to be on their way, and mending removes them alone", async () => {
  const { check, world } = await withFiles();
  const orphan = "01900000-0000-7000-8000-00000000aaaa";
  await put(world, orphan, "lost");
  await put(world, "notes", "somebody else's");
  world.advance(1);
  const made = 0x019000000000;
  const patience = Date.now() - made + 1;
  expect(await check({ patience })).toEqual({ sound: 2, ...sound, underWay: 1, foreign: ["notes"] });
  const found = { sound: 2, ...sound, orphans: [orphan], orphanBytes: 4, foreign: ["notes"] };
  expect(await check()).toEqual(found);
  expect(await check({ mend: true })).toEqual(found);
  expect(await check()).toEqual({ sound: 2, ...sound, foreign: ["notes"] });
  expect(await world.services.blobs.get("notes")).not.toBeNull();
});

test("bytes that are gone, or cut, are missing, and whoever uploads them again puts them back", async () => {
  const { check, rows, world, ada, assistant } = await withFiles();
  const [[key, hash] = [], [other] = []] = (await rows()) as [string, string][];
  if (!key || !other) throw new Error("There are two");
  await world.services.blobs.delete([key]);
  await put(world, other, "cut");
  world.advance(1);
  const before = await rows();
  expect((await check()).missing).toMatchObject([{ key, hash, filenames: ["one.txt"] }, { filenames: ["two.txt"] }]);
  expect(await rows()).toEqual(before);
  await check({ mend: true });
  expect((await rows()).map(([, , , missing]) => missing)).toEqual([1, 1]);
  const content = bytesOf("The text of one.txt", { type: "text/plain", name: "one.txt" });
  const again = { id: assistant.id, name: "three.txt", content };
  expect(await doors.core(world, ada, "files.upload", again)).toMatchObject({ ok: true });
  await world.settle();
  world.advance(1);
  expect((await check()).missing).toMatchObject([{ key: other }]);
  expect((await rows()).find(([, known]) => known === hash)).toMatchObject([
    expect.not.stringMatching(key),
    hash,
    5,
    0,
  ]);
});

test("counts that are wrong are found and put right", async () => {
  const { check, rows, world } = await withFiles();
  const before = await rows();
  await world.rows("update blobs set uses = 7");
  expect((await check()).miscounted).toBe(2);
  await check({ mend: true });
  expect(await rows()).toEqual(before);
});

test("what no row names any more is removed, the rows first", async () => {
  const { world, ada, assistant, check } = await withFiles();
  expect(await doors.core(world, ada, "assistants.delete", { id: assistant.id })).toMatchObject({ ok: true });
  await world.services.heavyWork.tend();
  expect(await world.rows("select * from blobs")).toEqual([]);
  world.advance(2 * day);
  expect(await check()).toEqual({ sound: 0, ...sound });
  const left = [];
  for await (const blob of world.services.blobs.list()) left.push(blob);
  expect(left).toEqual([]);
});
