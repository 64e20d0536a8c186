import { apiTokens } from "@steward/auth";
import { type Caller, execute, operations, type Services } from "@steward/core";
import type { Executor, Statement } from "@steward/db";
import { openExecutor } from "@steward/db/node";
import { createServices } from "@steward/server/services";
import { makeWorld } from "./world.ts";

/** Of the world's assistants each has the words "Helps", "matter" and "department"; none has one that is absent. */
const questions = {
  "one word": { there: "helps", absent: "zorps" },
  "beginning of a word": { there: "hel", absent: "zor" },
  "two words": { there: "helps department", absent: "zorps quadrangle" },
  "one of two": { there: "zorps department", absent: "zorps quadrangle" },
} as const;
const rounds = 300;
/** Whoever finds all of them waits long enough to need no more. */
const roundsOfAll = 30;
const teamsOfMany = 50;

export const searchHeads = [
  "caller",
  "asks for",
  "found",
  "p50 ms",
  "p99 ms",
  "absent: p50 ms",
  "p99 ms",
  "times slower",
] as const;

/**
 * How long a search takes whose words stand in every other assistant, against one whose words stand in none, in this
 * process; asked by somebody who sees five, by the same in 50 teams that see as few, by a superuser with a token of one
 * assistant, and by a superuser who finds all.
 */
export async function measureSearch(path: string): Promise<string[][]> {
  const { callers } = await makeWorld(path, 100_000);
  const executor = openExecutor({ url: `file:${path}` });
  const services = createServices({ executor, log: { info() {}, error() {} }, keys: [] });
  const few = await addPerson(executor);
  const many = await addPerson(executor, { teams: teamsOfMany });
  const bound = await addPerson(executor, { role: "admin", bound: true });
  await executor.batch([{ sql: "analyze", args: [] }], "write");
  const rows = [
    ...(await compare(services, "sees 5", few, rounds)),
    ...(await compare(services, `sees 5, in ${teamsOfMany} teams`, many, rounds)),
    ...(await compare(services, "sees all, token of one", bound, rounds)),
    ...(await compare(services, "sees all", callers.admin, roundsOfAll)),
  ];
  executor.close();
  return rows;
}

async function compare(services: Services, caller: string, token: string, times: number): Promise<string[][]> {
  const as: Caller = { credential: apiTokens().credential(token), address: null, defer: () => undefined };
  const cases = Object.values(questions).flatMap(({ there, absent }) => [there, absent]);
  const took = new Map<string, number[]>(cases.map((q) => [q, []]));
  const found = new Map<string, number>();
  for (let round = -3; round < times; round++) {
    for (const q of new Set(cases)) {
      const began = performance.now();
      const page = await execute(services, as, "assistants.list", operations.assistants.list, { q, limit: 20 });
      if (round >= 0) took.get(q)?.push(performance.now() - began);
      found.set(q, (page as { total: number }).total);
    }
  }
  return Object.entries(questions).map(([title, { there, absent }]) => {
    const [ours, none] = [summary(took.get(there)), summary(took.get(absent))];
    const figures = [...ours, ...none].map((each) => each.toFixed(2));
    return [caller, title, String(found.get(there)), ...figures, (ours[0] / none[0]).toFixed(2)];
  });
}

function summary(times: readonly number[] = []): [median: number, slowest: number] {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
  return [at(0.5), at(0.99)];
}

interface Person {
  readonly teams?: number;
  readonly role?: "creator" | "admin";
  /** Whether the token is of one assistant alone. */
  readonly bound?: boolean;
}

/** A user with five assistants whose words no other has, and a token; each team sees one of the five as well. */
async function addPerson(
  executor: Executor,
  { teams = 0, role = "creator", bound = false }: Person = {},
): Promise<string> {
  const user = crypto.randomUUID();
  const own = Array.from({ length: 5 }, () => crypto.randomUUID());
  const { value, hash, hint } = apiTokens().issue();
  const token = [crypto.randomUUID(), hash, hint, user, bound ? "assistant" : "personal", bound ? own[0] : null];
  await executor.batch(
    [
      principal(user, "user"),
      statement("insert into users (id, role) values (?, ?)", user, role),
      statement("insert into seats (user_id, created_at) values (?, 1)", user),
      ...own.map((id, index) =>
        statement(
          `insert into assistants (id, owner_id, slug, name, sort_name, suggestions, created_at, updated_at)
           values (?, ?, ?, 'Mine alone', 'mine alone', '[]', 1, 1)`,
          ...[id, user, `own-${index}`],
        ),
      ),
      statement(
        `insert into tokens (id, hash, hint, user_id, type, assistant_id, created_at, updated_at)
         values (?, ?, ?, ?, ?, ?, 1, 1)`,
        ...token,
      ),
      ...Array.from({ length: teams }, (_, index) => team(user, String(own[index % own.length]))).flat(),
    ],
    "write",
  );
  return value;
}

const statement = (sql: string, ...args: unknown[]): Statement => ({ sql, args });

const principal = (id: string, kind: "user" | "team") =>
  statement("insert into principals values (?, ?, ?, 'Somebody', 1, 1, 1)", id, kind, `${kind}-${id}`);

function team(member: string, assistant: string): Statement[] {
  const id = crypto.randomUUID();
  return [
    principal(id, "team"),
    statement("insert into teams (id) values (?)", id),
    statement(
      "insert into memberships (user_id, team_id, role, created_at, updated_at) values (?, ?, 'member', 1, 1)",
      ...[member, id],
    ),
    statement(
      "insert into shares (assistant_id, principal_id, level, created_at, updated_at) values (?, ?, 1, 1, 1)",
      ...[assistant, id],
    ),
  ];
}
