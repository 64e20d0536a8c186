import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { doorNames, doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { expectSuccess } from "./expectations.ts";
import { specify } from "./specify.ts";
import { badTokens, soon, type Tokened, tokened } from "./tokened.ts";
import { openWorld } from "./world.ts";

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
  gives: {
    type: "personal",
    readOnly: false,
    scopes: null,
    restrict: null,
    host: null,
    cidr: null,
    expiresAt: null,
    lastUsedAt: "2026-03-01T12:00:00.000Z",
    version: 1,
  },
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

const tie = `update tokens set restrict = 'host', host = '10.0.0.1',
  first_address = '00000000000000000000ffff0a000001', last_address = '00000000000000000000ffff0a000001'`;

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
      title: "ties it to an address",
      input: ({ own }: Tokened) => ({ id: own.id, restrict: "host", host: "::FFFF:203.0.113.7" }),
      gives: { restrict: "host", host: "203.0.113.7", version: 2 },
    },
    {
      title: "400 for making count what is not given with it",
      arrange: async (world) => {
        await world.rows(tie);
        await world.rows("update tokens set cidr = '10.0.0.0/8'");
      },
      input: ({ own }: Tokened) => ({ id: own.id, restrict: "cidr" }),
      refuses: "validation_failed",
      after: async (_, __, answer) => expect(answer).toMatchObject({ details: [{ path: "cidr" }] }),
    },
    {
      title: "400 for taking away what counts",
      arrange: (world) => world.rows(tie),
      input: ({ own }: Tokened) => ({ id: own.id, host: null }),
      refuses: "validation_failed",
      after: async (_, __, answer) => expect(answer).toMatchObject({ details: [{ path: "restrict" }] }),
    },
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
