import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { fileOf, filing, objectsOf, sent, usesOf } from "./files-world.ts";

const was = "Be brief.";
const will = "Be kind, too.";

throughEveryDoor("what is replaced in a draft is as it was when that is discarded", async ({ world, get }) => {
  const { ben, sales, notes } = await filing(world);
  const { id: draft } = await get(ben, "drafts.edit", { id: sales.id });
  const { items } = await get(ben, "files.list", { id: draft });
  expect(items).toMatchObject([{ filename: "notes.txt", assistantId: draft, version: 1 }]);
  expect(await usesOf(world, was)).toEqual([2]);
  await get(ben, "files.replace", { id: draft, fileId: items[0].id, content: sent(will) });
  expect(await get(ben, "files.contents", { id: sales.id, fileId: notes.id })).toMatchObject({ content: was });
  expect(await get(ben, "files.contents", { id: draft, fileId: "notes.txt" })).toMatchObject({ content: will });
  expect(await usesOf(world, was, will)).toEqual([1, 1]);
  await get(ben, "drafts.discard", { id: sales.id });
  expect(await get(ben, "files.get", { id: sales.id, fileId: notes.id })).toMatchObject({
    sha256: notes.hash,
    version: 1,
  });
  expect(await get(ben, "files.contents", { id: sales.id, fileId: notes.id })).toMatchObject({ content: was });
  expect(await usesOf(world, was, will)).toEqual([1, 0]);
});

throughEveryDoor("what a draft has changed of files is live when it is committed, under their ids", async (behind) => {
  const { world, get, refuses } = behind;
  const { ben, cleo, sales, notes } = await filing(world);
  const gone = await fileOf(world, sales, { filename: "gone.txt", content: "gone" });
  const { id: draft } = await get(ben, "drafts.edit", { id: sales.id });
  await refuses("not_found", cleo, "files.list", { id: draft });
  await refuses("not_found", cleo, "files.contents", { id: draft, fileId: "notes.txt" });
  await get(ben, "files.replace", { id: draft, fileId: "notes.txt", content: sent(will) });
  await get(ben, "files.update", { id: draft, fileId: "notes.txt", filename: "kind.md" });
  await get(ben, "files.delete", { id: draft, fileId: gone.filename });
  const added = await get(ben, "files.upload", { id: draft, content: sent("new", "new.txt") });
  expect(await get(cleo, "files.list", { id: sales.id })).toMatchObject({ items: [{ id: notes.id }, { id: gone.id }] });
  await get(ben, "drafts.commit", { id: sales.id });
  const { items } = await get(cleo, "files.list", { id: sales.id });
  expect(items).toHaveLength(2);
  expect(items).toContainEqual(
    expect.objectContaining({ id: notes.id, filename: "kind.md", contentType: "text/markdown" }),
  );
  expect(items).toContainEqual(expect.objectContaining({ id: added.id, filename: "new.txt" }));
  expect(await get(cleo, "files.contents", { id: sales.id, fileId: notes.id })).toMatchObject({ content: will });
  // The revision of before still has the old bytes where there is one; else nobody does.
  const before = Number((await world.rows("select count(*) from revisions where content like '%gone.txt%'"))[0]?.[0]);
  expect(await usesOf(world, was, will, "gone", "new")).toEqual([before, 2, before, 2]);
});

throughEveryDoor("a revision brings old bytes back, as long as it is kept", async ({ world, get }) => {
  const { ada, sales } = await filing(world);
  const file = await get(ada, "files.upload", { id: sales.id, content: sent("first", "a.txt") });
  await get(ada, "files.replace", { id: sales.id, fileId: file.id, content: sent("second!", "a.txt") });
  await get(ada, "files.delete", { id: sales.id, fileId: file.id });
  expect(await usesOf(world, "first", "second!")).toEqual([1, 1]);
  await get(ada, "revisions.restore", { id: sales.id, number: 2 });
  expect(await get(ada, "files.contents", { id: sales.id, fileId: file.id })).toMatchObject({ content: "first" });
  expect(await usesOf(world, "first", "second!")).toEqual([3, 1]);
  await world.rows("update settings set revision_retention = 1");
  await get(ada, "files.delete", { id: sales.id, fileId: file.id });
  expect(await usesOf(world, "first", "second!", was)).toEqual([0, 0, 2]);
  // Nobody names them any more, so that they go; what is named stays.
  await world.services.heavyWork.tend();
  expect(await objectsOf(world)).toEqual([9]);
});

throughEveryDoor("a copy shares the bytes, which stay as long as one of both has them", async ({ world, get }) => {
  const { ada, sales, notes } = await filing(world);
  const copy = await get(ada, "assistants.copy", { id: sales.id });
  const { items } = await get(ada, "files.list", { id: copy.id });
  expect(items).toMatchObject([{ filename: "notes.txt", sha256: notes.hash, assistantId: copy.id }]);
  expect(items[0].id).not.toBe(notes.id);
  expect(await objectsOf(world)).toEqual([9]);
  // The file of each, and the copy's first revision.
  expect(await usesOf(world, was)).toEqual([3]);
  await get(ada, "files.replace", { id: copy.id, fileId: "notes.txt", content: sent(will) });
  expect(await get(ada, "files.contents", { id: sales.id, fileId: notes.id })).toMatchObject({ content: was });
  await get(ada, "assistants.delete", { id: sales.id });
  expect(await usesOf(world, was, will)).toEqual([1, 2]);
  await get(ada, "assistants.delete", { id: copy.id });
  expect(await usesOf(world, was, will)).toEqual([0, 0]);
});

throughEveryDoor("a reference names a file that its maker may read", async ({ world, get, ask }) => {
  const { ada, ben, cleo, sales, notes } = await filing(world);
  const desk = await world.assistant({ owner: cleo, name: "Desk" });
  const hidden = await fileOf(world, await world.assistant({ owner: ada, name: "Help" }), { filename: "secret.txt" });
  const { id: draft } = await get(ben, "drafts.edit", { id: sales.id });
  const [inDraft] = (await get(ben, "files.list", { id: draft })).items;
  const point = (targetId: string) =>
    ask(cleo, "references.create", { id: desk.id, targetType: "file", targetId: targetId });
  const [unseen, ofDraft, absent] = [
    await point(hidden.id),
    await point(inDraft.id),
    await point("01900000-0000-7000-8000-ffffffffffff"),
  ];
  expect(unseen).toMatchObject({ ok: false, code: "validation_failed" });
  expect([unseen.body, ofDraft.body]).toEqual([absent.body, absent.body]);
  expect((await point(notes.id.toUpperCase())).ok).toBe(true);
  const target = async () => (await get(cleo, "references.list", { id: desk.id })).items[0].target;
  expect(await target()).toEqual({ id: notes.id, name: "notes.txt" });
  await world.rows("delete from shares where principal_id = ?", cleo.id);
  expect(await target()).toBeNull();
});
