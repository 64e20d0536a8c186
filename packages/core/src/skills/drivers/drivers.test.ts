import { describe, expect, test } from "vitest";
import { drivers } from "./index.ts";

const driver = (id: string) => {
  const found = drivers.get(id);
  if (!found) throw new Error(`There is no driver ${id}`);
  return found;
};

/** The tool of a skill with this configuration. */
const tool = (id: string, data: object, more: { datasetId?: string } = {}) => {
  const configured = driver(id).configuration.parse(data);
  const skill = { name: "Skill", description: null, datasetId: null, ...more, data: configured };
  return driver(id).tool(skill as never, []);
};
const properties = (id: string, data: object, more = {}) =>
  tool(id, data, more).inputSchema.properties as Record<string, { enum?: unknown; maximum?: number }>;

const mistakes = (id: string, data: object) =>
  (driver(id).configuration.safeParse(data).error?.issues ?? []).map(({ path }) => path.join("."));

describe("a tool follows its configuration", () => {
  test("dataset-query", () => {
    expect(Object.keys(properties("dataset-query", {}))).toEqual([
      "dataset",
      "select",
      "filter",
      "groupBy",
      "aggregates",
      "sort",
      "limit",
    ]);
    const bound = properties("dataset-query", { allowGrouping: false, maxRows: 7 }, { datasetId: "x" });
    expect(Object.keys(bound)).toEqual(["select", "filter", "sort", "limit"]);
    expect(bound.limit?.maximum).toBe(7);
    expect(tool("dataset-query", {}).inputSchema.required).toEqual(["dataset"]);
  });

  test("web-search", () => {
    const data = { provider: "tavily", apiKeySecret: "KEY", allowedDomains: ["example.com"], maxResults: 3 };
    expect(tool("web-search", data).description).toBe("Searches the web with Tavily; answers at most 3 results");
    expect(properties("web-search", data).domain?.enum).toEqual(["example.com"]);
    expect(properties("web-search", { ...data, allowedDomains: [] }).domain).not.toHaveProperty("enum");
  });

  test("code-execution", () => {
    expect(properties("code-execution", { languages: ["python"] }).language?.enum).toEqual(["python"]);
    expect(tool("code-execution", { timeoutSeconds: 7 }).description).toContain("7 seconds");
  });

  test("file-analysis", () => {
    expect(properties("file-analysis", { files: ["a.pdf"] }).file?.enum).toEqual(["a.pdf"]);
    expect(properties("file-analysis", {}).file).not.toHaveProperty("enum");
  });

  test("custom", () => {
    const inputSchema = { type: "object", properties: { q: { type: "string" } } };
    expect(tool("custom", { url: "https://api.example.com/x", inputSchema })).toMatchObject({
      description: "Calls api.example.com",
      inputSchema,
    });
    expect(tool("custom", { url: "https://api.example.com/x" }).inputSchema).toEqual({
      type: "object",
      properties: {},
      additionalProperties: false,
    });
  });

  test("mcp", () => {
    const url = "https://mcp.example.com/mcp";
    expect(properties("mcp", { url, tools: ["a"] }).tool?.enum).toEqual(["a"]);
    expect(properties("mcp", { url }).tool).not.toHaveProperty("enum");
  });

  test("assistant", () => {
    expect(tool("assistant", { assistantId: "ada:sales" })).toMatchObject({
      description: 'Asks the assistant "Skill"',
      inputSchema: { required: ["question"] },
    });
  });
});

const url = "https://api.example.com/x";
const inputSchema = { type: "object", properties: { q: { type: "string" } } };

test.each([
  ["custom", { url: "https://api.example.com/{{input.q}}?x={{ input.q }}", inputSchema }],
  ["custom", { url, method: "POST", headers: { "X-Key": "{{secrets.KEY}} {{input.q}}" }, inputSchema }],
  ["custom", { url, query: { key: "{{secrets.KEY}}", q: "{{input.q}}" }, inputSchema }],
  ["custom", { url, method: "PUT", body: { a: { b: ["{{secrets.KEY}}", 1, null, "{{input.q}}"] } }, inputSchema }],
  ["custom", { url, method: "DELETE", body: "q={{input.q}}", encoding: "form", inputSchema }],
  ["mcp", { url, headers: { Authorization: "Bearer {{secrets.KEY}}" } }],
  ["web-search", { provider: "searxng", baseUrl: "https://search.example.com/a/", apiKeySecret: "KEY" }],
])("%s takes %j", (id, data) => {
  expect(mistakes(id, data)).toEqual([]);
});

const header = (name: string, value = "x") => ({ url, headers: { [name]: value } });

test.each([
  ["custom", {}, "url"],
  ["custom", { url: "http://api.example.com" }, "url"],
  ["custom", { url: "https://{{input.q}}.example.com/", inputSchema }, "url"],
  ["custom", { url: "https://api.example.com/{{secrets.KEY}}" }, "url"],
  ["custom", { url: "https://api.example.com/?key={{secrets.KEY}}" }, "url"],
  ["custom", { url: "https://{{secrets.KEY}}.example.com/" }, ["url", "url"]],
  ["custom", { url: "https://api.example.com/{{input.p}}", inputSchema }, "url"],
  ["custom", { url: `https://api.example.com/${"x".repeat(2000)}` }, "url"],
  ["custom", { url, method: "CONNECT" }, "method"],
  ["custom", { url, body: "x" }, "body"],
  ["custom", { url, method: "POST", body: "x".repeat(32_001) }, "body"],
  ["custom", { url, method: "POST", body: { a: { b: ["{{input.p}}"] } }, inputSchema }, "body.a.b.0"],
  ["custom", { url, query: { key: "{{input.p}}" }, inputSchema }, "query.key"],
  ["custom", { url, query: { "": "x" } }, "query."],
  ["custom", { url, query: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, "x"])) }, "query"],
  ["custom", { url, inputSchema: { type: "array" } }, "inputSchema.type"],
  ["custom", { url, inputSchema: { type: "object", $ref: "#" } }, "inputSchema"],
  ["custom", { url, timeoutSeconds: 121 }, "timeoutSeconds"],
  ["custom", { url, maxResponseBytes: 1024 * 1024 + 1 }, "maxResponseBytes"],
  ["custom", header("Host"), "headers.Host"],
  ["custom", header("content-length"), "headers.content-length"],
  ["custom", header("Proxy-Authorization"), "headers.Proxy-Authorization"],
  ["custom", header("Bad Name"), "headers.Bad Name"],
  ["custom", header("X-Key", "a\r\nb: c"), "headers"],
  ["custom", header("X-Key", "ü"), "headers"],
  ["mcp", { url: "https://api.example.com/{{secrets.KEY}}" }, "url"],
  ["mcp", { url, headers: { "X-Key": "{{input.q}}" } }, "headers.X-Key"],
  ["mcp", { url, tools: [] }, "tools"],
  ["mcp", { url, tools: ["a b"] }, "tools.0"],
  ["web-search", { provider: "google" }, "provider"],
  ["web-search", { provider: "brave", apiKeySecret: "my key" }, "apiKeySecret"],
  ["web-search", { provider: "brave", apiKeySecret: "KEY", baseUrl: url }, ""],
  ["web-search", { provider: "searxng" }, "baseUrl"],
  ["web-search", { provider: "tavily", apiKeySecret: "KEY", allowedDomains: ["https://x.com"] }, "allowedDomains.0"],
  ["web-search", { provider: "tavily", apiKeySecret: "KEY", blockedDomains: ["localhost"] }, "blockedDomains.0"],
  ["web-search", { provider: "tavily", apiKeySecret: "KEY", maxResults: 21 }, "maxResults"],
  ["code-execution", { languages: [] }, "languages"],
  ["code-execution", { languages: ["python", "python"] }, "languages"],
  ["code-execution", { timeoutSeconds: 61 }, "timeoutSeconds"],
  ["code-execution", { memoryMegabytes: 513 }, "memoryMegabytes"],
  ["code-execution", { maxOutputBytes: 1 }, "maxOutputBytes"],
  ["file-analysis", { files: [""] }, "files.0"],
  ["file-analysis", { files: Array(101).fill("x") }, "files"],
  ["file-analysis", { maxPassages: 51 }, "maxPassages"],
  ["dataset-query", { maxRows: 1001 }, "maxRows"],
  ["dataset-query", { allowGrouping: "no" }, "allowGrouping"],
  ["assistant", {}, "assistantId"],
  ["assistant", { assistantId: "" }, "assistantId"],
])("%s refuses %j", (id, data, at) => {
  expect(mistakes(id, data)).toEqual([at].flat());
});
