import { accountKey, actAsOperator, type Services, sealTrail } from "@steward/core";
import type { Executor } from "@steward/db";
import type { EncryptionKey } from "@steward/vault";
import { seededLines } from "./banner.ts";
import { openCurrent, openMigrated } from "./database.ts";
import { encryptionKeys, requireEncryptionKeys } from "./encryption-keys.ts";
import type { Env } from "./env.ts";
import { Failure } from "./failure.ts";
import { randomPassword } from "./random-password.ts";
import { seed } from "./seed.ts";
import { openServices } from "./services.ts";

/** `migrate` */
export async function migrateDatabase(env: Env): Promise<void> {
  const executor = await openMigrated(env);
  try {
    await sealTrail(openServices(env, executor), Number.POSITIVE_INFINITY);
  } finally {
    executor.close();
  }
  console.log("The database is up to date.");
}

/** `seed`, on a database that is up to date */
export async function seedDatabase(env: Env): Promise<void> {
  // The demo world has a secret; without it there is nothing to encrypt.
  const encrypts = env.STEWARD_SEED === "demo";
  if (encrypts) requireEncryptionKeys(env);
  const make = async (services: Services) => {
    const seeded = await seed(services, env);
    console.log(seeded ? seededLines(seeded).join("\n") : "The database has users already: nothing was made.");
  };
  await withServices(env, make, encrypts ? encryptionKeys(env) : []);
}

/** `admin reset-password` */
export const resetPassword = (env: Env, username: string): Promise<void> =>
  withServices(env, async (services) => {
    const { executor, passwords, clock } = services;
    const userId = await userIdOf(executor, username);
    const password = randomPassword();
    const passwordHash = await passwords.hash(password);
    const now = clock.now().getTime();
    await actAsOperator(services, { operation: "users.update", subject: userId, details: { fields: ["password"] } }, [
      { sql: "update users set password_hash = ? where id = ?", args: [passwordHash, userId] },
      { sql: "update principals set version = version + 1, updated_at = ? where id = ?", args: [now, userId] },
      { sql: "delete from sessions where user_id = ?", args: [userId] },
      // Who has tried too often may try the new one at once.
      { sql: "delete from sign_in_attempts where key = ?", args: [accountKey(username)] },
    ]);
    console.log(`The new password of ${username}, shown only this once: ${password}`);
    console.log("Its sessions have ended; its API tokens have not.");
  });

export interface NewToken {
  readonly username: string;
  readonly readOnly: boolean;
  readonly expiresAt: Date | null;
  readonly notes: string | null;
}

/** `token create` */
export const createToken = (env: Env, { username, readOnly, expiresAt, notes }: NewToken): Promise<void> =>
  withServices(env, async (services) => {
    const { executor, tokens, clock, ids } = services;
    const userId = await userIdOf(executor, username);
    const { value, hash, hint } = tokens.issue();
    const id = ids.next();
    const now = clock.now().getTime();
    await actAsOperator(services, { operation: "tokens.create", subject: id, details: { username, readOnly } }, [
      {
        sql: `insert into tokens (id, hash, hint, user_id, type, notes, read_only, expires_at, created_at, updated_at)
            values (?, ?, ?, ?, 'personal', ?, ?, ?, ?, ?)`,
        args: [id, hash, hint, userId, notes, readOnly, expiresAt?.getTime() ?? null, now, now],
      },
    ]);
    console.log(value);
    console.error(
      `The token of ${username}, shown only this once. It ${expiresAt ? `ends ${expiresAt.toISOString()}` : "never ends"}.`,
    );
  });

/** `keys` only for what encrypts or decrypts: the others need none. */
export async function withServices(
  env: Env,
  use: (services: Services) => Promise<void>,
  keys: readonly EncryptionKey[] = [],
): Promise<void> {
  const executor = await openCurrent(env);
  try {
    await use(openServices(env, executor, keys));
  } finally {
    executor.close();
  }
}

async function userIdOf(executor: Executor, username: string): Promise<string> {
  const [found] = await executor.batch(
    [{ sql: "select id from principals where name = ? and kind = 'user'", args: [username] }],
    "read",
  );
  const id = found?.rows[0]?.[0];
  if (typeof id !== "string") throw new Failure(`There is no user ${username}`);
  return id;
}
