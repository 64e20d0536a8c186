import { rmSync } from "node:fs";
import { apiTokens, luciaSessions, sha3Hex, sha256OfPieces } from "@steward/auth";
import { fileSystemBlobs } from "@steward/blobs/node";
import {
  DocumentError,
  type DocumentReader,
  inlineHeavyWork,
  learnTenant,
  type Passwords,
  type Services,
} from "@steward/core";
import { openPictures } from "@steward/pictures";
import { jsonLog } from "@steward/server/services";
import { type EncryptionKey, jweVault } from "@steward/vault";
import { onTestFinished, vi } from "vitest";
import { type App, openApp } from "./app.ts";
import { type Arrange, arranger } from "./arrange.ts";
import { type Database, openDatabase } from "./database.ts";

/** When every world begins. */
export const beginning = new Date("2026-03-01T12:00:00.000Z");

export interface WorldOptions {
  /** Instead of hashes that cost nothing. */
  readonly passwords?: Passwords;
  /** Instead of one key that is made for the world. */
  readonly keys?: readonly EncryptionKey[];
  /** Instead of a clean-up when the running test ends: who opens a world outside of one closes it. */
  readonly keep?: boolean;
  /** A database file that no other test has used. */
  readonly fresh?: boolean;
  /** A fresh one behind a server that does not have these functions of SQL. */
  readonly lacks?: readonly string[];
  /** Reads documents; none is read without it. */
  readonly documents?: DocumentReader;
}

/** A database of its own, the real services around it, and the ways to fill it. Nothing is mocked but ports. */
export interface World extends Database, Arrange {
  readonly services: Services;
  readonly app: App;
  /** What the services logged as errors. */
  readonly logged: readonly { readonly message: string; readonly fields: unknown }[];
  /** All that they logged, as it would stand in a log. */
  readonly lines: readonly string[];
  /** Lets time pass. The clock stands still otherwise. */
  advance(milliseconds: number): void;
  /** Rows of one statement, beside the core and uncounted. */
  rows(sql: string, ...args: unknown[]): Promise<unknown[][]>;
  /** Puts off until after the answer what a caller's requests leave for then. */
  defer(task: () => Promise<unknown>): void;
  /** Runs what has been put off. */
  settle(): Promise<void>;
  /** How many trips the given work takes. */
  countTrips<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly trips: number }>;
}

/** Cheap and reversible: a world's passwords protect nothing. */
const cheapPasswords: Passwords = {
  hash: async (password) => `plain:${password}`,
  verify: async (password, stored) => stored === `plain:${password}`,
};

/** Most worlds are not about what files say. */
const noDocuments: DocumentReader = {
  read: () => {
    throw new DocumentError("unsupported", "Nobody reads documents in this world");
  },
};

/** Opens a world. Time stands still in it, and ids are counted, so that a run is the same every time. */
export async function openWorld({
  passwords = cheapPasswords,
  keys = [{ id: "spec", key: crypto.getRandomValues(new Uint8Array(32)) }],
  keep = false,
  fresh = false,
  lacks,
  documents = noDocuments,
}: WorldOptions = {}): Promise<World> {
  vi.useFakeTimers({ toFake: ["Date"], now: beginning });
  const database = await openDatabase({ fresh: fresh || lacks !== undefined, lacks });
  const folder = `${database.path}.blobs`;
  rmSync(folder, { recursive: true, force: true });
  const blobs = fileSystemBlobs(folder);
  let ids = 0;
  const clock = { now: () => new Date() };
  const logged: { message: string; fields: unknown }[] = [];
  const lines: string[] = [];
  const { info, error } = jsonLog("info", (line) => lines.push(line));
  const newId = () => `01900000-0000-7000-8000-${String(++ids).padStart(12, "0")}`;
  const reading = { documents, blobs, sha256: sha256OfPieces, newId };
  const services: Services = {
    executor: database.executor,
    scans: database.executor,
    heavyWork: inlineHeavyWork({ executor: database.beside, clock, reading }),
    clock,
    ids: { next: newId },
    log: {
      info,
      error(message, fields) {
        logged.push({ message, fields });
        error(message, fields);
      },
    },
    passwords,
    sessions: luciaSessions(),
    tokens: apiTokens(),
    vault: jweVault(keys),
    sha3: sha3Hex,
    sha256: sha256OfPieces,
    blobs,
    documents,
    pictures: openPictures(),
    imageModel: null,
  };
  await learnTenant(services);
  database.trips.length = 0;
  const app = openApp(services);
  const { defer, drain } = postponed(services.log.error);
  const settle = async () => {
    await app.drain();
    await drain();
  };
  const world: World = {
    ...database,
    ...arranger(database, services),
    services,
    app,
    logged,
    lines,
    advance: (milliseconds) => void vi.setSystemTime(Date.now() + milliseconds),
    rows: async (sql, ...args) => (await database.run([{ sql, args }]))[0] ?? [],
    defer,
    settle,
    async countTrips(work) {
      const before = database.trips.length;
      const value = await work();
      return { value, trips: database.trips.length - before };
    },
  };
  if (!keep) {
    onTestFinished(async () => {
      await settle();
      await world.close();
    });
  }
  return world;
}

/** What the core's own door does with tasks: as the server does, once whoever waits for the answer has it. */
function postponed(log: Services["log"]["error"]) {
  const open = new Set<Promise<unknown>>();
  return {
    defer(task: () => Promise<unknown>) {
      const done: Promise<unknown> = new Promise((resolve) => setTimeout(resolve, 0))
        .then(task)
        .catch((cause: unknown) => log("deferred task failed", { cause }));
      open.add(done);
      void done.then(() => open.delete(done));
    },
    async drain() {
      while (open.size > 0) await Promise.all(open);
    },
  };
}
