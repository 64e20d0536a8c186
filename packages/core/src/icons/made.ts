import { type StoredBytes, storeBytes } from "../blobs/store.ts";
import { cameIn, wholeOf } from "../blobs/whole.ts";
import type { Context } from "../context.ts";
import { invalid } from "../errors.ts";
import type { IncomingBytes } from "../ports.ts";
import { iconBound, mostPixels } from "./schema.ts";

type Making = Pick<Context, "blobs" | "sha256" | "newId" | "defer" | "pictures">;

/** Bytes of an icon that lie in the store, and what they are. */
export interface MadeIcon {
  readonly stored: StoredBytes;
  readonly contentType: "image/svg+xml" | "image/png";
}

/** Makes an icon of whatever somebody has sent, and puts it into the store. What it is, its bytes tell. */
export async function makeIcon(ctx: Making, content: IncomingBytes): Promise<MadeIcon> {
  const bytes = await wholeOf(content, iconBound);
  if (bytes.length === 0) throw invalid("content", "Send a picture: the body has no bytes");
  return isMarkup(bytes) ? drawnIcon(ctx, bytes) : iconOfPixels(ctx, bytes);
}

/** Of a picture of pixels. */
export async function iconOfPixels(ctx: Making, bytes: Uint8Array): Promise<MadeIcon> {
  const picture = await ctx.pictures.reencode(bytes, mostPixels);
  return { stored: await store(ctx, picture.bytes), contentType: picture.contentType };
}

async function drawnIcon(ctx: Making, bytes: Uint8Array): Promise<MadeIcon> {
  const clean = await ctx.pictures.cleanSvg(textOf(bytes));
  return { stored: await store(ctx, new TextEncoder().encode(clean)), contentType: "image/svg+xml" };
}

/** What was sent was at most as large, but pixels may take more room when they are encoded anew. */
const store = (ctx: Making, bytes: Uint8Array<ArrayBuffer>) =>
  storeBytes(ctx, cameIn(bytes), { ...iconBound, most: Math.max(bytes.length, iconBound.most) });

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalid("content", "The SVG is not in UTF-8: save it so");
  }
}

/** Whether what begins it is a tag; no picture of pixels begins so. */
function isMarkup(bytes: Uint8Array): boolean {
  const begins = new TextDecoder().decode(bytes.subarray(0, 256)).trimStart();
  return begins.startsWith("<");
}
