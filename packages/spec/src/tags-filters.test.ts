import { describe, expect } from "vitest";
import type { Behind } from "./every-door.ts";
import { throughEveryDoor } from "./every-door.ts";
import type { InputOf } from "./operations.ts";
import { arrangeDraft, arrangeFolder, arrangeTag } from "./organised.ts";
import type { World } from "./world.ts";

/** Ada's three, two of them in a folder of hers and one shared with Ben, who has one of his own. Two tags on some of them. */
async function sorted(world: World) {
  const ada = await world.user({ name: "ada" });
  const ben = await world.user({ name: "ben" });
  const root = await world.user({ name: "root", superuser: true });
  const [alpha, beta, gamma] = [
    await world.assistant({ owner: ada, name: "Alpha", description: "counts whales" }),
    await world.assistant({ owner: ada, name: "Beta", dispatcher: true }),
    await world.assistant({ owner: ada, name: "Gamma" }),
  ];
  const delta = await world.assistant({ owner: ben, name: "Delta" });
  await world.share(beta, ben, 1);
  await world.favorite(beta, ada);
  const work = await arrangeFolder(world, ada, "Work", { holds: [alpha, beta] });
  const empty = await arrangeFolder(world, ada, "Empty", { parent: work });
  const urgent = await arrangeTag(world, "Urgent", ada, beta, gamma, delta);
  const eu = await arrangeTag(world, "EU", ada, alpha, gamma);
  await arrangeTag(world, "Unused", ada);
  await arrangeDraft(world, beta);
  return { ada, ben, root, beta, work, empty, urgent, eu };
}

const listing = (get: Behind["get"], as: Parameters<Behind["get"]>[0]) => async (input: InputOf<"assistants.list">) => {
  const page = await get(as, "assistants.list", input);
  expect(page).toMatchObject({ total: page.items.length, next: null });
  return page.items.map(({ name }: { name: string }) => name);
};

describe("a list of assistants", () => {
  throughEveryDoor("by tag shows those that bear it, as far as one sees them", async ({ world, get }) => {
    const { ada, ben, root, urgent } = await sorted(world);
    const [ofAda, ofBen, ofRoot] = [listing(get, ada), listing(get, ben), listing(get, root)];
    expect(await ofAda({ tag: "urgent" })).toEqual(["Beta", "Gamma"]);
    expect(await ofAda({ tag: urgent.id.toUpperCase(), sort: "-name" })).toEqual(["Gamma", "Beta"]);
    expect(await ofBen({ tag: "Urgent" })).toEqual(["Beta", "Delta"]);
    expect(await ofBen({ tag: "eu" })).toEqual([]);
    expect(await ofRoot({ tag: "URGENT" })).toEqual(["Beta", "Delta", "Gamma"]);
    for (const tag of ["Unused", "no such tag", "01900000-0000-7000-8000-ffffffffffff"])
      for (const list of [ofAda, ofRoot]) expect(await list({ tag })).toEqual([]);
  });

  throughEveryDoor("by folder shows those that lie in it, as far as one sees them", async ({ world, get }) => {
    const { ada, ben, root, work, empty } = await sorted(world);
    const [ofAda, ofBen, ofRoot] = [listing(get, ada), listing(get, ben), listing(get, root)];
    expect(await ofAda({ folderId: work.id })).toEqual(["Alpha", "Beta"]);
    expect(await ofAda({ folderId: work.id.toUpperCase(), sort: "-createdAt" })).toEqual(["Beta", "Alpha"]);
    expect(await ofBen({ folderId: work.id })).toEqual(["Beta"]);
    expect(await ofRoot({ folderId: work.id })).toEqual(["Alpha", "Beta"]);
    expect(await ofAda({ folderId: "none" })).toEqual(["Gamma"]);
    expect(await ofBen({ folderId: "none" })).toEqual(["Delta"]);
    expect(await ofRoot({ folderId: "none" })).toEqual(["Delta", "Gamma"]);
    for (const folderId of [empty.id, "nothing"])
      for (const list of [ofAda, ofRoot]) expect(await list({ folderId })).toEqual([]);
  });

  throughEveryDoor("takes both with all other filters", async ({ world, get, refuses }) => {
    const { ada, root, work } = await sorted(world);
    const folderId = work.id;
    for (const list of [listing(get, ada), listing(get, root)]) {
      expect(await list({ folderId, tag: "eu" })).toEqual(["Alpha"]);
      expect(await list({ folderId, tag: "eu", shared: true })).toEqual([]);
      expect(await list({ folderId, q: "whale" })).toEqual(["Alpha"]);
      expect(await list({ tag: "urgent", q: "whale" })).toEqual([]);
      expect(await list({ tag: "urgent", ownerId: "ada", dispatcher: false })).toEqual(["Gamma"]);
      expect(await list({ tag: "urgent", folderId: "none", ownerId: "ada" })).toEqual(["Gamma"]);
    }
    expect(await listing(get, ada)({ tag: "urgent", favorite: true })).toEqual(["Beta"]);
    const page = await get(ada, "assistants.list", { tag: "urgent", limit: 1 });
    expect(page).toMatchObject({ items: [{ name: "Beta" }], total: 2 });
    const next = await get(ada, "assistants.list", { tag: "urgent", limit: 1, cursor: page.next });
    expect(next).toMatchObject({ items: [{ name: "Gamma" }], start: 1, next: null });
    await refuses("validation_failed", ada, "assistants.list", { tag: "eu", cursor: page.next });
    expect(await refuses("validation_failed", ada, "assistants.list", { tag: "", folderId: "" })).toEqual([
      "folderId",
      "tag",
    ]);
  });

  throughEveryDoor("of a token of one assistant shows that one alone", async ({ world, get }) => {
    const { ada, beta, work } = await sorted(world);
    const list = listing(get, await world.token(ada, { assistant: beta }));
    expect(await list({ tag: "urgent" })).toEqual(["Beta"]);
    expect(await list({ folderId: work.id })).toEqual(["Beta"]);
    expect(await list({ folderId: "none" })).toEqual([]);
    expect(await list({ tag: "eu" })).toEqual([]);
  });
});
