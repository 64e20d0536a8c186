import * as z from "zod";
import { skillDriver, toolOf } from "../driver.ts";
import { PlainUrl } from "../fields.ts";
import { SecretName } from "../templates.ts";

const Domain = z
  .string()
  .max(253)
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "A domain in lower case, like example.com");
const domains = (description: string) => z.array(Domain).max(50).default([]).meta({ description });

const common = {
  maxResults: z.int().min(1).max(20).default(5).meta({ description: "How many results one search gives at most" }),
  allowedDomains: domains("Only results from these and what lies beneath them; from anywhere where empty"),
  blockedDomains: domains("No results from these and what lies beneath them"),
};

const names = { brave: "Brave", tavily: "Tavily", searxng: "SearXNG" };

export const webSearch = skillDriver({
  id: "web-search",
  name: "Web search",
  description: "Asks Brave, Tavily or a server that is compatible with SearXNG",
  configuration: z.discriminatedUnion("provider", [
    z.strictObject({ provider: z.enum(["brave", "tavily"]), apiKeySecret: SecretName, ...common }),
    z.strictObject({
      provider: z.literal("searxng"),
      baseUrl: PlainUrl.meta({ description: "Where the server answers" }),
      apiKeySecret: SecretName.optional(),
      ...common,
    }),
  ]),
  examples: [
    { provider: "brave", apiKeySecret: "BRAVE_API_KEY" },
    { provider: "tavily", apiKeySecret: "TAVILY_API_KEY", maxResults: 10, allowedDomains: ["example.com"] },
    { provider: "searxng", baseUrl: "https://search.example.com" },
  ],
  platform: ["search"],
  urls: ["baseUrl"],
  tool: (skill) => {
    const { provider, maxResults, allowedDomains } = skill.data;
    return toolOf(skill, {
      description: `Searches the web with ${names[provider]}; answers at most ${maxResults} results`,
      properties: {
        query: { type: "string", description: "What to search for" },
        domain: {
          type: "string",
          ...(allowedDomains.length > 0 && { enum: allowedDomains }),
          description: "Only results from this domain",
        },
        freshness: { type: "string", enum: ["day", "week", "month", "year"], description: "Only results of the last" },
      },
      required: ["query"],
    });
  },
});
