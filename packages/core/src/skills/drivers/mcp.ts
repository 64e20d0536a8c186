import * as z from "zod";
import { skillDriver, toolOf } from "../driver.ts";
import { bytes, checkTemplates, Headers, PlainUrl, seconds } from "../fields.ts";
import { hostOf } from "../hosts.ts";

const ToolName = z.string().regex(/^[\w.-]{1,128}$/, "1 to 128 of letters, digits, underscore, dot and hyphen");

export const mcp = skillDriver({
  id: "mcp",
  name: "MCP server",
  description: "The tools of a remote MCP server, over streamable HTTP",
  configuration: z
    .strictObject({
      url: PlainUrl.meta({ description: "Where the server answers" }),
      headers: Headers.meta({ description: "Sent with every request, with `{{secrets.NAME}}`" }),
      tools: z
        .array(ToolName)
        .min(1)
        .max(100)
        .optional()
        .meta({ description: "The tools that may be used; all that the server has unless given" }),
      timeoutSeconds: seconds(120, 30),
      maxResponseBytes: bytes(256),
    })
    .superRefine(({ headers }, context) => checkTemplates(context, ["headers"], headers, ["secrets"])),
  examples: [
    { url: "https://mcp.example.com/mcp" },
    {
      url: "https://mcp.example.com/mcp",
      headers: { Authorization: "Bearer {{secrets.MCP_TOKEN}}" },
      tools: ["search_issues", "get_issue"],
    },
  ],
  platform: ["fetch"],
  urls: ["url"],
  tool: (skill) => {
    const { tools, url } = skill.data;
    return toolOf(skill, {
      description: `Uses a tool of the MCP server at ${hostOf(url)?.host}`,
      properties: {
        tool: { type: "string", ...(tools && { enum: tools }), description: "The tool's name" },
        arguments: { type: "object", description: "What the tool asks for" },
      },
      required: ["tool"],
    });
  },
});
