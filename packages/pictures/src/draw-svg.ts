import { refused } from "./refused.ts";

/** What drawing may cost: the time that it takes grows with the square of how many lines there are, and nothing can stop it. */
const mostOutline = 32 * 1024;
const mostElements = 1000;
const mostClipped = 20;

const lengthOf = (svg: string, pattern: RegExp) =>
  Array.from(svg.matchAll(pattern)).reduce((total, [found]) => total + found.length, 0);
const countOf = (svg: string, pattern: RegExp) => Array.from(svg.matchAll(pattern)).length;

const isSimple = (svg: string) =>
  lengthOf(svg, / (?:d|points)="[^"]*"/g) <= mostOutline &&
  countOf(svg, /<[a-zA-Z]/g) <= mostElements &&
  countOf(svg, /url\(/g) <= mostClipped;

/** Short dashes of a long line are as many as one likes. */
const withoutDashes = (svg: string) =>
  svg.replaceAll(/ stroke-dasharray="[^"]*"/g, "").replaceAll(/stroke-dasharray:[^;"]*/g, "");

const tooMuch = () => refused("The SVG has too much in it to be drawn: simplify it, or send a PNG");

/**
 * A clean SVG as a PNG, in the middle of a square of `size` pixels. What it says in letters is not drawn, for there are no fonts.
 * Rejects with `validation_failed` for what cannot be drawn, or would take too long.
 */
export async function drawSvg(svg: string, size: number): Promise<Uint8Array> {
  if (!isSimple(svg)) throw tooMuch();
  const { Resvg } = await import("@cf-wasm/resvg/legacy");
  const square = `width="${size}" height="${size}"`;
  const inner = withoutDashes(svg).replace("<svg ", `<svg ${square} `);
  const whole = `<svg xmlns="http://www.w3.org/2000/svg" ${square} viewBox="0 0 ${size} ${size}">${inner}</svg>`;
  try {
    const drawing = await Resvg.async(whole);
    const rendered = drawing.render();
    const png = rendered.asPng();
    rendered.free();
    drawing.free();
    return png;
  } catch (cause) {
    throw refused("The SVG cannot be drawn: export it as a plain SVG, or send a PNG", cause);
  }
}
