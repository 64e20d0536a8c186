import * as z from "zod";
import { skillDriver, toolOf } from "../driver.ts";
import { bytes, seconds } from "../fields.ts";

const languages = ["javascript", "python"] as const;

export const codeExecution = skillDriver({
  id: "code-execution",
  name: "Code execution",
  description: "Runs JavaScript or Python in a sandbox without network or file system",
  configuration: z.strictObject({
    languages: z
      .array(z.enum(languages))
      .min(1)
      .max(languages.length)
      .refine((list) => new Set(list).size === list.length, "Each once")
      .default([...languages])
      .meta({ description: "Which ones the model may write" }),
    timeoutSeconds: seconds(60, 10),
    memoryMegabytes: z.int().min(16).max(512).default(128).meta({ description: "How much memory a run may take" }),
    maxOutputBytes: bytes(64),
  }),
  examples: [{}, { languages: ["python"], timeoutSeconds: 30, memoryMegabytes: 256 }],
  platform: ["sandbox"],
  tool: (skill) =>
    toolOf(skill, {
      description: `Runs code without network or files, for at most ${skill.data.timeoutSeconds} seconds; answers what it prints`,
      properties: {
        language: { type: "string", enum: skill.data.languages },
        code: { type: "string", description: "A whole program, which prints its result" },
      },
      required: ["language", "code"],
    }),
});
