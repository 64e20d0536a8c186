import { expect } from "vitest";
import { arrangeTag, labelled, namesOfTags, versionOfAssistant } from "./organised.ts";
import { specify } from "./specify.ts";

specify("tags.list", {
  arrange: labelled,
  as: ({ ada }) => ada,
  input: () => ({}),
  gives: {
    items: [
      { name: "beta", createdBy: "user:root", permissions: { write: false, delete: false } },
      { name: "EU", createdBy: "user:ada", permissions: { write: true, delete: true } },
      { name: "Urgent" },
    ],
    total: 3,
    next: null,
  },
  bad: [{ input: { limit: 0 }, at: "limit" }],
  also: [
    {
      title: "shows everybody all of them, and pages",
      as: ({ ben }) => ben,
      input: () => ({ limit: 2 }),
      gives: { items: [{ permissions: { write: false } }, { name: "EU" }], total: 3, next: expect.any(String) },
    },
    {
      title: "names no maker who is there no more",
      arrange: (world) => world.rows("update tags set created_by = 'nobody'"),
      gives: { items: [{ createdBy: null, permissions: { write: false } }, {}, {}] },
    },
  ],
});

specify("tags.get", {
  arrange: labelled,
  as: ({ ben }) => ben,
  input: ({ eu }) => ({ id: eu.id }),
  gives: ({ eu }) => ({ id: eu.id, name: "EU", permissions: { write: false, delete: false }, version: 1 }),
  also: [
    { title: "takes the name, in any case", input: () => ({ id: "uRGENT" }), gives: { name: "Urgent" } },
    { title: "404 for a name that there is not", input: () => ({ id: "Urgen" }), refuses: "not_found" },
    {
      title: "404 for a UUID that there is not",
      input: () => ({ id: "01900000-0000-7000-8000-ffffffffffff" }),
      refuses: "not_found",
    },
    {
      title: "tells a superuser that it may change it",
      as: ({ root }) => root,
      gives: { permissions: { write: true } },
    },
    {
      title: "finds by UUID first, whatever somebody has called theirs",
      arrange: (world, { eu, ben }) => arrangeTag(world, eu.id, ben),
      gives: { name: "EU" },
    },
  ],
});

specify("tags.create", {
  arrange: labelled,
  as: ({ cleo }) => cleo,
  input: () => ({ name: " Été\u00a0" }),
  status: 201,
  gives: { name: "Été", createdBy: "user:cleo", permissions: { write: true, delete: true }, version: 1 },
  bad: [
    { input: { name: "" }, at: "name" },
    { input: { name: "  " }, at: "name" },
    { input: { name: "x".repeat(101) }, at: "name" },
    { input: { name: null }, at: "name" },
  ],
  also: [
    { title: "409 for a name that is taken, in whatever case", input: () => ({ name: "URGENT" }), refuses: "conflict" },
    {
      title: "409 for a name that is taken, also beyond ASCII",
      arrange: (world, { ada }) => arrangeTag(world, "ÉTÉ", ada),
      refuses: "conflict",
    },
    {
      title: "tells names apart that differ in more than case",
      arrange: (world, { ada }) => arrangeTag(world, "ete", ada),
      gives: { name: "Été" },
    },
    {
      title: "409 for one more than a tenant may have",
      arrange: (world) =>
        world.rows(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 1997)
          insert into tags (id, name, sort_name, created_at, updated_at) select 't' || i, i, i, 1, 1 from n`),
      refuses: "conflict",
    },
  ],
});

specify("tags.update", {
  arrange: labelled,
  as: ({ ada }) => ada,
  input: () => ({ id: "urgent", name: "Very urgent" }),
  status: 200,
  gives: { name: "Very urgent", version: 2, createdBy: "user:ada" },
  async after(world, { sales }) {
    expect(await namesOfTags(world)).toEqual(["Very urgent"]);
    expect(await versionOfAssistant(world, sales)).toBe(1);
  },
  bad: [
    { input: { name: "" }, at: "name" },
    { input: { name: undefined }, at: "name" },
  ],
  also: [
    {
      title: "changes the case of its own name",
      input: ({ eu }) => ({ id: eu.id, name: "eu" }),
      gives: { name: "eu" },
    },
    { title: "409 for a name that is taken", input: ({ eu }) => ({ id: eu.id, name: "BETA" }), refuses: "conflict" },
    { title: "renames any for a superuser", as: ({ root }) => root, gives: { name: "Very urgent" } },
    { title: "404 for one that there is not", input: () => ({ id: "nothing", name: "x" }), refuses: "not_found" },
    { title: "403 for who may write what bears it", as: ({ cleo }) => cleo, refuses: "forbidden" },
  ],
});

specify("tags.delete", {
  arrange: labelled,
  as: ({ ada }) => ada,
  input: ({ urgent }) => ({ id: urgent.id }),
  status: 204,
  async after(world, { sales }) {
    expect(await world.rows("select name from tags order by 1")).toEqual([["EU"], ["beta"]]);
    expect(await namesOfTags(world)).toEqual([]);
    expect(await versionOfAssistant(world, sales)).toBe(1);
  },
  also: [
    { title: "deletes any for a superuser", as: ({ root }) => root },
    { title: "404 for one that there is not", input: () => ({ id: "nothing" }), refuses: "not_found" },
    { title: "403 for another's", input: () => ({ id: "beta" }), refuses: "forbidden" },
  ],
});
