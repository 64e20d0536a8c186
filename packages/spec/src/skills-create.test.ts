import { expect } from "vitest";
import { badFields, draftOf, lists, missing, type Skilled, skilled } from "./skills-world.ts";
import { specify } from "./specify.ts";

specify("skills.create", {
  arrange: skilled,
  as: ({ ada }: Skilled) => ada,
  input: ({ sales }: Skilled) => ({ id: sales.id, type: "code-execution" }),
  status: 201,
  gives: ({ sales }: Skilled) => ({
    assistantId: sales.id,
    type: "code-execution",
    name: "Code execution",
    description: null,
    enabled: true,
    data: { languages: ["javascript", "python"], timeoutSeconds: 10, memoryMegabytes: 128, maxOutputBytes: 65536 },
    datasetId: null,
    datasourceId: null,
    reportId: null,
    queryId: null,
    templateId: null,
    integrationId: null,
    permissions: { write: true, delete: true },
    version: 1,
  }),
  async after(world, { sales, ada }: Skilled, value) {
    const { id } = value as { id: string };
    expect(await world.rows("select version, updated_by from assistants where id = ?", sales.id)).toEqual([
      [2, ada.id],
    ]);
    const [[content] = []] = await world.rows("select content from revisions where number = 2");
    expect(JSON.parse(String(content)).skills).toHaveLength(3);
    const [[details] = []] = await world.rows("select details from audit");
    expect(JSON.parse(String(details))).toEqual({ skillId: id, type: "code-execution", name: "Code execution" });
  },
  bad: [
    ...badFields,
    { input: { type: undefined }, at: "type" },
    { input: { type: "" }, at: "type" },
    { input: { type: "paint" }, at: "type" },
    { input: { type: "toString" }, at: "type" },
    { input: { type: "custom" }, at: "data.url" },
    { input: { type: "web-search" }, at: "data.provider" },
    { input: { type: "web-search", data: { provider: "brave" } }, at: "data.apiKeySecret" },
    { input: { type: "assistant" }, at: "data.assistantId" },
    { input: { type: "assistant", data: { assistantId: missing } }, at: "data.assistantId" },
    { input: { type: "assistant", data: { assistantId: "crew:desk" } }, at: "data.assistantId" },
    { input: { type: "assistant", data: { assistantId: "ada:sales" } }, at: "data.assistantId" },
    { input: { type: "dataset-query", datasetId: missing }, at: "datasetId" },
    { input: { datasetId: "sales:orders" }, at: "datasetId" },
    { input: { type: "custom", data: { url: "https://10.0.0.1/" } }, at: "data.url" },
    { input: { type: "mcp", data: { url: "https://localhost/mcp" } }, at: "data.url" },
    {
      input: { type: "web-search", data: { provider: "searxng", baseUrl: "https://search.internal" } },
      at: "data.baseUrl",
    },
  ],
  also: [
    {
      title: "keeps what belongs to other systems as it is given",
      input: ({ sales }: Skilled) => ({
        id: sales.id,
        type: "dataset-query",
        name: "Orders",
        description: "Knows all orders",
        enabled: false,
        data: { maxRows: 5 },
        datasourceId: "a",
        reportId: "b",
        queryId: "c:d",
        templateId: "e",
        integrationId: "f",
      }),
      gives: {
        name: "Orders",
        description: "Knows all orders",
        enabled: false,
        data: { maxRows: 5, allowGrouping: true },
        datasourceId: "a",
        reportId: "b",
        queryId: "c:d",
        templateId: "e",
        integrationId: "f",
      },
    },
    {
      title: "keeps an assistant by its UUID",
      input: ({ sales }: Skilled) => ({ id: sales.id, type: "assistant", data: { assistantId: "user:ada:help" } }),
      gives: ({ help }: Skilled) => ({ data: { assistantId: help.id, includeConversation: false } }),
    },
    {
      title: "takes an assistant of one's team",
      arrange: async (world, { desk, cleo, sales }: Skilled) => world.share(sales, cleo, 2).then(() => desk),
      as: ({ cleo }: Skilled) => cleo,
      input: ({ sales, desk }: Skilled) => ({ id: sales.id, type: "assistant", data: { assistantId: desk.id } }),
      gives: ({ desk }: Skilled) => ({ data: { assistantId: desk.id } }),
    },
    {
      title: "400 for an assistant that a bound token does not reach",
      arrange: async (world, things: Skilled) => {
        Object.assign(things, { bound: await world.token(things.ada, { assistant: things.sales }) });
      },
      as: (things) => (things as Skilled & { bound: { bearer: string } }).bound,
      input: ({ sales, help }: Skilled) => ({ id: sales.id, type: "assistant", data: { assistantId: help.id } }),
      refuses: "validation_failed",
    },
    {
      title: "400 for a draft",
      arrange: async (world, things: Skilled) => {
        Object.assign(things, { draft: await draftOf(world, things.ada, things.help) });
      },
      input: (things) => ({
        id: "ada:sales",
        type: "assistant",
        data: { assistantId: (things as Skilled & { draft: { id: string } }).draft.id },
      }),
      refuses: "validation_failed",
    },
    {
      title: "400 for a draft that would ask what it is a draft of",
      arrange: (world, { ada, sales }: Skilled) => draftOf(world, ada, sales),
      input: ({ sales }: Skilled) => ({
        id: "ada:sales-draft",
        type: "assistant",
        data: { assistantId: sales.id },
      }),
      refuses: "validation_failed",
      after: async (_, __, answer) =>
        expect(answer).toMatchObject({
          details: [{ path: "data.assistantId", message: "An assistant does not name itself" }],
        }),
    },
    {
      title: "gives a draft a skill, without a revision",
      arrange: (world, { ada, sales }: Skilled) => draftOf(world, ada, sales),
      input: () => ({ id: "ada:sales-draft", type: "code-execution" }),
      async after(world) {
        expect(await world.rows("select version from assistants where editing_id is not null")).toEqual([[2]]);
        expect(await world.rows("select number from revisions")).toEqual([]);
      },
    },
    {
      title: "takes a public host where none is listed",
      input: ({ sales }: Skilled) => ({ id: sales.id, type: "mcp", data: { url: "https://mcp.example.com/x" } }),
      gives: { data: { url: "https://mcp.example.com/x" } },
    },
    {
      title: "400 for a host that the settings do not list",
      arrange: (world) => lists(world, "example.org", "*.example.net"),
      input: ({ sales }: Skilled) => ({ id: sales.id, type: "mcp", data: { url: "https://mcp.example.com/x" } }),
      refuses: "validation_failed",
      after: async (_, __, answer) => expect(answer).toMatchObject({ details: [{ path: "data.url" }] }),
    },
    {
      title: "takes a host that the settings list, public or not",
      arrange: (world) => lists(world, "example.org", "10.0.0.1:8443"),
      input: ({ sales }: Skilled) => ({ id: sales.id, type: "custom", data: { url: "https://10.0.0.1:8443/x" } }),
      gives: { type: "custom" },
    },
    {
      title: "409 for one too many",
      arrange: (world, { sales }: Skilled) =>
        world.rows(
          `with recursive n(i) as (select 3 union all select i + 1 from n where i < 200)
            insert into skills (id, assistant_id, created_at, updated_at, type, name, data)
            select 's' || i, ?, 1, 1, 'custom', 'x', '{}' from n`,
          sales.id,
        ),
      refuses: "conflict",
    },
  ],
});
