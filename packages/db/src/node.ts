import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { embeddedExecutor } from "./embedded.ts";
import type { Executor } from "./executor.ts";
import type { MigrateOptions } from "./migrate.ts";
import { remoteExecutor } from "./remote.ts";
import { scanExecutor } from "./scans.ts";

export { type EmbeddedOptions, embeddedExecutor } from "./embedded.ts";
export type { MigrateOptions } from "./migrate.ts";
export { type RemoteOptions, remoteExecutor } from "./remote.ts";
export { type ScanOptions, scanExecutor } from "./scans.ts";

export interface DatabaseLocation {
  /** `file:path`, absolute or from the working directory, or `libsql:`, `https:` or `http:`. */
  readonly url: string;
  readonly authToken?: string | undefined;
}

/**
 * The executor that fits the URL; the folder of a file is created. Throws a TypeError for another scheme, and a
 * DatabaseError when the file cannot be opened.
 */
export function openExecutor({ url, authToken }: DatabaseLocation): Executor & { close(): void } {
  const scheme = schemeOf(url);
  if (scheme === "file:") return embeddedExecutor(createFolderOf(url));
  if (!["libsql:", "https:", "http:"].includes(scheme)) {
    throw new TypeError(`A database URL starts with file:, libsql:, https: or http:, not ${scheme || "nothing"}`);
  }
  return { ...remoteExecutor({ url, authToken }), close: () => undefined };
}

/** Milliseconds after which what is read by {@link openScans} is ended. */
const deadline = 10_000;

/** An executor for reads of the same database that may take seconds: they block nobody, and end with SQLITE_INTERRUPT. */
export function openScans({ url, authToken }: DatabaseLocation): Executor & { close(): void } {
  const path = fileOf(url);
  if (path !== null) return scanExecutor(path, { deadline });
  return { ...remoteExecutor({ url, authToken, deadline }), close: () => undefined };
}

/** The path of the database where it is a file, null where it is a server. */
export const fileOf = (url: string): string | null => (schemeOf(url) === "file:" ? createFolderOf(url) : null);

/** Brings the database up to date, see `migrate.ts`; the folder of a file is created. */
export async function migrate(options: MigrateOptions): Promise<void> {
  // Loaded only when there is something to migrate: with the client it needs it takes 100 ms.
  const { migrate: migrateExisting } = await import("./migrate.ts");
  if (schemeOf(options.url) !== "file:") return migrateExisting(options);
  const path = createFolderOf(options.url);
  await useWriteAheadLog(path);
  await migrateExisting({ ...options, url: pathToFileURL(path).href });
}

/**
 * After meeting a lock, a client's statement stays in progress even when the client is closed. With a write-ahead log
 * that harms nobody; without one it keeps the file locked, and two migrating processes wait for each other.
 */
async function useWriteAheadLog(path: string): Promise<void> {
  const executor = embeddedExecutor(path);
  try {
    await executor.batch([{ sql: "select 1", args: [] }], "write");
  } finally {
    executor.close();
  }
}

const schemeOf = (url: string): string => /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0].toLowerCase() ?? "";

function createFolderOf(url: string): string {
  const path = url.startsWith("file://") ? fileURLToPath(url) : resolve(url.slice("file:".length));
  // What is in it is nobody else's on this machine.
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return path;
}
