import { fileURLToPath } from "node:url";
import { type Client, createClient } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { migrate as applyMigrations } from "drizzle-orm/libsql/migrator";

export interface MigrateOptions {
  /** `file:`, `libsql:`, `https:` or `http:`. A file must exist and have a write-ahead log. */
  readonly url: string;
  readonly authToken?: string | undefined;
  /** Where drizzle-kit wrote the migrations; this package's own unless told. */
  readonly folder?: string;
  /** Milliseconds to wait for others who hold the lock or migrate too. */
  readonly giveUpAfter?: number;
}

const TABLE = "__drizzle_migrations";
const OVERTAKEN = "overtaken: another process migrated";

/**
 * Brings the database up to date, all pending migrations in one transaction. Safe to run from several processes at
 * once: each migration is applied once, and all of them return when it is done. Rejects with the client's or drizzle's
 * error when a migration fails; the database is then as it was.
 */
export async function migrate({ url, authToken, folder, giveUpAfter = 30_000 }: MigrateOptions): Promise<void> {
  const migrationsFolder = folder ?? fileURLToPath(new URL("../migrations", import.meta.url));
  const deadline = performance.now() + giveUpAfter;
  for (;;) {
    // A client that met a lock must not be used again: its connection may have statements in progress.
    const client = createClient({ url, timeout: 50, ...(authToken && { authToken }) });
    try {
      await guard(client);
      await applyMigrations(drizzle(client), { migrationsFolder, migrationsTable: TABLE });
      return;
    } catch (error) {
      if (!mayRetry(error) || performance.now() > deadline) throw error;
    } finally {
      client.close();
    }
    await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 50));
  }
}

/**
 * The migrator reads which migrations are missing in one transaction and applies them in another. So the second one
 * starts by raising when the history is no longer what it was, or two processes would both apply the same migration.
 */
async function guard(client: Client): Promise<void> {
  const seen = await appliedMigrations(client);
  const apply = client.migrate.bind(client);
  const unchanged = {
    sql: `select case when (select count(*) from ${TABLE}) <> ? then json_extract('{}', ?) end`,
    args: [BigInt(seen), OVERTAKEN],
  };
  client.migrate = async (statements) =>
    statements.length === 0 ? [] : (await apply([unchanged, ...statements])).slice(1);
}

async function appliedMigrations(client: Client): Promise<number> {
  const exists = await client.execute({ sql: "select 1 from sqlite_master where name = ?", args: [TABLE] });
  if (exists.rows.length === 0) return 0;
  const { rows } = await client.execute(`select count(*) from ${TABLE}`);
  return Number(rows[0]?.[0]);
}

function mayRetry(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.message.includes(OVERTAKEN)) return true;
    if ("code" in cause && /^(?:SQLITE_BUSY|SQLITE_LOCKED|TRANSACTION_BUSY)/.test(String(cause.code))) return true;
  }
  return false;
}
