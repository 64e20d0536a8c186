import { afterAll, beforeAll, test } from "vitest";
import type { Made, Person } from "./arrange.ts";
import { doors } from "./doors.ts";
import { expectSuccess } from "./expectations.ts";
import type { InputOf, OperationName } from "./operations.ts";
import { arrangeComment, arrangeFolder, arrangeTag } from "./organised.ts";
import { type Inspector, inspectorOf } from "./programs.ts";
import { openWorld, type World } from "./world.ts";

/** A world large enough that a wrong plan would show, analysed as a server's database is. */
let world: World;
let ada: Person;
let root: Person;
let sales: Made;
let inspector: Inspector;

beforeAll(async () => {
  world = await openWorld({ keep: true, fresh: true });
  root = await world.user({ name: "root", superuser: true });
  ada = await world.user({ name: "ada", password: "correct horse battery" });
  const ben = await world.user({ name: "ben" });
  const crew = await world.team({
    name: "crew",
    members: [
      [ada, "admin"],
      [ben, "member"],
    ],
  });
  await bulk(crew.id);
  sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 1);
  await world.favorite(sales, ada);
  await arrangeComment(world, sales, { by: ada, id: "said" });
  await arrangeComment(world, sales, { by: ben, id: "answered", answers: { id: "said" } });
  await arrangeTag(world, "Urgent", ada, sales);
  await arrangeFolder(world, crew, "Shared");
  await world.run([{ sql: "analyze", args: [] }]);
  inspector = inspectorOf(world);
}, 30_000);
afterAll(async () => {
  inspector.close();
  await world.close();
});

const numbers = (most: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${most})`;

/** Hundreds of users, thousands of assistants, by statements of the database's own. */
const bulk = (crew: string) =>
  world.run(
    [
      `${numbers(500)} insert into principals select printf('p%09d', i), 'user', 'user' || i, 'User ' || i, 1, 1, 1 from n`,
      `${numbers(500)} insert into users (id, role) select printf('p%09d', i), 'member' from n`,
      `${numbers(500)} insert into seats select printf('p%09d', i), null, 1, 1 from n`,
      `${numbers(500)} insert into sessions select printf('s%09d', i), 'hash' || i, printf('p%09d', i), 9e15, null, 1 from n`,
      `${numbers(60)} insert into principals select printf('q%09d', i), 'team', 'team' || i, 'Team ' || i, 1, 1, 1 from n`,
      `${numbers(60)} insert into teams select printf('q%09d', i), null from n`,
      `${numbers(500)} insert into memberships (user_id, team_id, role, created_at, updated_at)
         select printf('p%09d', i), printf('q%09d', i % 60 + 1), 'member', 1, 1 from n`,
      `${numbers(2000)} insert into assistants (id, owner_id, slug, name, sort_name, suggestions, dispatcher, created_at, updated_at)
         select printf('a%09d', i), iif(i % 10, printf('p%09d', i % 500 + 1), '${crew}'), 'a' || i, 'A ' || i, 'a ' || i, '[]', i % 50 = 0, i, i from n`,
      `${numbers(2000)} insert into shares (assistant_id, principal_id, level, created_at, updated_at)
         select printf('a%09d', i), printf('q%09d', i % 60 + 1), 1, 1, 1 from n`,
      `${numbers(500)} insert into tokens (id, hash, hint, user_id, type, assistant_id, created_at, updated_at)
         select printf('t%09d', i), 'th' || i, 'abcd', printf('p%09d', i), iif(i % 5, 'personal', 'assistant'),
           iif(i % 5, null, printf('a%09d', i)), 1, 1 from n`,
      `${numbers(500)} insert into tags select printf('g%09d', i), 'Tag ' || i, 'tag ' || i, printf('p%09d', i), 1, 1, 1 from n`,
      `${numbers(2000)} insert into assistant_tags select printf('a%09d', i), printf('g%09d', i % 500 + 1), 1 from n`,
      `${numbers(2000)} insert into folders select printf('f%09d', i), printf('p%09d', i % 500 + 1),
         iif(i > 1000, printf('f%09d', i - 1000), null), 'Folder ' || i, 'folder ' || i, 1, 1, 1 from n`,
      `${numbers(2000)} update assistants set folder_id = printf('f%09d', n.i) from n where id = printf('a%09d', n.i)`,
      `${numbers(3000)} insert into comments (id, assistant_id, parent_id, user_id, message, mentions, created_at, updated_at)
         select printf('c%09d', i), printf('a%09d', i % 1000 + 1), iif(i > 1000, printf('c%09d', i % 1000 + 1), null),
           printf('p%09d', i % 500 + 1), 'x', '[]', 1, 1 from n`,
      `${numbers(500)} insert into audit (at, operation, subject) select i, 'x.y', 'z' || i from n`,
    ].map((sql) => ({ sql, args: [] })),
  );

interface Hot<N extends OperationName> {
  readonly name: N;
  readonly input: InputOf<N>;
  /** What its statements must open, beside what the gate does. */
  readonly uses: readonly string[];
  readonly as?: "root";
  /** What is walked on purpose, and why that is right. */
  readonly walks?: Readonly<Record<string, string>>;
}

const hot = <N extends OperationName>(
  name: N,
  input: InputOf<N>,
  uses: readonly string[],
  more: Partial<Hot<N>> = {},
) => ({ shown: `${name} ${JSON.stringify(input)}`, name, input: input as object, uses, ...more }) as const;

const page = ["memberships_by_user", "sqlite_autoindex_access_1", "assistants_by_id"];
const onAssistant = ["memberships_by_user", "sqlite_autoindex_access_1", "assistants_by_id"];
const byNaturalId = [...onAssistant, "principals_by_name", "assistants_by_owner_and_slug"];
const everybody = { sqlite_autoindex_users_1: "only when a superuser asks, for everybody" };
const anywhere = "a part of a name may stand anywhere in it: names are few, and short";

test.each([
  hot("assistants.get", { id: "its UUID" }, onAssistant),
  hot("assistants.get", { id: "ada:sales" }, byNaturalId),
  hot("assistants.update", { id: "ada:sales", name: "Sales" }, [...byNaturalId, "access_by_name", "audit"]),
  hot("assistants.create", { name: "Another" }, [
    "assistants_by_owner_and_slug",
    "access_by_name",
    "audit",
    "audit_by_subject",
  ]),
  hot("assistants.list", {}, [...page, "access_by_name"]),
  hot("assistants.list", { limit: 200 }, [...page, "access_by_name"]),
  hot("assistants.list", { sort: "-name" }, [...page, "access_by_name"]),
  hot("assistants.list", { sort: "createdAt" }, [...page, "access_by_creation"]),
  hot("assistants.list", { sort: "-createdAt" }, [...page, "access_by_creation"]),
  hot("assistants.list", { sort: "updatedAt" }, [...page, "access_by_update"]),
  hot("assistants.list", { sort: "-updatedAt" }, [...page, "access_by_update"]),
  hot("assistants.list", { total: "exact" }, [...page, "access_by_name"]),
  hot("assistants.list", {}, ["access_by_name", "sqlite_autoindex_access_1", "assistants_by_id"], { as: "root" }),
  hot("assistants.list", { q: "sales" }, page),
  hot("assistants.list", { q: "sales", sort: "-updatedAt" }, page),
  hot("assistants.list", { ownerId: "ada" }, [...page, "principals_by_name", "assistants_by_owner_and_name"]),
  hot("assistants.list", { favorite: true }, [...page, "sqlite_autoindex_favorites_1"]),
  hot("assistants.list", { favorite: false }, [...page, "access_by_name", "sqlite_autoindex_favorites_1"]),
  hot("assistants.list", { shared: true }, [...page, "access_by_name", "sqlite_autoindex_shares_1"]),
  hot("assistants.list", { shared: false }, [...page, "access_by_name", "sqlite_autoindex_shares_1"]),
  hot("assistants.list", { dispatcher: true }, [...page, "assistants_dispatchers"], {
    walks: { assistants_dispatchers: "an index of dispatchers alone, which are few" },
  }),
  hot("assistants.list", { dispatcher: false }, [...page, "access_by_name"]),
  hot("assistants.listAll", {}, [
    ...page,
    "access_by_name",
    "sqlite_autoindex_shares_1",
    "sqlite_autoindex_favorites_1",
  ]),
  hot("assistants.list", { tag: "urgent" }, [...page, "tags_by_name", "sqlite_autoindex_assistant_tags_1"]),
  hot("assistants.list", { tag: "urgent" }, ["tags_by_name", "assistant_tags_by_tag", "assistants_by_id"], {
    as: "root",
  }),
  hot("assistants.list", { folderId: "f000000007" }, [...page, "assistants_by_folder"]),
  hot("assistants.list", { folderId: "f000000007" }, ["assistants_by_folder"], { as: "root" }),
  hot("assistants.list", { folderId: "none" }, [...page, "access_by_name"]),
  hot("comments.list", { id: "ada:sales" }, [...byNaturalId, "comments_by_assistant", "comments_by_parent"]),
  hot("comments.create", { id: "ada:sales", message: "x", mentions: ["ada", "ben"] }, [
    ...byNaturalId,
    "comments_by_assistant",
  ]),
  hot("comments.get", { id: "said" }, [...onAssistant, "sqlite_autoindex_comments_1"]),
  hot("comments.replies", { id: "said" }, [...onAssistant, "comments_by_parent"]),
  hot("comments.reply", { id: "said", message: "x" }, [...onAssistant, "comments_by_parent", "comments_by_assistant"]),
  hot("comments.resolve", { id: "said" }, [...onAssistant, "sqlite_autoindex_comments_1"]),
  hot("favorites.set", { id: "ada:sales" }, [...byNaturalId, "sqlite_autoindex_favorites_1"]),
  hot("tags.list", {}, ["tags_by_name"], { walks: { tags_by_name: "everybody sees all tags, which are few" } }),
  hot("tags.get", { id: "urgent" }, ["tags_by_name", "sqlite_autoindex_tags_1"]),
  hot("tags.listOfAssistant", { id: "ada:sales" }, [...byNaturalId, "sqlite_autoindex_assistant_tags_1"]),
  hot("tags.add", { id: "ada:sales", tagId: "g000000007" }, [...byNaturalId, "sqlite_autoindex_assistant_tags_1"]),
  hot("folders.list", {}, ["folders_by_owner"], {
    walks: { sqlite_autoindex_principals_1: "only when a superuser asks, for everybody" },
  }),
  hot("folders.list", { ownerId: "crew", parentId: "none" }, ["folders_by_owner_and_name"]),
  hot("folders.list", { parentId: "f000000007" }, ["folders_by_parent_and_name"]),
  hot("folders.create", { name: "New", ownerId: "crew" }, ["folders_by_owner", "folders_by_owner_and_name"]),
  hot("folders.update", { id: "f000000007", parentId: "f000000507" }, ["folders_by_parent_and_name"], { as: "root" }),
  hot("folders.delete", { id: "f000000008" }, ["folders_by_parent_and_name", "assistants_by_folder"], { as: "root" }),
  hot("shares.list", { id: "ada:sales" }, [...byNaturalId, "sqlite_autoindex_shares_1"]),
  hot("shares.set", { id: "ada:sales", principalId: "user7", accessLevel: 1 }, [
    ...byNaturalId,
    "sqlite_autoindex_shares_1",
  ]),
  hot("owner.get", { id: "ada:sales" }, byNaturalId),
  hot("teams.list", {}, ["principals_by_kind", "sqlite_autoindex_memberships_1"]),
  hot("teams.listMembers", { id: "crew" }, ["memberships_by_team", "principals_by_name"]),
  hot("principals.search", {}, ["principals"], { walks: { principals: anywhere, principals_by_name: anywhere } }),
  hot("principals.search", { q: "se" }, ["principals"], {
    walks: { principals: anywhere, principals_by_name: anywhere },
  }),
  hot("users.list", {}, ["principals_by_kind"], { as: "root" }),
  hot("seats.list", {}, ["sqlite_autoindex_principals_1"], {
    as: "root",
    walks: { seats: "a superuser asks for all", sqlite_autoindex_seats_1: "and they are counted" },
  }),
  hot("tokens.list", {}, ["tokens_by_user"], { walks: everybody }),
  hot("tokens.listOfAssistant", { id: "ada:sales" }, [...byNaturalId, "tokens_by_assistant"]),
  hot("session.list", {}, ["sessions_by_user"], { walks: everybody }),
  hot("settings.get", {}, ["settings"], { as: "root" }),
  hot("users.transfer", { username: "user7", ownerId: "user8" }, ["assistants_by_owner_and_slug"], { as: "root" }),
  hot("session.me", {}, ["memberships_by_user"]),
  hot("assistants.create", { name: "Once", idempotencyKey: "once" }, [
    "sqlite_autoindex_idempotent_requests_1",
    "idempotent_requests_by_expiry",
  ]),
  hot("assistants.activity", { id: "ada:sales" }, [...byNaturalId, "audit_by_assistant"]),
  hot("audit.list", { operation: "x.y" }, ["audit_by_operation"], { as: "root" }),
  hot("audit.list", { userId: "user7" }, ["audit_by_user"], { as: "root" }),
  hot("audit.list", { subject: "z7" }, ["audit_by_subject"], { as: "root" }),
  hot("audit.list", { from: new Date(100), to: new Date(200) }, ["audit_by_time"], { as: "root" }),
])("$shown uses its indexes and walks no table", async ({ name, input, uses, as, walks = {} }) => {
  const who = as === "root" ? root : ada;
  await inspector.inspect(
    who,
    name,
    { ...input, ...("id" in input && input.id === "its UUID" && { id: sales.id }) },
    uses,
    walks,
  );
});

test.each(["name", "-name", "createdAt", "-createdAt", "updatedAt", "-updatedAt"] as const)(
  "the next page by %s is sought, at any depth",
  async (sort) => {
    const first = await doors.core(world, ada, "assistants.list", { sort, limit: 20 });
    const { next } = expectSuccess(first) as { next: string };
    const index = { name: "access_by_name", createdAt: "access_by_creation", updatedAt: "access_by_update" }[
      sort.replace("-", "")
    ];
    await inspector.inspect(ada, "assistants.list", { sort, limit: 20, cursor: next }, [...page, String(index)], {});
  },
);
