import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { ordered } from "./records-world.ts";
import { letters, missing } from "./skills-world.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

/** What only reads leaves no trace. */
const noTrail = async () => [];

/** Ada's assistant, which Ben and Eve use, brings the paid orders along, and of the rest what the asker sees. */
async function asking(world: World) {
  const things = await ordered(world);
  const { ada, ben, cleo, dan, eve, dataset } = things;
  const assistant = await world.assistant({ owner: ada, name: "Sales" });
  for (const user of [ben, cleo, dan, eve]) await world.share(assistant, user, 1);
  const stock = await world.dataset({
    owner: ada,
    name: "Stock",
    fields: [{ name: "item", dataType: "string" }],
    records: [{ item: "lamp" }, { item: "chair" }],
  });
  await world.knowledge(assistant, dataset, { mode: "subset", filter: { paid: true }, access: "assistant" });
  await world.knowledge(assistant, stock, { access: "asker" });
  const skill = await world.skill(assistant, {
    type: "dataset-query",
    name: "Query",
    data: { maxRows: 3, allowGrouping: true },
  });
  return { ...things, assistant, stock, skill };
}
type Asking = Awaited<ReturnType<typeof asking>>;

const bySkill =
  (input: object) =>
  ({ assistant, skill }: Asking) => ({ id: assistant.id, skillId: skill.id, input: { ...input } });
const failing = (error: unknown, more: object = {}) => ({ failed: true, content: { error, ...more } });
const said = (text: string) => expect.stringContaining(text);

specify("skills.run", {
  arrange: asking,
  as: ({ eve }) => eve,
  input: bySkill({ dataset: "Orders", select: ["city", "ordered"], sort: ["-ordered"] }),
  gives: {
    content: {
      dataset: "Orders",
      rows: [
        { city: "Berlin", ordered: "2024-01-03T00:00:00.000Z" },
        { city: "Berlin", ordered: "2024-01-01T00:00:00.000Z" },
      ],
      count: 2,
    },
    failed: false,
  },
  status: 200,
  trail: noTrail,
  bad: [
    { input: { input: [] }, at: "input" },
    { input: { input: "x" }, at: "input" },
    { input: { input: { filter: letters(70_000) } }, at: "input" },
    { input: { skillId: letters(201) }, at: "skillId" },
  ],
  also: [
    {
      title: "groups and aggregates",
      input: bySkill({
        dataset: "Orders",
        groupBy: ["city"],
        aggregates: [{ function: "sum", field: "price", as: "total" }],
      }),
      gives: { content: { rows: [{ city: "Berlin", total: 15 }] } },
    },
    {
      title: "takes the dataset's ids for its name",
      input: ({ assistant, skill, dataset }) => ({
        id: assistant.naturalId,
        skillId: skill.id,
        input: { dataset: dataset.naturalId, aggregates: [{ function: "count", as: "n" }] },
      }),
      gives: { content: { rows: [{ n: 2 }] }, failed: false },
    },
    {
      title: "shows an asker what it may see itself, where that counts",
      as: ({ ada }) => ada,
      input: bySkill({ dataset: "Stock" }),
      gives: { content: { rows: [{ item: "lamp" }, { item: "chair" }] } },
    },
    {
      title: "says clearly to one without a right that it has none",
      arrange: (world) => world.rows("update assistant_datasets set access = 'asker'"),
      input: bySkill({ dataset: "Orders" }),
      gives: failing(said("You have no right to this dataset yourself")),
    },
    {
      title: "tells no name of what is not reached",
      input: bySkill({ dataset: "Stock" }),
      gives: failing(said("There is no dataset of this name"), {
        datasets: ["Orders"],
        note: said("You have no right"),
      }),
    },
    {
      title: "says which datasets there are, where none is named",
      as: ({ ada }) => ada,
      input: bySkill({}),
      gives: failing(said("Say which dataset"), { datasets: ["Orders", "Stock"] }),
    },
    {
      title: "says which fields there are, and how to ask",
      input: bySkill({ dataset: "Orders", filter: { nope: 1 } }),
      gives: failing(said('filter.nope: There is no field "nope"'), {
        fields: [
          { name: "city", dataType: "string" },
          { name: "note", dataType: "string" },
          { name: "price", dataType: "number" },
          { name: "ordered", dataType: "date" },
          { name: "paid", dataType: "boolean" },
        ],
        example: { dataset: "Orders", groupBy: ["city"] },
      }),
    },
    {
      title: "says which type is wrong",
      input: bySkill({ dataset: "Orders", filter: { price: "cheap" } }),
      gives: failing(said("filter.price: Expected a number")),
    },
    {
      title: "says which key is wrong",
      input: bySkill({ dataset: "Orders", where: {} }),
      gives: failing(said("where"), { fields: expect.any(Array) }),
    },
    {
      title: "gives no more rows than it may, and says so",
      arrange: (world) => world.rows("update assistant_datasets set mode = 'full', filter = null"),
      input: bySkill({ dataset: "Orders", limit: 500 }),
      gives: { content: { count: 3, truncated: true, note: said("first 3 rows") }, failed: false },
    },
    {
      title: "does not group where it may not",
      arrange: (world) => world.rows(`update skills set data = '{"maxRows":3,"allowGrouping":false}'`),
      input: bySkill({ dataset: "Orders", groupBy: ["city"] }),
      gives: failing(said("groupBy")),
    },
    {
      title: "tells nothing but fields in mode schema",
      arrange: (world) => world.rows("update assistant_datasets set mode = 'schema', filter = null"),
      input: bySkill({ dataset: "Orders", aggregates: [{ function: "count", as: "n" }] }),
      gives: failing(said("Only the fields"), { fields: expect.any(Array) }),
    },
    {
      title: "tells no record where its filter speaks of what is gone",
      arrange: (world) => world.rows(`update assistant_datasets set filter = '{"gone":1}'`),
      input: bySkill({ dataset: "Orders" }),
      gives: failing(said("fields that are gone")),
    },
    {
      title: "needs no dataset named where the skill is about one",
      arrange: (world, { dataset }) => world.rows("update skills set dataset_id = ?", dataset.id),
      input: bySkill({ select: ["price"] }),
      gives: { content: { rows: [{ price: 10 }, { price: 5 }] }, failed: false },
    },
    {
      title: "queries no dataset that the assistant does not know",
      arrange: (world, { dataset }) =>
        world
          .rows("update skills set dataset_id = ?", dataset.id)
          .then(() => world.rows("delete from assistant_datasets")),
      as: ({ ada }) => ada,
      input: bySkill({}),
      gives: failing(said("does not know the dataset")),
    },
    {
      title: "409 while the assistant is switched off",
      arrange: (world) => world.rows("update assistants set enabled = 0"),
      refuses: "conflict",
    },
    {
      title: "409 while the skill is switched off",
      arrange: (world) => world.rows("update skills set enabled = 0"),
      refuses: "conflict",
    },
    {
      title: "409 for a type that does not run yet",
      arrange: (world) => world.rows("update skills set type = 'code-execution'"),
      refuses: "conflict",
    },
    {
      title: "409 for a type that has no driver any more",
      arrange: (world) => world.rows("update skills set type = 'paint'"),
      refuses: "conflict",
    },
    {
      title: "409 for a configuration that does not fit any more",
      arrange: (world) => world.rows(`update skills set data = '{"maxRows":0}'`),
      refuses: "conflict",
    },
    {
      title: "404 without such a skill",
      input: ({ assistant }) => ({ id: assistant.id, skillId: missing }),
      refuses: "not_found",
    },
  ],
});

throughEveryDoor("two datasets of one name are told apart", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  const assistant = await world.assistant({ owner: ada, name: "Sales" });
  for (const slug of ["one", "two"]) {
    const fields = [{ name: slug, dataType: "string" }] as const;
    const dataset = await world.dataset({
      owner: ada,
      name: "Same",
      slug,
      fields,
      records: [{ [slug]: `in ${slug}` }],
    });
    await world.knowledge(assistant, dataset, { access: "assistant" });
  }
  const skill = await world.skill(assistant, { type: "dataset-query", data: { maxRows: 10, allowGrouping: true } });
  const key = { id: assistant.id, skillId: skill.id };
  const { toolDefinition } = await get(ada, "skills.driver", key);
  expect(toolDefinition.inputSchema.properties.dataset.enum).toEqual(["ada:one", "ada:two"]);
  expect(await get(ada, "skills.run", { ...key, input: { dataset: "Same" } })).toMatchObject(
    failing(said("Several"), { datasets: ["ada:one", "ada:two"] }),
  );
  const { content } = await get(ada, "skills.run", { ...key, input: { dataset: "ada:two" } });
  expect(content.rows).toEqual([{ two: "in two" }]);
});

throughEveryDoor("a model is told of datasets, fields and values that the asker reaches", async ({ world, get }) => {
  const { ada, eve, assistant, skill, dataset } = await asking(world);
  const key = { id: assistant.id, skillId: skill.id };
  const toolFor = async (who: typeof ada) => (await get(who, "skills.driver", key)).toolDefinition;
  const own = await toolFor(ada);
  expect(own.inputSchema.properties.dataset.enum).toEqual(["Orders", "Stock"]);
  expect(own.description).toContain('"item": string, such as "lamp", "chair"');
  const theirs = await toolFor(eve);
  expect(theirs.inputSchema.properties.dataset.enum).toEqual(["Orders"]);
  expect(theirs.description).toContain('Dataset "Orders" (some of its records)');
  expect(theirs.description).toContain('"price": number, such as 10, 5');
  expect(theirs.description).not.toMatch(/Stock|lamp|Paris/);
  await world.rows("update assistant_datasets set mode = 'schema', filter = null");
  const blind = await toolFor(eve);
  expect(blind.description).toContain('"price": number');
  expect(blind.description).not.toMatch(/such as|Berlin|chair/);
  await world.rows("update skills set dataset_id = ?", dataset.id);
  const bound = await toolFor(ada);
  expect(bound.inputSchema.properties).not.toHaveProperty("dataset");
  expect(bound.description).not.toContain("Stock");
});

throughEveryDoor("what a model is told is bounded, and says what was left out", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  const assistant = await world.assistant({ owner: ada, name: "Sales" });
  for (let count = 0; count < 3; count++) {
    const fields = Array.from(
      { length: 90 },
      (_, index) => ({ name: `f${index}${letters(100)}`, dataType: "string" }) as const,
    );
    const records = [Object.fromEntries(fields.map(({ name }) => [name, letters(1000)]))];
    const dataset = await world.dataset({ owner: ada, name: `Wide ${count}`, fields, records, indexed: false });
    await world.knowledge(assistant, dataset, { access: "assistant" });
  }
  const skill = await world.skill(assistant, { type: "dataset-query", data: { maxRows: 100, allowGrouping: true } });
  const { toolDefinition } = await get(ada, "skills.driver", { id: assistant.id, skillId: skill.id });
  expect(toolDefinition.description.length).toBeLessThan(17_000);
  expect(toolDefinition.description).toMatch(/\d+ more fields are not listed here/);
});

throughEveryDoor("an answer is as large as a model can take, and says what was cut", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  const assistant = await world.assistant({ owner: ada, name: "Sales" });
  const fields = [{ name: "long", dataType: "string" }] as const;
  const records = Array.from({ length: 10 }, () => ({ long: '"'.repeat(10_000) }));
  const dataset = await world.dataset({ owner: ada, name: "Long", fields, records, indexed: false });
  await world.knowledge(assistant, dataset, { access: "assistant" });
  const skill = await world.skill(assistant, { type: "dataset-query", data: { maxRows: 100, allowGrouping: true } });
  const asked = { id: assistant.id, skillId: skill.id, input: { dataset: "Long" } };
  const { content, failed } = await get(ada, "skills.run", asked);
  expect(JSON.stringify(content).length).toBeLessThan(66_000);
  expect({ ...content, rows: content.rows.length, failed }).toMatchObject({
    rows: 3,
    count: 3,
    truncated: true,
    failed: false,
  });
  expect(content.note).toContain("first 3 rows");
});

throughEveryDoor("editors run the skills of a draft, and nobody else does", async ({ world, get, refuses }) => {
  const { ada, ben, assistant, dataset } = await asking(world);
  const draft = await world.assistant({ owner: ada, slug: "sales-draft", editing: assistant });
  await world.knowledge(draft, dataset, { access: "assistant", mode: "sample", sampleSize: 1 });
  const skill = await world.skill(draft, { type: "dataset-query", data: { maxRows: 100, allowGrouping: true } });
  const asked = { id: draft.id, skillId: skill.id, input: { dataset: "Orders" } };
  expect((await get(ada, "skills.run", asked)).content).toMatchObject({ count: 1 });
  await refuses("not_found", ben, "skills.run", asked);
});

throughEveryDoor("a token must be good for chatting, and for this assistant", async ({ world, get, refuses }) => {
  const { ada, eve, assistant, skill } = await asking(world);
  const asked = { id: assistant.id, skillId: skill.id, input: { dataset: "Orders", limit: 1 } };
  const answer = { content: { count: 1 }, failed: false };
  const other = await world.assistant({ owner: ada, name: "Other" });
  expect(await get(await world.token(eve, { scopes: ["chat"] }), "skills.run", asked)).toMatchObject(answer);
  expect(await get(await world.token(eve, { assistant }), "skills.run", asked)).toMatchObject(answer);
  for (const options of [{ scopes: ["read", "write"] }, { readOnly: true }, { assistant: other }] as const)
    await refuses("token_scope", await world.token(eve, options), "skills.run", asked);
});
