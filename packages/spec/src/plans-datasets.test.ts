import { afterAll, beforeAll, test } from "vitest";
import type { Person } from "./arrange.ts";
import { doors } from "./doors.ts";
import { expectSuccess } from "./expectations.ts";
import type { InputOf, OperationName } from "./operations.ts";
import { type Inspector, inspectorOf } from "./programs.ts";
import { openWorld, type World } from "./world.ts";

/** A world with thousands of datasets, of which Ada sees a few, analysed as a server's database is. */
let world: World;
let ada: Person;
let root: Person;
let inspector: Inspector;

const numbers = (most: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${most})`;

beforeAll(async () => {
  world = await openWorld({ keep: true, fresh: true });
  root = await world.user({ name: "root", superuser: true });
  ada = await world.user({ name: "ada" });
  const ben = await world.user({ name: "ben" });
  await world.team({ name: "crew", members: [[ada, "admin"]] });
  const texts = [
    `${numbers(500)} insert into principals select printf('p%09d', i), 'user', 'user' || i, 'User ' || i, 1, 1, 1 from n`,
    `${numbers(500)} insert into users (id, role) select printf('p%09d', i), 'member' from n`,
    `${numbers(500)} insert into seats select printf('p%09d', i), null, 1, 1 from n`,
    `${numbers(500)} insert into sessions select printf('s%09d', i), 'hash' || i, printf('p%09d', i), 9e15, null, 1 from n`,
    `${numbers(500)} insert into memberships (user_id, team_id, role, created_at, updated_at)
       select printf('p%09d', n.i), p.id, 'member', 1, 1 from n join principals p on p.name = 'crew'`,
    `${numbers(500)} insert into tokens (id, hash, hint, user_id, type, created_at, updated_at)
       select printf('t%09d', i), 'th' || i, 'abcd', printf('p%09d', i), 'personal', 1, 1 from n`,
    `${numbers(3000)} insert into dataset_loads (dataset_id, fields, rows, created_at) select printf('d%09d', i), '[]', i, 1 from n`,
    `${numbers(3000)} insert into datasets (id, owner_id, slug, name, sort_name, load_number, created_at, updated_at)
       select printf('d%09d', i), printf('p%09d', i % 500 + 1), 'd' || i, 'D ' || i, 'd ' || i, i, i, i from n`,
    `${numbers(3000)} insert into dataset_shares (dataset_id, principal_id, level, created_at, updated_at)
       select printf('d%09d', i), printf('p%09d', (i + 7) % 500 + 1), 1, 1, 1 from n`,
  ];
  await world.run(texts.map((sql) => ({ sql, args: [] })));
  for (const name of ["Whales", "Orcas", "Seals"])
    await world.dataset({
      owner: ada,
      name,
      fields: [{ name: "n", dataType: "number" }],
      records: [{ n: 1 }],
      shares: [[ben, { level: 1 }]],
    });
  await world.run([{ sql: "analyze", args: [] }]);
  inspector = inspectorOf(world);
}, 30_000);
afterAll(async () => {
  inspector.close();
  await world.close();
});

const page = ["memberships_by_user", "sqlite_autoindex_dataset_access_1", "datasets_by_id"];
const byNaturalId = [...page, "principals_by_name", "datasets_by_owner_and_slug"];

const hot = <N extends OperationName>(name: N, input: InputOf<N>, uses: readonly string[], as?: "root") =>
  ({ shown: `${name} ${JSON.stringify(input)}`, name, input: input as object, uses, as }) as const;

test.each([
  hot("datasets.list", {}, [...page, "dataset_access_by_name", "dataset_loads"]),
  hot("datasets.list", { limit: 200 }, [...page, "dataset_access_by_name"]),
  hot("datasets.list", { sort: "-name" }, [...page, "dataset_access_by_name"]),
  hot("datasets.list", { sort: "createdAt" }, [...page, "dataset_access_by_creation"]),
  hot("datasets.list", { sort: "-updatedAt" }, [...page, "dataset_access_by_update"]),
  hot("datasets.list", { total: "exact" }, [...page, "dataset_access_by_name"]),
  hot("datasets.list", { q: "whales" }, [...page, "dataset_access_by_name"]),
  hot("datasets.list", { ownerId: "ada" }, [...page, "principals_by_name", "datasets_by_owner_and_name"]),
  hot("datasets.list", {}, ["dataset_access_by_name", "datasets_by_id"], "root"),
  hot("datasets.list", { ownerId: "ada", q: "whales" }, ["datasets_by_owner_and_name"], "root"),
  hot("datasets.listAll", {}, [...page, "dataset_access_by_name"]),
  hot("datasets.get", { id: "ada:whales" }, [...byNaturalId, "dataset_loads"]),
  hot("datasets.create", { name: "Another" }, ["datasets_by_owner_and_slug", "audit"]),
  hot("datasets.update", { id: "ada:whales", name: "Wales" }, [...byNaturalId, "sqlite_autoindex_dataset_access_1"]),
  hot("datasetShares.list", { id: "ada:whales" }, [...byNaturalId, "sqlite_autoindex_dataset_shares_1"]),
  hot("datasetShares.set", { id: "ada:whales", principalId: "user7", accessLevel: 1, visibleFields: ["n"] }, [
    ...byNaturalId,
    "sqlite_autoindex_dataset_shares_1",
  ]),
  hot("datasetShares.delete", { id: "ada:whales", principalId: "user7" }, byNaturalId),
  hot("datasetOwner.get", { id: "ada:whales" }, byNaturalId),
  hot("datasetOwner.set", { id: "ada:seals", ownerId: "team:crew" }, byNaturalId),
  hot("datasets.delete", { id: "ada:orcas" }, [...byNaturalId, "sqlite_autoindex_dataset_shares_1"]),
  hot("users.transfer", { username: "user7", ownerId: "user8" }, ["datasets_by_owner_and_slug"], "root"),
])("$shown uses its indexes and walks no table", async ({ name, input, uses, as }) => {
  await inspector.inspect(as === "root" ? root : ada, name, input, uses);
});

test.each(["name", "-name", "createdAt", "-createdAt", "updatedAt", "-updatedAt"] as const)(
  "the next page of datasets by %s is sought, at any depth",
  async (sort) => {
    const { next } = expectSuccess(await doors.core(world, root, "datasets.list", { sort, limit: 20 })) as {
      next: string;
    };
    const index = { name: "by_name", createdAt: "by_creation", updatedAt: "by_update" }[sort.replace("-", "")];
    await inspector.inspect(root, "datasets.list", { sort, limit: 20, cursor: next }, [
      "datasets_by_id",
      `dataset_access_${index}`,
    ]);
  },
);
