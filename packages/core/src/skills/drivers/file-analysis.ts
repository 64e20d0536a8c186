import * as z from "zod";
import { text } from "../../schemas.ts";
import { skillDriver, toolOf } from "../driver.ts";

export const fileAnalysis = skillDriver({
  id: "file-analysis",
  name: "File analysis",
  description: "Searches and reads the assistant's files, and quotes them with page and offset",
  configuration: z.strictObject({
    files: z
      .array(text(255, 1))
      .max(100)
      .default([])
      .meta({ description: "Ids or names of the files that it reads; all of the assistant's where empty" }),
    maxPassages: z.int().min(1).max(50).default(8).meta({ description: "How many passages one search gives at most" }),
  }),
  examples: [{}, { files: ["handbook.pdf"], maxPassages: 20 }],
  platform: ["files"],
  tool: (skill) => {
    const { files, maxPassages } = skill.data;
    return toolOf(skill, {
      description: `Searches files for what a question is about, or reads a page; answers at most ${maxPassages} passages`,
      properties: {
        query: { type: "string", description: "What to look for; left out, a page is read" },
        file: { type: "string", ...(files.length > 0 && { enum: files }), description: "Only in this one" },
        page: { type: "integer", minimum: 1, description: "Which page to read" },
      },
    });
  },
});
