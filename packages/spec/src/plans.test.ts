import type { Statement } from "@steward/db";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Person, Presented } from "./arrange.ts";
import { doors } from "./doors.ts";
import { expectSuccess } from "./expectations.ts";
import type { InputOf, OperationName } from "./operations.ts";
import { openWorld, type World } from "./world.ts";

/** A world large enough that a wrong plan would show, analysed as a server's database is. */
let world: World;
let ada: Person;
let root: Person;

beforeAll(async () => {
  world = await openWorld({ keep: true, fresh: true });
  root = await world.user({ name: "root", superuser: true });
  ada = await world.user({ name: "ada", password: "correct horse battery" });
  const ben = await world.user({ name: "ben" });
  const crew = await world.team({ name: "crew", members: [[ada, "admin"], [ben, "member"]] });
  await bulk(crew.id);
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 1);
  await world.favorite(sales, ada);
  await world.run([{ sql: "analyze", args: [] }]);
}, 30_000);
afterAll(() => world.close());

const numbers = (most: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${most})`;

/** Hundreds of users, thousands of assistants, by statements of the database's own. */
const bulk = (crew: string) =>
  world.run(
    [
      `${numbers(500)} insert into principals select printf('p%09d', i), 'user', 'user' || i, 'User ' || i, 1, 1, 1 from n`,
      `${numbers(500)} insert into users (id, role) select printf('p%09d', i), 'member' from n`,
      `${numbers(500)} insert into seats select printf('p%09d', i), null, 1, 1 from n`,
      `${numbers(500)} insert into sessions select printf('s%09d', i), 'hash' || i, printf('p%09d', i), 9e15, null, 1 from n`,
      `${numbers(500)} insert into tokens (id, hash, hint, user_id, type, created_at, updated_at)
         select printf('t%09d', i), 'th' || i, 'abcd', printf('p%09d', i), 'personal', 1, 1 from n`,
      `${numbers(60)} insert into principals select printf('q%09d', i), 'team', 'team' || i, 'Team ' || i, 1, 1, 1 from n`,
      `${numbers(60)} insert into teams select printf('q%09d', i), null from n`,
      `${numbers(500)} insert into memberships (user_id, team_id, role, created_at, updated_at)
         select printf('p%09d', i), printf('q%09d', i % 60 + 1), 'member', 1, 1 from n`,
      `${numbers(2000)} insert into assistants (id, owner_id, slug, name, sort_name, suggestions, dispatcher, created_at, updated_at)
         select printf('a%09d', i), iif(i % 10, printf('p%09d', i % 500 + 1), '${crew}'), 'a' || i, 'A ' || i, 'a ' || i, '[]', i % 50 = 0, i, i from n`,
      `${numbers(2000)} insert into shares (assistant_id, principal_id, level, created_at, updated_at)
         select printf('a%09d', i), printf('q%09d', i % 60 + 1), 1, 1, 1 from n`,
      `${numbers(500)} insert into audit (at, operation, subject) select i, 'x.y', 'z' || i from n`,
    ].map((sql) => ({ sql, args: [] })),
  );

/** The plan of each statement that an operation sent, as SQLite explains it: a line for each table it visits. */
async function plansOf(as: Presented, name: OperationName, input: object): Promise<{ sql: string; plan: string[] }[]> {
  const before = world.trips.length;
  expectSuccess(await doors.core(world, as, name, input as Record<string, unknown>));
  const sent = world.trips.slice(before).flatMap(({ statements }) => statements);
  return Promise.all(sent.map(explain));
}

async function explain({ sql, args }: Statement) {
  const [rows = []] = await world.run([{ sql: `explain query plan ${sql}`, args }]);
  return { sql, plan: rows.map((row) => String(row[3])) };
}

const tables = "access assistants audit favorites memberships principals seats sessions shares sign_in_attempts teams tokens users".split(" ");

/** The names that a statement gives to real tables: `from access x`, `join users u`. */
function aliasesOf(sql: string): Map<string, string> {
  const aliases = new Map(tables.map((table) => [table, table]));
  for (const [, table = "", alias = ""] of sql.replaceAll('"', "").matchAll(/\b(?:from|join|,)\s+(\w+)\s+(?:as\s+)?(\w+)/gi))
    if (tables.includes(table) && !/^(where|on|join|cross|inner|left|set|indexed|order|limit|group|values|select)$/i.test(alias)) aliases.set(alias, table);
  return aliases;
}

/** Where a statement reads a real table from end to end; through an index (`USING`) is as long. */
const scansOf = ({ sql, plan }: { sql: string; plan: string[] }): string[] => {
  const aliases = aliasesOf(sql);
  return plan.flatMap((line) => {
    const [, alias = ""] = /^SCAN (\w+)/.exec(line) ?? [];
    const table = aliases.get(alias);
    return table === undefined ? [] : [line.replace(alias, table)];
  });
};

interface Hot<N extends OperationName> {
  readonly name: N;
  readonly input: InputOf<N>;
  /** Indexes that its statements must use. */
  readonly uses: readonly string[];
  /** As whom; Ada unless told. */
  readonly as?: "ada" | "root";
  /** What is read from end to end on purpose, and why that is right. */
  readonly scans?: readonly { readonly line: RegExp; readonly because: string }[];
}
const hot = <N extends OperationName>(name: N, input: InputOf<N>, uses: readonly string[], more: Partial<Hot<N>> = {}): Hot<OperationName> =>
  ({ name, input, uses, ...more }) as Hot<OperationName>;

const gate = ["sessions_by_hash", "tokens_by_hash", "memberships_by_user"];
const byAccess = { name: "access_by_name", createdAt: "access_by_creation", updatedAt: "access_by_update" } as const;

const statements: Hot<OperationName>[] = [
  hot("assistants.get", { id: "a000000010" }, gate),
];
for (const one of statements) void one;

const uuid = "01900000-0000-7000-8000-000000000000";
void uuid;
void describe;
void test;
test("dump", async () => {
  const show = async (as: Presented, name: OperationName, input: object) => {
    for (const { sql, plan } of await plansOf(as, name, input)) console.log(name, JSON.stringify(input), "\n", sql.slice(0, 3000), "\n  ", plan.join("\n   "), "\nSCANS", scansOf({ sql, plan }));
  };
  await show(ada, "assistants.get", { id: "ada:sales" });
  await show(ada, "assistants.list", {});
  await show(ada, "assistants.list", { q: "sales", sort: "-createdAt" });
  await show(ada, "principals.search", { q: "a" });
  await show(root, "users.list", {});
  await show(ada, "teams.listMembers", { id: "crew" });
  await show(ada, "shares.list", { id: "ada:sales" });
  await show(ada, "tokens.list", {});
  await show(ada, "session.list", {});
  await show(ada, "teams.list", {});
  void byAccess;
});
