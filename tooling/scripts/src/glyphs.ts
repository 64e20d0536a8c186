import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import opentype from "opentype.js";

/** Writes the outlines of the letters that default icons are drawn with, from Inter (SIL Open Font License 1.1). */

const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/** Units of an em: whole numbers are then finer than any icon. */
const units = 256;
const target = fileURLToPath(new URL("../../../packages/core/src/icons/glyphs.ts", import.meta.url));

const file = readFileSync(fileURLToPath(import.meta.resolve("@fontsource/inter/files/inter-latin-700-normal.woff")));
const font = opentype.parse(Uint8Array.from(file).buffer);
const glyphs = Array.from(characters, (character) => {
  const glyph = font.charToGlyph(character);
  const path = glyph.getPath(0, 0, units);
  const { x1, x2 } = path.getBoundingBox();
  return `  ${/\d/.test(character) ? `"${character}"` : character}: { left: ${Math.round(x1)}, right: ${Math.round(x2)}, path: "${path.toPathData(0)}" },`;
});

writeFileSync(
  target,
  `/**
 * Written by tooling/scripts/src/glyphs.ts; not to be edited. Outlines of Inter Bold, Copyright 2016 The Inter Project Authors
 * (https://github.com/rsms/inter), under the SIL Open Font License, Version 1.1 (http://scripts.sil.org/OFL).
 */

/** A letter on the line y = 0, with ${units} units to the em: where its ink begins and ends, and its outline. */
export interface Glyph {
  readonly left: number;
  readonly right: number;
  readonly path: string;
}

/** How high capitals are, in the same units. */
export const capHeight = ${Math.round(-font.charToGlyph("H").getPath(0, 0, units).getBoundingBox().y1)};

// biome-ignore format: one letter a line
export const glyphs: Readonly<Record<string, Glyph>> = {
${glyphs.join("\n")}
};
`,
);
