import * as z from "zod";
import { anything } from "../access.ts";
import { grants, grantsIn } from "../grants.ts";
import { operation } from "../operation.ts";

export const get = operation({
  http: "GET /",
  summary: "Where to begin: over REST, links to everything you may open",
  needs: anything,
  input: {},
  output: z
    .object({
      name: z.literal("Steward"),
      permissions: z.array(z.enum(grants)).meta({ description: "What you may do in the whole tenant" }),
    })
    .meta({ id: "Entry", description: "The way in" }),
  run: async (ctx) => {
    const facts = await ctx.whoever();
    return {
      name: "Steward" as const,
      permissions: facts?.onlyAssistantId === null ? grantsIn(facts.permissions) : [],
    };
  },
});
