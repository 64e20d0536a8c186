import type { BlobStore } from "@steward/core";
import { piecesOf } from "./pieces.ts";

/** What is used here of the binding that Cloudflare gives a worker (R2Bucket). */
export interface R2Bucket {
  put(key: string, value: Uint8Array): Promise<unknown>;
  get(
    key: string,
    options?: { readonly range: { readonly offset: number; readonly length: number } },
  ): Promise<{ readonly body: ReadableStream<Uint8Array> } | null>;
  delete(keys: string[]): Promise<void>;
  list(options: { readonly cursor?: string }): Promise<R2Listing>;
  createMultipartUpload(key: string): Promise<R2Upload>;
}

interface R2Listing {
  readonly objects: readonly { readonly key: string; readonly size: number }[];
  readonly truncated: boolean;
  readonly cursor?: string;
}

interface R2Upload {
  uploadPart(number: number, value: Uint8Array): Promise<R2Part>;
  complete(parts: R2Part[]): Promise<unknown>;
  abort(): Promise<void>;
}

interface R2Part {
  readonly partNumber: number;
  readonly etag: string;
}

/** Bytes of a part: all but the last have as many, and no less than 5 MiB. */
const partSize = 8 * 1024 * 1024;
/** So many keys are removed by one call. */
const mostKeys = 1000;

/** Blobs as objects of an R2 bucket. */
export function r2Blobs(bucket: R2Bucket): BlobStore {
  /** A stream would have to say its length, which nobody knows before its end. */
  async function putParts(key: string, first: Uint8Array, others: AsyncIterable<Uint8Array>) {
    const upload = await bucket.createMultipartUpload(key);
    try {
      const parts = [await upload.uploadPart(1, first)];
      for await (const piece of others) parts.push(await upload.uploadPart(parts.length + 1, piece));
      await upload.complete(parts);
    } catch (error) {
      await upload.abort();
      throw error;
    }
  }

  return {
    async put(key, body) {
      const pieces = piecesOf(body, partSize);
      try {
        const { value: first = new Uint8Array() } = await pieces.next();
        if (first.length < partSize) await bucket.put(key, first);
        else await putParts(key, first, pieces);
      } finally {
        // Where the store has failed, the rest is not read.
        await pieces.return();
      }
    },
    async get(key, range) {
      const object = await bucket.get(key, range && { range });
      return object?.body ?? null;
    },
    async delete(keys) {
      for (let index = 0; index < keys.length; index += mostKeys)
        await bucket.delete(keys.slice(index, index + mostKeys));
    },
    async *list() {
      for (let cursor: string | undefined, more = true; more; ) {
        const page: R2Listing = await bucket.list({ ...(cursor !== undefined && { cursor }) });
        yield* page.objects.map(({ key, size }) => ({ key, size }));
        ({ cursor, truncated: more } = page);
      }
    },
  };
}
