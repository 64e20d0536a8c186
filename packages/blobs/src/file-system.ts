import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import type { BlobStore } from "@steward/core";
import { writeFile } from "./write-file.ts";

/** What is only on its way ends so, and is no blob to `get`. */
const partial = ".part";

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

/** Files of at most some thousands lie in one folder: by the last two digits of the key, which are random. */
const folderOf = (key: string) => key.slice(-2);

/**
 * Blobs as files beneath a folder, which is made when it is first needed. A blob appears under its name when all of it is on
 * the disk.
 */
export function fileSystemBlobs(folder: string): BlobStore {
  const pathOf = (key: string) => {
    if (!/^[\w-]+$/.test(key)) throw new TypeError(`No key of a blob: ${key}`);
    return join(folder, folderOf(key), key);
  };

  return {
    async put(key, body) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      try {
        await writeFile(path + partial, body);
        await rename(path + partial, path);
        await flushFolder(dirname(path));
      } catch (error) {
        await rm(path + partial, { force: true });
        throw error;
      }
    },
    async get(key, range) {
      const path = pathOf(key);
      const bounds = range && { start: range.offset, end: range.offset + range.length - 1 };
      // Opened here, so that one that is not there is told before the stream is.
      const file = await open(path).catch((error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      });
      if (!file) return null;
      return webStream(createReadStream(path, { ...bounds, fd: file }));
    },
    async delete(keys) {
      for (const key of keys) for (const path of [pathOf(key), pathOf(key) + partial]) await rm(path, { force: true });
    },
    async *list() {
      const found: { key: string; size: number }[] = [];
      for (const name of await names(folder)) {
        for (const key of await names(join(folder, name))) {
          const known = await statIfThere(join(folder, name, key));
          if (known?.isFile()) found.push({ key: key.replace(/\.part$/, ""), size: known.size });
        }
      }
      yield* found.sort((one, other) => (one.key < other.key ? -1 : 1));
    },
  };
}

const names = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });

/** Null for what has gone meanwhile. Anything else is told: what cannot be looked at is not gone. */
const statIfThere = (path: string) =>
  stat(path).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });

/** So that the new name lasts as well as the bytes do. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const webStream = (stream: Readable): ReadableStream<Uint8Array> => Readable.toWeb(stream) as never;
