import { expect } from "vitest";
import type { Person } from "./arrange.ts";
import { doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { expectSuccess } from "./expectations.ts";
import { partsIn } from "./parts.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

/** Ada's Sales, which has become "Sales 2" and then lost a skill; Ben may write it, Cleo may read it. */
async function changed(world: World) {
  const [ada, ben, cleo] = [
    await world.user({ name: "ada" }),
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
  ];
  const update = async (who: Person, change: object) =>
    expectSuccess(await doors.core(world, who, "assistants.update", { id: "ada:sales", ...change }));
  const sales = await world.assistant({ owner: ada, name: "Sales", slug: "sales", instructions: "Be brief." });
  await world.share(sales, ben, 2);
  await world.share(sales, cleo, 1);
  const { id: skill } = await world.skill(sales, { name: "Sums", data: { languages: ["python"] } });
  await world.reference(sales, { targetType: "url", targetId: "https://example.com/", description: "Prices" });
  await world.secret(sales, { name: "API_KEY" });
  await update(ada, { welcome: "Hello" });
  await update(ben, { name: "Sales 2" });
  await world.rows("delete from skills");
  await update(ada, { welcome: null });
  await world.rows("delete from audit");
  return { ada, ben, cleo, sales, skill };
}

specify("revisions.list", {
  arrange: changed,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id }),
  gives: {
    items: [
      { number: 4, operation: "assistants.update", current: true, createdBy: "user:ada", message: null },
      { number: 3, current: false, createdBy: "user:ben" },
      { number: 2, current: false, createdBy: "user:ada" },
    ],
    total: 3,
    next: null,
  },
  bad: [
    { input: { limit: 0 }, at: "limit" },
    { input: { cursor: "x" }, at: "cursor" },
  ],
  also: [
    {
      title: "pages",
      input: ({ sales }) => ({ id: sales.id, limit: 1 }),
      gives: { count: 1, total: 3, next: expect.any(String) },
    },
  ],
});

specify("revisions.get", {
  arrange: changed,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id, number: 2 }),
  gives: ({ skill }) => ({
    number: 2,
    current: false,
    content: {
      name: "Sales",
      welcome: "Hello",
      instructions: "Be brief.",
      enabled: true,
      suggestions: [],
      skills: [{ id: skill, name: "Sums", type: "code-execution", enabled: true, data: { languages: ["python"] } }],
      references: [{ targetType: "url", targetId: "https://example.com/", description: "Prices" }],
      secrets: [{ name: "API_KEY", description: null, allowedHosts: [] }],
    },
  }),
  bad: [{ input: { number: 0 }, at: "number" }],
  async after(world, __, value) {
    const [[sealed] = []] = await world.rows("select ciphertext from secrets");
    expect(JSON.stringify(value)).not.toContain(sealed);
  },
  also: [
    {
      title: "404 for a version that is no revision",
      input: ({ sales }) => ({ id: sales.id, number: 1 }),
      refuses: "not_found",
    },
  ],
});

specify("revisions.diff", {
  arrange: changed,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id, number: 3 }),
  gives: { changed: true, fields: [{ field: "name", before: "Sales", after: "Sales 2" }], skills: [], secrets: [] },
  bad: [{ input: { against: "next" }, at: "against" }],
  also: [
    {
      title: "says what restoring it would change",
      input: ({ sales }) => ({ id: sales.id, number: 2, against: "current" }),
      gives: ({ skill }) => ({
        fields: [
          { field: "name", before: "Sales 2", after: "Sales" },
          { field: "welcome", before: null, after: "Hello" },
        ],
        skills: [{ change: "added", id: skill, name: "Sums" }],
        secrets: [],
      }),
    },
    {
      title: "compares the first with nothing",
      input: ({ sales }) => ({ id: sales.id, number: 2 }),
      gives: { changed: true },
    },
    { title: "404 for no revision", input: ({ sales }) => ({ id: sales.id, number: 1 }), refuses: "not_found" },
  ],
});

specify("revisions.restore", {
  arrange: changed,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id, number: 2 }),
  status: 200,
  gives: ({ skill, sales }) => ({
    id: sales.id,
    name: "Sales",
    welcome: "Hello",
    version: 5,
    skills: [{ id: skill, type: "code-execution", name: "Sums" }],
  }),
  bad: [
    { input: { number: -1 }, at: "number" },
    { input: { message: "" }, at: "message" },
  ],
  trail: async (_, { ben, sales }) => [["revisions.restore", ben.id, sales.id]],
  async after(world, { sales }) {
    const { skills, references, secrets } = await partsIn(world, sales.id);
    expect(skills).toMatchObject([[expect.any(String), "Sums", '{"languages":["python"]}', 5]]);
    expect(references).toHaveLength(1);
    expect(secrets).toMatchObject([[expect.any(String), "API_KEY", expect.any(String), expect.any(String)]]);
    expect(await world.rows("select sort_name from assistants")).toEqual([["sales"]]);
    expect(await world.rows("select message from revisions where number = 5")).toEqual([["Restored revision 2"]]);
    expect(await world.rows("select details from audit order by number desc limit 1")).toEqual([['{"restored":2}']]);
  },
  also: [
    { title: "404 for no revision", input: ({ sales }) => ({ id: sales.id, number: 1 }), refuses: "not_found" },
    {
      title: "is a revision under a message of its own",
      input: ({ sales }) => ({ id: sales.id, number: 3, message: "Back" }),
      async after(world) {
        expect(await world.rows("select message from revisions order by number desc limit 1")).toEqual([["Back"]]);
      },
    },
  ],
});

throughEveryDoor("as many revisions are kept as the settings say, and always the newest", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  const { id } = await world.assistant({ owner: ada, name: "Sales" });
  const numbers = async () =>
    (await get(ada, "revisions.list", { id })).items.map(({ number }: { number: number }) => number);
  await world.rows("update settings set revision_retention = 2");
  for (const name of ["One", "Two", "Three"]) await get(ada, "assistants.update", { id, name });
  expect(await numbers()).toEqual([4, 3]);
  await world.rows("update settings set revision_retention = 1");
  await get(ada, "assistants.update", { id, name: "Four" });
  expect(await numbers()).toEqual([5]);
  // What changes nothing is no revision, and drops none.
  await get(ada, "assistants.update", { id, name: "Four" });
  expect(await numbers()).toEqual([5]);
});

throughEveryDoor(
  "a draft that is open when its original is restored meets a conflict",
  async ({ world, get, refuses }) => {
    const { ada, sales } = await changed(world);
    const { id } = await get(ada, "drafts.edit", { id: sales.id });
    await get(ada, "assistants.update", { id, name: "Sales 3" });
    await get(ada, "revisions.restore", { id: sales.id, number: 2 });
    await refuses("conflict", ada, "drafts.commit", { id: sales.id });
    expect(await get(ada, "drafts.diff", { id: sales.id })).toMatchObject({
      conflict: true,
      baseRevision: 4,
      revision: 5,
    });
    await get(ada, "drafts.commit", { id: sales.id, force: true });
    expect(await get(ada, "assistants.get", { id: sales.id })).toMatchObject({ name: "Sales 3", skills: [] });
  },
);

throughEveryDoor("a draft has no revisions", async ({ world, get, refuses }) => {
  const { ada, sales } = await changed(world);
  const { id } = await get(ada, "drafts.edit", { id: sales.id });
  expect(await get(ada, "revisions.list", { id })).toMatchObject({ items: [], total: 0 });
  await refuses("not_found", ada, "revisions.restore", { id, number: 2 });
});

throughEveryDoor(
  "an assistant with all of its parts has a bound, and what is beyond changes nothing",
  async ({ world, get, refuses }) => {
    const ada = await world.user({ name: "ada" });
    const { id } = await world.assistant({ owner: ada, name: "Sales" });
    const headers = Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`x-${index}`, "y".repeat(4000)]));
    const skill = { id, type: "mcp", data: { url: "https://mcp.example.com/", headers } };
    for (let index = 0; index < 13; index++) await get(ada, "skills.create", skill);
    const before = await world.dump();
    await refuses("conflict", ada, "skills.create", skill);
    expect(await world.dump()).toBe(before);
    const document = await get(ada, "assistants.export", { id });
    expect(await get(ada, "assistants.import", { document })).toMatchObject({ outcome: "unchanged" });
  },
);
