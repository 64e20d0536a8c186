import { apiTokens, luciaSessions } from "@steward/auth";
import type { Passwords, Services } from "@steward/core";
import { onTestFinished, vi } from "vitest";
import { type App, openApp } from "./app.ts";
import { type Arrange, arranger } from "./arrange.ts";
import { type Database, openDatabase } from "./database.ts";

/** When every world begins. */
export const beginning = new Date("2026-03-01T12:00:00.000Z");

export interface WorldOptions {
  /** Instead of hashes that cost nothing. */
  readonly passwords?: Passwords;
  /** Instead of a clean-up when the running test ends: who opens a world outside of one closes it. */
  readonly keep?: boolean;
  /** A database file that no other test has used. */
  readonly fresh?: boolean;
}

/** A database of its own, the real services around it, and the ways to fill it. Nothing is mocked but ports. */
export interface World extends Database, Arrange {
  readonly services: Services;
  readonly app: App;
  /** What the services logged. */
  readonly logged: readonly { readonly message: string; readonly fields: unknown }[];
  /** Lets time pass. The clock stands still otherwise. */
  advance(milliseconds: number): void;
  /** Rows of one statement, beside the core and uncounted. */
  rows(sql: string, ...args: unknown[]): Promise<unknown[][]>;
  /** Runs what the core has put off until after its answer. */
  settle(): Promise<void>;
  /** How many trips the given work takes. */
  countTrips<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly trips: number }>;
}

/** Cheap and reversible: a world's passwords protect nothing. */
const cheapPasswords: Passwords = {
  hash: async (password) => `plain:${password}`,
  verify: async (password, stored) => stored === `plain:${password}`,
};

/** Opens a world. Time stands still in it, and ids are counted, so that a run is the same every time. */
export async function openWorld({
  passwords = cheapPasswords,
  keep = false,
  fresh = false,
}: WorldOptions = {}): Promise<World> {
  vi.useFakeTimers({ toFake: ["Date"], now: beginning });
  const database = await openDatabase({ fresh });
  let ids = 0;
  const logged: { message: string; fields: unknown }[] = [];
  const log = (message: string, fields?: unknown) => void logged.push({ message, fields });
  const services: Services = {
    executor: database.executor,
    clock: { now: () => new Date() },
    ids: { next: () => `01900000-0000-7000-8000-${String(++ids).padStart(12, "0")}` },
    log: { info: () => undefined, error: log },
    passwords,
    sessions: luciaSessions({ sessionDays: 30 }),
    tokens: apiTokens(),
  };
  const app = openApp(services);
  const world: World = {
    ...database,
    ...arranger(database, services),
    services,
    app,
    logged,
    advance: (milliseconds) => void vi.setSystemTime(Date.now() + milliseconds),
    rows: async (sql, ...args) => (await database.run([{ sql, args }]))[0] ?? [],
    settle: app.drain,
    async countTrips(work) {
      const before = database.trips.length;
      const value = await work();
      return { value, trips: database.trips.length - before };
    },
  };
  if (!keep) onTestFinished(world.close);
  return world;
}
