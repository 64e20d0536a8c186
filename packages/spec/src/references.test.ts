import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { address, draftOf, missing, type Referring, referring } from "./references-world.ts";
import { type BadInput, specify } from "./specify.ts";

specify("references.list", {
  arrange: referring,
  as: ({ ada }: Referring) => ada,
  input: ({ sales }: Referring) => ({ id: sales.id }),
  gives: ({ sales, help, toHelp, toPage }: Referring) => ({
    items: [
      {
        id: toHelp.id,
        assistantId: sales.id,
        targetType: "assistant",
        targetId: help.id,
        target: { id: help.id, name: "Help" },
        description: null,
        permissions: { delete: true },
        version: 1,
      },
      { id: toPage.id, targetType: "url", targetId: address, target: null, description: "The manual" },
      { targetType: "library", targetId: "shelf/1", target: null },
    ],
    next: null,
  }),
  bad: [{ input: { cursor: "x" }, at: "cursor" }],
  also: [
    {
      title: "names no assistant to one who may not read it",
      as: ({ ben }: Referring) => ben,
      gives: ({ help }: Referring) => ({
        items: [{ targetId: help.id, target: null, permissions: { delete: false } }, {}, {}],
      }),
    },
    {
      title: "names no assistant that is gone",
      arrange: (world, { help }: Referring) => world.rows("delete from assistants where id = ?", help.id),
      gives: ({ help }: Referring) => ({ items: [{ targetId: help.id, target: null }, {}, {}] }),
    },
    {
      title: "names no other assistant to a token that is bound to this one",
      arrange: async (world, things: Referring) => {
        Object.assign(things, { bound: await world.token(things.ada, { assistant: things.sales }) });
      },
      as: (things) => (things as Referring & { bound: { bearer: string } }).bound,
      gives: { items: [{ target: null }, {}, {}] },
    },
  ],
});

specify("references.get", {
  arrange: referring,
  as: ({ ben }: Referring) => ben,
  input: () => ({ id: "ada:sales", targetId: address }),
  gives: { targetType: "url", targetId: address, description: "The manual", permissions: { delete: false } },
  bad: [{ input: { targetId: "x".repeat(2001) }, at: "targetId" }],
  also: [
    {
      title: "takes an address in another spelling",
      input: () => ({ id: "ada:sales", targetId: "HTTPS://EXAMPLE.com:443/x/../a%20b/c?q=1&r=ü#top" }),
      gives: { targetId: address },
    },
    {
      title: "takes a UUID in capitals",
      as: ({ ada }: Referring) => ada,
      input: ({ sales, help }: Referring) => ({ id: sales.id, targetId: help.id.toUpperCase() }),
      gives: ({ help }: Referring) => ({ target: { id: help.id, name: "Help" } }),
    },
    {
      title: "takes a slash",
      input: ({ sales }: Referring) => ({ id: sales.id, targetId: "shelf/1" }),
      gives: { targetType: "library" },
    },
    {
      title: "404 for what it does not point to",
      input: ({ sales, desk }: Referring) => ({ id: sales.id, targetId: desk.id }),
      refuses: "not_found",
    },
    {
      title: "404 for what another assistant points to",
      as: ({ ada }: Referring) => ada,
      input: ({ help }: Referring) => ({ id: help.id, targetId: address }),
      refuses: "not_found",
    },
  ],
});

const badTargets: BadInput[] = [
  { input: { targetType: undefined }, at: "targetType" },
  { input: { targetType: "planet" }, at: "targetType" },
  { input: { targetId: undefined }, at: "targetId" },
  { input: { targetId: "" }, at: "targetId" },
  { input: { targetId: `https://example.com/${"x".repeat(1981)}` }, at: "targetId" },
  { input: { targetId: `https://example.com/${"ü".repeat(700)}` }, at: "targetId" },
  { input: { description: "x".repeat(1001) }, at: "description" },
  ...[
    "example.com",
    "/manual",
    "ftp://example.com/",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://",
    "mailto:a@b.c",
  ]
    .concat(["https://ada@example.com/", "https://ada:secret@example.com/", "file:///etc/passwd"])
    .map((targetId) => ({ input: { targetId }, at: "targetId" })),
  { input: { targetType: "library", targetId: "x".repeat(201) }, at: "targetId" },
  { input: { targetType: "library", targetId: ".." }, at: "targetId" },
  { input: { targetType: "assistant", targetId: missing }, at: "targetId" },
  { input: { targetType: "assistant", targetId: "cleo:desk" }, at: "targetId" },
  { input: { targetType: "assistant", targetId: "ada:sales" }, at: "targetId" },
  { input: { targetType: "dataset", targetId: missing }, at: "targetId" },
  { input: { targetType: "file", targetId: "manual.pdf" }, at: "targetId" },
];

specify("references.create", {
  arrange: referring,
  as: ({ ada }: Referring) => ada,
  input: ({ sales }: Referring) => ({ id: sales.id, targetType: "url" as const, targetId: "https://Example.com" }),
  status: 201,
  gives: { targetType: "url", targetId: "https://example.com/", target: null, description: null, version: 1 },
  async after(world, { sales }: Referring, value) {
    const { id } = value as { id: string };
    expect(await world.rows("select version from assistants where id = ?", sales.id)).toEqual([[2]]);
    const [[content] = []] = await world.rows("select content from revisions where number = 2");
    expect(JSON.parse(String(content)).references).toHaveLength(4);
    const [[details] = []] = await world.rows("select details from audit");
    expect(JSON.parse(String(details))).toEqual({
      referenceId: id,
      targetType: "url",
      targetId: "https://example.com/",
    });
  },
  bad: badTargets,
  also: [
    {
      title: "keeps an assistant by its UUID",
      arrange: (world, { desk, ada }: Referring) => world.share(desk, ada, 1),
      input: ({ sales }: Referring) => ({
        id: sales.id,
        targetType: "assistant",
        targetId: "cleo:desk",
        description: "Knows more",
      }),
      gives: ({ desk }: Referring) => ({
        targetId: desk.id,
        target: { id: desk.id, name: "Desk" },
        description: "Knows more",
      }),
    },
    {
      title: "keeps an id of another system as it is",
      input: ({ sales }: Referring) => ({ id: sales.id, targetType: "report", targetId: "Ünï: 7/x?#%" }),
      gives: { targetId: "Ünï: 7/x?#%", target: null },
    },
    {
      title: "409 for what it points to already",
      input: ({ sales }: Referring) => ({ id: sales.id, targetType: "assistant", targetId: "ada:help" }),
      refuses: "conflict",
      after: async (_, __, answer) => expect(JSON.stringify(answer)).toContain("The assistant points to it already"),
    },
    {
      title: "409 for an address that it points to already, in another spelling",
      input: ({ sales }: Referring) => ({
        id: sales.id,
        targetType: "url",
        targetId: "HTTPS://EXAMPLE.com:443/a%20b/c?q=1&r=ü#top",
      }),
      refuses: "conflict",
    },
    {
      title: "409 for the same id of another kind of thing",
      input: ({ sales }: Referring) => ({ id: sales.id, targetType: "report", targetId: "shelf/1" }),
      refuses: "conflict",
    },
    {
      title: "409 for one too many",
      arrange: (world, { sales }: Referring) =>
        world.rows(
          `with recursive n(i) as (select 4 union all select i + 1 from n where i < 500)
            insert into assistant_references (id, assistant_id, created_at, updated_at, target_type, target_id)
            select 'r' || i, ?, 1, 1, 'report', i from n`,
          sales.id,
        ),
      refuses: "conflict",
    },
    {
      title: "400 for a draft",
      arrange: async (world, things: Referring) => {
        Object.assign(things, { draft: await draftOf(world, things.ada, things.help) });
      },
      input: (things) => ({
        id: "ada:sales",
        targetType: "assistant",
        targetId: (things as Referring & { draft: { id: string } }).draft.id,
      }),
      refuses: "validation_failed",
    },
    {
      title: "400 for what a draft is a draft of",
      arrange: (world, { ada, sales }: Referring) => draftOf(world, ada, sales),
      input: ({ sales }: Referring) => ({ id: "ada:sales-draft", targetType: "assistant", targetId: sales.id }),
      refuses: "validation_failed",
    },
  ],
});

specify("references.delete", {
  arrange: referring,
  as: ({ ada }: Referring) => ada,
  input: ({ sales }: Referring) => ({ id: sales.id, targetId: address }),
  status: 204,
  async after(world, { sales, toHelp, toPage, toShelf }: Referring) {
    expect(await world.rows("select id from assistant_references order by id")).toEqual([[toHelp.id], [toShelf.id]]);
    expect(await world.rows("select version from assistants where id = ?", sales.id)).toEqual([[2]]);
    const [[details] = []] = await world.rows("select details from audit");
    expect(JSON.parse(String(details))).toEqual({ referenceId: toPage.id, targetType: "url", targetId: address });
  },
  also: [
    {
      title: "404 for what it does not point to",
      input: ({ sales, desk }: Referring) => ({ id: sales.id, targetId: desk.id }),
      refuses: "not_found",
    },
    {
      title: "deletes the one that is spelt so, where another would be meant as well",
      arrange: (world, { sales }: Referring) =>
        world
          .reference(sales, { targetType: "url", targetId: "https://example.com/" })
          .then(() => world.reference(sales, { targetType: "library", targetId: "HTTPS://example.com" })),
      input: ({ sales }: Referring) => ({ id: sales.id, targetId: "HTTPS://example.com" }),
      async after(world) {
        const left = await world.rows("select target_type from assistant_references where target_id like '%.com%'");
        expect(left).toEqual([["url"], ["url"]]);
      },
    },
    {
      title: "deletes the version that was read",
      input: ({ sales }: Referring) => ({ id: sales.id, targetId: "shelf/1", expectedVersion: 1 }),
    },
    {
      title: "412 for a reference that has changed since",
      arrange: (world) => world.rows("update assistant_references set version = 2"),
      input: ({ sales }: Referring) => ({ id: sales.id, targetId: "shelf/1", expectedVersion: 1 }),
      refuses: "version_mismatch",
    },
  ],
});

throughEveryDoor("what one may not see is nothing to point to, exactly as what is not there", async (behind) => {
  const { world, ask } = behind;
  const { ada, sales, desk } = await referring(world);
  const point = (targetId: string) =>
    ask(ada, "references.create", { id: sales.id, targetType: "assistant", targetId });
  const [unseen, absent] = [await point(desk.id), await point(missing)];
  expect(unseen).toMatchObject({ ok: false, code: "validation_failed" });
  expect(unseen.body).toEqual(absent.body);
});
