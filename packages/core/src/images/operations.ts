import { tables } from "@steward/db";
import { eq } from "drizzle-orm";
import * as z from "zod";
import {
  askAssistant,
  assistants,
  level,
  me,
  ofAssistant,
  readAssistant,
  images as resource,
  signedIn,
} from "../access.ts";
import { assistantKey } from "../assistants/schema.ts";
import { contentsOperation } from "../contents/contents.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { idempotent } from "../idempotency.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { Nothing, page, paging, Reference, versioned } from "../schemas.ts";
import { read, write } from "../statement.ts";
import { configuredModel, draw } from "./draw.ts";
import { columns, drawing, Image, toImage } from "./schema.ts";

const { blobs, images } = tables;

const twoTrips = {
  most: 2,
  because: "nobody waits for a model within a transaction: who may draw is asked before, and again when it is kept",
};

export const create = operation({
  http: "POST /_create-image",
  rel: "inf:create-image",
  summary: "Let a model draw a picture",
  description:
    "It is kept for its maker. A request that is sent again with the same `Idempotency-Key` keeps one picture.",
  needs: signedIn("chat", { seat: true }),
  input: { ...idempotent, ...drawing },
  output: Image,
  at: "/images/{id}",
  status: 201,
  errors: ["conflict", "rate_limited", "upstream_failed", "model_not_configured"],
  trips: twoTrips,
  run: async (ctx, order) => {
    const { maxLevel } = await ctx.facts();
    configuredModel(ctx);
    return toImage(await draw(ctx, order, { ofAssistant: false, setIcon: false }), maxLevel >= 2);
  },
});

export const createForAssistant = operation({
  http: "POST /assistants/{id}/_create-image",
  rel: "inf:create-image",
  summary: "Let a model draw a picture for an assistant",
  description:
    "Whoever may read the assistant sees it; drawn for a draft, it goes along with it. `setIcon` makes it the icon as well, which needs level 2.",
  needs: askAssistant,
  input: {
    ...assistantKey,
    ...idempotent,
    ...drawing,
    setIcon: z.boolean().default(false).meta({ description: "Whether it becomes the assistant's icon" }),
  },
  output: Image,
  at: "/images/{id}",
  status: 201,
  errors: ["forbidden", "conflict", "rate_limited", "upstream_failed", "model_not_configured"],
  trips: twoTrips,
  run: async (ctx, { setIcon, prompt, model, size }) => {
    const { level: own, maxLevel } = await ctx.facts();
    if (setIcon && own < 2) throw new StewardError("forbidden");
    configuredModel(ctx);
    return toImage(await draw(ctx, { prompt, model, size }, { ofAssistant: true, setIcon }), maxLevel >= 2);
  },
});

const imageId = fragment<string>(resource.id);
const imageKey = { id: Reference };

const bytesOf = read((database) =>
  database
    .select({
      id: images.id,
      key: blobs.key,
      hash: images.hash,
      size: blobs.size,
      contentType: images.contentType,
    })
    .from(images)
    .innerJoin(blobs, eq(blobs.hash, images.hash))
    .where(eq(images.id, imageId)),
);

export const get = contentsOperation({
  http: "GET /images/{id}",
  summary: "Fetch a picture that a model has drawn",
  description: "For its maker, and where it was drawn for an assistant, for whoever may read that.",
  needs: level(resource, 1, "read", "read", ofAssistant),
  input: imageKey,
  run: async (ctx) => {
    const [row] = await ctx.read(bytesOf({}));
    if (!row) throw new StewardError("not_found");
    const { id, key, ...described } = row;
    return { ...described, filename: `${id}.png`, source: { key } };
  },
});

const listed = { columns, from: "images", key: "images.id", descending: true };
const ownImages = listOf({ ...listed, where: `images.user_id = ${me}` });
const isOwn = fragment<boolean>(`images.user_id = ${me}`).mapWith(Boolean);
const imagesOfAssistant = listOf({
  ...listed,
  columns: { ...columns, isOwn },
  where: `images.assistant_id = ${assistants.id}`,
});

const inList = { rel: "inf:image", at: "/images/{id}" };

export const list = operation({
  http: "GET /images",
  rel: "inf:images",
  summary: "List the pictures that you have had drawn, the newest first",
  needs: signedIn("read", { seat: true }),
  input: paging,
  output: page(Image),
  items: inList,
  run: async (ctx, input) => {
    const [found, { maxLevel }] = await Promise.all([ownImages(ctx, input), ctx.facts()]);
    return withItems(found, (row) => toImage(row, maxLevel >= 2));
  },
});

export const listOfAssistant = operation({
  http: "GET /assistants/{id}/images",
  rel: "inf:images",
  summary: "List the pictures that were drawn for an assistant, the newest first",
  needs: readAssistant,
  input: { ...assistantKey, ...paging },
  output: page(Image),
  items: inList,
  run: async (ctx, { id: _resolved, ...input }) => {
    const [found, { level: own, maxLevel }] = await Promise.all([imagesOfAssistant(ctx, input), ctx.facts()]);
    return withItems(found, ({ isOwn: mine, ...row }) => toImage(row, own >= 2 || (mine && maxLevel >= 2)));
  },
});

const remove = write((database) => database.delete(images).where(eq(images.id, imageId)));

const remove_ = operation({
  http: "DELETE /images/{id}",
  summary: "Delete a picture that a model has drawn",
  description:
    "Its maker may, and whoever may write the assistant for which it was drawn. An icon that was made of it stays.",
  needs: level(resource, 2, "delete", "write", ofAssistant),
  input: { ...imageKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  run: async (ctx) => {
    await ctx.commit([remove({})]);
  },
});

export { remove_ as delete };
