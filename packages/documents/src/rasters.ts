import type { DocumentPiece } from "@steward/core";
import { joinedBytes } from "./bytes.ts";

export type ImagePiece = Extract<DocumentPiece, { kind: "image" }>;
export type Raster = Omit<ImagePiece, "kind" | "page">;

/** Smaller in either direction, it is a line or a dot. */
const smallest = 16;

/** Whether an image of that size is to be kept. */
export const isWorthKeeping = (width: number, height: number, pixels: number): boolean =>
  width >= smallest && height >= smallest && width * height <= pixels;

/**
 * A PNG or JPEG with only those parts of it that make its picture: no metadata, nothing behind its end. Undefined for what is
 * neither, is broken, or is not worth keeping. Its size is read from its header; it is not decoded.
 */
export function keptRaster(bytes: Uint8Array, pixels: number): Raster | undefined {
  const raster = keptPng(bytes) ?? keptJpeg(bytes);
  return raster && isWorthKeeping(raster.width, raster.height, pixels) ? raster : undefined;
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const keptChunks = new Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);

function keptPng(bytes: Uint8Array): Raster | undefined {
  if (!pngSignature.every((byte, at) => bytes[at] === byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = [bytes.subarray(0, pngSignature.length)];
  for (let at = pngSignature.length; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (end > bytes.length || (at === pngSignature.length) !== (name === "IHDR")) return undefined;
    if (keptChunks.has(name)) parts.push(bytes.subarray(at, end));
    if (name === "IEND") {
      return {
        bytes: joinedBytes(parts),
        contentType: "image/png",
        width: view.getUint32(16),
        height: view.getUint32(20),
      };
    }
    at = end;
  }
  return undefined;
}

/** The marker of the application segment that says how colours are encoded. */
const adobe = 0xee;
const startOfScan = 0xda;

function keptJpeg(bytes: Uint8Array): Raster | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = [bytes.subarray(0, 2)];
  let dimensions: { readonly width: number; readonly height: number } | undefined;
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return undefined;
    if (isFrame(marker) && at + 9 <= end)
      dimensions = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    if (marker === startOfScan) {
      const last = endOfJpeg(bytes, end);
      if (!dimensions || last === undefined) return undefined;
      return { bytes: joinedBytes([...parts, bytes.subarray(at, last)]), contentType: "image/jpeg", ...dimensions };
    }
    const isMetadata = (marker >= 0xe0 && marker <= 0xef && marker !== adobe) || marker === 0xfe;
    if (!isMetadata) parts.push(bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Behind the first marker of an end that is not within a scan's data. */
function endOfJpeg(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xd9) return at + 2;
  }
  return undefined;
}
