import * as z from "zod";
import { text } from "../../schemas.ts";
import { skillDriver, toolOf } from "../driver.ts";
import { bytes, checkTemplates, Headers, HttpsUrl, seconds, texts } from "../fields.ts";
import { hostOf } from "../hosts.ts";
import { InputSchema, inputsOf } from "../json-schema.ts";

const configuration = z
  .strictObject({
    method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).default("GET"),
    url: HttpsUrl.meta({
      description: "Behind its host `{{input.name}}` may stand, which is encoded; secrets may not",
    }),
    query: texts(text(100, 1)).meta({ description: "More of the query, with `{{input.name}}` and `{{secrets.NAME}}`" }),
    headers: Headers.meta({ description: "With `{{input.name}}` and `{{secrets.NAME}}`" }),
    body: z
      .union([text(32_000), z.record(z.string(), z.unknown())])
      .optional()
      .meta({
        description:
          "With `{{input.name}}` and `{{secrets.NAME}}`. Text is sent as it stands; in an object, a text that is one placeholder becomes its value",
      }),
    encoding: z.enum(["json", "form"]).default("json").meta({ description: "How an object is sent as the body" }),
    inputSchema: InputSchema.default({ type: "object", properties: {}, additionalProperties: false }).meta({
      description: "JSON Schema of what the model gives: an object",
    }),
    timeoutSeconds: seconds(120, 30),
    maxResponseBytes: bytes(256),
  })
  .superRefine(({ method, url, query, headers, body, inputSchema }, context) => {
    const inputs = inputsOf(inputSchema);
    checkTemplates(context, ["url"], url, ["input"], inputs);
    checkTemplates(context, ["query"], query, ["input", "secrets"], inputs);
    checkTemplates(context, ["headers"], headers, ["input", "secrets"], inputs);
    checkTemplates(context, ["body"], body, ["input", "secrets"], inputs);
    if (method === "GET" && body !== undefined)
      context.addIssue({ code: "custom", path: ["body"], message: "A GET has none" });
  });

export const custom = skillDriver({
  id: "custom",
  name: "Custom request",
  description: "Calls an HTTP API, described by its address, headers, body and a JSON Schema of the input",
  configuration,
  examples: [
    {
      url: "https://api.example.com/orders/{{input.number}}",
      headers: { Authorization: "Bearer {{secrets.ORDERS_TOKEN}}" },
      inputSchema: {
        type: "object",
        properties: { number: { type: "string", description: "The order's number" } },
        required: ["number"],
        additionalProperties: false,
      },
    },
    {
      method: "POST",
      url: "https://api.example.com/tickets",
      query: { key: "{{secrets.TICKETS_KEY}}" },
      body: { subject: "{{input.subject}}", urgent: "{{input.urgent}}", source: "Steward" },
      inputSchema: {
        type: "object",
        properties: { subject: { type: "string", maxLength: 200 }, urgent: { type: "boolean" } },
        required: ["subject"],
      },
    },
  ],
  platform: ["fetch"],
  urls: ["url"],
  tool: ({ name, description, datasetId, data }) => ({
    ...toolOf(
      { name, description, datasetId, data },
      { description: `Calls ${hostOf(data.url)?.host}`, properties: {} },
    ),
    inputSchema: data.inputSchema,
  }),
});
