import { contentOf } from "@steward/core";
import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { bringing, knownIn, nobody } from "./knowledge-world.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

/** Dina may see none of the assistants, and Sales has a draft. */
async function unseen(world: World) {
  const things = await bringing(world);
  const { ada, dina, sales, people } = things;
  await world.rows("delete from shares where principal_id = ?", dina.id);
  const draft = await world.assistant({ owner: ada, name: "Sales 2", slug: "sales-draft", editing: sales });
  await world.knowledge(draft, people, { mode: "sample", sampleSize: 7 });
  return { ...things, draft };
}

specify("datasets.assistants", {
  arrange: unseen,
  as: ({ dina }) => dina,
  input: ({ people }) => ({ id: people.naturalId }),
  gives: ({ sales }) => ({
    items: [
      {
        assistantId: sales.id,
        naturalId: null,
        name: null,
        draft: false,
        mode: "subset",
        filter: { team: "north" },
        sampleSize: null,
        access: "assistant",
        permissions: { delete: true },
      },
      { assistantId: sales.id, name: null, draft: true, mode: "sample", filter: null, sampleSize: 7, access: "asker" },
    ],
    total: 2,
    next: null,
  }),
  bad: [
    { input: { limit: 201 }, at: "limit" },
    { input: { cursor: "made-up" }, at: "cursor" },
  ],
  also: [
    {
      title: "names those that its caller may read, a draft as its original",
      arrange: (world, { sales, dina }) => world.share(sales, dina, 1),
      gives: {
        items: [
          { naturalId: "ada:sales", name: "Sales" },
          { naturalId: "ada:sales", name: "Sales" },
        ],
      },
    },
    {
      title: "names none to one without an AI seat",
      async arrange(world, { sales, dina }) {
        await world.share(sales, dina, 1);
        await world.rows("delete from seats where user_id = ?", dina.id);
      },
      gives: { items: [{ naturalId: null, name: null }, { naturalId: null }] },
    },
    {
      title: "is for one who administers it alone",
      arrange: (world) => world.rows("update dataset_shares set level = 2, filter = null, visible_fields = null"),
      as: ({ ben }) => ben,
      refuses: "forbidden",
    },
    {
      title: "says nothing of other datasets",
      as: ({ ada }) => ada,
      input: ({ orders }) => ({ id: orders.id }),
      gives: { items: [], total: 0 },
    },
  ],
});

specify("datasets.endAssistant", {
  arrange: unseen,
  as: ({ dina }) => dina,
  input: ({ people, sales }) => ({ id: people.id, assistantId: sales.id }),
  bad: [{ input: { assistantId: "x".repeat(201) }, at: "assistantId" }],
  async after(world, { sales, draft, dina, people }) {
    expect(await world.rows("select count(*) from assistant_datasets")).toEqual([[0]]);
    expect(await world.rows("select id, version, updated_by from assistants order by id")).toEqual([
      [sales.id, 2, dina.id],
      [draft.id, 2, dina.id],
    ]);
    expect(await world.rows("select assistant_id, number, created_by, operation from revisions")).toEqual([
      [sales.id, 2, dina.id, "datasets.endAssistant"],
    ]);
    expect(await world.rows("select subject, assistant_id, details from audit")).toEqual([
      [people.id, sales.id, '{"mode":"subset","access":"assistant"}'],
    ]);
  },
  also: [
    {
      title: "ends what only a draft has, and makes no revision of the assistant",
      async arrange(world, { sales }) {
        await world.rows("delete from assistant_datasets where assistant_id = ?", sales.id);
        await world.rows(
          `insert into revisions (assistant_id, number, content, operation, created_at)
            select a.id, 1, ${contentOf("a")}, 'assistants.create', 1
            from assistants a where a.id = ?`,
          sales.id,
        );
      },
      async after(world, { draft }) {
        expect(await knownIn(world, draft.id)).toEqual([]);
        expect(await world.rows("select version from assistants order by id")).toEqual([[1], [2]]);
        expect(await world.rows("select count(*) from revisions")).toEqual([[1]]);
      },
    },
    {
      title: "takes a natural id of one that may be read",
      arrange: (world, { sales, dina }) => world.share(sales, dina, 1),
      input: ({ people }) => ({ id: people.id, assistantId: "ada:sales" }),
      after: async (world) => expect(await world.rows("select count(*) from assistant_datasets")).toEqual([[0]]),
    },
    {
      title: "404 for a natural id of one that may not be read, and for one that is not there",
      input: ({ people }) => ({ id: people.id, assistantId: "ada:sales" }),
      refuses: "not_found",
    },
    {
      title: "404 for an assistant that does not know it",
      input: ({ people }) => ({ id: people.id, assistantId: nobody }),
      refuses: "not_found",
    },
    {
      title: "404 where there is such an assistant, and it knows another dataset",
      as: ({ ada }) => ada,
      input: ({ orders, sales }) => ({ id: orders.id, assistantId: sales.id }),
      refuses: "not_found",
    },
    {
      title: "403 for one who may write it",
      arrange: (world) => world.rows("update dataset_shares set level = 2, filter = null, visible_fields = null"),
      as: ({ ben }) => ben,
      refuses: "forbidden",
    },
  ],
});

throughEveryDoor("an assistant's activity tells who has ended what it knew", async ({ world, get }) => {
  const { ada, dina, sales, people } = await unseen(world);
  await get(dina, "datasets.endAssistant", { id: people.id, assistantId: sales.id });
  const { items } = await get(ada, "assistants.activity", { id: sales.id });
  expect(items).toMatchObject([
    { operation: "datasets.endAssistant", userId: "user:dina", subject: people.id, details: { access: "assistant" } },
  ]);
});
