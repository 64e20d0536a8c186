import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Caller, Services } from "@steward/core";
import { migrate, openExecutor } from "@steward/db/node";
import { onTestFinished } from "vitest";
import { createRest, type Exchange, type RestOptions } from "../rest.ts";

/** An answer, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was answered
  readonly body: any;
}

interface Call extends RequestInit {
  readonly as?: string | null;
  readonly duplex?: "half";
}

/** Services over a database of its own, with the log kept. */
export async function openServices() {
  const folder = mkdtempSync(join(tmpdir(), "rest-"));
  const url = `file:${join(folder, "steward.db")}`;
  await migrate({ url });
  const executor = openExecutor({ url });
  onTestFinished(() => {
    executor.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const logged: { readonly message: string; readonly fields: unknown }[] = [];
  const refuse = () => Promise.reject(new Error("not asked for in these tests"));
  const unlisted = () => {
    throw new Error("not asked for in these tests");
  };
  let made = 0;
  const services: Services = {
    executor,
    scans: executor,
    heavyWork: { full: false, load: refuse, abandon: refuse, tend: refuse },
    clock: { now: () => new Date("2030-01-01T00:00:00.000Z") },
    ids: { next: () => `00000000-0000-7000-8000-${String(++made).padStart(12, "0")}` },
    log: { info: () => undefined, error: (message, fields) => void logged.push({ message, fields }) },
    passwords: { hash: refuse, verify: refuse },
    sessions: { issue: refuse, credential: () => ({ kind: "session", hash: null }), renew: async () => null },
    tokens: { issue: () => ({ value: "v", hash: "h", hint: "h" }), credential: () => ({ kind: "token", hash: null }) },
    vault: { currentKeyId: "none", seal: refuse, open: refuse },
    sha3: () => "",
    sha256: () => ({ update: () => undefined, digest: refuse }),
    blobs: { put: refuse, get: refuse, delete: refuse, list: unlisted },
    documents: { read: unlisted },
    pictures: { cleanSvg: refuse, reencode: refuse, ico: refuse },
    imageModel: null,
  };
  const sql = (text: string, ...args: unknown[]) => executor.batch([{ sql: text, args }], "write");
  return { services, logged, sql };
}

/** A door with people before it: `ada` makes assistants, `ben` is a member, `root` may do everything. */
export async function openWorld(options: RestOptions = {}) {
  const { services, logged, sql } = await openServices();
  for (const [name, role] of Object.entries({ ada: "creator", ben: "member", root: "admin" })) {
    await sql("insert into principals values (?, 'user', ?, ?, 1, 1, 1)", `u-${name}`, name, name);
    await sql("insert into users (id, role) values (?, ?)", `u-${name}`, role);
    await sql("insert into seats values (?, null, 1, 1)", `u-${name}`);
    await sql(
      `insert into tokens (id, hash, hint, user_id, type, read_only, created_at, updated_at)
        values (?, ?, 'abcd', ?, 'personal', 0, 1, 1)`,
      `t-${name}`,
      `hash-${name}`,
      `u-${name}`,
    );
  }
  const rest = createRest(services, options);

  async function call(path: string, { as = "ada", ...init }: Call = {}): Promise<Answer> {
    const caller: Caller = {
      credential: as === null ? null : { kind: "token", hash: as === "nonsense" ? null : `hash-${as}` },
      address: null,
      defer: () => undefined,
    };
    const exchange: Exchange = { caller, requestId: "r-1" };
    const answer = await rest.fetch(new Request(`https://steward.test${path}`, init), exchange);
    const text = await answer.text();
    const body: unknown = /^[[{]/.test(text) ? JSON.parse(text) : text;
    return { status: answer.status, headers: answer.headers, text, body };
  }

  const send = (method: string, path: string, body: unknown, init: Call = {}) =>
    call(path, {
      method,
      body: typeof body === "string" ? body : JSON.stringify(body),
      ...init,
      headers: { "content-type": "application/json", ...init.headers },
    });

  return { call, send, logged, sql };
}
