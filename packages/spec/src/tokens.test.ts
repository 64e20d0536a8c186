import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { doorNames, doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { expectSuccess } from "./expectations.ts";
import { type BadInput, specify } from "./specify.ts";
import { openWorld, type World } from "./world.ts";

const soon = new Date("2026-03-02T12:00:00.000Z");

/** Ada owns Sales, to which Ben writes; each has a personal token, and Ada one of the assistant. Root is a superuser. */
async function tokened(world: World) {
  const root = await world.user({ name: "root", superuser: true });
  const [ada, ben] = [await world.user({ name: "ada" }), await world.user({ name: "ben" })];
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 2);
  const own = await world.token(ada);
  const bound = await world.token(ada, { assistant: sales, scopes: ["read", "chat"] });
  const foreign = await world.token(ben);
  return { root, ada, ben, sales, own, bound, foreign };
}
type Tokened = Awaited<ReturnType<typeof tokened>>;

const badTokens: BadInput[] = [
  { input: { notes: "x".repeat(1001) }, at: "notes" },
  { input: { readOnly: "no" }, at: "readOnly" },
  { input: { scopes: ["admin"] }, at: "scopes.0" },
  { input: { scopes: 7 }, at: "scopes" },
  { input: { scopes: Array(4).fill("read") }, at: "scopes" },
  { input: { expiresAt: "soon" }, at: "expiresAt" },
  { input: { data: [] }, at: "data" },
];

specify("tokens.list", {
  arrange: tokened,
  as: ({ ada }: Tokened) => ada,
  input: () => ({}),
  gives: ({ own, bound, sales }: Tokened) => ({
    items: [
      {
        id: bound.id,
        type: "assistant",
        assistantId: sales.id,
        scopes: ["read", "chat"],
        hint: bound.bearer.slice(-4),
      },
      {
        id: own.id,
        type: "personal",
        assistantId: null,
        scopes: null,
        userId: "user:ada",
        permissions: { write: true, delete: true },
      },
    ],
    total: 2,
  }),
  bad: [{ input: { limit: 0 }, at: "limit" }],
  also: [{ title: "shows a superuser all", as: ({ root }: Tokened) => root, gives: { total: 3 } }],
});

specify("tokens.listOfAssistant", {
  arrange: async (world) => {
    const all = await tokened(world);
    const bens = await world.token(all.ben, { assistant: all.sales });
    return { ...all, bens };
  },
  as: ({ ada }) => ada,
  input: ({ sales }) => ({ id: sales.id }),
  gives: ({ bens, bound }) => ({
    items: [
      { id: bens.id, userId: "user:ben", permissions: { write: false, delete: true } },
      { id: bound.id, permissions: { write: true, delete: true } },
    ],
    total: 2,
  }),
  bad: [{ input: { cursor: "x" }, at: "cursor" }],
  also: [
    {
      title: "shows a writer all",
      as: ({ ben }) => ben,
      gives: {
        items: [{ permissions: { write: true, delete: true } }, { permissions: { write: false, delete: false } }],
        total: 2,
      },
    },
    {
      title: "shows a reader its own",
      arrange: (world) => world.rows("update shares set level = 1"),
      as: ({ ben }) => ben,
      gives: { items: [{ userId: "user:ben" }], total: 1 },
    },
  ],
});

specify("tokens.get", {
  arrange: tokened,
  as: ({ ada }: Tokened) => ada,
  input: ({ own }: Tokened) => ({ id: own.id }),
  gives: { type: "personal", readOnly: false, scopes: null, expiresAt: null, lastUsedAt: null, version: 1 },
  also: [
    {
      title: "shows an editor a token of its assistant",
      as: ({ ben }: Tokened) => ben,
      input: ({ bound }: Tokened) => ({ id: bound.id }),
      gives: { permissions: { write: false, delete: false } },
    },
    { title: "404 for somebody else's", as: ({ ben }: Tokened) => ben, refuses: "not_found" },
    {
      title: "404 for a reader of the assistant",
      arrange: (world) => world.rows("update shares set level = 1"),
      as: ({ ben }: Tokened) => ben,
      input: ({ bound }: Tokened) => ({ id: bound.id }),
      refuses: "not_found",
    },
  ],
});

specify("tokens.create", {
  arrange: tokened,
  as: ({ ada }: Tokened) => ada,
  input: () => ({ notes: "For the shop", expiresAt: soon }),
  status: 201,
  gives: {
    type: "personal",
    userId: "user:ada",
    assistantId: null,
    notes: "For the shop",
    readOnly: false,
    scopes: null,
    expiresAt: soon.toISOString(),
    lastUsedAt: null,
    version: 1,
    token: expect.stringMatching(/^stw_[0-9A-Za-z]{49}$/),
  },
  async after(world, _, value) {
    const { token, hint } = value as { token: string; hint: string };
    expect(token.endsWith(hint)).toBe(true);
    expect(await world.dump()).not.toContain(token);
  },
  bad: [
    ...badTokens,
    { input: { type: "robot" }, at: "type" },
    { input: { type: "assistant" }, at: "assistantId" },
    { input: { assistantId: "ada:sales" }, at: "assistantId" },
    { input: { expiresAt: new Date("2026-03-01T12:00:00.000Z") }, at: "expiresAt" },
  ],
  also: [
    {
      title: "binds one to an assistant",
      input: () => ({ type: "assistant", assistantId: "ada:sales", readOnly: true, scopes: [], data: { for: "shop" } }),
      gives: ({ sales }: Tokened) => ({
        type: "assistant",
        assistantId: sales.id,
        readOnly: true,
        scopes: [],
        data: { for: "shop" },
      }),
    },
    {
      title: "404 for an assistant that one cannot see",
      as: ({ ben }: Tokened) => ben,
      arrange: (world) => world.rows("delete from shares"),
      input: ({ sales }: Tokened) => ({ type: "assistant", assistantId: sales.id }),
      refuses: "not_found",
    },
    {
      title: "404 for an assistant that is not there",
      input: () => ({ type: "assistant", assistantId: "ada:none" }),
      refuses: "not_found",
    },
    {
      title: "keeps the order of scopes",
      input: () => ({ scopes: ["write", "read"] }),
      gives: { scopes: ["read", "write"] },
    },
  ],
});

specify("tokens.update", {
  arrange: tokened,
  as: ({ ada }: Tokened) => ada,
  input: ({ bound }: Tokened) => ({
    id: bound.id,
    notes: "Other",
    readOnly: true,
    scopes: ["read" as const],
    expiresAt: soon,
  }),
  gives: { notes: "Other", readOnly: true, scopes: ["read"], expiresAt: soon.toISOString(), version: 2 },
  bad: badTokens,
  async below(_, { ben }) {
    return ben;
  },
  also: [
    {
      title: "clears with null",
      input: ({ bound }: Tokened) => ({ id: bound.id, scopes: null }),
      gives: { scopes: null, version: 2 },
    },
    { title: "takes a superuser", as: ({ root }: Tokened) => root, gives: { notes: "Other" } },
    {
      title: "404 for somebody else's",
      input: ({ foreign }: Tokened) => ({ id: foreign.id, notes: "x" }),
      refuses: "not_found",
    },
  ],
});

specify("tokens.revoke", {
  arrange: tokened,
  as: ({ ada }: Tokened) => ada,
  input: ({ bound }: Tokened) => ({ id: bound.id }),
  status: 204,
  async below(_, { ben }) {
    return ben;
  },
  also: [
    {
      title: "lets who administers the assistant end somebody else's token of it",
      arrange: async (world, { ben, sales, bound }: Tokened) =>
        world.rows("update tokens set user_id = ? where id = ? and assistant_id = ?", ben.id, bound.id, sales.id),
    },
    { title: "404 for somebody else's", input: ({ foreign }: Tokened) => ({ id: foreign.id }), refuses: "not_found" },
  ],
});

throughEveryDoor("a token's value works, is shown once, and ends at once", async ({ world, get, refuses }) => {
  const { ada } = await tokened(world);
  const { token, id } = await get(ada, "tokens.create", {});
  const made = { bearer: token };
  expect(await get(made, "session.me")).toMatchObject({ user: { username: "ada" } });
  expect(await get(ada, "tokens.get", { id })).not.toHaveProperty("token");
  expect(JSON.stringify(await get(ada, "tokens.list"))).not.toContain(token);
  await get(ada, "tokens.update", { id, expiresAt: soon });
  world.advance(soon.getTime() - Date.now() - 1);
  await get(made, "session.me");
  world.advance(1);
  await refuses("unauthenticated", made, "session.me");
  await get(ada, "tokens.update", { id, expiresAt: null });
  await get(made, "session.me");
  await get(ada, "tokens.revoke", { id });
  await refuses("unauthenticated", made, "session.me");
});

throughEveryDoor(
  "who administers an assistant ends a token of it, and changes nobody else's",
  async ({ world, get, refuses }) => {
    const { ada, ben, sales } = await tokened(world);
    const bens = await world.token(ben, { assistant: sales, readOnly: true });
    await refuses("forbidden", ada, "tokens.update", { id: bens.id, readOnly: false });
    await get(ada, "tokens.revoke", { id: bens.id });
    await refuses("unauthenticated", bens, "assistants.get", { id: sales.id });
  },
);

throughEveryDoor("a token narrows its user", async ({ world, get, refuses }) => {
  const { ada, sales, bound } = await tokened(world);
  const other = await world.assistant({ owner: ada, name: "Other" });
  const reading = await world.token(ada, { readOnly: true });
  const chatting = await world.token(ada, { scopes: ["chat"] });
  const writing = await world.token(ada, { readOnly: true, scopes: ["read", "write"] });
  expect(await get(reading, "assistants.get", { id: other.id })).toMatchObject({
    permissions: { write: false, share: false },
  });
  expect(await get(reading, "assistants.list")).toMatchObject({ permissions: { create: false }, total: 2 });
  await refuses("token_scope", chatting, "assistants.get", { id: other.id });
  await refuses("token_scope", writing, "assistants.update", { id: other.id, name: "x" });
  expect(await get(bound, "assistants.list", { total: "exact" })).toMatchObject({
    items: [{ id: sales.id }],
    total: 1,
  });
  expect(await get(bound, "assistants.listAll")).toMatchObject({ items: [{ id: sales.id }] });
  await refuses("token_scope", bound, "assistants.get", { id: other.id });
  await refuses("token_scope", bound, "assistants.get", { id: "01900000-0000-7000-8000-ffffffffffff" });
  await refuses("token_scope", bound, "teams.list");
  await refuses("token_scope", bound, "assistants.update", { id: sales.id, name: "x" });
});

test.each(doorNames)("a token's value is nowhere in the database's files, through %s", async (doorName) => {
  const world = await openWorld({ fresh: true });
  const { ada } = await tokened(world);
  const { token } = expectSuccess(await doors[doorName](world, ada, "tokens.create", {})) as { token: string };
  expectSuccess(await doors[doorName](world, { bearer: token }, "assistants.list", {}));
  const files = [world.path, `${world.path}-wal`].map((path) => readFileSync(path).toString("latin1"));
  expect(files.join("")).toContain("SQLite format 3");
  for (const secret of [token, ada.sid]) expect(files.join("").includes(secret)).toBe(false);
});
