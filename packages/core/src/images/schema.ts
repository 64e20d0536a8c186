import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import * as z from "zod";
import { Id, Moment, text, Version } from "../schemas.ts";

const { images } = tables;

const [smallest, largest] = [64, 2048];
const isSide = (side: string) => Number(side) >= smallest && Number(side) <= largest;
const isSize = (size: string) => /^\d{2,4}x\d{2,4}$/.test(size) && size.split("x").every(isSide);

/** `WxH`, in pixels. */
const Size = z
  .string()
  .refine(isSize, `Width x height in pixels, each ${smallest} to ${largest}, such as 1024x1024`)
  .meta({ description: `Width x height in pixels, each ${smallest} to ${largest}; a model may know only some sizes` });

/** What is to be drawn. */
export const drawing = {
  prompt: text(4000, 1).meta({ description: "What the picture is to show" }),
  model: z
    .string()
    .regex(/^[\w./:@-]{1,200}$/, "A model's name: letters, digits and . / : @ _ -")
    .optional()
    .meta({ description: "A model of the configured provider; the configured one unless told" }),
  size: Size.default("1024x1024"),
};

export const Image = z
  .object({
    id: Id,
    assistantId: Id.nullable().meta({ description: "For which it was drawn" }),
    url: z.string().meta({ description: "Where it is served, beneath the server's address" }),
    prompt: z.string(),
    model: z.string().meta({ description: "That has drawn it" }),
    size: z.string().meta({ description: "Width x height in pixels, as it was drawn" }),
    permissions: z.object({ delete: z.boolean() }),
    version: Version,
    createdAt: Moment,
  })
  .meta({ id: "Image", description: "A picture that a model has drawn" });

export const columns = {
  id: images.id,
  assistantId: images.assistantId,
  prompt: images.prompt,
  model: images.model,
  size: sql<string>`images.width || 'x' || images.height`,
  version: images.version,
  createdAt: images.createdAt,
};

/** A picture as whoever may or may not delete it sees it. */
export const toImage = <Row extends { readonly id: string }>(row: Row, mayDelete: boolean) => ({
  ...row,
  url: `/api/images/${row.id}`,
  permissions: { delete: mayDelete },
});
