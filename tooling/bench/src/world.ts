import { existsSync } from "node:fs";
import { apiTokens } from "@steward/auth";
import { migrate, openExecutor } from "@steward/db/node";

/** A database of this size, and the tokens of those who ask. */
export interface World {
  readonly path: string;
  readonly callers: { readonly member: string; readonly halfTeam: string; readonly admin: string };
  /** Ids of assistants that the member of the team which sees half of all may read, for one read after another. */
  readonly readable: readonly string[];
}

const users = 1000;
const teams = 200;
const instructions = "You answer questions about our numbers. Be brief, and say where each figure comes from. ".repeat(
  8,
);

const id = (kind: number, index: number) => `0197a000-000${kind}-7000-8000-${String(index).padStart(12, "0")}`;
const batchSize = 2000;
/** So many are shared with the ordinary member at any size, that a list of 20 is one. */
const pageful = 40;

/**
 * 1,000 users in 200 teams of about ten, `assistants` that belong to people and teams in turn, and as many shares: every
 * second assistant to the one team that then sees half of all, the others to a user or a team each.
 */
export async function makeWorld(path: string, assistants: number): Promise<World> {
  const url = `file:${path}`;
  const known = existsSync(path);
  await migrate({ url });
  const executor = openExecutor({ url });
  const issued = { member: apiTokens().issue(), halfTeam: apiTokens().issue(), admin: apiTokens().issue() };
  let pending: { sql: string; args: unknown[] }[] = [];
  const flush = async () => {
    if (pending.length > 0) await executor.batch(pending, "write");
    pending = [];
  };
  const add = async (sql: string, ...args: unknown[]) => {
    if (pending.push({ sql, args }) >= batchSize) await flush();
  };
  if (!known) {
    for (let index = 0; index < users; index++) await addUser(add, index);
    for (let index = 0; index < teams; index++) await addTeam(add, index);
    for (let index = 0; index < assistants; index++) await addAssistant(add, index, assistants);
    await flush();
    await executor.batch([{ sql: "analyze", args: [] }], "write");
  }
  const owners = { member: 5, halfTeam: 11, admin: 0 };
  for (const [name, { hash, hint }] of Object.entries(issued)) {
    await add(
      "insert into tokens (id, hash, hint, user_id, type, created_at, updated_at) values (?, ?, ?, ?, 'personal', 1, 1)",
      crypto.randomUUID(),
      hash,
      hint,
      id(1, owners[name as keyof typeof owners]),
    );
  }
  await flush();
  const [own] = await executor.batch(
    [{ sql: "select assistant_id from shares where principal_id = ? limit 500", args: [id(2, 0)] }],
    "read",
  );
  executor.close();
  return {
    path,
    callers: { member: issued.member.value, halfTeam: issued.halfTeam.value, admin: issued.admin.value },
    readable: (own?.rows ?? []).map(([row]) => String(row)),
  };
}

type Add = (sql: string, ...args: unknown[]) => Promise<void>;

const insertPrincipal =
  "insert into principals (id, kind, name, display_name, created_at, updated_at) values (?, ?, ?, ?, 1, 1)";

async function addUser(add: Add, index: number) {
  await add(insertPrincipal, id(1, index), "user", `user${index}`, `User ${index}`);
  await add("insert into users (id, role) values (?, ?)", id(1, index), index === 0 ? "admin" : "creator");
  await add("insert into seats (user_id, created_at) values (?, 1)", id(1, index));
}

/** Team 0 is the one that sees half of all; users 11, 211, 411 ... are in it. */
async function addTeam(add: Add, index: number) {
  await add(insertPrincipal, id(2, index), "team", `team${index}`, `Team ${index}`);
  await add("insert into teams (id) values (?)", id(2, index));
  for (let member = 0; member < 10; member++) {
    const user = (index * 5 + member * 97 + (index === 0 ? 11 : 1)) % users;
    await add(
      "insert or ignore into memberships (user_id, team_id, role, created_at, updated_at) values (?, ?, 'member', 1, 1)",
      id(1, user === 0 ? 1 : user),
      id(2, index),
    );
  }
}

async function addAssistant(add: Add, index: number, count: number) {
  const name = `Assistant ${String((index * 7919) % count).padStart(6, "0")}`;
  const owner = index % 4 === 3 ? id(2, 1 + (index % (teams - 1))) : id(1, index % users);
  await add(
    `insert into assistants (id, owner_id, slug, name, sort_name, description, instructions, suggestions, created_at, updated_at, created_by, updated_by)
     values (?, ?, ?, ?, ?, ?, ?, '["What changed?","Why?"]', ?, ?, ?, ?)`,
    id(3, index),
    owner,
    `assistant-${index}`,
    name,
    name.toLowerCase(),
    `Helps with matter ${index % 977} of department ${index % 53}`,
    instructions,
    1_700_000_000_000 + index,
    1_700_000_000_000 + index,
    id(1, index % users),
    id(1, index % users),
  );
  const shared =
    index % 2 === 0 ? id(2, 0) : index % 3 === 0 ? id(2, 1 + (index % (teams - 1))) : id(1, (index * 31) % users);
  const share = (whom: string) =>
    add(
      "insert or ignore into shares (assistant_id, principal_id, level, created_at, updated_at, created_by) values (?, ?, ?, 1, 1, ?)",
      id(3, index),
      whom,
      1 + (index % 3),
      id(1, 0),
    );
  if (shared !== owner) await share(shared);
  if (index < pageful && owner !== id(1, 5)) await share(id(1, 5));
}
