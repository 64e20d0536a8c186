import { drawSvg } from "./draw-svg.ts";
import { inSquare } from "./pixels.ts";
import { openRaster } from "./raster.ts";
import { resized, within } from "./resize.ts";

/** An icon file with a picture in each of these sizes, see `Pictures`. */
export async function ico(
  { bytes, contentType }: { readonly bytes: Uint8Array; readonly contentType: string },
  sizes: readonly number[],
): Promise<Uint8Array<ArrayBuffer>> {
  const isDrawn = contentType === "image/svg+xml";
  // Drawn once, so large that each size is an average of several pixels.
  const encoded = isDrawn ? await drawSvg(new TextDecoder().decode(bytes), 2 * Math.max(...sizes)) : bytes;
  const raster = await openRaster();
  const picture = raster.decode(encoded);
  const { width, height } = raster.sizeOf(picture);
  const entries = sizes.map((size) => {
    // Larger than it is as well: a picture of 8 pixels fills its square.
    const fitted = within({ width: width * size, height: height * size }, size);
    const pixels = inSquare(resized(raster, picture, fitted), size);
    return { size, png: raster.png(raster.from(pixels, size, size)) };
  });
  return fileOf(entries);
}

interface Entry {
  readonly size: number;
  readonly png: Uint8Array;
}

/** The format of icon files: a header of 6 bytes, 16 for each picture, then the pictures. */
function fileOf(entries: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const length = entries.reduce((total, { png }) => total + png.length, 6 + 16 * entries.length);
  const file = new Uint8Array(length);
  const view = new DataView(file.buffer);
  view.setUint16(2, 1, true);
  view.setUint16(4, entries.length, true);
  let offset = 6 + 16 * entries.length;
  entries.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    // 256 is written as 0.
    view.setUint8(at, size);
    view.setUint8(at + 1, size);
    view.setUint16(at + 4, 1, true);
    view.setUint16(at + 6, 32, true);
    view.setUint32(at + 8, png.length, true);
    view.setUint32(at + 12, offset, true);
    file.set(png, offset);
    offset += png.length;
  });
  return file;
}
