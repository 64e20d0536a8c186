import { Parser } from "htmlparser2";
import { type Block, Headings, Joining, type TextPiece } from "./blocks.ts";
import { decodedText } from "./encoding.ts";
import type { DocumentLimits } from "./limits.ts";
import { isTooDeep } from "./refusals.ts";

/** What a reader of the page does not see as text. */
const unread = new Set(
  "script style head template svg math iframe object embed noembed noframes canvas audio video datalist applet frameset".split(
    " ",
  ),
);
/** What begins a line of its own, with an empty one before unless it is of a list or a table. */
const lines = new Set("tr li dt dd option figcaption caption summary".split(" "));
const paragraphs = new Set(
  "p div section article main header footer nav aside h1 h2 h3 h4 h5 h6 pre blockquote ul ol dl table thead tbody tfoot form fieldset figure details address hr body html".split(
    " ",
  ),
);
const cells = new Set(["td", "th"]);
const isHeading = (name: string) => /^h[1-6]$/.test(name);

/** Collects what is found while a parser goes through a page. Nothing in it is run, loaded or rendered. */
class Walk {
  readonly found: Block[] = [];
  readonly #headings = new Headings();
  readonly #deepest: number;
  #depth = 0;
  /** The depth at which what is left out began. */
  #leftOutAt: number | undefined;
  /** Of elements that keep their spaces. */
  #preformatted = 0;
  /** Cells of tables that are open: in one, what would be a paragraph is a line. */
  #cells = 0;
  #isCellLineOver = false;
  #parts: string[] = [];
  #separator: Block["separator"] = "\n\n";

  constructor(deepest: number) {
    this.#deepest = deepest;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (++this.#depth > this.#deepest) throw isTooDeep("html");
    if (this.#leftOutAt !== undefined) return;
    if (unread.has(name) || isHidden(attributes)) {
      this.#leftOutAt = this.#depth;
      return;
    }
    if (name === "pre") this.#preformatted++;
    if (name === "br") this.#parts.push("\n");
    else if (cells.has(name)) this.#openCell();
    else this.#breakAt(name);
  }

  close(name: string): void {
    const wasLeftOut = this.#leftOutAt !== undefined;
    if (this.#leftOutAt === this.#depth) this.#leftOutAt = undefined;
    this.#depth--;
    if (wasLeftOut) return;
    if (isHeading(name)) this.#endHeading(Number(name.charAt(1)));
    else if (cells.has(name)) this.#closeCell();
    else this.#breakAt(name);
    if (name === "pre") this.#preformatted--;
  }

  text(text: string): void {
    if (this.#leftOutAt !== undefined) return;
    if (this.#isCellLineOver && text.trim() !== "") {
      if (this.#parts.length > 0 && this.#parts.at(-1) !== "\t") this.#parts.push("\n");
      this.#isCellLineOver = false;
    }
    this.#parts.push(this.#preformatted > 0 ? text : text.replace(/[ \t\n\r\f]+/g, " "));
  }

  end(): void {
    this.#flush();
  }

  #openCell(): void {
    if (this.#parts.length > 0) this.#parts.push("\t");
    this.#isCellLineOver = false;
    this.#cells++;
  }

  #closeCell(): void {
    this.#isCellLineOver = false;
    this.#cells--;
  }

  #breakAt(name: string): void {
    if (this.#cells > 0 && name !== "tr" && !isHeading(name)) {
      this.#isCellLineOver ||= lines.has(name) || paragraphs.has(name);
      return;
    }
    if (lines.has(name)) this.#flush("\n");
    else if (paragraphs.has(name)) this.#flush("\n\n");
  }

  #endHeading(level: number): void {
    const text = this.#taken();
    if (text === "") return;
    this.#headings.enter(level, text.replace(/\s+/g, " "));
    this.#push(text);
    this.#separator = "\n\n";
  }

  /** Ends the block; before the next one stands the stronger of what was said since. */
  #flush(separator: Block["separator"] = "\n\n"): void {
    const text = this.#taken();
    if (text === "") {
      if (separator === "\n\n") this.#separator = separator;
      return;
    }
    this.#push(text);
    this.#separator = separator;
  }

  #push(text: string): void {
    this.found.push({ text, headings: this.#headings.current, separator: this.#separator });
  }

  #taken(): string {
    const text = this.#parts.join("");
    this.#parts = [];
    return (this.#preformatted > 0 ? text : text.replace(/ *([\n\t]) */g, "$1").replace(/ {2,}/g, " ")).trim();
  }
}

const isHidden = (attributes: Readonly<Record<string, string>>): boolean =>
  "hidden" in attributes || /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attributes.style ?? "");

/** So many characters are parsed before what was found is handed out. */
const step = 65_536;

/** The text that a reader of the page sees, under its headings. */
export function* readHtml(bytes: Uint8Array, limits: DocumentLimits): Generator<TextPiece, void> {
  const html = decodedText("html", bytes);
  const walk = new Walk(limits.depth);
  const parser = new Parser({
    onopentag: (name, attributes) => walk.open(name, attributes),
    onclosetag: (name) => walk.close(name),
    ontext: (text) => walk.text(text),
  });
  const joining = new Joining();
  for (let from = 0; from < html.length; from += step) {
    parser.write(html.slice(from, from + step));
    for (const block of walk.found.splice(0)) yield* joining.add(block);
  }
  parser.end();
  walk.end();
  for (const block of walk.found.splice(0)) yield* joining.add(block);
  yield* joining.end();
}
