import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { arrangeDraft, arrangeFolder, cabinet, chain, nowhere, placeOf, refusesParent, tree } from "./organised.ts";
import { specify } from "./specify.ts";

specify("folders.update", {
  arrange: cabinet,
  as: ({ ada }) => ada,
  input: ({ old, sales }) => ({ id: old.id, name: "Archive", parentId: sales.id }),
  status: 200,
  gives: ({ sales }) => ({ name: "Archive", parentId: sales.id, ownerId: "user:ada", version: 2 }),
  async after(world, { helper, old }) {
    expect(await tree(world)).toMatchObject({ Archive: "Sales", Nested: "Archive", Sales: "Work" });
    expect(await placeOf(world, helper)).toEqual([old.id, 1]);
  },
  bad: [
    { input: { name: "" }, at: "name" },
    { input: { name: null }, at: "name" },
    { input: { parentId: 7 }, at: "parentId" },
  ],
  async below(world, { crew, old }) {
    await world.rows("update folders set owner_id = ? where id = ?", crew.id, old.id);
    const member = await world.user();
    await world.rows("insert into memberships values (?, ?, 'member', 1, 1, 1)", member.id, crew.id);
    return member;
  },
  also: [
    {
      title: "keeps its place when it is renamed",
      input: ({ old }) => ({ id: old.id, name: "Archive" }),
      gives: ({ work }) => ({ name: "Archive", parentId: work.id }),
    },
    {
      title: "keeps its name when it is moved to the top",
      input: ({ old }) => ({ id: old.id, parentId: null }),
      gives: { name: "Old", parentId: null },
    },
    {
      title: "changes the case of its name",
      input: ({ old }) => ({ id: old.id, name: "OLD" }),
      gives: { name: "OLD" },
    },
    {
      title: "changes a team's for who may write there",
      input: ({ shared }) => ({ id: shared.id, name: "Ours" }),
      gives: { name: "Ours" },
    },
    {
      title: "changes any for a superuser",
      as: ({ root }) => root,
      input: ({ secret }) => ({ id: secret.id, name: "Known" }),
      gives: { name: "Known", ownerId: "user:cleo" },
    },
    { title: "409 into itself", input: ({ old }) => ({ id: old.id, parentId: old.id }), refuses: "conflict" },
    {
      title: "409 into what lies in it, however deep",
      input: ({ work, nested }) => ({ id: work.id, parentId: nested.id }),
      refuses: "conflict",
    },
    {
      title: "409 for a name that is beside it",
      input: ({ old }) => ({ id: old.id, name: "SALES" }),
      refuses: "conflict",
    },
    {
      title: "409 for a name that is where it is to go",
      arrange: (world, { ada }) => arrangeFolder(world, ada, "Old"),
      input: ({ old }) => ({ id: old.id, parentId: null }),
      refuses: "conflict",
    },
    {
      title: "400 into a folder of another owner",
      input: ({ old, shared }) => ({ id: old.id, parentId: shared.id }),
      ...refusesParent,
    },
    {
      title: "400 into a folder that one cannot see",
      input: ({ old, secret }) => ({ id: old.id, parentId: secret.id }),
      ...refusesParent,
    },
    {
      title: "400 into a folder that there is not",
      input: ({ old }) => ({ id: old.id, parentId: nowhere }),
      ...refusesParent,
    },
    {
      title: "403 for a member of the team that may only read",
      as: ({ ben }) => ben,
      input: ({ shared }) => ({ id: shared.id, name: "Mine" }),
      refuses: "forbidden",
    },
  ],
});

specify("folders.delete", {
  arrange: cabinet,
  as: ({ ada }) => ada,
  input: ({ old }) => ({ id: old.id }),
  status: 204,
  async after(world, { helper, work }) {
    expect(await tree(world)).toEqual({ Work: null, Sales: "Work", Nested: "Work", Shared: null, Secret: null });
    expect(await placeOf(world, helper)).toEqual([work.id, 2]);
    expect(await world.rows("select version from folders where name = 'Nested'")).toEqual([[2]]);
    expect(await world.rows("select 1 from revisions")).toEqual([]);
  },
  async below(world, { crew, old }) {
    await world.rows("update folders set owner_id = ? where id = ?", crew.id, old.id);
    const member = await world.user();
    await world.rows("insert into memberships values (?, ?, 'member', 1, 1, 1)", member.id, crew.id);
    return member;
  },
  also: [
    {
      title: "leaves at the top what lay in one at the top",
      arrange: (world, { helper, work }) =>
        world.rows("update assistants set folder_id = ? where id = ?", work.id, helper.id),
      input: ({ work }) => ({ id: work.id }),
      async after(world, { helper }) {
        expect(await tree(world)).toMatchObject({ Sales: null, Old: null, Nested: "Old" });
        expect(await placeOf(world, helper)).toEqual([null, 2]);
      },
    },
    {
      title: "lets one of the same name take its place",
      arrange: (world, { old }) =>
        world.rows(
          "update folders set name = 'Old', sort_name = (select sort_name from folders where id = ?) where name = 'Nested'",
          old.id,
        ),
      after: async (world) => expect(await tree(world)).toMatchObject({ Old: "Work" }),
    },
    {
      title: "lets one of the same name take its place at the top",
      arrange: (world, { ada, work }) => arrangeFolder(world, ada, "Work", { parent: work }),
      input: ({ work }) => ({ id: work.id }),
      after: async (world) => expect(await tree(world)).toMatchObject({ Work: null, Old: null }),
    },
    {
      title: "409 where one beside it has the name of one in it",
      arrange: (world, { ada, old }) => arrangeFolder(world, ada, "SALES", { parent: old }),
      refuses: "conflict",
      after: async (_, __, answer) =>
        expect((answer as { body: string }).body).toContain("rename one of the two first"),
    },
    {
      title: "409 where one at the top has the name of one in it",
      arrange: (world, { ada }) => arrangeFolder(world, ada, "Old"),
      input: ({ work }) => ({ id: work.id }),
      refuses: "conflict",
    },
    {
      title: "does not mind another owner's names",
      arrange: (world, { cleo }) => arrangeFolder(world, cleo, "Old"),
      input: ({ work }) => ({ id: work.id }),
    },
    {
      title: "403 for a member of the team that may only read",
      as: ({ ben }) => ben,
      input: ({ shared }) => ({ id: shared.id }),
      refuses: "forbidden",
    },
  ],
});

throughEveryDoor("folders lie at most 20 deep", async ({ world, get, refuses }) => {
  const { ada, work, sales, nested } = await cabinet(world);
  const { top, last } = await chain(world, ada, 18);
  const deeper = await get(ada, "folders.create", { name: "19", parentId: last.id });
  const deepest = await get(ada, "folders.create", { name: "20", parentId: deeper.id });
  await refuses("conflict", ada, "folders.create", { name: "21", parentId: deepest.id });
  await refuses("conflict", ada, "folders.update", { id: sales.id, parentId: deepest.id });
  await refuses("conflict", ada, "folders.update", { id: work.id, parentId: last.id });
  await refuses("conflict", ada, "folders.update", { id: top.id, parentId: work.id });
  await get(ada, "folders.update", { id: nested.id, parentId: deeper.id });
  await get(ada, "folders.update", { id: sales.id, parentId: deeper.id });
});

throughEveryDoor(
  "an assistant lies in a folder of its owner's that its writer sees",
  async ({ world, get, refuses }) => {
    const { ada, ben, cleo, root, crew, helper, work, old, shared, secret } = await cabinet(world);
    const { id } = helper;
    const put = (as: typeof ada, folderId: string | null) => get(as, "assistants.update", { id, folderId });
    const refused = (as: typeof ada, folderId: string) =>
      refuses("validation_failed", as, "assistants.update", { id, folderId });
    await get(ada, "assistants.update", { id, description: "Its first revision" });
    expect(await put(ada, work.id.toUpperCase())).toMatchObject({ folderId: work.id, version: 3 });
    expect(await world.rows("select number from revisions where assistant_id = ?", id)).toEqual([[2]]);
    for (const folderId of [shared.id, secret.id, nowhere, "none"])
      expect(await refused(ada, folderId)).toEqual(["folderId"]);
    await world.share(helper, cleo, 2);
    expect(await refused(cleo, old.id)).toEqual(["folderId"]);
    expect(await refused(cleo, secret.id)).toEqual(["folderId"]);
    // What one may write back as one has read it.
    expect(await put(cleo, work.id)).toMatchObject({ folderId: work.id });
    expect(await put(cleo, null)).toMatchObject({ folderId: null });
    expect(await put(root, old.id)).toMatchObject({ folderId: old.id });
    await refuses("not_found", ben, "assistants.update", { id, folderId: old.id });
    await get(ada, "owner.set", { id, ownerId: "team:crew" });
    expect(await get(ada, "assistants.get", { id })).toMatchObject({ ownerId: crew.ref, folderId: null });
    expect(await put(ada, shared.id)).toMatchObject({ folderId: shared.id });
    await world.share(helper, ben, 2);
    expect(await put(ben, null)).toMatchObject({ folderId: null });
    expect(await put(ben, shared.id)).toMatchObject({ folderId: shared.id });
  },
);

throughEveryDoor("a draft lies in no folder", async ({ world, get, refuses }) => {
  const { ada, helper, work } = await cabinet(world);
  const draft = await arrangeDraft(world, helper);
  const refused = await refuses("validation_failed", ada, "assistants.update", { id: draft.id, folderId: work.id });
  expect(refused).toEqual(["folderId"]);
  expect(await get(ada, "assistants.update", { id: draft.id, folderId: null })).toMatchObject({ folderId: null });
});

throughEveryDoor("folders go with their owner", async ({ world, get, refuses }) => {
  const { ada, root, crew, shared, secret } = await cabinet(world);
  await get(root, "users.delete", { username: "cleo" });
  await get(root, "teams.delete", { id: crew.name });
  for (const { id } of [shared, secret]) await refuses("not_found", root, "folders.get", { id });
  expect(await world.rows("select distinct owner_id from folders")).toEqual([[ada.id]]);
});
