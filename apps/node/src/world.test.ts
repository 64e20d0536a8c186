import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkBlobs, operations, type Services, verifyTrail } from "@steward/core";
import type { Executor } from "@steward/db";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ask, asking } from "./asking.ts";
import { openMigrated } from "./database.ts";
import { people, tags } from "./demo.ts";
import { assistants } from "./demo-assistants.ts";
import { encryptionKeys } from "./encryption-keys.ts";
import { readEnv } from "./env.ts";
import { seed, servicesOf } from "./seed.ts";
import { openServices } from "./services.ts";
import { openTwin } from "./twin.ts";
import { makeWorld } from "./world.ts";

const folder = mkdtempSync(join(tmpdir(), "steward-world-"));
const executors: { close(): void }[] = [];
afterAll(() => {
  for (const executor of executors) executor.close();
  rmSync(folder, { recursive: true });
});

/** The services on a new database that nobody has seeded. */
async function unseeded(variables: NodeJS.ProcessEnv = {}) {
  const url = `file:${join(folder, String(executors.length), "steward.db")}`;
  const env = readEnv({ DATABASE_URL: url, LOG_LEVEL: "none", ...variables });
  const executor = await openMigrated(env);
  executors.push(executor);
  return { env, services: openServices(env, executor, encryptionKeys(env)) };
}

const select = async (executor: Executor, sql: string) => (await executor.batch([{ sql, args: [] }], "read"))[0]?.rows;

/** What is brought over goes as JSON, of which SQLite reads reals to fifteen digits. */
const toFifteenDigits = (value: unknown) =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(15)) : value;

/** What is compared where numbers are given anew: by the trail's end, and by the triggers that make what files need. */
const withoutNumbers: Readonly<Record<string, string>> = {
  audit: "at, user_id, operation, subject, assistant_id, revision, details",
  documents: "hash, format, status",
  jobs: "kind, status",
  library_documents: "library, complete",
};

/** Every row of every table that does not belong to the search index, which has pages of its own. */
async function tablesOf(executor: Executor): Promise<Record<string, readonly string[]>> {
  const names = await select(
    executor,
    `select name from pragma_table_list where schema = 'main' and type = 'table' and name not glob '*sqlite_*'
      and name not glob '*drizzle*'`,
  );
  const found = (names ?? []).map(async ([name]) => {
    const rows = await select(executor, `select ${withoutNumbers[String(name)] ?? "*"} from ${name} order by 1, 2`);
    return [String(name), rows?.map((row) => JSON.stringify(row.map(toFifteenDigits))) ?? []] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

test("a twin's rows come into the real database as they are, those of every table", async () => {
  const { services } = await unseeded();
  const twin = await openTwin(services.executor);
  const there = servicesOf(services, twin);
  const admin = `insert into principals (id, kind, name, display_name, created_at, updated_at) values ('a', 'user', 'admin', 'A', 1, 1);
    insert into users (id, role, password_hash) values ('a', 'admin', 'secret'); insert into seats (user_id, created_at) values ('a', 1)`;
  await twin.executor.batch(
    admin.split(";").map((sql) => ({ sql, args: [] })),
    "write",
  );
  await makeWorld(asking(there), { admin: "admin", now: services.clock.now(), withFiles: true });
  await services.executor.batch(await twin.statements(), "write");
  const { sessions, ...expected } = await tablesOf(twin.executor);
  const actual = await tablesOf(services.executor);
  expect(sessions).toHaveLength(people.length + 1);
  expect(actual).toEqual({ ...expected, sessions: [] });
  const empty = Object.entries(actual).flatMap(([name, rows]) => (rows.length === 0 ? [name] : []));
  // Files are read by jobs, once they are there.
  const later = ["embeddings", "images", "vectors"];
  expect(empty.sort()).toEqual([...later, "idempotent_requests", "sessions", "sign_in_attempts"].sort());
  twin.close();
});

describe("the demo world", () => {
  const {
    assistants: assistant,
    skills,
    secrets,
    comments,
    drafts,
    revisions,
    favorites,
    tokens,
    folders,
  } = operations;
  const page = { limit: 200 };
  let services: Services;
  let ask: Ask;
  let printed: string;

  beforeAll(async () => {
    const made = await unseeded();
    services = made.services;
    printed = JSON.stringify(await seed(services, made.env));
    ask = asking(services);
  });

  test("has skills of several types, a secret that says so of itself, and references that lead somewhere", async () => {
    const listed = await ask("admin", assistant.list, page);
    const types = new Set(listed.items.flatMap((one) => one.skills.map(({ type }) => type)));
    expect([...types].sort()).toEqual(["assistant", "code-execution", "custom", "dataset-query", "mcp"]);
    const { items } = await ask("chloe", secrets.list, { id: "support:refund-guide" });
    expect(items).toMatchObject([{ name: "ORDERS_TOKEN", value: "********", allowedHosts: ["api.example.com"] }]);
    const [row] =
      (await select(services.executor, "select s.ciphertext, s.lineage, t.tenant_id from secrets s, settings t")) ?? [];
    const [ciphertext, lineage, tenant] = row as [string, string, string];
    expect(await services.vault.open(ciphertext, { tenant, lineage })).toContain("opens-nothing");
    expect(printed).not.toContain("opens-nothing");
    const { data } = (await ask("chloe", skills.list, { id: "support:refund-guide" })).items[0] ?? {};
    expect(JSON.stringify(data)).toContain("{{secrets.ORDERS_TOKEN}}");
    const targets = ["analytics:sales-assistant", "chloe:reply-writer"].map(async (id) => {
      const { items } = await ask("ada", operations.references.list, { id });
      return items.flatMap(({ target }) => target?.name ?? []);
    });
    expect(await Promise.all(targets)).toEqual([["Query helper"], ["Refund guide"]]);
  });

  test("has files that are found by a search once the server's jobs are done", async () => {
    const beside = { id: "support:refund-guide", q: "gift cards paid out" };
    expect(await ask("ben", operations.files.search, beside)).toMatchObject({ items: [], pending: 1 });
    await services.heavyWork.tend();
    expect(await ask("ben", operations.files.search, beside)).toMatchObject({
      items: [{ file: { filename: "refund-rules.md" }, snippet: expect.stringContaining("Gift cards") }],
      pending: 0,
    });
    const { items } = await ask("ada", operations.files.list, { id: "analytics:sales-assistant" });
    expect(items).toMatchObject([{ filename: "sales-glossary.csv", status: "indexed" }]);
    expect(await checkBlobs(services, { mend: false })).toMatchObject({ missing: [], orphans: [], miscounted: 0 });
  });

  test("has no files where the server may look for them elsewhere", async () => {
    const { services: others, env } = await unseeded();
    await seed(others, { ...env, DATABASE_URL: "libsql://steward.example" });
    const counts =
      "select (select count(*) from assistants), (select count(*) from assistant_files), (select count(*) from blobs)";
    const [row = []] = (await select(others.executor, counts)) ?? [];
    expect(row[0]).toBeGreaterThan(0);
    expect(row.slice(1)).toEqual([0, 0]);
  });

  test("leaves no bytes where another process was first", async () => {
    const { services: late, env } = await unseeded();
    const hash = async (password: string) => {
      const principal = `insert or ignore into principals (id, kind, name, display_name, created_at, updated_at)
        values ('first', 'user', 'first', 'First', 1, 1)`;
      const user = "insert or ignore into users (id, role) values ('first', 'admin')";
      await late.executor.batch(
        [principal, user].map((sql) => ({ sql, args: [] })),
        "write",
      );
      return late.passwords.hash(password);
    };
    expect(await seed({ ...late, passwords: { ...late.passwords, hash } }, env)).toBeNull();
    expect(await checkBlobs(late, { mend: false, patience: -1 })).toMatchObject({ orphans: [], underWay: 0 });
  });

  test("is tagged, filed and marked", async () => {
    expect((await ask("dev", operations.tags.list, page)).items.map(({ name }) => name)).toEqual(
      Object.keys(tags).sort(),
    );
    for (const tag of Object.keys(tags)) expect((await ask("admin", assistant.list, { tag })).total).toBeGreaterThan(0);
    const [quarter] = (await ask("ben", folders.list, { ownerId: "analytics" })).items.filter(
      ({ parentId }) => parentId,
    );
    const within = await ask("ben", assistant.list, { folderId: quarter?.id ?? "" });
    expect(within.items.map(({ slug }) => slug)).toEqual(["sales-assistant"]);
    for (const [who, count] of Object.entries({ admin: 1, ada: 1, ben: 2, chloe: 2, dev: 0 }))
      expect((await ask(who, assistant.list, { favorite: true })).total).toBe(count);
    expect(await ask("ben", favorites.get, { id: "analytics:sales-assistant" })).toEqual({ favorited: true });
  });

  test("has been talked about, in threads, one of which is resolved", async () => {
    const said = await ask("dev", comments.list, { id: "analytics:sales-assistant", sort: "createdAt" });
    expect(said.items).toMatchObject([
      { userId: "user:ben", replyCount: 2, mentions: ["user:ada"], resolvedBy: "user:ada", editorsOnly: false },
      { userId: "user:chloe", replyCount: 1, resolvedBy: null, mentions: ["user:ada", "user:dev"] },
    ]);
    const draft = await ask("ada", drafts.get, { id: "analytics:sales-assistant" });
    expect((await ask("ben", comments.list, { id: draft.id })).items).toMatchObject([{ editorsOnly: true }]);
  });

  test("has an open draft that differs, and revisions that say why", async () => {
    const id = "analytics:sales-assistant";
    const { conflict, changes } = await ask("ben", drafts.diff, { id });
    expect(conflict).toBe(false);
    expect(changes.fields.map(({ field }) => field)).toEqual(["instructions", "suggestions"]);
    expect(changes.skills).toMatchObject([{ change: "added", name: "Web search" }]);
    const { items } = await ask("ben", revisions.list, { id });
    const told = items.filter(({ message }) => message !== null);
    expect(told.map(({ createdBy, message }) => `${createdBy}: ${message}`)).toEqual([
      "user:ada: Says when a figure is provisional",
      "user:chloe: Compares with the year before, as support asked",
    ]);
    expect(items.length).toBeGreaterThan(told.length);
    const activity = await ask("ben", assistant.activity, { id, ...page });
    expect(new Set(activity.items.map(({ userId }) => userId))).toEqual(
      new Set(["user:ada", "user:ben", "user:chloe", "user:dev"]),
    );
  });

  test("has tokens, of which the first start tells the one that its curl line needs", async () => {
    const { items } = await ask("admin", tokens.list, page);
    expect(items).toMatchObject([
      { type: "personal", userId: "user:admin", readOnly: true },
      { type: "assistant", userId: "user:chloe", readOnly: true, cidr: "10.0.0.0/8" },
    ]);
    expect(printed.match(/stw_\w+/g)).toHaveLength(1);
    expect(printed).toContain(items[0]?.hint);
  });

  test("stands in a trail that is sealed, as what its people have done", async () => {
    expect(await verifyTrail(services)).toMatchObject({ unsealed: 0, broken: null });
    const nobody = await select(services.executor, "select operation from audit where user_id is null");
    expect(nobody).toEqual([["users.create"]]);
    const [made] =
      (await select(services.executor, "select count(*) from audit where operation = 'assistants.create'")) ?? [];
    expect(made).toEqual([assistants.length]);
  });

  test.each(people.map(({ name }) => name))("is made by an admin named %s as well", async (name) => {
    const { services: others, env } = await unseeded({ STEWARD_ADMIN_USERNAME: name });
    expect((await seed(others, env))?.demo?.usernames).toEqual(
      people.map((one) => one.name).filter((one) => one !== name),
    );
    const { items } = await asking(others)(name, operations.teams.listMembers, { id: "analytics" });
    expect(items.map(({ username, role }) => `${username} ${role}`).sort()).toEqual([
      "ada admin",
      "ben designer",
      "dev member",
    ]);
  });

  test("leaves nothing of itself when only an admin is wanted", async () => {
    const { services: plain, env } = await unseeded({ STEWARD_SEED: "none" });
    expect(await seed(plain, env)).toMatchObject({ username: "admin", demo: null });
    const filled = Object.entries(await tablesOf(plain.executor)).flatMap(([name, rows]) =>
      rows.length > 0 ? [name] : [],
    );
    expect(filled.sort()).toEqual(["audit", "principal_numbers", "principals", "seats", "settings", "users"]);
    expect(await seed(plain, env)).toBeNull();
  });
});
