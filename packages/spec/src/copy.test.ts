import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { partsIn } from "./parts.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

/** Ada's Sales with a part of every kind, which Ben may read; the crew, where Ben writes and Cleo is a member. */
async function shared(world: World) {
  const [ada, ben, cleo] = [
    await world.user({ name: "ada" }),
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
  ];
  const crew = await world.team({
    name: "crew",
    members: [
      [ben, "publisher"],
      [cleo, "member"],
    ],
  });
  const sales = await world.assistant({ owner: ada, name: "Sales", instructions: "Be brief." });
  await world.share(sales, ben, 1);
  await world.share(sales, cleo, 1);
  await world.skill(sales, { name: "Sums", data: { languages: ["python"] } });
  await world.reference(sales, { targetType: "url", targetId: "https://example.com/", description: "Prices" });
  await world.secret(sales, { name: "API_KEY" });
  return { ada, ben, cleo, crew, sales };
}

specify("assistants.copy", {
  arrange: shared,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.naturalId }),
  status: 201,
  gives: {
    naturalId: "ben:sales-copy",
    name: "Sales (copy)",
    ownerId: "user:ben",
    instructions: "Be brief.",
    shared: false,
    version: 1,
    skills: [{ type: "code-execution", name: "Sums" }],
    permissions: { write: true, delete: true, share: true, changeOwner: true },
  },
  trail: async (world, { ben }) => [
    ["assistants.copy", ben.id, (await world.rows("select id from assistants where slug = 'sales-copy'"))[0]?.[0]],
  ],
  bad: [
    { input: { name: "" }, at: "name" },
    { input: { slug: "Not A Slug" }, at: "slug" },
  ],
  async after(world, { sales }, value) {
    const { id } = value as { id: string };
    const [copy, original] = [await partsIn(world, id), await partsIn(world, sales.id)];
    expect(copy.secrets).toEqual([]);
    expect(copy.references.map(([, ...rest]) => rest)).toEqual(original.references.map(([, ...rest]) => rest));
    expect(copy.skills[0]?.[0]).not.toBe(original.skills[0]?.[0]);
    expect(await world.rows("select number from revisions where assistant_id = ?", id)).toEqual([[1]]);
    expect(await world.rows("select details from audit")).toEqual([['{"copied":"ada:sales"}']]);
  },
  also: [
    {
      title: "takes a name, whose slug is the only one of its owner",
      arrange: (world, { ben }) => world.assistant({ owner: ben, name: "Selling" }),
      input: ({ sales }) => ({ id: sales.id, name: "Selling" }),
      gives: { naturalId: "ben:selling-2", name: "Selling" },
    },
    {
      title: "takes a slug, and refuses one that is taken",
      arrange: (world, { ben }) => world.assistant({ owner: ben, name: "Selling" }),
      input: ({ sales }) => ({ id: sales.id, slug: "selling" }),
      refuses: "conflict",
    },
    {
      title: "gives it to a team in which one may write",
      input: ({ sales }) => ({ id: sales.id, ownerId: "crew" }),
      gives: { naturalId: "crew:sales-copy", permissions: { write: true, delete: false } },
    },
    {
      title: "403 for a team in which one may not",
      as: ({ cleo }) => cleo,
      input: ({ sales }) => ({ id: sales.id, ownerId: "crew" }),
      refuses: "forbidden",
    },
    { title: "404 for nobody", input: ({ sales }) => ({ id: sales.id, ownerId: "nobody" }), refuses: "not_found" },
    {
      title: "403 where its instructions are hidden from its reader",
      arrange: (world) => world.rows("update assistants set instructions_hidden = 1"),
      refuses: "forbidden",
    },
    {
      title: "copies hidden instructions for a writer",
      arrange: (world) => world.rows("update assistants set instructions_hidden = 1"),
      as: ({ ada }) => ada,
      gives: { naturalId: "ada:sales-copy", instructions: "Be brief.", instructionsHidden: true },
    },
  ],
});

throughEveryDoor("a copy of a copy, of a long name and of a draft", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  const { id } = await world.assistant({ owner: ada, name: "N".repeat(255), slug: "s".repeat(63) });
  const copy = await get(ada, "assistants.copy", { id });
  expect(copy.name).toHaveLength(255);
  expect(copy.slug).toBe(`${"s".repeat(50)}-copy`);
  expect((await get(ada, "assistants.copy", { id })).slug).toBe(`${"s".repeat(50)}-copy-2`);
  const draft = await get(ada, "drafts.edit", { id });
  await get(ada, "assistants.update", { id: draft.id, name: "Drafted" });
  expect(await get(ada, "assistants.copy", { id: draft.id })).toMatchObject({
    name: "Drafted (copy)",
    editingId: null,
  });
});
