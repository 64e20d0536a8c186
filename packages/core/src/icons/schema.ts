import { tables } from "@steward/db";
import { eq } from "drizzle-orm";
import * as z from "zod";
import { assistantId } from "../assistants/schema.ts";
import { StewardError } from "../errors.ts";
import { Id, Moment, Version } from "../schemas.ts";
import { read } from "../statement.ts";

const { assistants, blobs } = tables;

/** In bytes, before anything is made of them. */
export const mostOfIcon = 1024 * 1024;
export const iconBound = {
  most: mostOfIcon,
  tooLarge: new StewardError("too_large", { message: "An icon has at most 1 MiB: make the picture smaller" }),
};

/** The largest side of an icon of pixels that is kept. */
export const mostPixels = 512;

export const Icon = z
  .object({
    assistantId: Id,
    contentType: z.enum(["image/svg+xml", "image/png"]),
    size: z.int().meta({ description: "In bytes" }),
    sha256: z.string().meta({ description: "Of the bytes that are served, in hex" }),
    version: Version.meta({ description: "Of the assistant" }),
    updatedAt: Moment,
  })
  .meta({ id: "Icon", description: "What was made of a picture that was sent as an icon" });

/** The icon of the assistant that the request names, and what one is drawn from where there is none. */
export const iconOf = read((database) =>
  database
    .select({
      assistantId: assistants.id,
      name: assistants.name,
      slug: assistants.slug,
      hash: assistants.iconHash,
      contentType: assistants.iconType,
      key: blobs.key,
      size: blobs.size,
      version: assistants.version,
      updatedAt: assistants.updatedAt,
    })
    .from(assistants)
    .leftJoin(blobs, eq(blobs.hash, assistants.iconHash))
    .where(eq(assistants.id, assistantId)),
);
