import { configSchemaOf, drivers, skillDriver, toolOf } from "@steward/core";
import { describe, expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { origin } from "./app.ts";
import { headersFor } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { misfits } from "./json-schema.ts";
import { specify } from "./specify.ts";
import { openWorld, type World } from "./world.ts";

const types = [...drivers.keys()];
const all = types.length;

async function ordering(world: World) {
  const [ada, ben] = [await world.user({ name: "ada" }), await world.user({ name: "ben" })];
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 1);
  const orders = await world.skill(sales, {
    type: "custom",
    name: "Commandes réglées",
    description: "Looks an order up",
    data: {
      url: "https://api.example.com/orders/{{input.number}}",
      inputSchema: { type: "object", properties: { number: { type: "string" } }, required: ["number"] },
    },
  });
  return { ada, ben, sales, orders };
}
type Ordering = Awaited<ReturnType<typeof ordering>>;

specify("skills.drivers", {
  arrange: async (world) => ({ ada: await world.user({ name: "ada" }) }),
  as: ({ ada }) => ada,
  input: () => ({}),
  gives: {
    items: types.map((id) => ({ id, configSchema: { examples: expect.any(Array) }, platform: expect.any(Array) })),
    start: 0,
    count: all,
    total: all,
    totalIsExact: true,
    next: null,
  },
  bad: [
    { input: { limit: 0 }, at: "limit" },
    { input: { cursor: "x" }, at: "cursor" },
  ],
  also: [
    {
      title: "pages",
      input: () => ({ start: 2, limit: 2 }),
      gives: { items: [{ id: types[2] }, { id: types[3] }], start: 2, count: 2, total: all },
    },
    { title: "ends", input: () => ({ start: all }), gives: { items: [], count: 0, total: all, next: null } },
  ],
});

throughEveryDoor("the types of skills are read page by page", async ({ world, get }) => {
  const ada = await world.user({ name: "ada" });
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await get(ada, "skills.drivers", { limit: 3, ...(cursor && { cursor }) });
    ids.push(...items.map(({ id }: { id: string }) => id));
    cursor = next ?? undefined;
  } while (cursor);
  expect(ids).toEqual(types);
});

specify("skills.driver", {
  arrange: ordering,
  as: ({ ada }: Ordering) => ada,
  input: ({ orders }: Ordering) => ({ id: "ada:sales", skillId: orders.id }),
  gives: {
    id: "custom",
    name: "Custom request",
    description: expect.any(String),
    configSchema: { type: "object", required: ["url"] },
    toolDefinition: {
      name: "Commandes_reglees",
      description: "Looks an order up",
      inputSchema: { type: "object", properties: { number: { type: "string" } }, required: ["number"] },
    },
  },
  bad: [{ input: { skillId: "x".repeat(201) }, at: "skillId" }],
  also: [
    {
      title: "shows a reader what the model is told",
      as: ({ ben }: Ordering) => ben,
      gives: { toolDefinition: { description: "Looks an order up" } },
    },
    {
      title: "hides it from a reader of an assistant whose instructions are hidden",
      arrange: (world) => world.rows("update assistants set instructions_hidden = 1"),
      as: ({ ben }: Ordering) => ben,
      gives: { id: "custom", toolDefinition: null },
    },
    {
      title: "tells of no tool while the configuration does not fit",
      arrange: (world) => world.rows("update skills set data = '{}'"),
      gives: { id: "custom", toolDefinition: null },
    },
    {
      title: "409 for a type that has no driver any more",
      arrange: (world) => world.rows("update skills set type = 'paint'"),
      refuses: "conflict",
    },
    {
      title: "404 without such a skill",
      input: ({ sales, ben }: Ordering) => ({ id: sales.id, skillId: ben.id }),
      refuses: "not_found",
    },
  ],
});

throughEveryDoor(
  "a driver that stands in the registry is listed, and can be given",
  async ({ world, get, refuses }) => {
    const { ada, sales } = await ordering(world);
    const paint = skillDriver({
      id: "paint",
      name: "Painting",
      description: "Paints a picture",
      configuration: z.strictObject({ colours: z.int().min(2).max(256).default(16) }),
      examples: [{ colours: 2 }],
      platform: ["models"],
      tool: (skill) =>
        toolOf(skill, {
          description: `Paints in ${skill.data.colours} colours`,
          properties: { what: { type: "string" } },
        }),
    });
    drivers.set(paint.id, paint);
    onTestFinished(() => void drivers.delete(paint.id));
    expect((await get(ada, "skills.drivers")).items.at(-1)).toMatchObject({ id: "paint", platform: ["models"] });
    const { id } = sales;
    expect(
      await refuses("validation_failed", ada, "skills.create", { id, type: "paint", data: { colours: 1 } }),
    ).toEqual(["data.colours"]);
    const skill = await get(ada, "skills.create", { id, type: "paint" });
    expect(skill).toMatchObject({ name: "Painting", data: { colours: 16 } });
    expect(await get(ada, "skills.driver", { id, skillId: skill.id })).toMatchObject({
      id: "paint",
      toolDefinition: { name: "Painting", description: "Paints in 16 colours" },
    });
  },
);

test("what the contract names is there", () => {
  expect(types).toEqual(
    expect.arrayContaining([
      "dataset-query",
      "web-search",
      "code-execution",
      "file-analysis",
      "custom",
      "mcp",
      "assistant",
    ]),
  );
});

test("over REST, a skill leads to its driver, and the entry to all", async () => {
  const world = await openWorld();
  const { ada, orders } = await ordering(world);
  const read = async (path: string) => {
    const response = await world.app.fetch(new Request(`${origin}${path}`, { headers: headersFor(ada) }));
    return (await response.json()) as { _links: Record<string, { href: string }>; _embedded: Record<string, object[]> };
  };
  const { _links: entry } = await read("/api");
  expect(entry["inf:skill-drivers"]).toMatchObject({ href: expect.stringMatching(/^\/api\/skill-drivers\{\?/) });
  expect((await read("/api/skill-drivers"))._embedded["inf:skill-driver"]).toHaveLength(all);
  const { _links: assistant } = await read("/api/assistants/ada:sales");
  expect(assistant["inf:assistant-skills"]).toEqual({ href: "/api/assistants/ada:sales/skills" });
  const own = `/api/assistants/ada:sales/skills/${orders.id}`;
  const { _embedded: embedded } = await read("/api/assistants/ada:sales/skills");
  const links = { self: { href: own }, "inf:skill-driver": { href: `${own}/driver` } };
  expect(embedded["inf:assistant-skill"]).toMatchObject([{ _links: links }]);
  expect(await read(own)).toMatchObject({ _links: links });
  expect(await read(`${own}/driver`)).toMatchObject({ id: "custom", _links: { self: { href: `${own}/driver` } } });
});

describe.each([...drivers])("%s", (id, driver) => {
  const examples = driver.examples.map((example) => ({ shown: JSON.stringify(example).slice(0, 80), example }));
  const schema = configSchemaOf(driver);
  const skill = (data: unknown, more = {}) =>
    ({ name: "My skill", description: null, datasetId: null, data, ...more }) as never;

  test("is known by its id", () => {
    expect(driver.id).toBe(id);
    expect(driver.platform.length).toBeGreaterThan(0);
  });

  test("has examples, which its schema shows", () => {
    expect(examples.length).toBeGreaterThan(0);
    expect(schema.examples).toEqual(driver.examples);
  });

  test.each(examples)("takes its example $shown, by either schema", ({ example }) => {
    expect(misfits(example, schema as never, schema as never)).toEqual([]);
    expect(driver.configuration.safeParse(example).error).toBeUndefined();
  });

  test.each(examples)("takes back what it made of $shown", ({ example }) => {
    const stored = JSON.parse(JSON.stringify(driver.configuration.parse(example)));
    expect(driver.configuration.parse(stored)).toEqual(stored);
    expect(JSON.stringify(driver.configuration.parse(stored))).toBe(JSON.stringify(stored));
  });

  test.each(examples)("makes a tool of $shown that any provider takes", ({ example }) => {
    const data = driver.configuration.parse(example);
    for (const name of ["My skill", "Ünï 🐳 code!", "數據", "_", "9", "x".repeat(255), "a b".repeat(80)]) {
      const tool = driver.tool(skill(data, { name }), []);
      expect(tool.name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      expect(tool.description.length).toBeGreaterThan(10);
      expect(tool.inputSchema).toMatchObject({ type: "object" });
    }
    expect(driver.tool(skill(data, { description: "My own words" }), []).description).toBe("My own words");
  });

  test("describes every field", () => {
    const shapes = [schema, ...((schema.oneOf as object[] | undefined) ?? [])] as { properties?: object }[];
    const fields = shapes.flatMap(({ properties = {} }) => Object.entries(properties));
    expect(fields.length).toBeGreaterThan(0);
    for (const [key, field] of fields)
      if (!("const" in field) && !("enum" in field)) expect(field.description, key).toEqual(expect.any(String));
  });

  test("refuses what it does not know", () => {
    for (const { example } of examples)
      expect(driver.configuration.safeParse({ ...example, nope: 1 }).success).toBe(false);
  });

  test("names keys that its configuration has", () => {
    const keys = driver.examples.flatMap((example) => Object.keys(example));
    for (const key of [...(driver.urls ?? []), ...(driver.targets ?? []).map((target) => target.key)])
      expect(keys).toContain(key);
  });
});
