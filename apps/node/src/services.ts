import { createHash } from "node:crypto";
import type { HeavyWork, Log, Services, Sha256 } from "@steward/core";
import type { Executor } from "@steward/db";
import { fileOf, openScans } from "@steward/db/node";
import { createServices, jsonLog } from "@steward/server/services";
import type { EncryptionKey } from "@steward/vault";
import { openBlobs } from "./blobs.ts";
import type { Env } from "./env.ts";
import { threadedWork } from "./heavy-work.ts";

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
  { scans, heavyWork }: Partial<Aside> = {},
): Services =>
  createServices({
    executor,
    log: openLog(env),
    keys,
    blobs: openBlobs(env),
    sha256: nativeSha256,
    ...(scans && { scans }),
    ...(heavyWork && { heavyWork }),
  });

function nativeSha256(): Sha256 {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), digest: async () => hash.digest("hex") };
}

/** What a server has beside: ways to do what takes long without making others wait. */
export interface Aside {
  readonly scans: Executor;
  /** Undefined where the database is elsewhere: then it is its server that works. */
  readonly heavyWork: HeavyWork | undefined;
  close(): Promise<void>;
}

/** Opens it for the same database. */
export function openAside(
  { DATABASE_URL: url, DATABASE_AUTH_TOKEN: authToken }: Env,
  executor: Executor,
  log: Log,
): Aside {
  const scans = openScans({ url, authToken });
  const path = fileOf(url);
  const heavyWork = path === null ? undefined : threadedWork({ path, executor, log });
  return {
    scans,
    heavyWork,
    async close() {
      await heavyWork?.close();
      scans.close();
    },
  };
}
