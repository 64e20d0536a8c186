import type { Picture } from "@steward/core";
import { kindOf } from "./kind.ts";
import { openRaster, type Raster } from "./raster.ts";
import { refused } from "./refused.ts";
import { resized, type Size, within } from "./resize.ts";

/** PNG, JPEG, GIF or WebP as a new PNG that is at most `most` pixels wide and high. Nothing larger than `mostSide` is decoded. */
export async function reencode(bytes: Uint8Array, most: number, mostSide: number): Promise<Picture> {
  const kind = kindOf(bytes);
  if (!kind) throw refused("Send a picture that is a PNG, JPEG, GIF or WebP");
  const told = await sizeTold(bytes);
  if (told.width > mostSide || told.height > mostSide) {
    throw refused(
      `The picture is ${told.width} x ${told.height} pixels: make it at most ${mostSide} wide and ${mostSide} high`,
    );
  }
  const raster = await openRaster();
  const decoded = decode(raster, bytes);
  const size = raster.sizeOf(decoded);
  if (size.width <= most && size.height <= most)
    return { bytes: raster.png(decoded), contentType: "image/png", ...size };
  const { bytes: pixels, width, height } = resized(raster, decoded, within(size, most));
  return { bytes: raster.png(raster.from(pixels, width, height)), contentType: "image/png", width, height };
}

const damaged = (cause?: unknown) => refused("The picture is damaged: save it anew, and send that", cause);

/** What its header says of its size, before anything is decoded. */
async function sizeTold(bytes: Uint8Array): Promise<Size> {
  const { imageSize } = await import("image-size");
  try {
    const { width, height } = imageSize(bytes);
    if (width >= 1 && height >= 1) return { width, height };
  } catch (cause) {
    throw damaged(cause);
  }
  throw damaged();
}

function decode(raster: Raster, bytes: Uint8Array): number {
  try {
    return raster.decode(bytes);
  } catch (cause) {
    throw damaged(cause);
  }
}
