import { type Block, Headings } from "./blocks.ts";
import { outlineLevel } from "./docx-styles.ts";
import { attributeOf, type XmlVisitor } from "./xml.ts";

/** What is read out of a part: a block of text, or an image by the id of its relation. */
export type DocxFound = Block | { readonly relation: string };

interface Paragraph {
  readonly parts: string[];
  level: number | undefined;
  isListed: boolean;
}

/** A row of a table, with the cell that is open. */
interface Row {
  readonly cells: string[];
  cell: string[];
}

/** What is not there for a reader: the other way to say the same, and what was moved elsewhere. */
const unread = new Set(["Fallback", "moveFrom"]);

/** Collects what is found while the XML of a part is gone through. Text boxes lie within a paragraph, and tables within cells. */
export class DocxWalk implements XmlVisitor {
  readonly found: DocxFound[] = [];
  readonly #levels: ReadonlyMap<string, number>;
  readonly #headings = new Headings();
  readonly #paragraphs: Paragraph[] = [];
  readonly #rows: Row[] = [];
  #unread = 0;
  #inProperties = 0;
  #reads = false;
  #wasLine = false;

  constructor(levels: ReadonlyMap<string, number>) {
    this.#levels = levels;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (unread.has(name)) this.#unread++;
    if (this.#unread > 0) return;
    if (name === "pPr") this.#inProperties++;
    else if (this.#inProperties > 0) this.#property(name, attributes);
    else this.#element(name, attributes);
  }

  text(text: string): void {
    if (this.#reads) this.#write(text);
  }

  close(name: string): void {
    if (unread.has(name)) this.#unread--;
    if (this.#unread > 0) return;
    if (name === "t") this.#reads = false;
    else if (name === "pPr") this.#inProperties--;
    else if (name === "p") this.#endParagraph();
    else if (name === "tc") this.#endCell();
    else if (name === "tr") this.#endRow();
  }

  #element(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "t") this.#reads = true;
    else if (name === "p") this.#paragraphs.push({ parts: [], level: undefined, isListed: false });
    else if (name === "tr") this.#rows.push({ cells: [], cell: [] });
    else if (name === "tab") this.#write("\t");
    else if (name === "br" || name === "cr") this.#write("\n");
    else if (name === "noBreakHyphen") this.#write("-");
    else if (name === "blip") this.#image(attributeOf(attributes, "embed"));
    else if (name === "imagedata") this.#image(attributeOf(attributes, "id"));
  }

  #property(name: string, attributes: Readonly<Record<string, string>>): void {
    const paragraph = this.#paragraphs.at(-1);
    if (!paragraph) return;
    const value = attributeOf(attributes, "val") ?? "";
    if (name === "pStyle") paragraph.level ??= this.#levels.get(value);
    else if (name === "outlineLvl") paragraph.level = outlineLevel(value) ?? paragraph.level;
    else if (name === "numPr") paragraph.isListed = true;
  }

  #image(relation: string | undefined): void {
    if (relation !== undefined) this.found.push({ relation });
  }

  #write(text: string): void {
    this.#paragraphs.at(-1)?.parts.push(text);
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    const text = paragraph?.parts.join("").trim() ?? "";
    if (!paragraph || text === "") return;
    const row = this.#rows.at(-1);
    if (row) {
      row.cell.push(text);
      return;
    }
    if (paragraph.level !== undefined) this.#headings.enter(paragraph.level, text.replace(/\s+/g, " "));
    this.#emit(text, paragraph.isListed);
  }

  #endCell(): void {
    const row = this.#rows.at(-1);
    if (!row) return;
    row.cells.push(row.cell.join(" ").replace(/\s+/g, " "));
    row.cell = [];
  }

  #endRow(): void {
    const text = this.#rows.pop()?.cells.join("\t").trimEnd() ?? "";
    const outer = this.#rows.at(-1);
    if (outer) outer.cell.push(text);
    else if (text !== "") this.#emit(text, true);
  }

  /** Lines of a list or a table follow each other without an empty one between. */
  #emit(text: string, isLine: boolean): void {
    const separator = isLine && this.#wasLine ? "\n" : "\n\n";
    this.found.push({ text, headings: this.#headings.current, separator });
    this.#wasLine = isLine;
  }
}
