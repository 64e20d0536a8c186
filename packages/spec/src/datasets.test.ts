import { expect } from "vitest";
import { badDatasetFields, whalesOfAda } from "./datasets-world.ts";
import { expectDerivedTables } from "./derived.ts";
import { throughEveryDoor } from "./every-door.ts";
import { specify } from "./specify.ts";

const nothingAllowed = { write: false, delete: false, share: false, changeOwner: false };
const everythingAllowed = { write: true, delete: true, share: true, changeOwner: true };

const allFields = [
  { name: "species", label: "Species", dataType: "string", position: 1 },
  { name: "seen", label: "seen", dataType: "date", position: 2 },
  { name: "count", label: "count", dataType: "number", position: 3 },
  { name: "sure", label: "sure", dataType: "boolean", position: 4 },
];

specify("datasets.get", {
  arrange: whalesOfAda,
  as: ({ ada }) => ada,
  input: ({ whales }) => ({ id: whales.id }),
  gives: ({ whales }) => ({
    id: whales.id,
    naturalId: "ada:whales",
    slug: "whales",
    name: "Whales",
    description: "Who saw them",
    ownerId: "user:ada",
    shared: true,
    fields: allFields,
    rows: 3,
    bytes: expect.any(Number),
    indexed: true,
    permissions: everythingAllowed,
    version: 1,
    createdBy: "user:ada",
  }),
  bad: [{ input: { id: "x".repeat(201) }, at: "id" }],
  also: [
    { title: "takes the natural id", input: () => ({ id: "ada:whales" }), gives: { name: "Whales" } },
    { title: "takes the natural id with its kind", input: () => ({ id: "user:ada:whales" }), gives: { rows: 3 } },
    { title: "404 for the wrong kind of owner", input: () => ({ id: "team:ada:whales" }), refuses: "not_found" },
    { title: "404 for a slug alone", input: () => ({ id: "whales" }), refuses: "not_found" },
    {
      title: "404 for an assistant under that name",
      arrange: (world, { ada }) => world.assistant({ owner: ada, slug: "sales" }),
      input: () => ({ id: "ada:sales" }),
      refuses: "not_found",
    },
    {
      title: "shows a reader all of it, and what it may",
      as: ({ ben }) => ben,
      gives: { fields: allFields, rows: 3, bytes: expect.any(Number), permissions: nothingAllowed },
    },
    {
      title: "shows a writer what it may",
      as: ({ cleo }) => cleo,
      gives: { permissions: { ...nothingAllowed, write: true } },
    },
    { title: "shows an admin what it may", as: ({ dan }) => dan, gives: { permissions: everythingAllowed } },
    {
      title: "shows who sees a part of it no other fields, and not how many records there are",
      as: ({ eve }) => eve,
      gives: {
        fields: [{ name: "count", label: "count", dataType: "number", position: 1 }],
        rows: null,
        bytes: null,
        indexed: true,
      },
    },
    {
      title: "shows no field at all where none is visible, but how many records there are where all are",
      arrange: (world) => world.rows("update dataset_shares set filter = null, visible_fields = '[]'"),
      as: ({ eve }) => eve,
      gives: { fields: [], rows: 3, bytes: null },
    },
    {
      title: "shows what any of several shares shows",
      arrange: async (world, { eve, whales }) => {
        const crew = await world.team({ members: [[eve, "member"]] });
        await world.shareDataset(whales, crew, { level: 1, filter: { sure: true }, visibleFields: ["sure", "seen"] });
      },
      as: ({ eve }) => eve,
      gives: {
        fields: [
          { name: "seen", position: 1 },
          { name: "count", position: 2 },
          { name: "sure", position: 3 },
        ],
        rows: null,
      },
    },
    {
      title: "shows all to who has another way that is not narrowed",
      arrange: async (world, { eve, whales }) => {
        const crew = await world.team({ members: [[eve, "member"]] });
        await world.shareDataset(whales, crew, { level: 1 });
      },
      as: ({ eve }) => eve,
      gives: { fields: allFields, rows: 3, permissions: nothingAllowed },
    },
    {
      title: "shows all to a reader in the team that owns it",
      arrange: async (world, { eve }) => {
        const crew = await world.team({ members: [[eve, "member"]] });
        await world.rows("update datasets set owner_id = ?", crew.id);
      },
      as: ({ eve }) => eve,
      gives: { fields: allFields, rows: 3, permissions: nothingAllowed },
    },
    {
      title: "says when words are not yet found",
      arrange: (world) => world.rows("update dataset_loads set indexed_position = 2"),
      gives: { indexed: false },
    },
    {
      title: "has no fields and no records without data",
      arrange: (world, { ada }) => world.dataset({ owner: ada, slug: "empty" }),
      input: () => ({ id: "ada:empty" }),
      gives: { fields: [], rows: 0, bytes: 0, indexed: true, shared: false },
    },
  ],
});

specify("datasets.update", {
  arrange: whalesOfAda,
  as: ({ cleo }) => cleo,
  input: ({ whales }) => ({ id: whales.id, name: "Wales", description: null }),
  gives: ({ whales }) => ({
    id: whales.id,
    name: "Wales",
    description: null,
    slug: "whales",
    fields: allFields,
    rows: 3,
    version: 2,
    updatedBy: "user:cleo",
    createdBy: "user:ada",
  }),
  after: (world) => expectDerivedTables(world),
  bad: [
    ...badDatasetFields,
    { input: { name: null }, at: "name" },
    { input: { expectedVersion: -1 }, at: "expectedVersion" },
  ],
  also: [
    {
      title: "changes nothing but the version without keys",
      input: ({ whales }) => ({ id: whales.id }),
      gives: { name: "Whales", version: 2 },
    },
    {
      title: "ignores what is only to be read",
      input: ({ whales }) => ({ id: whales.id, version: 99, ownerId: "user:ben", rows: 1, fields: "none", shared: 0 }),
      gives: { ownerId: "user:ada", version: 2, shared: true, rows: 3 },
    },
    {
      title: "moves to another slug",
      input: () => ({ id: "ada:whales", slug: "wales" }),
      gives: { naturalId: "ada:wales", fields: allFields, rows: 3 },
    },
    {
      title: "409 for a slug that its owner has already",
      arrange: (world, { ada }) => world.dataset({ owner: ada, slug: "taken" }),
      input: ({ whales }) => ({ id: whales.id, slug: "taken" }),
      refuses: "conflict",
    },
    {
      title: "takes the slug of an assistant",
      arrange: (world, { ada }) => world.assistant({ owner: ada, slug: "taken" }),
      input: ({ whales }) => ({ id: whales.id, slug: "taken" }),
      gives: { naturalId: "ada:taken" },
    },
    { title: "403 for a reader", as: ({ ben }) => ben, refuses: "forbidden" },
    { title: "403 for who sees a part of it", as: ({ eve }) => eve, refuses: "forbidden" },
    {
      title: "412 comes after 403",
      as: ({ ben }) => ben,
      input: ({ whales }) => ({ id: whales.id, expectedVersion: 9 }),
      refuses: "forbidden",
    },
  ],
});

specify("datasets.delete", {
  arrange: whalesOfAda,
  as: ({ ada }) => ada,
  input: ({ whales }) => ({ id: whales.naturalId }),
  status: 204,
  async after(world) {
    await world.settle();
    for (const table of ["datasets", "dataset_shares", "dataset_access", "dataset_loads", "records"])
      expect(await world.rows(`select * from ${table}`), table).toEqual([]);
  },
  also: [{ title: "takes an admin by share", as: ({ dan }) => dan }],
});

throughEveryDoor("a dataset needs no AI seat, and a token narrows its user", async ({ world, get, refuses }) => {
  const { ada, whales } = await whalesOfAda(world);
  const { id } = whales;
  await world.rows("delete from seats");
  const [reading, writing] = [await world.token(ada, { readOnly: true }), await world.token(ada)];
  expect(await get(reading, "datasets.get", { id })).toMatchObject({ rows: 3, permissions: nothingAllowed });
  expect(await get(reading, "datasets.list")).toMatchObject({
    items: [{ permissions: nothingAllowed }],
    permissions: { create: false },
  });
  await refuses("token_scope", reading, "datasets.update", { id, name: "C" });
  expect(await get(writing, "datasets.update", { id, name: "C" })).toMatchObject({ permissions: everythingAllowed });
});

throughEveryDoor(
  "over REST, links lead to datasets and from one to what one may do",
  async ({ world, doorName, ask }) => {
    if (doorName !== "rest") return;
    const { ada, eve, whales } = await whalesOfAda(world);
    const linksOf = async (...asked: Parameters<typeof ask>) => {
      const { body } = (await ask(...asked)) as { body: { _links: Record<string, unknown> } };
      return Object.keys(body._links);
    };
    const entry = await linksOf(eve, "entry.get");
    expect(entry).toEqual(expect.arrayContaining(["inf:datasets", "inf:datasets-list"]));
    const { id } = whales;
    expect(await linksOf(ada, "datasets.get", { id })).toEqual(expect.arrayContaining(["inf:shares", "inf:owner"]));
    expect(await linksOf(eve, "datasets.get", { id: "ada:whales" })).toEqual(
      expect.arrayContaining(["self", "inf:shares", "inf:owner"]),
    );
  },
);

throughEveryDoor("who loses its way to a dataset sees nothing of it", async ({ world, get, refuses }) => {
  const { eve, fay, whales } = await whalesOfAda(world);
  const { id } = whales;
  await refuses("not_found", fay, "datasets.get", { id });
  expect(await get(fay, "datasets.list")).toMatchObject({ items: [], total: 0 });
  expect(await get(eve, "datasets.list")).toMatchObject({ items: [{ rows: null, bytes: null }], total: 1 });
  await world.rows("delete from dataset_shares where principal_id = ?", eve.id);
  await refuses("not_found", eve, "datasets.get", { id });
  expect(await get(eve, "datasets.listAll")).toMatchObject({ items: [] });
});
