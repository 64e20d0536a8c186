import { expect } from "vitest";
import { doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { expectSuccess } from "./expectations.ts";
import { specify } from "./specify.ts";
import { openWorld, type World } from "./world.ts";

/** Ada's Sales with a part of every kind; it asks and points to Pricing, which Ben, who may write Sales, cannot see. */
async function whole(world: World) {
  const [ada, ben] = [await world.user({ name: "ada" }), await world.user({ name: "ben" })];
  const pricing = await world.assistant({ owner: ada, name: "Pricing" });
  const sales = await world.assistant({ owner: ada, name: "Sales", instructions: "Be brief.\nBe kind.\n" });
  await world.share(sales, ben, 2);
  const skill = async (type: string, name: string, data: object) =>
    expectSuccess(await doors.core(world, ada, "skills.create", { id: sales.id, type, name, data }));
  await skill("code-execution", "Sums", { languages: ["python"] });
  await skill("assistant", "Ask Pricing", { assistantId: pricing.id });
  await world.rows("delete from audit");
  await world.reference(sales, { targetType: "url", targetId: "https://example.com/", description: "Prices" });
  await world.reference(sales, { targetType: "assistant", targetId: pricing.id });
  await world.secret(sales, { name: "API_KEY" });
  return { ada, ben, sales, pricing };
}

const exported = {
  format: "steward.assistant/1",
  naturalId: "ada:sales",
  name: "Sales",
  instructions: "Be brief.\nBe kind.\n",
  skills: [
    { type: "code-execution", name: "Sums", enabled: true, data: { languages: ["python"] } },
    { type: "assistant", name: "Ask Pricing", enabled: true, data: { assistantId: "ada:pricing" } },
  ],
  references: [
    { targetType: "url", targetId: "https://example.com/", description: "Prices" },
    { targetType: "assistant", targetId: "ada:pricing" },
  ],
  secrets: [{ name: "API_KEY", allowedHosts: [] }],
};

specify("assistants.export", {
  arrange: whole,
  as: ({ ada }) => ada,
  input: ({ sales }) => ({ id: sales.id }),
  gives: { ...exported, leftBehind: expect.arrayContaining(["values of secrets"]) },
  bad: [{ input: { format: "xml" }, at: "format" }],
  async after(world, { sales, pricing }, value) {
    const text = JSON.stringify(value);
    const [[sealed] = []] = await world.rows("select ciphertext from secrets");
    for (const hidden of [sealed, sales.id, pricing.id]) expect(text).not.toContain(hidden);
  },
  also: [
    {
      title: "leaves the ids of those that its reader cannot see",
      as: ({ ben }) => ben,
      gives: ({ pricing }) => ({
        skills: [{}, { data: { assistantId: pricing.id } }],
        leftBehind: expect.arrayContaining(["natural ids of 1 assistants that you cannot see"]),
      }),
    },
  ],
});

const document = {
  format: "steward.assistant/1",
  naturalId: "ada:selling",
  name: "Selling",
  instructions: "Sell.",
  suggestions: ["What is new?"],
  skills: [
    { type: "code-execution", name: "Sums", data: { languages: ["python"] } },
    { type: "assistant", name: "Ask", data: { assistantId: "ada:pricing" } },
  ],
  references: [
    { targetType: "url", targetId: "https://EXAMPLE.com", description: "Prices" },
    { targetType: "assistant", targetId: "ada:pricing" },
    { targetType: "library", targetId: "lib-7" },
  ],
  secrets: [{ name: "API_KEY" }],
};

specify("assistants.import", {
  arrange: whole,
  as: ({ ada }) => ada,
  input: () => ({ document }),
  status: 201,
  gives: {
    outcome: "created",
    dryRun: false,
    naturalId: "ada:selling",
    missingSecrets: ["API_KEY"],
    changes: {
      changed: true,
      fields: expect.arrayContaining([
        expect.objectContaining({ field: "instructions", before: null, after: "Sell." }),
      ]),
      skills: [
        { change: "added", name: "Sums" },
        { change: "added", name: "Ask" },
      ],
    },
  },
  bad: [
    { input: { document: "no document: [" }, at: "document" },
    { input: { document: { ...document, format: "steward.assistant/2" } }, at: "document.format" },
    { input: { document: { ...document, surprise: 1 } }, at: "document" },
    { input: { document: { ...document, naturalId: "Selling" } }, at: "document.naturalId" },
    { input: { document: { ...document, naturalId: "ada:selling-draft" } }, at: "document.naturalId" },
    { input: { document: { ...document, skills: [{ type: "magic", name: "M" }] } }, at: "document.skills.0.type" },
    {
      input: {
        document: { ...document, skills: [{ type: "code-execution", name: "M", data: { languages: ["cobol"] } }] },
      },
      at: "document.skills.0.data.languages.0",
    },
    {
      input: { document: { ...document, references: [{ targetType: "url", targetId: "ftp://example.com" }] } },
      at: "document.references.0.targetId",
    },
    { input: { document: { ...document, skills: [{ type: "mcp", name: "   " }] } }, at: "document.skills.0.name" },
    {
      input: { document: { ...document, skills: [{ type: "mcp", name: "M", description: "x".repeat(1001) }] } },
      at: "document.skills.0.description",
    },
    {
      input: { document: { ...document, skills: [{ type: "mcp", name: "M", description: "{{secrets.API}}" }] } },
      at: "document.skills.0.description",
    },
    {
      input: { document: { ...document, references: [{ targetType: "library", targetId: ".." }] } },
      at: "document.references.0.targetId",
    },
    { input: { document: "a: &a [1]\nb: *a" }, at: "document" },
    { input: { dryRun: "yes" }, at: "dryRun" },
  ],
  async after(world, { ada, pricing }, value) {
    const { id } = value as { id: string };
    const [row] = await world.rows(
      "select owner_id, slug, name, sort_name, suggestions from assistants where id = ?",
      id,
    );
    expect(row).toEqual([ada.id, "selling", "Selling", "selling", '["What is new?"]']);
    const references = await world.rows(
      "select target_type, target_id from assistant_references where assistant_id = ? order by id",
      id,
    );
    expect(references).toEqual([
      ["url", "https://example.com/"],
      ["assistant", pricing.id],
      ["library", "lib-7"],
    ]);
    const skills = await world.rows("select data from skills where assistant_id = ? and type = 'assistant'", id);
    expect(JSON.parse(String(skills[0]?.[0]))).toMatchObject({ assistantId: pricing.id });
    expect(await world.rows("select number, message from revisions where assistant_id = ?", id)).toEqual([
      [1, "Imported"],
    ]);
    expect(await world.rows("select 1 from access where assistant_id = ?", id)).toHaveLength(2);
  },
  also: [
    {
      title: "keeps nothing of a dry run, and says what it would do",
      input: () => ({ document, dryRun: true }),
      status: 200,
      gives: { outcome: "created", dryRun: true, id: null, missingSecrets: ["API_KEY"] },
      after: async (world) => {
        expect(await world.rows("select 1 from assistants where slug = 'selling'")).toEqual([]);
        expect(await world.rows("select 1 from audit")).toEqual([]);
      },
    },
    {
      title: "takes YAML",
      input: () => ({ document: "format: steward.assistant/1\nnaturalId: ada:selling\nname: Selling\n" }),
      gives: { outcome: "created", naturalId: "ada:selling" },
    },
    {
      title: "updates the one that has the natural id",
      input: () => ({ document: { ...document, naturalId: "ada:sales" } }),
      status: 200,
      gives: ({ sales }) => ({ outcome: "updated", id: sales.id, missingSecrets: [] }),
    },
    {
      title: "400 for an assistant that one cannot see, exactly as for one that is not there",
      arrange: (world) =>
        world.rows(
          "update assistants set owner_id = (select id from principals where name = 'ben') where slug = 'pricing'",
        ),
      refuses: "validation_failed",
    },
    {
      title: "400 for a dataset that is not there",
      input: () => ({
        document: { ...document, skills: [{ type: "code-execution", name: "S", datasetId: "ada:figures" }] },
      }),
      refuses: "validation_failed",
    },
    {
      title: "404 for an owner that is not there",
      input: () => ({ document: { ...document, naturalId: "nobody:selling" } }),
      refuses: "not_found",
    },
    {
      title: "403 for somebody else",
      as: ({ ben }) => ben,
      input: () => ({ document: { ...document, skills: [], references: [] } }),
      refuses: "forbidden",
    },
    {
      title: "takes another owner than the document's",
      as: ({ ben }) => ben,
      input: () => ({ document: { ...document, skills: [], references: [] }, ownerId: "ben" }),
      gives: { naturalId: "ben:selling", outcome: "created" },
    },
  ],
});

throughEveryDoor(
  "what is exported and imported elsewhere is the same, and importing it again changes nothing",
  async ({ world, get }) => {
    const { ada, sales } = await whole(world);
    for (const format of ["json", "yaml"] as const) {
      const there = await get(ada, "assistants.export", { id: sales.id, format });
      expect(await get(ada, "assistants.import", { document: there })).toMatchObject({
        outcome: "unchanged",
        id: sales.id,
        changes: { changed: false },
      });
    }
    const there = await get(ada, "assistants.export", { id: sales.id });
    const elsewhere = await openWorld();
    const eve = await elsewhere.user({ name: "eve" });
    await elsewhere.assistant({ owner: eve, name: "Pricing" });
    const moved = JSON.parse(JSON.stringify(there).replaceAll("ada:pricing", "eve:pricing"));
    const { doors } = await import("./doors.ts");
    const { expectSuccess } = await import("./expectations.ts");
    const input = { document: moved, ownerId: "eve" };
    const first = expectSuccess(await doors.rest(elsewhere, eve, "assistants.import", input));
    expect(first).toMatchObject({ outcome: "created", missingSecrets: ["API_KEY"] });
    const again = expectSuccess(await doors.rest(elsewhere, eve, "assistants.import", input));
    expect(again).toMatchObject({ outcome: "unchanged" });
    expect(await elsewhere.rows("select count(*) from revisions")).toEqual([[1]]);
    const { id } = first as { id: string };
    const back = expectSuccess(await doors.rest(elsewhere, eve, "assistants.export", { id }));
    expect(back).toMatchObject({ ...JSON.parse(JSON.stringify(exported).replaceAll("ada:", "eve:")), secrets: [] });
  },
);

throughEveryDoor("what one exports one may import, also where it names what one cannot see", async ({ world, get }) => {
  const { ada, sales } = await whole(world);
  const crew = await world.team({ name: "crew", members: [[ada, "admin"]] });
  const cleo = await world.user({ name: "cleo" });
  await world.rows("insert into memberships values (?, ?, 'publisher', 1, 1, 1)", cleo.id, crew.id);
  await get(ada, "owner.set", { id: sales.id, ownerId: crew.ref });
  const document = await get(cleo, "assistants.export", { id: sales.id });
  expect(await get(cleo, "assistants.import", { document })).toMatchObject({ outcome: "unchanged" });
});

throughEveryDoor("an import keeps the ids of what stays, and touches no secret", async ({ world, get }) => {
  const { ada, sales } = await whole(world);
  const before = await world.rows("select id, name from skills order by id");
  const secrets = await world.rows("select * from secrets");
  const there = (await get(ada, "assistants.export", { id: sales.id })) as Record<string, unknown>;
  const skills = (there.skills as object[]).map((skill) => ({ ...skill, description: "Changed" }));
  const document = { ...there, skills: [...skills.slice(1), { type: "code-execution", name: "Charts" }], secrets: [] };
  const { changes } = await get(ada, "assistants.import", { document });
  expect(changes.skills.map(({ change, name }: Record<string, unknown>) => [change, name])).toEqual([
    ["removed", "Sums"],
    ["changed", "Ask Pricing"],
    ["added", "Charts"],
  ]);
  const after = await world.rows("select id, name from skills order by id");
  expect(after[0]).toEqual(before[1]);
  expect(after).toHaveLength(2);
  expect(await world.rows("select * from secrets")).toEqual(secrets);
});

throughEveryDoor("a draft is exported under its original's natural id", async ({ world, get }) => {
  const { ada, sales } = await whole(world);
  const { id } = await get(ada, "drafts.edit", { id: sales.id });
  await get(ada, "assistants.update", { id, name: "Drafted" });
  expect(await get(ada, "assistants.export", { id })).toMatchObject({ naturalId: "ada:sales", name: "Drafted" });
});
