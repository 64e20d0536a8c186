import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { fileSystemBlobs } from "./file-system.ts";
import { specifyStore } from "./testing/specify-store.ts";

specifyStore("the file system", async () => {
  const folder = mkdtempSync(join(tmpdir(), "steward-blobs-"));
  return {
    store: fileSystemBlobs(join(folder, "blobs")),
    close: async () => rmSync(folder, { recursive: true }),
  };
});

test("the file system lists what a process that died has left of a blob, and removes it, but does not give it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "steward-blobs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const store = fileSystemBlobs(folder);
  const key = "01900000-0000-7000-8000-0000000000aa";
  mkdirSync(join(folder, "aa"));
  writeFileSync(join(folder, "aa", `${key}.part`), "half");
  expect(await store.get(key)).toBeNull();
  const listed = async () => {
    const found = [];
    for await (const blob of store.list()) found.push(blob);
    return found;
  };
  expect(await listed()).toEqual([{ key, size: 4 }]);
  await store.delete([key]);
  expect(await listed()).toEqual([]);
});
