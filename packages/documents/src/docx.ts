import type { DocumentPiece } from "@steward/core";
import { Joining } from "./blocks.ts";
import { headingStyles } from "./docx-styles.ts";
import { DocxWalk } from "./docx-walk.ts";
import type { DocumentLimits } from "./limits.ts";
import { keptRaster, type Raster } from "./rasters.ts";
import { isDamaged } from "./refusals.ts";
import { relationsOf } from "./relations.ts";
import { visited } from "./xml.ts";
import { Archive } from "./zip.ts";

const documentPart = /^word\/document\d*\.xml$/;
/** Read after the text, where they are. */
const notes = ["word/footnotes.xml", "word/endnotes.xml"];

/**
 * The text of a Word document under its headings, with the PNG and JPEG that it holds where they stand. Nothing else of the archive
 * is unpacked: no macros, no embedded objects, no fonts, no other archives. What is linked is not fetched.
 */
export function* readDocx(bytes: Uint8Array, limits: DocumentLimits): Generator<DocumentPiece, void> {
  const archive = new Archive("docx", bytes, limits);
  const main = archive.names.find((name) => documentPart.test(name));
  if (main === undefined) throw isDamaged("docx");
  const images = new Images(archive, limits);
  for (const part of [main, ...notes]) yield* readPart(archive, part, images, limits);
}

function* readPart(
  archive: Archive,
  part: string,
  images: Images,
  limits: DocumentLimits,
): Generator<DocumentPiece, void> {
  const xml = archive.entry(part);
  if (!xml) return;
  const relations = relationsOf("docx", archive, part, limits);
  const walk = new DocxWalk(headingStyles(archive.entry("word/styles.xml"), limits));
  const joining = new Joining();
  for (const _ of visited("docx", xml, limits, walk)) {
    for (const found of walk.found.splice(0)) {
      if ("text" in found) {
        yield* joining.add(found);
        continue;
      }
      const raster = images.take(relations.get(found.relation));
      if (!raster) continue;
      yield* joining.end();
      yield { kind: "image", ...raster, page: null };
    }
  }
  yield* joining.end();
}

/** The images of a document, each once. */
class Images {
  readonly #archive: Archive;
  readonly #limits: DocumentLimits;
  readonly #seen = new Set<string>();
  #count = 0;

  constructor(archive: Archive, limits: DocumentLimits) {
    this.#archive = archive;
    this.#limits = limits;
  }

  /** Undefined for what is elsewhere, was taken before, is no picture or not worth keeping. */
  take(name: string | undefined): Raster | undefined {
    if (name === undefined || this.#count >= this.#limits.images || this.#seen.has(name)) return undefined;
    this.#seen.add(name);
    const bytes = this.#archive.entry(name);
    const raster = bytes && keptRaster(bytes, this.#limits.pixels);
    if (raster) this.#count++;
    return raster;
  }
}
