import { refused } from "./refused.ts";

type Attributes = Readonly<Record<string, string>>;

/** How something is painted: as attributes, and as properties within `style`. */
const painting = [
  "clip-path",
  "clip-rule",
  "color",
  "display",
  "fill",
  "fill-opacity",
  "fill-rule",
  "opacity",
  "paint-order",
  "shape-rendering",
  "stop-color",
  "stop-opacity",
  "stroke",
  "stroke-dasharray",
  "stroke-dashoffset",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-miterlimit",
  "stroke-opacity",
  "stroke-width",
  "visibility",
  "dominant-baseline",
  "font-family",
  "font-size",
  "font-style",
  "font-weight",
  "letter-spacing",
  "text-anchor",
];

const geometry = [
  "cx",
  "cy",
  "d",
  "dx",
  "dy",
  "fx",
  "fy",
  "height",
  "offset",
  "pathLength",
  "points",
  "r",
  "rotate",
  "rx",
  "ry",
  "transform",
  "width",
  "x",
  "x1",
  "x2",
  "y",
  "y1",
  "y2",
  "clipPathUnits",
  "gradientTransform",
  "gradientUnits",
  "spreadMethod",
];

/** Of the root alone; a namespace is said there and nowhere else. */
const ofRoot = ["xmlns", "viewBox", "preserveAspectRatio"];

/** What an element may have at all. */
export const ownAttributes = [...painting, ...geometry, ...ofRoot, "id", "style"];

/** The only things that are referred to, and so the only ones with a name. */
const named = new Set(["linearGradient", "radialGradient", "clipPath"]);
const referring = new Set(["fill", "stroke", "clip-path"]);

const isReference = (value: string) => /^url\(#[A-Za-z_][\w.-]{0,99}\)(?: (?:none|#[0-9a-fA-F]{3,8}))?$/.test(value);

const harmless = /\b(?:rgba?|hsla?|matrix|translate|scale|rotate|skew[XY])\(/g;

/** Numbers, names, lists, and functions of colours and of transformations: none of the characters by which anything else is told. */
const isPlain = (value: string) => /^[\p{L}\p{N}\s#%.,)+'_-]*$/u.test(value.replaceAll(harmless, ""));

/** What draws goes astray in numbers that are far larger than any picture. */
const largest = 1e6;
const isBounded = (value: string) =>
  (value.match(/(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi) ?? []).every((found) => Number(found) <= largest);

const isAllowed = (name: string, value: string) =>
  (isPlain(value) && isBounded(value)) || (referring.has(name) && isReference(value));

/** What is left of the attributes of an element. Within a clip, nothing is clipped: clips of clips of clips never end. */
export function attributesOf(element: string, given: Attributes, isClip: boolean): Record<string, string> {
  const kept: [string, string][] = [];
  for (const name of [...geometry, ...painting]) {
    const value = given[name]?.trim();
    if (value === undefined || (isClip && name === "clip-path")) continue;
    if (isAllowed(name, value)) kept.push([name, value]);
  }
  const style = styleOf(given.style ?? "", isClip);
  if (style) kept.push(["style", style]);
  const { id } = given;
  if (named.has(element) && id !== undefined && /^[A-Za-z_][\w.-]{0,99}$/.test(id)) kept.unshift(["id", id]);
  if (element !== "svg") return Object.fromEntries(kept);
  const sized = kept.filter(([name]) => name !== "width" && name !== "height");
  return Object.fromEntries([...rootAttributes(given), ...sized]);
}

/** The harmless properties of a `style`, in one spelling. */
function styleOf(style: string, isClip: boolean): string {
  const declarations = style.split(";").flatMap((declaration) => {
    const [name = "", value = "", ...more] = declaration.split(":").map((part) => part.trim());
    const isKept = painting.includes(name) && value !== "" && more.length === 0 && isAllowed(name, value);
    return isKept && !(isClip && name === "clip-path") ? [`${name}:${value}`] : [];
  });
  return declarations.join(";");
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** So that it scales: an area of its own, which its width and height tell where nothing else does. */
function rootAttributes({ viewBox, width, height, preserveAspectRatio }: Attributes): [string, string][] {
  const area = viewBox?.trim().split(/[\s,]+/) ?? ["0", "0", lengthOf(width), lengthOf(height)];
  const numbers = area.map((part) => (number.test(part) ? Number(part) : Number.NaN));
  const [, , wide = 0, high = 0] = numbers;
  const isArea = numbers.length === 4 && numbers.every((value) => Math.abs(value) <= 1e6) && wide > 0 && high > 0;
  if (!isArea) throw refused("The SVG does not say how large it is: give its `svg` element a viewBox of four numbers");
  const ratio = preserveAspectRatio?.trim() ?? "";
  return [
    ["xmlns", "http://www.w3.org/2000/svg"],
    ["viewBox", numbers.join(" ")],
    ...(/^[A-Za-z ]{1,40}$/.test(ratio) ? [["preserveAspectRatio", ratio] satisfies [string, string]] : []),
  ];
}

const lengthOf = (length: string | undefined) => length?.trim().replace(/px$/, "") ?? "";
