import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Caller, Role, Services } from "@steward/core";
import type { Executor, Statement } from "@steward/db";
import { migrate, openExecutor } from "@steward/db/node";
import { onTestFinished } from "vitest";
import { handleTrpc, type TrpcRequestContext } from "../handle.ts";
import type { Door } from "../router.ts";

const requestId = "request-1";

/** A database of its own for the running test, with some users, and the door in front of it. */
export async function openWorld() {
  const folder = mkdtempSync(join(tmpdir(), "steward-trpc-"));
  const url = `file:${join(folder, "test.db")}`;
  await migrate({ url });
  const database = openExecutor({ url });
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const trips: (readonly Statement[])[] = [];
  const logged: [string, Readonly<Record<string, unknown>> | undefined][] = [];
  const executor: Executor = {
    batch(statements, mode) {
      trips.push(statements);
      return database.batch(statements, mode);
    },
  };
  const services = servicesWith(executor, (message, fields) => logged.push([message, fields]));
  await addUser(database, "root", "admin");
  await addUser(database, "ada", "creator");

  const handle = (request: Request, as: string | null = "ada", more: Partial<TrpcRequestContext> = {}, door?: Door) =>
    handleTrpc(request, { services, caller: callerOf(as), requestId, ...more }, door);
  return { services, trips, logged, handle, requestId };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

function servicesWith(executor: Executor, log: Services["log"]["error"]): Services {
  let ids = 0;
  const unused = (): never => {
    throw new Error("Not in this test");
  };
  return {
    executor,
    scans: executor,
    heavyWork: { full: false, load: unused, abandon: unused, tend: unused },
    clock: { now: () => new Date() },
    ids: { next: () => `00000000-0000-7000-8000-${String(++ids).padStart(12, "0")}` },
    log: { info: () => undefined, error: log },
    passwords: {
      hash: async (password) => `plain:${password}`,
      verify: async (password, stored) => stored === `plain:${password}`,
    },
    sessions: {
      issue: async (userId) => ({
        sid: "s".repeat(40),
        hash: "hash-of-session",
        userId,
        expiresAt: new Date(Date.now() + 60_000),
      }),
      credential: unused,
      renew: async () => null,
    },
    tokens: { issue: unused, credential: unused },
    vault: { currentKeyId: "none", seal: unused, open: unused },
    sha3: () => "",
    sha256: unused,
    blobs: { put: unused, get: unused, delete: unused, list: unused },
    documents: { read: unused },
    pictures: { cleanSvg: unused, reencode: unused, ico: unused },
    imageModel: null,
  };
}

async function addUser(database: Executor, name: string, role: Role): Promise<void> {
  const add = (sql: string, ...args: unknown[]) => database.batch([{ sql, args }], "write");
  await add("insert into principals values (?, 'user', ?, ?, 1, 1, 1)", `u-${name}`, name, name);
  await add("insert into users (id, role, password_hash) values (?, ?, ?)", `u-${name}`, role, `plain:${name}`);
  await add("insert into seats values (?, null, 1, 1)", `u-${name}`);
  await add(
    "insert into tokens (id, hash, hint, user_id, type, read_only, created_at, updated_at) values (?, ?, 'abcd', ?, 'personal', 0, 1, 1)",
    `t-${name}`,
    `hash-of-${name}`,
    `u-${name}`,
  );
}

const callerOf = (name: string | null): Caller => ({
  credential: name === null ? null : { kind: "token", hash: `hash-of-${name}` },
  address: null,
  defer: () => undefined,
});
