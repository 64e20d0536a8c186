import { expect } from "vitest";
import { arrangeComment, arrangeDraft, crowdOfComments, talk } from "./organised.ts";
import { specify } from "./specify.ts";

const open = { resolvedAt: null, resolvedBy: null };

specify("comments.list", {
  arrange: talk,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id }),
  gives: ({ question, sales }) => ({
    items: [
      {
        id: question.id,
        assistantId: sales.id,
        parentId: null,
        message: "Why?",
        userId: "user:ben",
        user: { username: "ben", displayName: "ben" },
        mentions: ["user:ada"],
        editorsOnly: false,
        replyCount: 2,
        ...open,
        editedAt: null,
        permissions: { write: true, delete: true, resolve: true },
        version: 1,
      },
    ],
    count: 1,
    total: 1,
    next: null,
  }),
  bad: [
    { input: { sort: "name" }, at: "sort" },
    { input: { limit: 0 }, at: "limit" },
    { input: { cursor: "x" }, at: "cursor" },
  ],
  also: [
    {
      title: "shows those who may write what was said on a draft, the latest first",
      as: ({ cleo }) => cleo,
      gives: {
        items: [
          { message: "Hush.", editorsOnly: true, permissions: { write: true, delete: true, resolve: true } },
          { message: "Why?", permissions: { write: false, delete: true, resolve: true } },
        ],
        total: 2,
      },
    },
    {
      title: "shows the earliest first when asked, and pages",
      as: ({ root }) => root,
      input: ({ sales }) => ({ id: sales.naturalId, sort: "createdAt", limit: 1 }),
      gives: { items: [{ message: "Why?" }], count: 1, total: 2, next: expect.any(String) },
    },
    {
      title: "is of the draft alone, when that is named",
      as: ({ cleo }) => cleo,
      arrange: async (world, { sales, cleo }) =>
        arrangeComment(world, await arrangeDraft(world, sales), { by: cleo, message: "On the draft." }),
      input: () => ({ id: "ada:sales-draft" }),
      gives: { items: [{ message: "On the draft.", editorsOnly: true }], total: 1 },
    },
    {
      title: "404 for a draft that one may not write",
      arrange: (world, { sales }) => arrangeDraft(world, sales),
      input: () => ({ id: "ada:sales-draft" }),
      refuses: "not_found",
    },
    {
      title: "keeps what a user has said who is there no more, and one who is disabled",
      arrange: async (world, { ben, dan, sales }) => {
        await arrangeComment(world, sales, { by: dan, message: "Bye.", mentions: [dan, ben] });
        await world.rows("delete from principals where id = ?", dan.id);
        await world.rows("update users set enabled = 0 where id = ?", ben.id);
      },
      as: ({ ada }) => ada,
      gives: {
        items: [
          { message: "Bye.", userId: null, user: null, mentions: ["user:ben"] },
          { message: "Hush." },
          { message: "Why?", userId: "user:ben", user: { username: "ben" } },
        ],
      },
    },
  ],
});

specify("comments.create", {
  arrange: talk,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id, message: "Look at this.", mentions: ["cleo", "user:ada", "ada"] }),
  status: 201,
  gives: ({ sales }) => ({
    assistantId: sales.id,
    parentId: null,
    message: "Look at this.",
    userId: "user:ben",
    user: { username: "ben" },
    mentions: ["user:cleo", "user:ada"],
    editorsOnly: false,
    replyCount: 0,
    ...open,
    editedAt: null,
    permissions: { write: true, delete: true, resolve: true },
    version: 1,
  }),
  async after(world, { sales }, value) {
    const [[details] = []] = await world.rows("select details from audit");
    expect(JSON.parse(String(details))).toEqual({ commentId: (value as { id: string }).id });
    expect(await world.rows("select version from assistants where id = ?", sales.id)).toEqual([[1]]);
    expect(await world.rows("select 1 from revisions")).toEqual([]);
  },
  bad: [
    { input: { message: "" }, at: "message" },
    { input: { message: "x".repeat(10_001) }, at: "message" },
    { input: { message: undefined }, at: "message" },
    { input: { mentions: "ada" }, at: "mentions" },
    { input: { mentions: Array(21).fill("ada") }, at: "mentions" },
    { input: { mentions: ["ada", "team:crew"] }, at: "mentions.1" },
  ],
  also: [
    {
      title: "mentions whoever may read: owner, members of a team, superusers, and oneself",
      input: ({ sales }) => ({ id: sales.id, message: "All", mentions: ["ada", "ben", "cleo", "root"] }),
      gives: { mentions: ["user:ada", "user:ben", "user:cleo", "user:root"] },
    },
    {
      title: "is for editors on a draft",
      arrange: (world, { sales }) => arrangeDraft(world, sales),
      as: ({ cleo }) => cleo,
      input: () => ({ id: "ada:sales-draft", message: "Better?", mentions: ["ada"] }),
      gives: { message: "Better?", editorsOnly: true, mentions: ["user:ada"] },
    },
    {
      title: "404 for a reader on a draft",
      arrange: (world, { sales }) => arrangeDraft(world, sales),
      input: () => ({ id: "ada:sales-draft", message: "Better?" }),
      refuses: "not_found",
    },
    {
      title: "400 on a draft for a mention of one who may not write",
      arrange: (world, { sales }) => arrangeDraft(world, sales),
      as: ({ cleo }) => cleo,
      input: () => ({ id: "ada:sales-draft", message: "Better?", mentions: ["ada", "ben"] }),
      refuses: "validation_failed",
      after: async (_, __, answer) => expect(answer).toMatchObject({ details: [{ path: "mentions.1" }] }),
    },
    {
      title: "400 for a mention of one who is disabled",
      arrange: (world, { cleo }) => world.rows("update users set enabled = 0 where id = ?", cleo.id),
      refuses: "validation_failed",
    },
    {
      title: "400 for a mention of one without a seat",
      arrange: (world, { cleo }) => world.rows("delete from seats where user_id = ?", cleo.id),
      refuses: "validation_failed",
    },
    {
      title: "409 for one more than an assistant may have",
      arrange: (world, { sales }) => crowdOfComments(world, sales.id, null, 10_000 - 4),
      refuses: "conflict",
    },
    {
      title: "takes the last that an assistant may have",
      arrange: (world, { sales }) => crowdOfComments(world, sales.id, null, 10_000 - 5),
      gives: { message: "Look at this." },
    },
  ],
});

specify("comments.get", {
  arrange: talk,
  as: ({ ben }) => ben,
  input: ({ answer }) => ({ id: answer.id }),
  gives: ({ question }) => ({
    parentId: question.id,
    message: "Because.",
    user: { username: "ada", displayName: "Ada L." },
    replyCount: 0,
    permissions: { write: false, delete: false, resolve: false },
  }),
  also: [
    {
      title: "404 for a reader, of what was said on a draft",
      input: ({ hidden }) => ({ id: hidden.id }),
      refuses: "not_found",
    },
    {
      title: "shows it to who may write",
      as: ({ ada }) => ada,
      input: ({ hidden }) => ({ id: hidden.id }),
      gives: { message: "Hush.", permissions: { write: false, delete: true, resolve: true } },
    },
    {
      title: "shows it to a superuser",
      as: ({ root }) => root,
      input: ({ hidden }) => ({ id: hidden.id }),
      gives: { message: "Hush." },
    },
    {
      title: "404 to its own author, who may not write any more",
      arrange: (world) => world.rows("update shares set level = 1"),
      as: ({ cleo }) => cleo,
      input: ({ hidden }) => ({ id: hidden.id }),
      refuses: "not_found",
    },
  ],
});

specify("comments.update", {
  arrange: talk,
  as: ({ ben }) => ben,
  input: ({ question }) => ({ id: question.id, message: "Why, please?", mentions: ["cleo"] }),
  status: 200,
  gives: {
    message: "Why, please?",
    mentions: ["user:cleo"],
    editedAt: "2026-03-01T12:00:00.000Z",
    replyCount: 2,
    version: 2,
    permissions: { write: true },
  },
  bad: [
    { input: { message: "" }, at: "message" },
    { input: { message: null }, at: "message" },
    { input: { mentions: null }, at: "mentions" },
    { input: { mentions: ["team:crew"] }, at: "mentions.0" },
  ],
  also: [
    {
      title: "keeps what is not given",
      input: ({ question }) => ({ id: question.id, message: "Hm?" }),
      gives: { message: "Hm?", mentions: ["user:ada"], editedAt: expect.any(String) },
    },
    {
      title: "clears the mentions",
      input: ({ question }) => ({ id: question.id, mentions: [] }),
      gives: { message: "Why?", mentions: [], editedAt: expect.any(String) },
    },
    {
      title: "has not edited what it left as it was",
      input: ({ question }) => ({ id: question.id, message: "Why?", mentions: ["user:ada"] }),
      gives: { editedAt: null, version: 2 },
    },
    {
      title: "keeps the mention of one who may not read any more",
      arrange: (world, { question, dan }) =>
        world.rows("update comments set mentions = ? where id = ?", JSON.stringify([dan.id]), question.id),
      input: ({ question }) => ({ id: question.id, message: "Still", mentions: ["user:dan"] }),
      gives: { mentions: ["user:dan"] },
    },
    {
      title: "400 for the mention of one who may not read",
      input: ({ question }) => ({ id: question.id, mentions: ["dan"] }),
      refuses: "validation_failed",
      after: async (_, __, answer) => expect(answer).toMatchObject({ details: [{ path: "mentions.0" }] }),
    },
    {
      title: "400 for a reader's mention in what is for editors",
      as: ({ cleo }) => cleo,
      input: ({ hidden }) => ({ id: hidden.id, mentions: ["ben"] }),
      refuses: "validation_failed",
    },
    { title: "403 for who may write the assistant", as: ({ cleo }) => cleo, refuses: "forbidden" },
    { title: "403 for a superuser", as: ({ root }) => root, refuses: "forbidden" },
    {
      title: "404 for a reader, of what was said on a draft",
      input: ({ hidden }) => ({ id: hidden.id, message: "x" }),
      refuses: "not_found",
    },
  ],
});

specify("comments.delete", {
  arrange: talk,
  as: ({ ben }) => ben,
  input: ({ question }) => ({ id: question.id }),
  status: 204,
  after: async (world) => expect(await world.rows("select message from comments")).toEqual([["Hush."]]),
  also: [
    {
      title: "takes a reply alone",
      input: ({ thanks }) => ({ id: thanks.id }),
      after: async (world) => expect(await world.rows("select 1 from comments")).toHaveLength(3),
    },
    { title: "deletes any for who may write the assistant", as: ({ cleo }) => cleo },
    { title: "deletes any for a superuser", as: ({ root }) => root },
    {
      title: "403 for a reader, of another's",
      input: ({ answer }) => ({ id: answer.id }),
      refuses: "forbidden",
    },
    {
      title: "404 for a reader, of what was said on a draft",
      input: ({ hidden }) => ({ id: hidden.id }),
      refuses: "not_found",
    },
  ],
});
