import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { badFields, code, hidden, letters, lists, missing, type Skilled, skilled } from "./skills-world.ts";
import { specify } from "./specify.ts";

specify("skills.list", {
  arrange: skilled,
  as: ({ ben }: Skilled) => ben,
  input: ({ sales }: Skilled) => ({ id: sales.id }),
  gives: ({ sales, python, asking }: Skilled) => ({
    items: [
      {
        id: python.id,
        assistantId: sales.id,
        type: "code-execution",
        name: "Python",
        description: null,
        enabled: true,
        data: code,
        datasetId: null,
        integrationId: null,
        permissions: { write: false, delete: false },
        version: 1,
      },
      { id: asking.id, type: "assistant" },
    ],
    total: 2,
    next: null,
  }),
  bad: [
    { input: { limit: 0 }, at: "limit" },
    { input: { cursor: "x" }, at: "cursor" },
  ],
  also: [
    {
      title: "pages",
      input: ({ sales }: Skilled) => ({ id: sales.id, limit: 1 }),
      gives: { count: 1, total: 2, next: expect.any(String) },
    },
    {
      title: "shows no configuration to who may only use an assistant whose instructions are hidden",
      arrange: hidden,
      gives: { items: [{ name: "Python", data: null }, { data: null }] },
    },
    {
      title: "tells a writer what it may, and shows it everything",
      arrange: hidden,
      as: ({ ada }: Skilled) => ada,
      gives: { items: [{ data: code, permissions: { write: true, delete: true } }, {}] },
    },
  ],
});

specify("skills.get", {
  arrange: skilled,
  as: ({ ada }: Skilled) => ada,
  input: ({ python }: Skilled) => ({ id: "ada:sales", skillId: python.id }),
  gives: { type: "code-execution", name: "Python", data: code, permissions: { write: true } },
  bad: [{ input: { skillId: letters(201) }, at: "skillId" }],
  also: [
    {
      title: "takes an id in capitals",
      input: ({ sales, python }: Skilled) => ({ id: sales.id, skillId: python.id.toUpperCase() }),
      gives: { name: "Python" },
    },
    {
      title: "404 for a skill of another assistant",
      input: ({ help, python }: Skilled) => ({ id: help.id, skillId: python.id }),
      refuses: "not_found",
    },
    {
      title: "404 without such a skill",
      input: ({ sales }: Skilled) => ({ id: sales.id, skillId: missing }),
      refuses: "not_found",
    },
    {
      title: "shows no configuration to who may only use an assistant whose instructions are hidden",
      arrange: hidden,
      as: ({ ben }: Skilled) => ben,
      gives: { name: "Python", data: null, permissions: { write: false } },
    },
    {
      title: "shows a writer the configuration beside hidden instructions",
      arrange: async (world, { sales, cleo }: Skilled) => {
        await hidden(world);
        await world.share(sales, cleo, 2);
      },
      as: ({ cleo }: Skilled) => cleo,
      gives: { data: code, permissions: { write: true } },
    },
    {
      title: "shows a token that only reads what its user may read",
      arrange: async (world, things: Skilled) => {
        await hidden(world);
        Object.assign(things, { reading: await world.token(things.ada, { readOnly: true }) });
      },
      as: (things) => (things as Skilled & { reading: { bearer: string } }).reading,
      gives: { data: code, permissions: { write: false } },
    },
  ],
});

specify("skills.update", {
  arrange: skilled,
  as: ({ ada }: Skilled) => ada,
  input: ({ sales, python }: Skilled) => ({ id: sales.id, skillId: python.id, data: { timeoutSeconds: 5 } }),
  status: 200,
  gives: { name: "Python", data: { timeoutSeconds: 5, memoryMegabytes: 128 }, version: 2 },
  async after(world, { sales, python }: Skilled) {
    expect(await world.rows("select version from assistants where id = ?", sales.id)).toEqual([[2]]);
    expect(await world.rows("select number from revisions")).toEqual([[2]]);
    const [[details] = []] = await world.rows("select details from audit");
    expect(JSON.parse(String(details))).toMatchObject({ skillId: python.id, fields: ["data"] });
  },
  bad: [
    ...badFields,
    { input: { type: "" }, at: "type" },
    { input: { type: "paint" }, at: "type" },
    { input: { type: "file-analysis", data: undefined }, at: "type" },
    { input: { type: "file-analysis", data: {} }, at: "type" },
    { input: { datasetId: missing, data: undefined }, at: "datasetId" },
  ],
  also: [
    {
      title: "changes only the keys that are given, and clears with null",
      arrange: (world) => world.rows("update skills set description = 'x', report_id = 'y', query_id = 'z'"),
      input: ({ sales, python }: Skilled) => ({ id: sales.id, skillId: python.id, description: null, reportId: null }),
      gives: { name: "Python", description: null, reportId: null, queryId: "z", data: code },
    },
    {
      title: "changes the version that was read",
      input: ({ sales, python }: Skilled) => ({ id: sales.id, skillId: python.id, name: "Py", expectedVersion: 1 }),
      gives: { name: "Py", version: 2 },
    },
    {
      title: "412 for a skill that has changed since",
      arrange: (world) => world.rows("update skills set version = 2"),
      input: ({ sales, python }: Skilled) => ({ id: sales.id, skillId: python.id, name: "Py", expectedVersion: 1 }),
      refuses: "version_mismatch",
    },
    {
      title: "404 without such a skill",
      input: ({ sales }: Skilled) => ({ id: sales.id, skillId: missing, data: {} }),
      refuses: "not_found",
    },
    {
      title: "404 for a skill of another assistant",
      input: ({ help, python }: Skilled) => ({ id: help.id, skillId: python.id, name: "x" }),
      refuses: "not_found",
    },
    {
      title: "asks another assistant",
      arrange: async (world, { ada }: Skilled) => world.assistant({ owner: ada, name: "Other" }),
      input: ({ sales, asking }: Skilled) => ({ id: sales.id, skillId: asking.id, data: { assistantId: "ada:other" } }),
      gives: { data: { assistantId: expect.stringMatching(/^01900000-/), includeConversation: false } },
    },
    {
      title: "takes an assistant back that its writer cannot see",
      arrange: (world, { sales, ben }: Skilled) =>
        world.rows("update shares set level = 2 where assistant_id = ? and principal_id = ?", sales.id, ben.id),
      as: ({ ben }: Skilled) => ben,
      input: ({ sales, asking, help }: Skilled) => ({
        id: sales.id,
        skillId: asking.id,
        name: "Ask somebody",
        data: { assistantId: help.id, includeConversation: true },
      }),
      gives: ({ help }: Skilled) => ({ name: "Ask somebody", data: { assistantId: help.id } }),
    },
    {
      title: "takes an assistant back that is gone",
      arrange: (world, { help }: Skilled) => world.rows("delete from assistants where id = ?", help.id),
      input: ({ sales, asking, help }: Skilled) => ({
        id: sales.id,
        skillId: asking.id,
        type: "assistant",
        data: { assistantId: help.id, includeConversation: false },
      }),
      gives: ({ help }: Skilled) => ({ data: { assistantId: help.id } }),
    },
    {
      title: "400 for another assistant that its writer cannot see",
      input: ({ sales, asking, desk }: Skilled) => ({
        id: sales.id,
        skillId: asking.id,
        data: { assistantId: desk.id },
      }),
      refuses: "validation_failed",
    },
  ],
});

specify("skills.delete", {
  arrange: skilled,
  as: ({ ada }: Skilled) => ada,
  input: ({ sales, python }: Skilled) => ({ id: sales.id, skillId: python.id }),
  status: 204,
  async after(world, { sales, python, asking }: Skilled) {
    expect(await world.rows("select id from skills")).toEqual([[asking.id]]);
    expect(await world.rows("select version from assistants where id = ?", sales.id)).toEqual([[2]]);
    const [[details] = []] = await world.rows("select details from audit");
    expect(JSON.parse(String(details))).toEqual({ skillId: python.id, type: "code-execution", name: "Python" });
  },
  also: [
    {
      title: "404 without such a skill",
      input: ({ sales }: Skilled) => ({ id: sales.id, skillId: missing }),
      refuses: "not_found",
    },
    {
      title: "404 for a skill of another assistant",
      input: ({ help, python }: Skilled) => ({ id: help.id, skillId: python.id }),
      refuses: "not_found",
    },
    {
      title: "deletes the version that was read",
      input: ({ sales, python }: Skilled) => ({ id: sales.id, skillId: python.id, expectedVersion: 1 }),
    },
    {
      title: "412 for a skill that has changed since",
      arrange: (world) => world.rows("update skills set version = 2"),
      input: ({ sales, python }: Skilled) => ({ id: sales.id, skillId: python.id, expectedVersion: 1 }),
      refuses: "version_mismatch",
    },
  ],
});

throughEveryDoor("what one may not see is no target, exactly as what is not there", async ({ world, ask }) => {
  const { ada, sales, desk } = await skilled(world);
  const give = (assistantId: string) =>
    ask(ada, "skills.create", { id: sales.id, type: "assistant", data: { assistantId } });
  const [unseen, absent] = [await give(desk.id), await give(missing)];
  expect(unseen).toMatchObject({ ok: false, code: "validation_failed" });
  expect(unseen.body).toEqual(absent.body);
});

throughEveryDoor("a skill is put back unchanged whatever the settings have become", async ({ world, get, refuses }) => {
  const { ada, sales } = await skilled(world);
  const url = "https://api.example.com/orders";
  const { id: skillId, data } = await get(ada, "skills.create", { id: sales.id, type: "custom", data: { url } });
  await lists(world, "example.org");
  await get(ada, "skills.update", { id: sales.id, skillId, type: "custom", name: "Orders", data });
  await lists(world, "10.0.0.1");
  const inside = { id: sales.id, type: "custom", data: { url: "https://10.0.0.1/" } };
  const intern = await get(ada, "skills.create", inside);
  await lists(world);
  await get(ada, "skills.update", { id: sales.id, skillId: intern.id, name: "Inside", data: intern.data });
  expect(await refuses("validation_failed", ada, "skills.create", inside)).toEqual(["data.url"]);
  await lists(world, "example.org");
  const changed = { ...data, timeoutSeconds: 99 };
  expect(await refuses("validation_failed", ada, "skills.update", { id: sales.id, skillId, data: changed })).toEqual([
    "data.url",
  ]);
});

throughEveryDoor("a change that names the type takes one trip, and two without it", async ({ world, get }) => {
  const { ada, sales, python } = await skilled(world);
  const trips = async (more: object) =>
    (await world.countTrips(() => get(ada, "skills.update", { id: sales.id, skillId: python.id, ...more }))).trips;
  expect(await trips({ name: "x" })).toBe(1);
  expect(await trips({ type: "code-execution", data: {} })).toBe(1);
  expect(await trips({ data: {} })).toBe(2);
});

throughEveryDoor("an assistant tells of its skills, and each change makes a new version of it", async (behind) => {
  const { world, get } = behind;
  const { ada, help } = await skilled(world);
  const { id } = help;
  const skill = await get(ada, "skills.create", { id, type: "file-analysis", name: "Files" });
  expect(await get(ada, "assistants.get", { id })).toMatchObject({
    version: 2,
    skills: [{ id: skill.id, type: "file-analysis", name: "Files" }],
  });
  await get(ada, "skills.update", { id, skillId: skill.id, name: "All files" });
  await get(ada, "skills.delete", { id, skillId: skill.id });
  expect(await get(ada, "assistants.get", { id })).toMatchObject({ version: 4, skills: [] });
});
