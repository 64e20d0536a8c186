import type sanitizeHtml from "sanitize-html";
import { refused } from "./refused.ts";
import { attributesOf, ownAttributes } from "./svg-attributes.ts";

const mostElements = 5000;
const deepest = 64;
/** In UTF-16 units, before and after. */
const longest = 1024 * 1024;

const drawn = ["g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"];
const shared = ["defs", "linearGradient", "radialGradient", "stop", "clipPath"];
const told = ["title", "desc"];
const elements = ["svg", ...drawn, ...shared, ...told];

/** Links and pictures within the picture hold what draws; without their addresses and areas they are groups. */
const groups = new Set(["a", "svg"]);

/** What no document of XML may hold: control characters, halves of characters, and what never is one. */
const noCharacters = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu;

/** An SVG with what draws and nothing else: see `Pictures`. What is clean stays as it is. */
export async function cleanSvg(svg: string): Promise<string> {
  if (svg.length > longest) throw refused("The SVG is larger than 1 MiB: simplify it, or send a PNG");
  const { default: sanitize } = await import("sanitize-html");
  const once = pass(sanitize, svg.replaceAll(noCharacters, ""));
  // What a parser makes of its own answer must be that answer: otherwise two parsers do not see the same in it.
  if (pass(sanitize, once) !== once) throw refused("The SVG is not well-formed: export it as a plain SVG");
  return once;
}

/** One parse: what is allowed of it, or a refusal. */
function pass(sanitize: typeof sanitizeHtml, svg: string): string {
  const seen = { elements: 0, roots: 0, depth: 0, deepest: 0 };
  const clipping: boolean[] = [];
  /** What is left out with all that is within: the sanitiser looks here at each element. */
  const leftOut = ["script", "style"];
  const cleaned = sanitize(svg, {
    parser: { xmlMode: true },
    allowedTags: elements,
    allowedAttributes: { "*": ownAttributes },
    allowedSchemesAppliedToAttributes: [],
    selfClosing: [],
    nonTextTags: leftOut,
    onOpenTag(name) {
      seen.depth++;
      seen.elements++;
      if (!elements.includes(name) && !groups.has(name) && !leftOut.includes(name)) leftOut.push(name);
      clipping.push(name === "clipPath" || clipping.at(-1) === true);
      if (seen.depth === 1) seen.roots++;
      if (seen.elements > mostElements) throw refused(`The SVG has more than ${mostElements} elements: simplify it`);
      if (seen.depth > deepest) throw refused(`The SVG is nested more than ${deepest} deep: simplify it`);
    },
    onCloseTag() {
      seen.depth--;
      clipping.pop();
    },
    transformTags: {
      "*": (name, attributes) => {
        const tagName = groups.has(name) && seen.depth > 1 ? "g" : name;
        return { tagName, attribs: attributesOf(tagName, attributes, clipping.at(-1) === true) };
      },
    },
    textFilter: (text, name) =>
      ["text", "tspan", "title", "desc"].includes(name) ? text.replaceAll(noCharacters, "") : "",
  });
  if (seen.roots !== 1 || !cleaned.startsWith("<svg ") || !cleaned.endsWith("</svg>")) {
    throw refused("The file is no SVG: it begins with another element than `svg`");
  }
  if (cleaned.length > longest) throw refused("The SVG is larger than 1 MiB: simplify it, or send a PNG");
  return cleaned;
}
