import type { Services } from "@steward/core";
import { DatabaseError, type Executor, type Statement } from "@steward/db";
import { WrongVariable } from "@steward/server/variables";
import { people, teams } from "./demo.ts";
import type { Env } from "./env.ts";
import { randomPassword } from "./random-password.ts";
import { type NewAdmin, worldStatements } from "./world.ts";

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
 * one transaction: whoever is killed leaves nothing, and of two processes that start at once one makes it.
 */
export async function seed(services: Services, env: Env): Promise<Seeded | null> {
  const { executor, passwords } = services;
  if (!(await isEmpty(executor))) return null;
  const { STEWARD_ADMIN_USERNAME: username, STEWARD_ADMIN_PASSWORD: given } = env;
  const demo = env.STEWARD_SEED === "demo" ? newDemo(services, username) : null;
  const password = given ?? randomPassword();
  const [passwordHash, demoHash] = await Promise.all([passwords.hash(password), demo && passwords.hash(demo.password)]);
  const admin: NewAdmin = { username, passwordHash };
  const statements = worldStatements(services, admin, demo && { passwordHash: demoHash, token: demo.token });
  if (!(await writeUnlessUsers(executor, statements))) return null;
  return {
    username,
    password: given === undefined ? password : null,
    demo: demo && { usernames: demo.usernames, password: demo.password, token: demo.token.value },
  };
}

function newDemo({ tokens }: Services, admin: string) {
  if (teams.some(({ name }) => name === admin)) {
    throw new WrongVariable("STEWARD_ADMIN_USERNAME must not be the name of a demo team, or STEWARD_SEED must be none");
  }
  const usernames = people.map(({ name }) => name).filter((name) => name !== admin);
  return { usernames, password: randomPassword(), token: tokens.issue() };
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
