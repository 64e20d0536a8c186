import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { learnTenant } from "@steward/core";
import { openExecutor } from "@steward/db/node";
import { startHranaServer } from "@steward/hrana";
import { parseEncryptionKeys } from "@steward/server/variables";
import { jweVault } from "@steward/vault";
import { describe, expect, onTestFinished, test } from "vitest";
import { plain, signIn, spawnMain, startServer, steward, temporaryFolder, type Variables } from "./testing.ts";

const newKey = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const [older, newer] = [newKey("2025"), newKey("2026")];
const password = "a long enough password";

const withKeys = (...keys: string[]): Variables => ({
  STEWARD_ENCRYPTION_KEYS: keys.join(","),
  STEWARD_ADMIN_PASSWORD: password,
  ...plain,
});
const vaultOf = (...keys: string[]) => jweVault(parseEncryptionKeys(keys.join(",")) ?? []);

/** Asks a running server as its first user. */
async function client(url: string) {
  const cookie = (await signIn(url, "admin", password)).headers.get("set-cookie")?.split(";")[0] ?? "";
  return async (method: string, path: string, body?: object) => {
    const headers = { cookie, "content-type": "application/json" };
    const response = await fetch(`${url}/api${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const answer = response.status === 204 ? {} : ((await response.json()) as Record<string, unknown>);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
}

/** The plaintext of every secret, by id. */
async function openAll(
  url: string,
  vault: ReturnType<typeof vaultOf>,
  authToken?: string,
): Promise<Map<string, string>> {
  const executor = openExecutor({ url, authToken });
  try {
    const tenant = await learnTenant({ executor });
    const [found] = await executor.batch([{ sql: "select id, lineage, ciphertext from secrets", args: [] }], "read");
    const opened = ((found?.rows ?? []) as [string, string, string][]).map(async ([id, lineage, ciphertext]) => {
      return [id, await vault.open(ciphertext, { tenant, lineage })] as const;
    });
    return new Map(await Promise.all(opened));
  } finally {
    executor.close();
  }
}

/** Gives assistants, made over HTTP, a hundred secrets each, sealed with this key. */
async function fill(url: string, assistants: readonly string[], key: string): Promise<Map<string, string>> {
  const executor = openExecutor({ url });
  const [tenant, vault] = [await learnTenant({ executor }), vaultOf(key)];
  const values = new Map<string, string>();
  for (const assistant of assistants) {
    const statements = Array.from({ length: 100 }, async (_, place) => {
      const id = crypto.randomUUID();
      const { ciphertext, keyId } = await vault.seal(`value of ${id}`, { tenant, lineage: id });
      values.set(id, `value of ${id}`);
      return {
        sql: `insert into secrets (id, assistant_id, lineage, name, ciphertext, key_id, allowed_hosts, value_changed_at, created_at, updated_at)
          values (?1, ?2, ?1, ?3, ?4, ?5, '[]', 1, 1, 1)`,
        args: [id, assistant, `KEY_${place}`, ciphertext, keyId],
      };
    });
    await executor.batch(await Promise.all(statements), "write");
  }
  executor.close();
  return values;
}

describe("keys rotate", () => {
  test("may be killed at any moment, while secrets are read and written", { timeout: 120_000 }, async () => {
    const folder = temporaryFolder();
    const url = `file:${join(folder, ".data/steward.db")}`;
    const first = await startServer(folder, withKeys(older));
    const ask = await client(first.url);
    const assistants = await Promise.all(
      Array.from({ length: 25 }, async (_, n) => String((await ask("POST", "/assistants", { name: `A ${n}` })).id)),
    );
    await first.end();
    const values = await fill(url, assistants, older);

    const server = await startServer(folder, withKeys(newer, older));
    const working = use(await client(server.url), assistants, values);
    for (let kills = 0; kills < 5; kills++) {
      const rotating = spawnMain(folder, ["keys", "rotate"], withKeys(newer, older));
      // The first anywhere in its start, the others between any two statements of their work.
      for (let lines = 0; lines < kills; lines++) await once(rotating.stdout, "data");
      await new Promise((resolve) => setTimeout(resolve, Math.random() * (kills === 0 ? 500 : 60)));
      rotating.kill("SIGKILL");
      await once(rotating, "close");
      expect((await openAll(url, vaultOf(newer, older))).size).toBe(values.size);
    }
    const { code, output, errors } = await steward(folder, ["keys", "rotate"], withKeys(newer, older));
    expect([code, errors]).toEqual([0, ""]);
    const [, todo] = /^(\d+) secrets to encrypt anew with the key 2026\n(?: {2}\d+ done\n)+/.exec(output) ?? [];
    expect(Number(todo)).toBeGreaterThan(0);
    expect(Number(todo)).toBeLessThan(values.size - 100);
    expect(output).toContain("Key 2025: 0 secrets\n");
    expect(await working.end()).toBeGreaterThan(10);
    expect(await server.end()).toBe(0);
    expect(await openAll(url, vaultOf(newer))).toEqual(values);
    expect((await steward(folder, ["audit", "verify"])).code).toBe(0);

    const last = await startServer(folder, withKeys(newer));
    const afterwards = use(await client(last.url), assistants, values);
    expect(await afterwards.end()).toBeGreaterThan(0);
    expect(last.said()).not.toContain("encryption key missing");
    expect(await last.end()).toBe(0);
    expect(await openAll(url, vaultOf(newer))).toEqual(values);
  });

  test("keeps the old key needed by what it cannot open, and says so at the next start", async () => {
    const folder = temporaryFolder();
    const server = await startServer(folder, withKeys(older));
    const ask = await client(server.url);
    const { id } = await ask("POST", "/assistants", { name: "Sales" });
    const secret = await ask("POST", `/assistants/${id}/secrets`, { name: "KEY", value: "sk" });
    await server.end();
    const failed = await steward(folder, ["keys", "rotate"], withKeys(newer));
    expect(failed.code).toBe(1);
    expect(failed.output).toContain("Key 2025 (not in STEWARD_ENCRYPTION_KEYS): 1 secret\n");
    expect(failed.errors).toBe(
      `Keep the old keys: 1 secret still needs them. 1 secret cannot be opened:\n  secret ${secret.id} of assistant ${id}, key 2025: STEWARD_ENCRYPTION_KEYS lacks the key 2025\n`,
    );
    const without = await startServer(folder, withKeys(newer));
    expect(without.said()).toContain('"message":"encryption key missing');
    expect(await without.end()).toBe(0);
    expect(await steward(folder, ["keys", "rotate"], withKeys(newer, older))).toMatchObject({ code: 0, errors: "" });
  });

  test("works over HTTP", { timeout: 60_000 }, async () => {
    const folder = temporaryFolder();
    const authToken = randomBytes(16).toString("hex");
    const database = await startHranaServer({ path: join(folder, "s.db"), token: authToken });
    onTestFinished(() => database.close());
    const location = { DATABASE_URL: database.url, DATABASE_AUTH_TOKEN: authToken };
    const server = await startServer(folder, { ...withKeys(older), ...location });
    const ask = await client(server.url);
    const { id } = await ask("POST", "/assistants", { name: "Sales" });
    for (const name of ["A", "B"]) await ask("POST", `/assistants/${id}/secrets`, { name, value: `value of ${name}` });
    await server.end();
    const needed = await steward(folder, ["keys", "rotate"], location);
    expect([needed.code, needed.errors]).toEqual([1, expect.stringMatching(/^STEWARD_ENCRYPTION_KEYS is required/)]);
    const both = { ...location, STEWARD_ENCRYPTION_KEYS: `${newer},${older}` };
    const { code, output } = await steward(folder, ["keys", "rotate"], both);
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/^Key 2026 \(the newest\): \d+ secrets\nKey 2025: 0 secrets$/m),
    ]);
    const opened = await openAll(location.DATABASE_URL, vaultOf(newer), location.DATABASE_AUTH_TOKEN);
    expect([...opened.values()]).toEqual(expect.arrayContaining(["value of A", "value of B"]));
  });
});

/** Changes, reads and lists secrets one after the other until it is ended, which answers how many it has changed. */
function use(ask: Awaited<ReturnType<typeof client>>, assistants: readonly string[], values: Map<string, string>) {
  let going = true;
  const work = async () => {
    let changed = 0;
    for (; going || changed === 0; changed++) {
      const assistant = assistants[changed % assistants.length];
      const list = await ask("GET", `/assistants/${assistant}/secrets?limit=200`);
      const { "inf:assistant-secret": items = [] } = list._embedded as Record<string, { id: string }[]>;
      const { id } = items[Math.floor(Math.random() * items.length)] as { id: string };
      const path = `/assistants/${assistant}/secrets/${id}`;
      await ask("PUT", path, { value: `changed ${changed}` });
      values.set(id, `changed ${changed}`);
      expect((await ask("GET", path)).value).toBe("********");
    }
    return changed;
  };
  const worked = work();
  worked.catch(() => undefined);
  return {
    end() {
      going = false;
      return worked;
    },
  };
}
