import { nativeSha256 } from "@steward/blobs/native-sha256";
import type { DocumentReader, HeavyWork, Log, Pictures, Services } from "@steward/core";
import type { Executor } from "@steward/db";
import { fileOf, openScans } from "@steward/db/node";
import { imageModelOf } from "@steward/server/image-model";
import { createServices, jsonLog } from "@steward/server/services";
import type { EncryptionKey } from "@steward/vault";
import { openBlobs } from "./blobs.ts";
import { threadedDocuments } from "./document-reader.ts";
import type { Env } from "./env.ts";
import { threadedWork } from "./heavy-work.ts";
import { threadedPictures } from "./threaded-pictures.ts";

/** One line of JSON on the standard output for each entry, as LOG_LEVEL wants. */
export const openLog = ({ LOG_LEVEL: level }: Env): Log =>
  jsonLog(level, (line) => {
    process.stdout.write(`${line}\n`);
  });

/** What the core needs, on this machine. Without keys, for what neither encrypts nor decrypts. */
export const openServices = (
  env: Env,
  executor: Executor,
  keys: readonly EncryptionKey[] = [],
  { scans, heavyWork, documents, pictures }: Partial<Aside> = {},
): Services =>
  createServices({
    executor,
    log: openLog(env),
    keys,
    blobs: openBlobs(env),
    sha256: nativeSha256,
    imageModel: imageModelOf(env),
    ...(scans && { scans }),
    ...(heavyWork && { heavyWork }),
    ...(documents && { documents }),
    ...(pictures && { pictures }),
  });

/** What a server has beside: ways to do what takes long without making others wait. */
export interface Aside {
  readonly scans: Executor;
  /** Undefined where the database is elsewhere: then it is its server that works. */
  readonly heavyWork: HeavyWork | undefined;
  readonly documents: DocumentReader;
  readonly pictures: Pictures;
  close(): Promise<void>;
}

/** Opens it for the same database. */
export function openAside(env: Env, executor: Executor, log: Log): Aside {
  const { DATABASE_URL: url, DATABASE_AUTH_TOKEN: authToken } = env;
  const scans = openScans({ url, authToken });
  const path = fileOf(url);
  const heavyWork = path === null ? undefined : threadedWork({ path, executor, log, env });
  const [documents, pictures] = [threadedDocuments(), threadedPictures({ log })];
  return {
    scans,
    heavyWork,
    documents,
    pictures,
    async close() {
      await heavyWork?.close();
      await Promise.all([documents.close(), pictures.close()]);
      scans.close();
    },
  };
}
