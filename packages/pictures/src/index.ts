import type { Pictures } from "@steward/core";
import { cleanSvg } from "./clean-svg.ts";
import { ico } from "./ico.ts";
import { reencode } from "./reencode.ts";

export interface PicturesOptions {
  /**
   * The largest width and height, in pixels, of a picture that is decoded: one takes up to 16 bytes for each of its pixels while
   * it is.
   */
  readonly mostSide?: number;
}

/**
 * Pictures by kept libraries, on Node and on edges alike. Each is loaded when it is first needed. What decodes runs in memory of
 * its own, which goes when it is done.
 */
export const openPictures = ({ mostSide = 4096 }: PicturesOptions = {}): Pictures => ({
  cleanSvg,
  reencode: (bytes, most) => reencode(bytes, most, mostSide),
  ico,
});
