import { expect } from "vitest";
import { doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { expectSuccess } from "./expectations.ts";
import type { OperationName } from "./operations.ts";
import { partsIn } from "./parts.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

/** Ada's Sales, which Ben may write and Cleo may read, with a part of every kind. */
async function team(world: World) {
  const [ada, ben, cleo] = [
    await world.user({ name: "ada" }),
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
  ];
  const sales = await world.assistant({ owner: ada, name: "Sales", instructions: "Be brief.\nBe kind.\n" });
  await world.share(sales, ben, 2);
  await world.share(sales, cleo, 1);
  const { id: skill } = await world.skill(sales, { name: "Sums", data: { languages: ["python"] } });
  const { id: reference } = await world.reference(sales, {
    targetType: "url",
    targetId: "https://example.com/",
    description: "Prices",
  });
  const { id: secret } = await world.secret(sales, { name: "API_KEY" });
  return { ada, ben, cleo, sales, skill, reference, secret };
}

/** The same, with a draft of it. */
async function drafted(world: World) {
  const things = await team(world);
  const draft = world.services.ids.next();
  await world.rows(
    `insert into assistants (id, owner_id, slug, name, sort_name, instructions, suggestions, editing_id, created_at, updated_at)
     select ?, owner_id, slug || '-draft', 'Sales 2', 'sales 2', instructions, suggestions, id, ?, ? from assistants where id = ?`,
    draft,
    Date.now(),
    Date.now(),
    things.sales.id,
  );
  return { ...things, draft };
}

specify("drafts.edit", {
  arrange: team,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.naturalId }),
  status: 201,
  gives: ({ sales }) => ({
    naturalId: "ada:sales-draft",
    slug: "sales-draft",
    name: "Sales",
    editingId: sales.id,
    draftId: null,
    version: 1,
    skills: [{ name: "Sums", type: "code-execution" }],
    permissions: { write: true, delete: false, share: false, changeOwner: false },
  }),
  async after(world, { sales, skill, reference, secret }, value) {
    const { id } = value as { id: string };
    const [draft, live] = [await partsIn(world, id), await partsIn(world, sales.id)];
    expect(draft.secrets.map(([, ...rest]) => rest)).toEqual(live.secrets.map(([, ...rest]) => rest));
    expect(draft.references.map(([, ...rest]) => rest)).toEqual(live.references.map(([, ...rest]) => rest));
    const origins = await world.rows(
      `select origin_id from skills where assistant_id = ?1 union all
       select origin_id from assistant_references where assistant_id = ?1 union all
       select origin_id from secrets where assistant_id = ?1`,
      id,
    );
    expect(origins).toEqual([[skill], [reference], [secret]]);
  },
  also: [
    {
      title: "answers the draft that is there with 200",
      arrange: async (world, { sales }) => {
        await world.rows(
          `insert into assistants (id, owner_id, slug, name, sort_name, suggestions, editing_id, version, created_at, updated_at)
           select 'd', owner_id, 'sales-draft', 'There', 'there', '[]', id, 7, 1, 1 from assistants where id = ?`,
          sales.id,
        );
      },
      status: 200,
      gives: { name: "There", version: 7 },
      after: async (world) => expect(await world.rows("select 1 from audit")).toEqual([]),
    },
    { title: "403 for one who only reads", as: ({ cleo }) => cleo, refuses: "forbidden" },
  ],
});

specify("drafts.get", {
  arrange: drafted,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id }),
  gives: ({ sales, draft }) => ({ id: draft, editingId: sales.id, name: "Sales 2" }),
  also: [
    {
      title: "404 without a draft",
      arrange: (world) => world.rows("delete from assistants where editing_id is not null"),
      refuses: "not_found",
    },
    { title: "403 for one who only reads", as: ({ cleo }) => cleo, refuses: "forbidden" },
  ],
});

specify("drafts.diff", {
  arrange: drafted,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id }),
  gives: {
    conflict: false,
    changedSince: null,
    changes: {
      changed: true,
      fields: [{ field: "name", before: "Sales", after: "Sales 2", lines: null }],
      skills: [{ change: "removed", name: "Sums" }],
      references: [{ change: "removed", name: "https://example.com/" }],
      secrets: [{ change: "removed", name: "API_KEY" }],
    },
  },
  also: [
    {
      title: "404 without a draft",
      arrange: (world) => world.rows("delete from assistants where editing_id is not null"),
      refuses: "not_found",
    },
  ],
});

specify("drafts.commit", {
  arrange: drafted,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id, message: "Second edition" }),
  gives: ({ sales }) => ({
    id: sales.id,
    naturalId: "ada:sales",
    name: "Sales 2",
    version: 2,
    editingId: null,
    draftId: null,
    skills: [],
    shared: true,
  }),
  bad: [
    { input: { message: "" }, at: "message" },
    { input: { message: "x".repeat(501) }, at: "message" },
    { input: { force: "yes" }, at: "force" },
  ],
  async after(world, { sales }) {
    expect(await world.rows("select 1 from assistants where editing_id is not null")).toEqual([]);
    expect(await partsIn(world, sales.id)).toEqual({ skills: [], references: [], secrets: [], knowledge: [] });
    expect(await world.rows("select number, message, operation from revisions")).toEqual([
      [2, "Second edition", "drafts.commit"],
    ]);
  },
  also: [
    {
      title: "404 without a draft",
      arrange: (world) => world.rows("delete from assistants where editing_id is not null"),
      refuses: "not_found",
    },
    {
      title: "409 with the differences when the live one has changed since",
      arrange: changedSince,
      refuses: "conflict",
      after: async (_, __, answer) =>
        expect((answer as { details: unknown }).details).toEqual([
          { path: "welcome", message: "Has changed in the live assistant since" },
        ]),
    },
    {
      title: "goes over what has changed when told to",
      arrange: changedSince,
      input: ({ sales }) => ({ id: sales.id, force: true }),
      gives: { name: "Sales 2", welcome: null },
    },
  ],
});

/** The draft is begun from one revision, and then there is another. */
async function changedSince(world: World, { ada, sales }: Awaited<ReturnType<typeof drafted>>) {
  const perform = async (name: OperationName, input: object) =>
    expectSuccess(await doors.core(world, ada, name, { id: sales.id, ...input })) as { id: string };
  await perform("drafts.discard", {});
  await perform("assistants.update", { suggestions: ["What is new?"] });
  const { id } = await perform("drafts.edit", {});
  await perform("assistants.update", { id, name: "Sales 2" });
  await perform("assistants.update", { welcome: "Hello" });
}

specify("drafts.discard", {
  arrange: drafted,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id }),
  status: 204,
  async after(world, { sales }) {
    expect(await world.rows("select 1 from assistants where editing_id is not null")).toEqual([]);
    expect((await partsIn(world, sales.id)).skills).toHaveLength(1);
  },
  also: [
    {
      title: "404 without a draft",
      arrange: (world) => world.rows("delete from assistants where editing_id is not null"),
      refuses: "not_found",
    },
  ],
});

throughEveryDoor(
  "what a draft leaves alone keeps its id and version; what it changes keeps its id",
  async ({ world, get }) => {
    const { ben, sales, skill, reference, secret } = await team(world);
    const { id: other } = await world.skill(sales, { name: "Search" });
    const before = await partsIn(world, sales.id);
    const { id: draft } = await get(ben, "drafts.edit", { id: sales.id });
    await get(ben, "assistants.update", { id: draft, instructions: "Be brief.\nBe exact.\n" });
    await world.rows(
      "update skills set data = '{}', version = version + 1 where assistant_id = ? and name = 'Sums'",
      draft,
    );
    // Taken out and put in again as it was.
    await world.rows("delete from skills where assistant_id = ? and name = 'Search'", draft);
    await world.skill({ id: draft }, { name: "Search" });
    const { id: added } = await world.skill({ id: draft }, { name: "Charts" });
    const { changes } = await get(ben, "drafts.diff", { id: sales.id });
    expect(changes.fields).toEqual([
      {
        field: "instructions",
        before: "Be brief.\nBe kind.\n",
        after: "Be brief.\nBe exact.\n",
        lines: [
          { change: "same", text: "Be brief.\n" },
          { change: "removed", text: "Be kind.\n" },
          { change: "added", text: "Be exact.\n" },
        ],
      },
    ]);
    await get(ben, "drafts.commit", { id: sales.id });
    const after = await partsIn(world, sales.id);
    expect(after.skills.map(([id, name]) => [id, name]).sort()).toEqual(
      [
        [skill, "Sums"],
        [other, "Search"],
        [added, "Charts"],
      ].sort(),
    );
    const versions = new Map(after.skills.map(([id, , , version]) => [id, version]));
    expect(versions.get(other)).toBe(1);
    expect(versions.get(skill)).toBeGreaterThan(1);
    expect(after.references).toEqual(before.references);
    expect(after.secrets).toEqual(before.secrets);
    expect([reference, secret]).toEqual([after.references[0]?.[0], after.secrets[0]?.[0]]);
  },
);

throughEveryDoor("a draft is nobody's but its editors', and in no list", async ({ world, get, refuses }) => {
  const { ada, ben, cleo, sales } = await team(world);
  const { id, naturalId } = await get(ben, "drafts.edit", { id: sales.id });
  for (const reference of [id, naturalId]) {
    await refuses("not_found", cleo, "assistants.get", { id: reference });
    expect(await get(ben, "assistants.get", { id: reference })).toMatchObject({ editingId: sales.id });
  }
  expect(await get(cleo, "assistants.get", { id: sales.id })).toMatchObject({ draftId: null });
  expect(await get(ada, "assistants.get", { id: sales.id })).toMatchObject({ draftId: id });
  for (const filter of [{}, { q: "sales" }, { ownerId: "ada" }, { sort: "-updatedAt" as const }])
    expect((await get(ada, "assistants.list", filter)).total).toBe(1);
  expect((await get(ada, "assistants.listAll", {})).items).toHaveLength(1);
});

throughEveryDoor("a draft follows its original, and goes with it", async ({ world, get, refuses }) => {
  const { ada, ben, sales } = await team(world);
  const crew = await world.team({ name: "crew", members: [[ada, "admin"]] });
  const { id } = await get(ben, "drafts.edit", { id: sales.id });
  await get(ada, "assistants.update", { id: sales.id, slug: "selling" });
  expect(await get(ben, "assistants.get", { id })).toMatchObject({ naturalId: "ada:selling-draft" });
  await get(ada, "owner.set", { id: sales.id, ownerId: crew.ref });
  expect(await get(ben, "assistants.get", { id })).toMatchObject({ naturalId: "crew:selling-draft" });
  const bodies = { slug: "crew-draft" };
  await refuses("validation_failed", ben, "assistants.update", { id, slug: "other" });
  await refuses("validation_failed", ben, "assistants.update", { id: sales.id, ...bodies });
  await get(ada, "assistants.delete", { id: sales.id });
  await refuses("not_found", ben, "assistants.get", { id });
  expect(await world.rows("select 1 from skills union all select 1 from secrets")).toEqual([]);
});

throughEveryDoor("a draft has no draft, no shares and no owner of its own", async ({ world, get, refuses }) => {
  const { ada, sales } = await team(world);
  const { id } = await get(ada, "drafts.edit", { id: sales.id });
  await refuses("conflict", ada, "drafts.edit", { id });
  await refuses("conflict", ada, "shares.set", { id, principalId: "cleo", accessLevel: 1 });
  await refuses("conflict", ada, "owner.set", { id, ownerId: "ada" });
});

throughEveryDoor("a token of an assistant reaches its draft as well", async ({ world, get, refuses }) => {
  const { ada, sales } = await team(world);
  const { id } = await get(ada, "drafts.edit", { id: sales.id });
  const token = await world.token(ada, { assistant: sales });
  expect(await get(token, "assistants.get", { id })).toMatchObject({ editingId: sales.id });
  expect(await get(token, "assistants.update", { id, welcome: "Hi" })).toMatchObject({ welcome: "Hi" });
  await get(token, "drafts.commit", { id: sales.id });
  const reader = await world.token(ada, { assistant: sales, readOnly: true });
  await refuses("token_scope", reader, "drafts.edit", { id: sales.id });
});
