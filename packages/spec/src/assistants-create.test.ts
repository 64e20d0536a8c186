import { badFields } from "./assistants-fields.ts";
import { specify } from "./specify.ts";

const everythingAllowed = { write: true, delete: true, share: true, changeOwner: true };

specify("assistants.create", {
  async arrange(world) {
    const ada = await world.user({ name: "ada" });
    const root = await world.user({ name: "root", superuser: true });
    const team = await world.team({ name: "team-a", members: [[ada, "publisher"]] });
    const others = await world.team({ name: "others", members: [[ada, "memberPlus"]] });
    const strange = await world.team({ name: "strange" });
    return { ada, root, team, others, strange };
  },
  as: ({ ada }) => ada,
  input: () => ({ name: "Sales Helper" }),
  status: 201,
  gives: {
    name: "Sales Helper",
    slug: "sales-helper",
    naturalId: "ada:sales-helper",
    ownerId: "user:ada",
    description: null,
    instructions: null,
    instructionsHidden: false,
    welcome: null,
    suggestions: [],
    modelId: null,
    modelSettings: null,
    dispatcher: false,
    embedded: false,
    enabled: true,
    shared: false,
    data: null,
    folderId: null,
    editingId: null,
    skills: [],
    version: 1,
    createdAt: "2026-03-01T12:00:00.000Z",
    updatedAt: "2026-03-01T12:00:00.000Z",
    createdBy: "user:ada",
    updatedBy: "user:ada",
    permissions: everythingAllowed,
  },
  bad: [...badFields, { input: { name: undefined }, at: "name" }, { input: { id: "chosen" }, at: "" }],
  async below(world) {
    // Sees the owner named (nobody is named: oneself), so only the grant can lack.
    return world.user({ role: "member" });
  },
  also: [
    {
      title: "takes every field",
      input: () => ({
        name: "S",
        slug: "s1",
        description: "d",
        instructions: "i",
        instructionsHidden: true,
        welcome: "w",
        suggestions: ["a", "b"],
        modelId: "m",
        modelSettings: { temperature: 0.5 },
        dispatcher: true,
        embedded: true,
        enabled: false,
        data: { a: [1, null, { b: "c" }] },
      }),
      gives: { slug: "s1", instructions: "i", modelSettings: { temperature: 0.5 }, data: { a: [1, null, { b: "c" }] } },
    },
    {
      title: "counts a slug that is taken up",
      arrange: async (world, { ada }) => {
        await world.assistant({ owner: ada, slug: "sales-helper" });
        await world.assistant({ owner: ada, slug: "sales-helper-2" });
      },
      gives: { slug: "sales-helper-3" },
    },
    {
      title: "makes a slug of letters and digits alone",
      input: () => ({ name: "Ünïcode & Çedille (v2)!" }),
      gives: { slug: "unicode-cedille-v2" },
    },
    { title: "makes a slug of nothing at all", input: () => ({ name: "你好" }), gives: { slug: "assistant" } },
    { title: "never makes a draft's slug", input: () => ({ name: "My draft" }), gives: { slug: "my-drafts" } },
    {
      title: "409 for a given slug that its owner has already",
      arrange: (world, { ada }) => world.assistant({ owner: ada, slug: "taken" }),
      input: () => ({ name: "Sales", slug: "taken" }),
      refuses: "conflict",
    },
    {
      title: "takes a slug that another owner has",
      arrange: (world, { root }) => world.assistant({ owner: root, slug: "taken" }),
      input: () => ({ name: "Sales", slug: "taken" }),
      gives: { naturalId: "ada:taken" },
    },
    {
      title: "gives it to a team in which one may write",
      input: () => ({ name: "Sales", ownerId: "team-a" }),
      gives: {
        ownerId: "team:team-a",
        shared: true,
        permissions: { write: true, delete: false, share: false, changeOwner: false },
      },
    },
    {
      title: "403 for a team in which one may only read",
      input: () => ({ name: "S", ownerId: "team:others" }),
      refuses: "forbidden",
    },
    {
      title: "403 for a team in which one is not",
      input: () => ({ name: "S", ownerId: "strange" }),
      refuses: "forbidden",
    },
    { title: "403 for another user", input: () => ({ name: "S", ownerId: "user:root" }), refuses: "forbidden" },
    {
      title: "404 for an owner that is not there",
      input: () => ({ name: "S", ownerId: "nobody" }),
      refuses: "not_found",
    },
    {
      title: "404 for a team under a user's name",
      input: () => ({ name: "S", ownerId: "team:ada" }),
      refuses: "not_found",
    },
    {
      title: "gives it to anybody for a superuser",
      as: ({ root }) => root,
      input: () => ({ name: "S", ownerId: "ada" }),
      gives: { ownerId: "user:ada", createdBy: "user:root", permissions: everythingAllowed },
    },
  ],
});
