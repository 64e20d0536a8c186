import { type Theme, themesOf } from "./colours.ts";
import { capHeight, type Glyph, glyphs } from "./glyphs.ts";
import { type Initials, initialsOf } from "./initials.ts";

/** The icon of an assistant that has none: the same for the same name, everywhere and for ever. An SVG for both themes. */
export const defaultIcon = (name: string): string => drawn(name, initialsOf(name), hashOf(name));

/** The same for whoever has no fonts: letters that have no outline here are a mark. For light pages. */
export function defaultIconWithoutFonts(name: string): string {
  const initials = initialsOf(name);
  return drawn(name, initials.kind === "text" ? { kind: "none" } : initials, hashOf(name));
}

const side = 64;

function drawn(name: string, initials: Initials, hash: number): string {
  const { light, dark } = themesOf(hash % 360);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}">`,
    `<title>${escaped(name)}</title>`,
    `<style>${rules(light)}@media (prefers-color-scheme:dark){${rules(dark)}}</style>`,
    `<rect class="g" width="${side}" height="${side}" rx="14" fill="${light.ground}"/>`,
    `<g class="l" fill="${light.letters}">${inner(initials, hash)}</g>`,
    "</svg>",
  ].join("");
}

const rules = ({ ground, letters }: Theme) => `.g{fill:${ground}}.l{fill:${letters}}`;

function inner(initials: Initials, hash: number): string {
  if (initials.kind === "outlines") return outlines(initials.letters.flatMap((letter) => glyphs[letter] ?? []));
  if (initials.kind === "none") return mark(hash);
  const size = Array.from(initials.letters).length > 1 ? 30 : 38;
  return `<text x="32" y="33" text-anchor="middle" dominant-baseline="central" font-family="system-ui,sans-serif" font-weight="700" font-size="${size}">${escaped(initials.letters)}</text>`;
}

/** The most that letters take, so that they stay off the round corners. */
const [widest, highest] = [50, 36];
/** Between two letters, in units of their outlines. */
const gap = 14;

/** In the middle by their ink, as large as there is room. */
function outlines(letters: readonly Glyph[]): string {
  const width = letters.reduce((sum, { left, right }) => sum + right - left, gap * (letters.length - 1));
  const scale = Math.min(widest / width, highest / capHeight);
  let at = (side - width * scale) / 2;
  return letters
    .map(({ left, right, path }) => {
      const x = at - left * scale;
      at += (right - left + gap) * scale;
      return `<path transform="translate(${short(x)} ${short((side + capHeight * scale) / 2)}) scale(${scale.toFixed(4)})" d="${path}"/>`;
    })
    .join("");
}

const short = (value: number) => Number(value.toFixed(2));

const cells = 5;
/** Two pixels of an icon of 16, and whole ones at every multiple. */
const cell = 8;

/** Squares that mirror each other left and right, chosen by the hash. */
function mark(hash: number): string {
  const half = Math.ceil(cells / 2);
  const squares: string[] = [];
  for (let column = 0; column < half; column++) {
    for (let row = 0; row < cells; row++) {
      // The middle is always there, so that no mark is empty.
      const isSet = (hash >>> (column * cells + row)) & 1 || (column === half - 1 && row === half - 1);
      if (isSet) for (const x of new Set([column, cells - 1 - column])) squares.push(square(x, row));
    }
  }
  return `<path d="${squares.join("")}"/>`;
}

const margin = (side - cells * cell) / 2;
const square = (column: number, row: number) =>
  `M${margin + column * cell} ${margin + row * cell}h${cell}v${cell}h-${cell}z`;

/** FNV-1a over the name, mixed once more, so that names that differ little do not look alike. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name.normalize("NFC").trim())) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
/** As text of XML, without what no document of XML may hold. */
const escaped = (text: string) =>
  text
    .replaceAll(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu, "")
    .replaceAll(/[&<>]/g, (found) => entities[found] ?? "");
