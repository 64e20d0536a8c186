import { tables } from "@steward/db";
import { eq } from "drizzle-orm";
import { asCaller, levelWithDrafts, me, assistants as resource } from "../access.ts";
import { revised } from "../assistants/revise.ts";
import { commitAllBytes, type StoredBytes, storeBytes } from "../blobs/store.ts";
import { cameIn } from "../blobs/whole.ts";
import type { Context, Step } from "../context.ts";
import { isStewardError, StewardError } from "../errors.ts";
import { iconOfPixels, type MadeIcon } from "../icons/made.ts";
import { iconStep } from "../icons/step.ts";
import type { ImageModel, Picture } from "../ports.ts";
import { guard, type Places, rawWrite, read } from "../statement.ts";
import { columns } from "./schema.ts";
import { inTurn } from "./turns.ts";

const { images } = tables;

/** What is asked for, as its schema has let it through. */
export interface Order {
  readonly prompt: string;
  readonly model?: string | undefined;
  readonly size: string;
}

/** The configured model. Rejects with `model_not_configured` where there is none. */
export function configuredModel({ imageModel }: Pick<Context, "imageModel">): ImageModel {
  if (imageModel) return imageModel;
  throw new StewardError("model_not_configured", {
    message: "No image model is configured: whoever runs the server sets STEWARD_IMAGE_MODEL_URL",
  });
}

const notAPicture = (cause: unknown) =>
  new StewardError("upstream_failed", { message: "The image model has not answered with a picture", cause });

/** In pixels: what a model has drawn is kept as large as it is, and no larger than what may come in. */
const mostPixels = 4096;

/** What a model has drawn, encoded anew. */
async function drawn(ctx: Context, { prompt, model, size }: Order) {
  const { userId } = await ctx.facts();
  const [width = 0, height = 0] = size.split("x").map(Number);
  const imageModel = configuredModel(ctx);
  const { bytes, model: named } = await inTurn(imageModel, userId, () =>
    imageModel.draw({ prompt, model, width, height }),
  );
  try {
    return { picture: await ctx.pictures.reencode(bytes, mostPixels), model: named };
  } catch (error) {
    if (isStewardError(error) && error.code === "validation_failed") throw notAPicture(error);
    throw error;
  }
}

interface NewImage {
  readonly imageId: string;
  readonly prompt: string;
  readonly model: string;
  readonly width: number;
  readonly height: number;
  readonly hash: string;
  readonly contentType: string;
}

const inserting = (assistant: string) =>
  rawWrite<NewImage>(`insert into images
    (id, user_id, assistant_id, prompt, model, width, height, hash, content_type, created_at)
    values (:imageId, ${me}, ${assistant}, :prompt, :model, :width, :height, :hash, :contentType, :now)`);
const insertOwn = inserting("null");
const insertOfAssistant = inserting(resource.id);

const made = read((database, places: Places<{ imageId: string }>) =>
  database.select(columns).from(images).where(eq(images.id, places.imageId)),
);

const mostOfUser = 1000;
const room = guard(`(select count(*) from images where user_id = ${me}) < ${mostOfUser}`);
const full = new StewardError("conflict", {
  message: `You have ${mostOfUser} images, which is as many as may be: delete some that are not used`,
});

/** Who may only ask the assistant does not change it: the operation itself asks for no more than that. */
const mayChange = guard(
  `(with ${asCaller} select min(coalesce(${levelWithDrafts(resource.id)}, 0), b.max_level) from bearer b) >= 2`,
);

/** For whom a picture is drawn. */
export interface Purpose {
  readonly ofAssistant: boolean;
  readonly setIcon: boolean;
}

/** Draws a picture, keeps it, and answers with its row. The caller has been admitted. */
export async function draw(ctx: Context, order: Order, { ofAssistant, setIcon }: Purpose) {
  const { picture, model } = await drawn(ctx, order);
  const stored = await storePicture(ctx, picture);
  const icon = setIcon ? await iconOfPixels(ctx, picture.bytes) : null;
  const imageId = ctx.newId();
  const { contentType, width, height } = picture;
  const row = { imageId, prompt: order.prompt, model, width, height, hash: stored.hash, contentType };
  const steps: readonly Step[] = [
    room({}, full),
    (ofAssistant ? insertOfAssistant : insertOwn)(row),
    ...(icon ? iconSteps(icon) : []),
  ];
  const [found] = await commitAllBytes(ctx, icon ? [stored, icon.stored] : [stored], [...steps, made({ imageId })], {
    ...(!ofAssistant && { subject: imageId }),
    details: { imageId, model, width, height, setIcon },
  });
  if (!found) throw new StewardError("internal");
  return found;
}

const iconSteps = ({ stored, contentType }: MadeIcon): readonly Step[] => [
  mayChange({}, new StewardError("forbidden")),
  iconStep(stored.hash, contentType),
  ...revised(),
];

const storePicture = (ctx: Context, { bytes }: Picture): Promise<StoredBytes> =>
  storeBytes(ctx, cameIn(bytes), { most: bytes.length, tooLarge: new StewardError("internal") });
