import { actAsOperator, inlineHeavyWork, type Services, sealTrail } from "@steward/core";
import { DatabaseError, type Executor, type Statement } from "@steward/db";
import { fileOf } from "@steward/db/node";
import { WrongVariable } from "@steward/server/variables";
import { asking } from "./asking.ts";
import { people, teams } from "./demo.ts";
import type { Env } from "./env.ts";
import { randomPassword } from "./random-password.ts";
import { openTwin, type Twin } from "./twin.ts";
import { makeWorld } from "./world.ts";

/** What was made on an empty database: shown once, and known to nobody afterwards. */
export interface Seeded {
  readonly username: string;
  /** Null when it was given in the environment. */
  readonly password: string | null;
  readonly demo: { readonly usernames: readonly string[]; readonly password: string; readonly token: string } | null;
}

/** Whether nobody could sign in yet. */
export async function isEmpty(executor: Executor): Promise<boolean> {
  const [found] = await executor.batch([{ sql: "select 1 from users limit 1", args: [] }], "read");
  return found?.rows.length === 0;
}

/**
 * Makes the first user, and unless told otherwise the demo world, on a database without users; null on any other. All in
 * one transaction: whoever is killed leaves nothing but bytes in the store that nobody names, which a check finds, and of two
 * processes that start at once one makes it.
 */
export async function seed(services: Services, env: Env): Promise<Seeded | null> {
  const { executor, passwords } = services;
  if (!(await isEmpty(executor))) return null;
  const { STEWARD_ADMIN_USERNAME: username, STEWARD_ADMIN_PASSWORD: given } = env;
  const usernames = env.STEWARD_SEED === "demo" ? demoUsernames(username) : null;
  const password = given ?? randomPassword();
  const demoPassword = randomPassword();
  // Hashed beside the main thread, while the world is made.
  const hashes = Promise.all([passwords.hash(password), usernames && passwords.hash(demoPassword)]);
  hashes.catch(() => undefined);
  const { statements, token, keys } = await rehearse(services, env, usernames !== null);
  const setPasswords = {
    sql: "update users set password_hash = iif(id = (select id from principals where name = ?), ?, ?)",
    args: [username, ...(await hashes)],
  };
  if (!(await writeUnlessUsers(executor, [...statements, setPasswords]))) {
    await services.blobs.delete(keys);
    return null;
  }
  await sealTrail(services);
  return {
    username,
    password: given === undefined ? password : null,
    demo: token === null || usernames === null ? null : { usernames, password: demoPassword, token },
  };
}

function demoUsernames(admin: string): string[] {
  if (teams.some(({ name }) => name === admin)) {
    throw new WrongVariable("STEWARD_ADMIN_USERNAME must not be the name of a demo team, or STEWARD_SEED must be none");
  }
  return people.map(({ name }) => name).filter((name) => name !== admin);
}

/** Makes everything in a twin of the database, where nobody sees it half made. */
async function rehearse(services: Services, env: Env, demo: boolean) {
  const { STEWARD_ADMIN_USERNAME: admin, STEWARD_S3_URL: bucket } = env;
  // The server of a database elsewhere may look for its files elsewhere, too.
  const withFiles = bucket !== undefined || fileOf(env.DATABASE_URL) !== null;
  const twin: Twin = await openTwin(services.executor);
  try {
    const there = servicesOf(services, twin);
    await addAdmin(there, admin);
    const token = demo ? await makeWorld(asking(there), { admin, now: services.clock.now(), withFiles }) : null;
    const [stored] = await twin.executor.batch([{ sql: "select key from blobs", args: [] }], "read");
    const keys = (stored?.rows ?? []).map(([key]) => String(key));
    return { token, keys, statements: await twin.statements() };
  } finally {
    twin.close();
  }
}

/** The same, but for another database. */
export function servicesOf(services: Services, { executor }: Pick<Twin, "executor">): Services {
  const heavyWork = inlineHeavyWork({ executor, clock: services.clock });
  return { ...services, executor, scans: executor, heavyWork };
}

async function addAdmin(services: Services, username: string): Promise<void> {
  const id = services.ids.next();
  const now = services.clock.now().getTime();
  const details = { username, role: "admin" };
  await actAsOperator(services, { operation: "users.create", subject: id, details }, [
    {
      sql: `insert into principals (id, kind, name, display_name, created_at, updated_at)
        values (?1, 'user', ?2, 'Administrator', ?3, ?3)`,
      args: [id, username, now],
    },
    { sql: "insert into users (id, role) values (?, 'admin')", args: [id] },
    { sql: "insert into seats (user_id, created_at) values (?, ?)", args: [id, now] },
  ]);
}

/** Raises, and so ends the batch, when there are users. */
const unlessUsers: Statement = {
  sql: "select case when exists (select 1 from users) then json_extract('{}', 'refused:seeded') end",
  args: [],
};

async function writeUnlessUsers(executor: Executor, statements: readonly Statement[]): Promise<boolean> {
  try {
    await executor.batch([unlessUsers, ...statements], "write");
    return true;
  } catch (error) {
    // A server may hide why it raised; that there are users now tells enough.
    if (error instanceof DatabaseError && !(await isEmpty(executor))) return false;
    throw error;
  }
}
