import { readFileSync } from "node:fs";
import { DatabaseError, type Executor } from "@steward/db";
import { type DatabaseLocation, migrate, openExecutor } from "@steward/db/node";
import type { Env } from "./env.ts";
import { Failure, sayings } from "./failure.ts";

export type OpenExecutor = ReturnType<typeof openExecutor>;

const locationOf = ({ DATABASE_URL: url, DATABASE_AUTH_TOKEN: authToken }: Env): DatabaseLocation => ({
  url,
  authToken,
});

/** Opens the database and brings it up to date. Throws a {@link Failure} where it cannot be reached or read. */
export async function openMigrated(env: Env): Promise<OpenExecutor> {
  const executor = await openDatabase(env);
  if (await isCurrent(executor)) return executor;
  executor.close();
  await reaching(() => migrate(locationOf(env)));
  return openDatabase(env);
}

/** The same, but an outdated database is a {@link Failure}: for a server that others migrate for. */
export async function openCurrent(env: Env): Promise<OpenExecutor> {
  const executor = await openDatabase(env);
  if (await isCurrent(executor)) return executor;
  executor.close();
  throw new Failure("The database is not up to date: run `npx -y pnpm@12.21.0 steward migrate` first");
}

/** Asks the database something, so that one that is not there shows at once. */
function openDatabase(env: Env): Promise<OpenExecutor> {
  return reaching(async () => {
    const executor = openExecutor(locationOf(env));
    await executor.batch([{ sql: "select 1", args: [] }], "read");
    return executor;
  });
}

async function reaching<Result>(use: () => Promise<Result>): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    throw new Failure(`DATABASE_URL names a database that cannot be used: ${sayings(error)}`, { cause: error });
  }
}

/** Cheap, so that a start with nothing to do need not load the migrator. */
async function isCurrent(executor: Executor): Promise<boolean> {
  const journal = new URL("../migrations/meta/_journal.json", import.meta.resolve("@steward/db"));
  const { entries }: { entries: { when: number }[] } = JSON.parse(readFileSync(journal, "utf8"));
  const newest = Math.max(...entries.map(({ when }) => when));
  try {
    const [applied] = await executor.batch(
      [{ sql: "select max(created_at) from __drizzle_migrations", args: [] }],
      "read",
    );
    return Number(applied?.rows[0]?.[0]) >= newest;
  } catch (error) {
    if (error instanceof DatabaseError && error.message.includes("no such table")) return false;
    throw error;
  }
}
