import { badDatasetFields } from "./datasets-world.ts";
import { specify } from "./specify.ts";

const everythingAllowed = { write: true, delete: true, share: true, changeOwner: true };

specify("datasets.create", {
  async arrange(world) {
    const ada = await world.user({ name: "ada" });
    const root = await world.user({ name: "root", superuser: true });
    const team = await world.team({ name: "team-a", members: [[ada, "dataWizard"]] });
    const others = await world.team({ name: "others", members: [[ada, "memberPlus"]] });
    const strange = await world.team({ name: "strange" });
    return { ada, root, team, others, strange };
  },
  as: ({ ada }) => ada,
  input: () => ({ name: "Whale Sightings" }),
  status: 201,
  gives: {
    name: "Whale Sightings",
    slug: "whale-sightings",
    naturalId: "ada:whale-sightings",
    ownerId: "user:ada",
    description: null,
    shared: false,
    fields: [],
    rows: 0,
    bytes: 0,
    indexed: true,
    version: 1,
    createdAt: "2026-03-01T12:00:00.000Z",
    updatedAt: "2026-03-01T12:00:00.000Z",
    createdBy: "user:ada",
    updatedBy: "user:ada",
    permissions: everythingAllowed,
  },
  bad: [
    ...badDatasetFields,
    { input: { name: undefined }, at: "name" },
    { input: { id: "chosen" }, at: "" },
    { input: { idempotencyKey: "" }, at: "idempotencyKey" },
  ],
  async below(world) {
    // Sees the owner named (nobody is named: oneself), so only the grant can lack.
    return world.user({ role: "member" });
  },
  also: [
    {
      title: "takes every field",
      input: () => ({ name: "S", slug: "s1", description: "d" }),
      gives: { naturalId: "ada:s1", description: "d" },
    },
    {
      title: "needs no AI seat, and no AI",
      arrange: (world) =>
        world.run(["delete from seats", "update settings set ai_enabled = 0"].map((sql) => ({ sql, args: [] }))),
      gives: { version: 1 },
    },
    {
      title: "counts a slug that is taken up, but not by an assistant",
      arrange: async (world, { ada }) => {
        await world.assistant({ owner: ada, slug: "whale-sightings-2" });
        await world.dataset({ owner: ada, slug: "whale-sightings" });
      },
      gives: { slug: "whale-sightings-2" },
    },
    { title: "makes a slug of nothing at all", input: () => ({ name: "你好" }), gives: { slug: "dataset" } },
    {
      title: "409 for a given slug that its owner has already",
      arrange: (world, { ada }) => world.dataset({ owner: ada, slug: "taken" }),
      input: () => ({ name: "Sales", slug: "taken" }),
      refuses: "conflict",
    },
    {
      title: "takes a slug that another owner has",
      arrange: (world, { root }) => world.dataset({ owner: root, slug: "taken" }),
      input: () => ({ name: "Sales", slug: "taken" }),
      gives: { naturalId: "ada:taken" },
    },
    {
      title: "gives it to a team in which one may write",
      input: () => ({ name: "Sales", ownerId: "team-a" }),
      gives: {
        ownerId: "team:team-a",
        shared: true,
        rows: 0,
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
      title: "gives it to anybody for a superuser",
      as: ({ root }) => root,
      input: () => ({ name: "S", ownerId: "ada" }),
      gives: { ownerId: "user:ada", createdBy: "user:root", permissions: everythingAllowed },
    },
  ],
});
