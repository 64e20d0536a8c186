import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

const minute = 60_000;

/** Ada owns Sales, which Ben may write and Cleo read; something is done to it every minute. Root is a superuser. */
async function busy(world: World) {
  const root = await world.user({ name: "root", superuser: true });
  const [ada, ben, cleo] = [
    await world.user({ name: "ada" }),
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
  ];
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  const other = await world.assistant({ owner: ada, name: "Other" });
  await world.share(sales, ben, 2);
  await world.share(sales, cleo, 1);
  const token = await world.token(ben);
  const row =
    "insert into audit (at, user_id, token_id, operation, subject, assistant_id, revision, details) values (?, ?, ?, ?, ?, ?, ?, ?)";
  const at = (minutes: number) => Date.now() - minutes * minute;
  const named = JSON.stringify({ name: "Sales" });
  await world.rows(row, at(50), ada.id, null, "assistants.create", sales.id, sales.id, null, named);
  await world.rows(row, at(40), ben.id, token.id, "assistants.update", sales.id, sales.id, 1, '{"fields":["name"]}');
  await world.rows(row, at(30), ada.id, null, "assistants.update", other.id, other.id, 1, null);
  await world.rows(row, at(20), null, null, "users.update", ben.id, null, null, null);
  await world.rows(row, at(10), ben.id, null, "skills.create", "a-draft-of-it", sales.id, 2, null);
  return { root, ada, ben, cleo, sales, other, token };
}
type Busy = Awaited<ReturnType<typeof busy>>;

specify("assistants.activity", {
  arrange: busy,
  as: ({ ben }: Busy) => ben,
  input: ({ sales }: Busy) => ({ id: sales.id }),
  gives: ({ sales, token }: Busy) => ({
    items: [
      { operation: "skills.create", userId: "user:ben", subject: "a-draft-of-it", revision: 2, details: null },
      {
        number: 2,
        at: "2026-03-01T11:20:00.000Z",
        operation: "assistants.update",
        userId: "user:ben",
        tokenId: token.id,
        revision: 1,
        details: { fields: ["name"] },
      },
      { operation: "assistants.create", userId: "user:ada", tokenId: null, subject: sales.id, revision: null },
    ],
    count: 3,
    total: 3,
    next: null,
  }),
  bad: [
    { input: { limit: 201 }, at: "limit" },
    { input: { cursor: "x" }, at: "cursor" },
  ],
  also: [
    {
      title: "takes the natural id",
      input: () => ({ id: "ada:sales", limit: 1, start: 2 }),
      gives: { items: [{ operation: "assistants.create" }], next: null },
    },
    {
      title: "pages",
      input: () => ({ id: "ada:sales", limit: 2 }),
      gives: { items: [{ number: 5 }, { number: 2 }], next: expect.any(String) },
    },
    { title: "403 for who may only read it", as: ({ cleo }: Busy) => cleo, refuses: "forbidden" },
  ],
});

specify("audit.list", {
  arrange: busy,
  as: ({ root }: Busy) => root,
  input: () => ({}),
  gives: ({ ben, sales }: Busy) => ({
    items: [
      { number: 5, assistantId: sales.id, hash: null },
      { number: 4, userId: null, operation: "users.update", subject: ben.id, assistantId: null },
      { number: 3 },
      { number: 2 },
      { number: 1 },
    ],
    total: 5,
  }),
  bad: [
    { input: { operation: "" }, at: "operation" },
    { input: { from: "yesterday" }, at: "from" },
    { input: { subject: "x".repeat(101) }, at: "subject" },
  ],
  also: [
    {
      title: "of one operation",
      input: () => ({ operation: "assistants.update" }),
      gives: { items: [{ number: 3 }, { number: 2 }], total: 2 },
    },
    {
      title: "of one user",
      input: () => ({ userId: "user:ben" }),
      gives: { items: [{ number: 5 }, { number: 2 }], total: 2 },
    },
    { title: "of nobody", input: () => ({ userId: "nobody" }), gives: { items: [], total: 0 } },
    {
      title: "of one row",
      input: ({ sales }: Busy) => ({ subject: sales.id }),
      gives: { items: [{ number: 2 }, { number: 1 }], total: 2 },
    },
    {
      title: "of a time, its end not included",
      input: () => ({ from: new Date("2026-03-01T11:20:00.000Z"), to: new Date("2026-03-01T11:40:00.000Z") }),
      gives: { items: [{ number: 3 }, { number: 2 }], total: 2 },
    },
    {
      title: "with several filters",
      input: () => ({ userId: "ben", operation: "assistants.update", to: new Date("2026-03-01T12:00:00.000Z") }),
      gives: { items: [{ number: 2 }], total: 1 },
    },
    {
      title: "finds by time what was written late",
      arrange: (world: World) =>
        world.rows("insert into audit (at, operation) values (?, 'late')", Date.now() - 45 * minute),
      input: () => ({ from: new Date("2026-03-01T11:14:00.000Z"), to: new Date("2026-03-01T11:16:00.000Z") }),
      gives: { items: [{ number: 6, operation: "late" }], total: 1 },
    },
    {
      title: "pages",
      input: () => ({ limit: 2, userId: "ada" }),
      gives: { items: [{ number: 3 }, { number: 1 }], next: null },
    },
  ],
});

throughEveryDoor("the trail tells from which revision an assistant was changed", async ({ world, get }) => {
  const { ada, ben } = await busy(world);
  const { id } = await get(ada, "assistants.create", { name: "New" });
  await get(ada, "assistants.update", { id, name: "Newer" });
  await get(ada, "shares.set", { id, principalId: "ben", accessLevel: 2 });
  await get(ben, "assistants.update", { id, description: "What it is for" });
  const { items } = await get(ada, "assistants.activity", { id });
  const shown = (items as Record<string, unknown>[]).map(({ operation, userId, revision }) => [
    operation,
    userId,
    revision,
  ]);
  expect(shown).toEqual([
    ["assistants.update", "user:ben", 2],
    ["shares.set", "user:ada", 2],
    ["assistants.update", "user:ada", 1],
    ["assistants.create", "user:ada", null],
  ]);
  expect(items[3].details).toEqual({ name: "New" });
});

throughEveryDoor("what was done to a draft stays in its original's activity", async ({ world, get, ask }) => {
  const { ada, ben, sales } = await busy(world);
  const draft = await get(ben, "drafts.edit", { id: sales.id });
  await get(ben, "assistants.update", { id: draft.id, name: "Sales, better" });
  const operations = async () =>
    (await get(ada, "assistants.activity", { id: sales.id })).items.map(
      ({ operation }: { operation: string }) => operation,
    );
  expect((await operations()).slice(0, 2)).toEqual(["assistants.update", "drafts.edit"]);
  expect((await get(ada, "assistants.activity", { id: draft.id })).total).toBe(5);
  await get(ben, "drafts.commit", { id: sales.id });
  expect((await ask(ben, "assistants.get", { id: draft.id })).ok).toBe(false);
  expect((await operations()).slice(0, 3)).toEqual(["drafts.commit", "assistants.update", "drafts.edit"]);
});

throughEveryDoor(
  "what is said about an assistant is its activity, what somebody likes is not",
  async ({ world, get }) => {
    const { ada, cleo, sales } = await busy(world);
    const { id } = await get(cleo, "comments.create", { id: sales.id, message: "What about Sunday?" });
    await get(ada, "comments.reply", { id, message: "Closed" });
    await get(cleo, "favorites.set", { id: sales.id, favorited: true });
    await get(cleo, "favorites.delete", { id: sales.id });
    const { items } = await get(ada, "assistants.activity", { id: sales.id, limit: 3 });
    const shown = items.map(({ operation, userId }: Record<string, unknown>) => [operation, userId]);
    expect(shown).toEqual([
      ["comments.reply", "user:ada"],
      ["comments.create", "user:cleo"],
      ["skills.create", "user:ben"],
    ]);
  },
);
