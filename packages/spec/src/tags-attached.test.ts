import { expect, test } from "vitest";
import { doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import type { OperationName } from "./operations.ts";
import { arrangeDraft, arrangeFolder, arrangeTag, labelled, namesOfTags, versionOfAssistant } from "./organised.ts";
import { specify } from "./specify.ts";
import { openWorld, type World } from "./world.ts";

specify("tags.listOfAssistant", {
  arrange: labelled,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id }),
  gives: { items: [{ name: "Urgent", permissions: { write: false } }], total: 1 },
  bad: [{ input: { limit: 201 }, at: "limit" }],
  also: [
    {
      title: "sorts by name",
      arrange: (world, { ada, sales }) => arrangeTag(world, "alpha", ada, sales),
      gives: { items: [{ name: "alpha" }, { name: "Urgent" }] },
    },
    {
      title: "is empty for a draft",
      as: ({ ada }) => ada,
      arrange: (world, { sales }) => arrangeDraft(world, sales),
      input: () => ({ id: "ada:sales-draft" }),
      gives: { items: [], total: 0 },
    },
  ],
});

specify("tags.getOfAssistant", {
  arrange: labelled,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id, tagId: "urgent" }),
  gives: { name: "Urgent" },
  also: [
    {
      title: "404 for one that the assistant does not have",
      input: ({ sales, eu }) => ({ id: sales.id, tagId: eu.id }),
      refuses: "not_found",
    },
    {
      title: "404 for one that there is not",
      input: ({ sales }) => ({ id: sales.id, tagId: "nothing" }),
      refuses: "not_found",
    },
  ],
});

const many = (world: World, assistantId: string, count: number) =>
  world.run(
    [
      "insert into tags (id, name, sort_name, created_at, updated_at) select 't' || i, i, i, 1, 1 from n",
      "insert into assistant_tags (assistant_id, tag_id, created_at) select ?, 't' || i, 1 from n",
    ].map((sql, index) => ({
      sql: `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count}) ${sql}`,
      args: index === 0 ? [] : [assistantId],
    })),
  );

specify("tags.add", {
  arrange: labelled,
  as: ({ cleo }) => cleo,
  input: ({ sales }) => ({ id: sales.id, tagId: "eu" }),
  status: 201,
  gives: { name: "EU", permissions: { write: false } },
  async after(world, { sales, cleo }) {
    expect(await namesOfTags(world)).toEqual(["EU", "Urgent"]);
    expect(await world.rows("select version, updated_by from assistants where id = ?", sales.id)).toEqual([
      [2, cleo.id],
    ]);
    expect(await world.rows("select 1 from revisions")).toEqual([]);
  },
  also: [
    {
      title: "leaves it with 200, and the version as it is, where it is there",
      input: ({ sales, urgent }) => ({ id: sales.naturalId, tagId: urgent.id }),
      status: 200,
      gives: { name: "Urgent" },
      after: async (world, { sales }) => expect(await versionOfAssistant(world, sales)).toBe(1),
    },
    {
      title: "404 for a tag that there is not",
      input: ({ sales }) => ({ id: sales.id, tagId: "nothing" }),
      refuses: "not_found",
    },
    {
      title: "409 for a draft",
      arrange: (world, { sales }) => arrangeDraft(world, sales),
      input: () => ({ id: "ada:sales-draft", tagId: "eu" }),
      refuses: "conflict",
    },
    {
      title: "409 for one more than an assistant may have",
      arrange: (world, { sales }) => many(world, sales.id, 49),
      refuses: "conflict",
    },
    {
      title: "bears one that is there also where there is no room",
      arrange: (world, { sales }) => many(world, sales.id, 49),
      input: ({ sales }) => ({ id: sales.id, tagId: "urgent" }),
      status: 200,
    },
  ],
});

specify("tags.remove", {
  arrange: labelled,
  as: ({ cleo }) => cleo,
  input: ({ sales, urgent }) => ({ id: sales.id, tagId: urgent.id }),
  status: 204,
  async after(world, { sales }) {
    expect(await namesOfTags(world)).toEqual([]);
    expect(await versionOfAssistant(world, sales)).toBe(2);
    expect(await world.rows("select 1 from revisions")).toEqual([]);
  },
  also: [
    { title: "takes the name", input: ({ sales }) => ({ id: sales.id, tagId: "Urgent" }), status: 204 },
    {
      title: "404 for one that the assistant does not have",
      input: ({ sales, eu }) => ({ id: sales.id, tagId: eu.id }),
      refuses: "not_found",
    },
    {
      title: "404 for one that there is not",
      input: ({ sales }) => ({ id: sales.id, tagId: "nothing" }),
      refuses: "not_found",
    },
  ],
});

throughEveryDoor(
  "tags go with their assistant, stay after their maker, and are seen in lists",
  async ({ world, get }) => {
    const { ada, ben, cleo, root, sales } = await labelled(world);
    await get(cleo, "tags.create", { name: "a-cleo" });
    await get(ada, "tags.add", { id: sales.id, tagId: "a-cleo" });
    const [listed] = (await get(ben, "assistants.listAll")).items;
    expect(listed).toMatchObject({ tags: ["a-cleo", "Urgent"] });
    await get(root, "users.delete", { username: "cleo" });
    expect(await get(ben, "tags.get", { id: "a-cleo" })).toMatchObject({ createdBy: null });
    await get(ada, "assistants.delete", { id: sales.id });
    expect(await namesOfTags(world)).toEqual([]);
    expect((await get(ben, "tags.list")).total).toBe(4);
  },
);

throughEveryDoor("a tag does not stand against the commit of a draft", async ({ world, get }) => {
  const { ada, sales } = await labelled(world);
  await get(ada, "assistants.update", { id: sales.id, description: "First" });
  await get(ada, "drafts.edit", { id: sales.id });
  await get(ada, "tags.add", { id: sales.id, tagId: "eu" });
  await get(ada, "drafts.commit", { id: sales.id });
  expect((await get(ada, "tags.listOfAssistant", { id: sales.id })).total).toBe(2);
});

test("links lead to tags, folders and the favorite", async () => {
  const world = await openWorld();
  const { ben, cleo, sales, urgent } = await labelled(world);
  const folder = await arrangeFolder(world, ben, "Work");
  const shown = async (as: typeof ben, name: OperationName, input = {}) =>
    ((await doors.rest(world, as, name, input)) as { body: object }).body;
  expect(await shown(ben, "entry.get")).toMatchObject({
    _links: {
      "inf:tags": { href: expect.stringMatching(/^\/api\/tags\{/) },
      "inf:folders": { href: expect.stringMatching(/^\/api\/folders\{.*parentId,ownerId\}/) },
    },
  });
  expect(await shown(ben, "assistants.get", { id: sales.id })).toMatchObject({
    _links: {
      "inf:tags": { href: "/api/assistants/ada:sales/tags" },
      "inf:favorite": { href: "/api/assistants/ada:sales/favorite" },
      "inf:comments": { href: "/api/assistants/ada:sales/comments" },
    },
  });
  const self = { href: `/api/assistants/ada:sales/tags/${urgent.id}` };
  expect(await shown(ben, "tags.listOfAssistant", { id: "ada:sales" })).toMatchObject({
    _embedded: { "inf:tag": [{ name: "Urgent", _links: { self } }] },
  });
  expect(await shown(ben, "tags.list")).toMatchObject({
    _embedded: { "inf:tag": [{}, {}, { _links: { self: { href: `/api/tags/${urgent.id}` } } }] },
  });
  expect(await shown(ben, "folders.list")).toMatchObject({
    _embedded: { "inf:folder": [{ _links: { self: { href: `/api/folders/${folder.id}` } } }] },
  });
  const added = await doors.rest(world, cleo, "tags.add", { id: "ada:sales", tagId: "eu" });
  const address = added.headers.get("location") ?? "";
  expect(address).toMatch(/^\/api\/assistants\/ada:sales\/tags\/[0-9a-f-]{36}$/);
  expect(await shown(ben, "tags.getOfAssistant", { id: "ada:sales", tagId: address.split("/").at(-1) })).toMatchObject({
    name: "EU",
  });
});
