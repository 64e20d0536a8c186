import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as authentication from "@steward/auth";
import { migrate, openExecutor } from "@steward/db/node";
import { onTestFinished } from "vitest";
import { type AppOptions, createApp } from "../app.ts";
import { createServices } from "../services.ts";

const encryptionKey = { id: "1", key: new Uint8Array(32) };

export const password = "correct horse battery";

/** A whole server over a database of its own: `ada`, who has a password and a token, and what was logged. */
export async function openWorld(options: Partial<AppOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "server-"));
  const url = `file:${join(folder, "steward.db")}`;
  await migrate({ url });
  const executor = openExecutor({ url });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const logged: { readonly message: string; readonly fields: Readonly<Record<string, unknown>> }[] = [];
  const note = (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
    void logged.push({ message, fields });
  const services = createServices({ executor, log: { info: note, error: note }, keys: [encryptionKey] });
  const token = services.tokens.issue();
  const sql = (text: string, ...args: unknown[]) => executor.batch([{ sql: text, args }], "write");
  await sql("insert into principals values ('u-ada', 'user', 'ada', 'Ada', 1, 1, 1)");
  await sql(
    "insert into users (id, role, password_hash) values ('u-ada', 'creator', ?)",
    await services.passwords.hash(password),
  );
  await sql("insert into seats values ('u-ada', null, 1, 1)");
  await sql(
    `insert into tokens (id, hash, hint, user_id, type, read_only, created_at, updated_at)
      values ('t-ada', ?, 'abcd', 'u-ada', 'personal', 0, 1, 1)`,
    token.hash,
  );
  const app = createApp({ services, authentication, ...options });
  const bearer = { authorization: `Bearer ${token.value}` };

  const call = (path: string, init: RequestInit & { readonly duplex?: "half" } = {}, origin = "https://steward.test") =>
    app.fetch(new Request(origin + path, init));

  const post = (path: string, body: unknown, headers: Record<string, string> = {}, origin?: string) =>
    call(
      path,
      { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } },
      origin,
    );

  return { app, call, post, logged, services, executor, token, bearer };
}
