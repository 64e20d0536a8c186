import { expect, test } from "vitest";
import { doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { arrangeComment, crowdOfComments, talk } from "./organised.ts";
import { specify } from "./specify.ts";
import { openWorld } from "./world.ts";

const open = { resolvedAt: null, resolvedBy: null };
const stale = { expectedVersion: 7 };

specify("comments.replies", {
  arrange: talk,
  as: ({ ben }) => ben,
  input: ({ question }) => ({ id: question.id }),
  gives: ({ question }) => ({
    items: [
      { message: "Because.", parentId: question.id, userId: "user:ada", permissions: { write: false, resolve: false } },
      { message: "I see.", user: { username: "ben" }, permissions: { write: true, delete: true, resolve: false } },
    ],
    total: 2,
  }),
  bad: [{ input: { sort: "message" }, at: "sort" }],
  also: [
    {
      title: "are those of the thread, whichever of its comments is named; the latest first when asked",
      input: ({ answer }) => ({ id: answer.id, sort: "-createdAt" }),
      gives: { items: [{ message: "I see." }, { message: "Because." }] },
    },
    {
      title: "404 for a reader, of what was said on a draft",
      input: ({ hidden }) => ({ id: hidden.id }),
      refuses: "not_found",
    },
  ],
});

specify("comments.reply", {
  arrange: talk,
  as: ({ ada }) => ada,
  input: ({ question }) => ({ id: question.id, message: "More.", mentions: ["ben"] }),
  status: 201,
  gives: ({ question, sales }) => ({
    assistantId: sales.id,
    parentId: question.id,
    message: "More.",
    mentions: ["user:ben"],
    editorsOnly: false,
    permissions: { write: true, delete: true, resolve: false },
  }),
  bad: [
    { input: { message: "" }, at: "message" },
    { input: { mentions: ["team:crew"] }, at: "mentions.0" },
  ],
  also: [
    {
      title: "stands in the thread of the reply that it answers",
      input: ({ answer }) => ({ id: answer.id, message: "And?" }),
      gives: ({ question }) => ({ parentId: question.id }),
    },
    {
      title: "is for editors where the thread is",
      as: ({ cleo }) => cleo,
      input: ({ hidden }) => ({ id: hidden.id, message: "Hush, too.", mentions: ["ada"] }),
      gives: { editorsOnly: true },
    },
    {
      title: "400 for a reader's mention in a thread for editors",
      as: ({ cleo }) => cleo,
      input: ({ hidden }) => ({ id: hidden.id, message: "Hush, too.", mentions: ["ben"] }),
      refuses: "validation_failed",
    },
    {
      title: "400 for the mention of one who may not read, mentioned above or not",
      arrange: (world, { question, dan }) =>
        world.rows("update comments set mentions = ? where id = ?", JSON.stringify([dan.id]), question.id),
      input: ({ question }) => ({ id: question.id, message: "Dan?", mentions: ["dan"] }),
      refuses: "validation_failed",
    },
    {
      title: "404 for a reader, to what was said on a draft",
      as: ({ ben }) => ben,
      input: ({ hidden }) => ({ id: hidden.id, message: "What?" }),
      refuses: "not_found",
    },
    {
      title: "answers what is resolved, which stays so",
      arrange: (world) => world.rows("update comments set resolved_at = 1 where parent_id is null"),
      gives: { message: "More." },
      after: async (world, { question }) =>
        expect(await world.rows("select resolved_at from comments where id = ?", question.id)).toEqual([[1]]),
    },
    {
      title: "409 for one more than a thread may have",
      arrange: (world, { sales, question }) => crowdOfComments(world, sales.id, question.id, 1000 - 2),
      refuses: "conflict",
    },
    {
      title: "409 for one more than an assistant may have",
      arrange: (world, { sales }) => crowdOfComments(world, sales.id, null, 10_000 - 4),
      refuses: "conflict",
    },
  ],
});

const resolved = { resolvedAt: "2026-03-01T12:00:00.000Z" };

specify("comments.resolve", {
  arrange: talk,
  as: ({ cleo }) => cleo,
  input: ({ question }) => ({ id: question.id }),
  status: 200,
  gives: { ...resolved, resolvedBy: "user:cleo", editedAt: null, version: 2 },
  also: [
    { title: "resolves what one has said oneself", as: ({ ben }) => ben, gives: { resolvedBy: "user:ben" } },
    {
      title: "leaves what is resolved as it is",
      arrange: (world, { ada, question }) =>
        world.rows("update comments set resolved_at = 1, resolved_by = ? where id = ?", ada.id, question.id),
      gives: { resolvedAt: "1970-01-01T00:00:00.001Z", resolvedBy: "user:ada", version: 1 },
    },
    {
      title: "403 for a reader, of another's",
      arrange: (world, { ada }) => world.rows("update comments set user_id = ?", ada.id),
      as: ({ ben }) => ben,
      refuses: "forbidden",
    },
    { title: "409 for a reply", input: ({ answer }) => ({ id: answer.id }), refuses: "conflict" },
    {
      title: "412 for another version",
      input: ({ question }) => ({ id: question.id, ...stale }),
      refuses: "version_mismatch",
    },
  ],
});

specify("comments.reopen", {
  arrange: async (world) => {
    const things = await talk(world);
    await world.rows(
      "update comments set resolved_at = 1, resolved_by = ? where id = ?",
      things.ada.id,
      things.question.id,
    );
    return things;
  },
  as: ({ ben }) => ben,
  input: ({ question }) => ({ id: question.id }),
  status: 200,
  gives: { ...open, version: 2 },
  also: [
    { title: "reopens any for who may write the assistant", as: ({ cleo }) => cleo, gives: open },
    {
      title: "leaves what is open as it is",
      arrange: (world) => world.rows("update comments set resolved_at = null, resolved_by = null"),
      gives: { ...open, version: 1 },
    },
    { title: "409 for a reply", input: ({ thanks }) => ({ id: thanks.id }), refuses: "conflict" },
    {
      title: "403 for a reader, of another's",
      arrange: (world, { ada }) => world.rows("update comments set user_id = ?", ada.id),
      refuses: "forbidden",
    },
  ],
});

throughEveryDoor("a mention does not tell who is there from who may not read", async ({ world, ask }) => {
  const { ben, sales } = await talk(world);
  const told = await Promise.all(
    ["dan", "user:dan", "nobody", "user:nobody", "crew", "user:crew"].map(async (name) => {
      const answer = await ask(ben, "comments.create", { id: sales.id, message: "You?", mentions: ["ada", name] });
      return answer.ok ? "ok" : answer.body;
    }),
  );
  expect(new Set(told).size).toBe(1);
  expect(told[0]).toContain("mentions.1");
});

throughEveryDoor(
  "what is said on a draft goes along, and stays between its editors",
  async ({ world, get, refuses }) => {
    const { ada, ben, cleo, root, sales } = await talk(world);
    const draft = await get(cleo, "drafts.edit", { id: sales.id });
    const said = await get(cleo, "comments.create", { id: draft.id, message: "Shorter?" });
    const replied = await get(ada, "comments.reply", { id: said.id, message: "Yes." });
    await get(cleo, "comments.resolve", { id: said.id });
    for (const { id } of [said, replied]) await refuses("not_found", ben, "comments.get", { id });
    await get(ada, "drafts.commit", { id: sales.id });
    for (const as of [ada, cleo, root]) {
      const [first] = (await get(as, "comments.list", { id: sales.id })).items;
      expect(first).toMatchObject({
        id: said.id,
        assistantId: sales.id,
        editorsOnly: true,
        replyCount: 1,
        resolvedBy: "user:cleo",
      });
      expect((await get(as, "comments.replies", { id: said.id })).items).toMatchObject([{ id: replied.id }]);
    }
    expect((await get(ben, "comments.list", { id: sales.id })).total).toBe(1);
    for (const { id } of [said, replied]) {
      await refuses("not_found", ben, "comments.get", { id });
      await refuses("not_found", ben, "comments.replies", { id });
      await refuses("not_found", ben, "comments.reply", { id, message: "Me too" });
      await refuses("not_found", ben, "comments.delete", { id });
    }
    const later = await get(ada, "comments.reply", { id: replied.id, message: "Later." });
    await refuses("not_found", ben, "comments.get", { id: later.id });
  },
);

throughEveryDoor("what is said on a draft goes with it, and with its assistant", async ({ world, get }) => {
  const { ada, cleo, sales } = await talk(world);
  const draft = await get(cleo, "drafts.edit", { id: sales.id });
  await get(cleo, "comments.create", { id: draft.id, message: "Shorter?" });
  await get(cleo, "drafts.discard", { id: sales.id });
  expect(await world.rows("select 1 from comments where message = 'Shorter?'")).toEqual([]);
  await get(ada, "assistants.delete", { id: sales.id });
  expect(await world.rows("select 1 from comments")).toEqual([]);
});

throughEveryDoor(
  "a token of the assistant speaks for its user there, and nowhere else",
  async ({ world, get, refuses }) => {
    const { ben, cleo, sales, question } = await talk(world);
    const other = await world.assistant({ owner: ben, name: "Other" });
    const elsewhere = await arrangeComment(world, other, { by: ben });
    const draft = await get(cleo, "drafts.edit", { id: sales.id });
    const onDraft = await get(cleo, "comments.create", { id: draft.id, message: "Shorter?" });
    const [bound, reading] = [
      await world.token(ben, { assistant: sales }),
      await world.token(ben, { assistant: sales, readOnly: true }),
    ];
    expect(await get(bound, "comments.get", { id: question.id })).toMatchObject({ permissions: { write: true } });
    expect(await get(reading, "comments.get", { id: question.id })).toMatchObject({
      permissions: { write: false, delete: false, resolve: false },
    });
    expect(await get(bound, "comments.reply", { id: question.id, message: "By token" })).toMatchObject({
      userId: "user:ben",
    });
    for (const id of [elsewhere.id, "01900000-0000-7000-8000-ffffffffffff"])
      await refuses("token_scope", bound, "comments.get", { id });
    const editing = await world.token(cleo, { assistant: sales });
    expect(await get(editing, "comments.get", { id: onDraft.id })).toMatchObject({ message: "Shorter?" });
  },
);

throughEveryDoor("a cursor is good for its own order alone", async ({ world, get, refuses }) => {
  const { ada, sales } = await talk(world);
  const { next } = await get(ada, "comments.list", { id: sales.id, limit: 1 });
  expect(await get(ada, "comments.list", { id: sales.id, limit: 1, cursor: next })).toMatchObject({
    items: [{ message: "Why?" }],
    start: 1,
    next: null,
  });
  expect(
    await refuses("validation_failed", ada, "comments.list", { id: sales.id, sort: "createdAt", cursor: next }),
  ).toEqual(["cursor"]);
});

test("a comment over REST embeds its author, and links to what its reader may do", async () => {
  const world = await openWorld();
  const { ada, ben, sales, question, answer } = await talk(world);
  const body = async (as: typeof ada, name: "comments.get" | "comments.list", id: string) =>
    ((await doors.rest(world, as, name, { id })) as { body: object }).body;
  const asked = await body(ada, "comments.get", question.id);
  expect(asked).toMatchObject({ _embedded: { "inf:user": { username: "ben", displayName: "ben" } } });
  expect(asked).not.toHaveProperty("user");
  const linksOf = (one: object) => Object.keys((one as { _links: object })._links).toSorted();
  expect(linksOf(asked)).toEqual(["curies", "inf:replies", "inf:resolve", "self"]);
  expect(linksOf(await body(ben, "comments.get", answer.id))).toEqual(["curies", "inf:replies", "self"]);
  await world.rows("update comments set resolved_at = 1, user_id = null where id = ?", question.id);
  const gone = await body(ada, "comments.get", question.id);
  expect(linksOf(gone)).toEqual(["curies", "inf:reopen", "inf:replies", "self"]);
  expect(gone).not.toHaveProperty("_embedded");
  expect(await body(ada, "comments.list", sales.id)).toMatchObject({
    _links: { self: { href: `/api/assistants/${sales.id}/comments` } },
    _embedded: {
      "inf:comment": [
        { message: "Hush.", _embedded: { "inf:user": { username: "cleo" } } },
        { _links: { self: { href: `/api/comments/${question.id}` } } },
      ],
    },
  });
  const assistant = ((await doors.rest(world, ben, "assistants.get", { id: sales.id })) as { body: object }).body;
  expect(assistant).toMatchObject({ _links: { "inf:comments": { href: "/api/assistants/ada:sales/comments" } } });
});
