import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { StewardError } from "../errors.ts";
import type { BlobStore, IncomingBytes } from "../ports.ts";
import { storeBytes } from "./store.ts";

const tooLarge = new StewardError("too_large");

/** A store in memory, and what a request leaves for later. */
function open(changes: Partial<BlobStore> = {}) {
  const objects = new Map<string, Uint8Array>();
  const deferred: (() => Promise<unknown>)[] = [];
  const blobs: BlobStore = {
    async put(key, body) {
      objects.set(key, new Uint8Array());
      objects.set(key, new Uint8Array(await new Response(body).arrayBuffer()));
    },
    get: async () => null,
    async delete(keys) {
      for (const key of keys) objects.delete(key);
    },
    async *list() {},
    ...changes,
  };
  const sha256 = () => {
    const hash = createHash("sha256");
    return { update: (bytes: Uint8Array) => void hash.update(bytes), digest: async () => hash.digest("hex") };
  };
  let made = 0;
  return {
    objects,
    ctx: {
      blobs,
      sha256,
      newId: () => `key-${++made}`,
      defer: (task: () => Promise<unknown>) => void deferred.push(task),
    },
    answered: () => Promise.all(deferred.splice(0).map((task) => task())),
  };
}

/** Bytes in pieces, and how many of these were asked for. */
function pieces(...given: readonly (string | Error)[]) {
  const asked: unknown[] = [];
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = given[asked.length];
        asked.push(piece);
        if (piece instanceof Error) controller.error(piece);
        else if (piece === undefined) controller.close();
        else controller.enqueue(new TextEncoder().encode(piece));
      },
    },
    { highWaterMark: 0 },
  );
  const content = (length: number | null = null): IncomingBytes => ({ stream, length, type: null, name: null });
  return { asked, content };
}

test("bytes are stored as they come, with what they are", async () => {
  const { ctx, objects, answered } = open();
  const stored = await storeBytes(ctx, pieces("Hello ", "", "world").content(3), { most: 11, tooLarge });
  const hash = createHash("sha256").update("Hello world").digest("hex");
  expect(stored).toMatchObject({ key: "key-1", size: 11, hash });
  expect(new TextDecoder().decode(stored.sample.head)).toBe("Hello world");
  await answered();
  expect(new TextDecoder().decode(objects.get("key-1"))).toBe("Hello world");
});

test("more than may come is refused when it is announced, before anything is read", async () => {
  const { ctx, objects } = open();
  const { asked, content } = pieces("Hello");
  await expect(storeBytes(ctx, content(12), { most: 11, tooLarge })).rejects.toBe(tooLarge);
  expect([asked, objects.size]).toEqual([[], 0]);
});

test("more than may come is refused as soon as it is there, and leaves nothing", async () => {
  const { ctx, objects, answered } = open();
  const { asked, content } = pieces("Hello", "world", "and", "more");
  await expect(storeBytes(ctx, content(), { most: 9, tooLarge })).rejects.toBe(tooLarge);
  expect(asked).toEqual(["Hello", "world"]);
  await answered();
  expect(objects.size).toBe(0);
});

test("what breaks off fails as it did, whatever the store makes of that, and leaves nothing", async () => {
  const { ctx, objects, answered } = open({
    put: async (_, body) => {
      await new Response(body).arrayBuffer().catch(() => {
        throw new Error("the store has failed");
      });
    },
  });
  const broken = new StewardError("validation_failed");
  await expect(storeBytes(ctx, pieces("Hello", broken).content(), { most: 9, tooLarge })).rejects.toBe(broken);
  const other = open({ put: () => Promise.reject(new Error("the disk is full")) });
  await expect(storeBytes(other.ctx, pieces("x").content(), { most: 9, tooLarge })).rejects.toThrow("disk is full");
  await Promise.all([answered(), other.answered()]);
  expect(objects.size + other.objects.size).toBe(0);
});

test("a store that does not take all is not believed", async () => {
  const { ctx } = open({ put: async () => undefined });
  await expect(storeBytes(ctx, pieces("Hello").content(), { most: 9, tooLarge })).rejects.toThrow("not taken all");
});
