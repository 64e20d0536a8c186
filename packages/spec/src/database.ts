import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Executor, Mode, Statement } from "@steward/db";
import { embeddedExecutor, migrate, remoteExecutor } from "@steward/db/node";
import { startHranaServer } from "@steward/hrana";
import { afterAll } from "vitest";

/** Which executor the worlds use: `STEWARD_SPEC_DATABASE=remote` runs everything over HTTP libSQL. */
export const databaseKind = process.env.STEWARD_SPEC_DATABASE === "remote" ? "remote" : "embedded";

/** One call of the executor: what went to the database in one round trip. */
export interface Trip {
  readonly mode: Mode;
  readonly statements: readonly Statement[];
}

export interface Database {
  /** What the core is given; it notes every trip. */
  readonly executor: Executor;
  /** The same for work that no request waits for, uncounted. */
  readonly beside: Executor;
  /** The trips since the world began, or since somebody emptied this. */
  readonly trips: Trip[];
  /** The database file, for tests that look for secrets in it. */
  readonly path: string;
  /** Runs statements beside the core, uncounted. */
  run(statements: readonly Statement[]): Promise<unknown[][][]>;
  /** Every row of every table, as text: equal before and after what must change nothing. */
  dump(except?: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

let template: Promise<string> | undefined;

/** The migrated, empty database; made once for each process and copied for each world. */
async function migrated(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "steward-spec-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "template.db");
  await migrate({ url: `file:${path}` });
  const executor = embeddedExecutor(path);
  // A world is emptied, its trail included; that nobody else can is for a file of its own to show.
  await executor.batch([{ sql: "drop trigger audit_before_delete", args: [] }], "write");
  await executor.batch([{ sql: "pragma wal_checkpoint(truncate)", args: [] }], "read");
  executor.close();
  return path;
}

let opened = 0;
const empty: Database[] = [];
const closing: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const close of closing.splice(0)) await close();
  empty.length = 0;
});

/**
 * A private, empty database with the real schema. One that a test has left is emptied and used again, which spares the
 * opening of files and the preparing of statements; `fresh` asks for a file that nobody has used, and `lacks` for one
 * behind a server that says it does not have these functions.
 */
export async function openDatabase({
  fresh = false,
  lacks,
}: {
  readonly fresh?: boolean;
  readonly lacks?: readonly string[] | undefined;
} = {}): Promise<Database> {
  const used = fresh ? undefined : empty.pop();
  if (used) return used;
  const database = await createDatabase(lacks);
  if (fresh) return database;
  closing.push(database.close);
  const own: Database = {
    ...database,
    async close() {
      await database.run(emptying);
      database.trips.length = 0;
      empty.push(own);
    },
  };
  return own;
}

const order = `audit idempotent_requests sign_in_attempts favorites assistant_tags comments revisions skills assistant_references
  secrets assistant_datasets shares tokens sessions seats memberships assistant_files images
  assistants uploads embeddings library_documents documents jobs blobs records dataset_loads dataset_shares
  datasets folders tags teams users principals`;
// The index would otherwise keep a mark for each row that it has forgotten.
const emptying = [
  ...`${order} sqlite_sequence`.split(/\s+/).map((table) => `delete from ${table}`),
  "insert into assistant_search (assistant_search) values ('delete-all')",
  "insert into record_search (record_search) values ('delete-all')",
  "insert into passage_search (passage_search) values ('delete-all')",
  `update settings set ai_enabled = 1, share_policy = 'anyone', revision_retention = 100, session_days = 30,
    custom_skill_hosts = '[]', dataset_fields = 500, dataset_field_length = 32768, dataset_rows = 5000000,
    dataset_bytes = 2147483648, file_bytes = 262144000, assistant_files = 1000, version = 1, updated_by = null`,
].map((sql) => ({ sql, args: [] }));

async function createDatabase(lacks?: readonly string[]): Promise<Database> {
  template ??= migrated();
  const source = await template;
  const path = source.replace("template", `world-${++opened}`);
  copyFileSync(source, path);
  const { executor, close } = databaseKind === "remote" || lacks ? await openRemote(path, lacks) : openEmbedded(path);
  const trips: Trip[] = [];
  const run = async (statements: readonly Statement[]) => {
    const results = await executor.batch(statements, "write");
    return results.map(({ rows }) => rows.map((row) => [...row]));
  };
  return {
    path,
    beside: executor,
    trips,
    run,
    executor: {
      batch(statements, mode) {
        trips.push({ mode, statements });
        return executor.batch(statements, mode);
      },
    },
    async dump(except = []) {
      const tables = await tablesOf(run);
      const wanted = tables.filter((name) => !except.includes(name));
      const rows = await run(wanted.map((name) => ({ sql: `select ${columnsOf(name)} from "${name}"`, args: [] })));
      return wanted.map((name, index) => `${name}\n${(rows[index] ?? []).map(asText).join("\n")}`).join("\n\n");
    },
    async close() {
      await close();
      for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
    },
  };
}

function openEmbedded(path: string) {
  const executor = embeddedExecutor(path);
  return { executor, close: async () => executor.close() };
}

async function openRemote(path: string, lacks: readonly string[] = []) {
  const server = await startHranaServer({ path, lacks });
  return { executor: remoteExecutor({ url: server.url }), close: () => server.close() };
}

let tables: Promise<string[]> | undefined;

function tablesOf(run: Database["run"]): Promise<string[]> {
  tables ??= run([
    {
      sql: "select name from sqlite_master where type = 'table' and sql not like 'CREATE VIRTUAL%' order by 1",
      args: [],
    },
  ]).then(([rows = []]) => rows.map(([name]) => String(name)));
  return tables;
}

/** The numbers of the index's pages go beyond what a number of JavaScript holds. */
const columnsOf = (table: string) => (table.endsWith("_search_data") ? "cast(id as text), block" : "*");

const asText = (row: readonly unknown[]) =>
  JSON.stringify(row, (_, value: unknown) =>
    value instanceof Uint8Array
      ? Buffer.from(value).toString("hex")
      : typeof value === "bigint"
        ? Number(value)
        : value,
  );
