import { expect } from "vitest";
import { arrangeFolder, cabinet, nowhere, refusesParent } from "./organised.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

specify("folders.list", {
  arrange: cabinet,
  as: ({ ada }) => ada,
  input: () => ({}),
  gives: ({ old, work }) => ({
    items: [
      { name: "Nested", parentId: old.id },
      { name: "Old", parentId: work.id, ownerId: "user:ada", permissions: { write: true, delete: true }, version: 1 },
      { name: "Sales" },
      { name: "Shared", ownerId: "team:crew", parentId: null, permissions: { write: true } },
      { name: "Work" },
    ],
    total: 5,
    next: null,
  }),
  bad: [
    { input: { limit: 0 }, at: "limit" },
    { input: { parentId: "" }, at: "parentId" },
  ],
  also: [
    {
      title: "shows those at the top",
      input: () => ({ parentId: "none" }),
      gives: { items: [{ name: "Shared" }, { name: "Work" }], total: 2 },
    },
    {
      title: "shows those in a folder",
      input: ({ work }) => ({ parentId: work.id.toUpperCase() }),
      gives: { items: [{ name: "Old" }, { name: "Sales" }], total: 2 },
    },
    {
      title: "shows nothing of a folder that one cannot see",
      as: ({ cleo }) => cleo,
      input: ({ work }) => ({ parentId: work.id }),
      gives: { items: [] },
    },
    {
      title: "shows those of an owner",
      input: () => ({ ownerId: "crew" }),
      gives: { items: [{ name: "Shared" }], total: 1 },
    },
    {
      title: "shows those of an owner at the top",
      input: () => ({ ownerId: "user:ada", parentId: "none" }),
      gives: { items: [{ name: "Work" }], total: 1 },
    },
    {
      title: "shows nothing of an owner whose folders one cannot see",
      input: () => ({ ownerId: "cleo" }),
      gives: { items: [], total: 0 },
    },
    { title: "shows nothing of nobody", input: () => ({ ownerId: "nobody" }), gives: { items: [] } },
    {
      title: "shows members what they may not change",
      as: ({ ben }) => ben,
      gives: { items: [{ name: "Shared", permissions: { write: false, delete: false } }], total: 1 },
    },
    {
      title: "shows a superuser all",
      as: ({ root }) => root,
      gives: { total: 6, items: Array(6).fill({ permissions: { write: true } }) },
    },
    {
      title: "pages, also through equal names",
      arrange: async (world, { old, sales, work }) => {
        for (const parent of [old, sales, work])
          await world.rows(
            "insert into folders select 'x' || id, owner_id, id, 'Same', 'same', 1, 1, 1 from folders where id = ?",
            parent.id,
          );
      },
      input: () => ({ limit: 3 }),
      gives: { items: [{ name: "Nested" }, { name: "Old" }, { name: "Sales" }], total: 8, next: expect.any(String) },
    },
  ],
});

specify("folders.get", {
  arrange: cabinet,
  as: ({ ben }) => ben,
  input: ({ shared }) => ({ id: shared.id }),
  gives: { name: "Shared", ownerId: "team:crew", parentId: null, permissions: { write: false, delete: false } },
  also: [
    {
      title: "shows a designer that it may change it",
      as: ({ ada }) => ada,
      gives: { permissions: { write: true, delete: true } },
    },
    { title: "404 for another's", input: ({ secret }) => ({ id: secret.id }), refuses: "not_found" },
    {
      title: "shows a superuser another's",
      as: ({ root }) => root,
      input: ({ secret }) => ({ id: secret.id }),
      gives: { name: "Secret" },
    },
  ],
});

specify("folders.create", {
  arrange: cabinet,
  as: ({ ada }) => ada,
  input: () => ({ name: " Plans " }),
  status: 201,
  gives: { name: "Plans", parentId: null, ownerId: "user:ada", permissions: { write: true, delete: true }, version: 1 },
  bad: [
    { input: { name: "" }, at: "name" },
    { input: { name: " " }, at: "name" },
    { input: { name: "x".repeat(256) }, at: "name" },
    { input: { parentId: 7 }, at: "parentId" },
  ],
  also: [
    {
      title: "lies in another",
      input: ({ work }) => ({ name: "Plans", parentId: work.id }),
      gives: ({ work }) => ({ parentId: work.id }),
    },
    {
      title: "belongs to a team",
      input: () => ({ name: "Plans", ownerId: "team:crew" }),
      gives: { ownerId: "team:crew" },
    },
    {
      title: "belongs to whom the folder belongs in which it lies",
      input: ({ shared }) => ({ name: "Plans", parentId: shared.id }),
      gives: ({ shared }) => ({ ownerId: "team:crew", parentId: shared.id }),
    },
    {
      title: "403 for a team in which one may only read",
      as: ({ ben }) => ben,
      input: () => ({ name: "x", ownerId: "crew" }),
      refuses: "forbidden",
    },
    {
      title: "403 in a folder that one may only read",
      as: ({ ben }) => ben,
      input: ({ shared }) => ({ name: "x", parentId: shared.id }),
      refuses: "forbidden",
    },
    { title: "403 for another user", input: () => ({ name: "x", ownerId: "cleo" }), refuses: "forbidden" },
    { title: "404 for nobody", input: () => ({ name: "x", ownerId: "nobody" }), refuses: "not_found" },
    {
      title: "400 in a folder that one cannot see",
      input: ({ secret }) => ({ name: "x", parentId: secret.id }),
      ...refusesParent,
    },
    { title: "400 in a folder that there is not", input: () => ({ name: "x", parentId: nowhere }), ...refusesParent },
    {
      title: "400 in a folder of another owner than the one named",
      input: ({ work }) => ({ name: "x", parentId: work.id, ownerId: "crew" }),
      ...refusesParent,
    },
    { title: "409 for a name that is there, in whatever case", input: () => ({ name: "WORK" }), refuses: "conflict" },
    { title: "takes the name of one elsewhere", input: () => ({ name: "Sales" }), gives: { name: "Sales" } },
    {
      title: "tells names apart that differ in more than case",
      arrange: (world, { ada }) => arrangeFolder(world, ada, "दिन"),
      input: () => ({ name: "दान" }),
      gives: { name: "दान" },
    },
    {
      title: "409 for one more than an owner may have",
      arrange: (world, { ada }) => crowd(world, ada, 1000 - 4),
      refuses: "conflict",
    },
    {
      title: "takes the last that an owner may have",
      arrange: (world, { ada }) => crowd(world, ada, 1000 - 5),
      gives: { name: "Plans" },
    },
  ],
});

const crowd = (world: World, { id }: { readonly id: string }, count: number) =>
  world.rows(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
     insert into folders (id, owner_id, name, sort_name, created_at, updated_at) select 'f' || i, ?, i, i, 1, 1 from n`,
    count,
    id,
  );
