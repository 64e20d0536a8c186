import * as z from "zod";
import { AssistantReference } from "../../schemas.ts";
import { skillDriver, toolOf } from "../driver.ts";

export const assistant = skillDriver({
  id: "assistant",
  name: "Ask an assistant",
  description: "Hands a question to another assistant",
  configuration: z.strictObject({
    assistantId: AssistantReference.meta({ description: "Whom to ask: UUID, or natural id `owner:slug`" }),
    includeConversation: z
      .boolean()
      .default(false)
      .meta({ description: "Whether the other one sees the conversation so far, and not the question alone" }),
  }),
  examples: [{ assistantId: "analytics:sales-assistant" }],
  platform: ["models"],
  targets: [{ kind: "assistant", key: "assistantId" }],
  tool: (skill) =>
    toolOf(skill, {
      description: `Asks the assistant "${skill.name}"`,
      properties: { question: { type: "string", description: "What to ask, in full sentences" } },
      required: ["question"],
    }),
});
