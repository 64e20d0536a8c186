import { createHash } from "node:crypto";
import type { BlobStore } from "@steward/core";
import { expect, onTestFinished, test } from "vitest";

/** What every store of blobs promises. */
export function specifyStore(name: string, open: () => Promise<{ store: BlobStore; close(): Promise<void> }>): void {
  const withStore = (title: string, tell: (store: BlobStore) => Promise<void>) =>
    test(`${name} ${title}`, { timeout: 60_000 }, async () => {
      const { store, close } = await open();
      onTestFinished(close);
      await tell(store);
    });

  withStore("gives back what it was given, whatever its size", async (store) => {
    for (const size of [0, 1, 65_536, part - 1, part, part + 1, 2 * part, 2 * part + 12_345]) {
      await store.put(`blob-${size}`, streamOf(bytesOf(size)));
      const given = await read(store, `blob-${size}`);
      expect([size, digest(given)]).toEqual([size, digest(bytesOf(size))]);
    }
  });

  withStore("gives parts", async (store) => {
    const bytes = bytesOf(part + 500_000);
    await store.put("a", streamOf(bytes));
    for (const [offset, length] of [
      [0, 1],
      [0, bytes.length],
      [bytes.length - 1, 1],
      [part - 10, 20],
      [100_000, 300_000],
    ] as const) {
      const given = await read(store, "a", { offset, length });
      expect([offset, digest(given)]).toEqual([offset, digest(bytes.subarray(offset, offset + length))]);
    }
  });

  withStore("has nothing under a key that was not written, or was removed", async (store) => {
    expect(await store.get("nothing")).toBeNull();
    expect(await store.get("nothing", { offset: 0, length: 1 })).toBeNull();
    await store.put("a", streamOf(bytesOf(10)));
    await store.put("b", streamOf(bytesOf(10)));
    await store.delete(["a", "nothing"]);
    await store.delete([]);
    expect(await store.get("a")).toBeNull();
    expect(await read(store, "b")).toHaveLength(10);
  });

  withStore("lists all that it has, by key, with sizes", async (store) => {
    expect(await listed(store)).toEqual([]);
    const keys = Array.from({ length: 25 }, (_, index) => `0199-${String((index * 7) % 25).padStart(2, "0")}`);
    for (const [index, key] of keys.entries()) await store.put(key, streamOf(bytesOf(index)));
    const expected = keys.map((key, size) => ({ key, size })).sort((one, other) => (one.key < other.key ? -1 : 1));
    expect(await listed(store)).toEqual(expected);
  });

  withStore("keeps nothing of a stream that fails", async (store) => {
    for (const size of [1000, part + 1000]) {
      const failing = brokenAfter(bytesOf(size), new Error("The line is dead"));
      await expect(store.put(`broken-${size}`, failing)).rejects.toThrow();
      expect(await store.get(`broken-${size}`)).toBeNull();
    }
    expect(await listed(store)).toEqual([]);
  });

  withStore("takes and gives several at once, and lets go of what nobody reads on", async (store) => {
    const sizes = [part + 7, 100, part + 9, 3_000_000];
    await Promise.all(sizes.map((size) => store.put(`blob-${size}`, streamOf(bytesOf(size)))));
    const abandoned = await store.get(`blob-${part + 9}`);
    await abandoned?.cancel();
    const given = await Promise.all(sizes.map((size) => read(store, `blob-${size}`)));
    expect(given.map(digest)).toEqual(sizes.map((size) => digest(bytesOf(size))));
  });
}

/** The size of the parts in which adapters send. */
const part = 8 * 1024 * 1024;

const digest = (bytes: Uint8Array) => `${bytes.length} ${createHash("sha256").update(bytes).digest("hex")}`;

/** Bytes that repeat nowhere near. */
function bytesOf(size: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(size / 4));
  for (const index of words.keys()) words[index] = Math.imul(index + 1, 2_654_435_761) ^ size;
  return new Uint8Array(words.buffer, 0, size);
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      if (sent >= bytes.length) return controller.close();
      const chunk = bytes.slice(sent, sent + 100_000);
      sent += chunk.length;
      controller.enqueue(chunk);
    },
  });
}

function brokenAfter(bytes: Uint8Array, error: Error): ReadableStream<Uint8Array> {
  const reader = streamOf(bytes).getReader();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.error(error);
      else controller.enqueue(value);
    },
  });
}

async function read(store: BlobStore, key: string, range?: { offset: number; length: number }): Promise<Uint8Array> {
  const stream = await store.get(key, range);
  if (!stream) throw new Error(`There is nothing under ${key}`);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function listed(store: BlobStore) {
  const found = [];
  for await (const blob of store.list()) found.push(blob);
  return found;
}
