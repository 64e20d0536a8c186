import type { DocumentPiece } from "@steward/core";
import { zipSync } from "fflate/browser";
import mammoth from "mammoth";
import { Joining } from "./blocks.ts";
import { foundIn } from "./html.ts";
import type { DocumentLimits } from "./limits.ts";
import { keptRaster, type Raster } from "./rasters.ts";
import { failed, isDamaged, megabytes } from "./refusals.ts";
import { visit } from "./xml.ts";
import { Archive } from "./zip.ts";

const documentPart = "word/document.xml";
/** Nothing else is unpacked: no macros, no embedded objects, no fonts, no other archives. */
const wanted = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/[^/]*\.xml|word\/_rels\/[^/]*\.rels)$/;
const media = /^word\/media\/[^/]+$/;

/** The text of a Word document under its headings, with the PNG and JPEG that it holds where they stand. */
export async function* readDocx(bytes: Uint8Array, limits: DocumentLimits): AsyncGenerator<DocumentPiece, void> {
  const archive = new Archive("docx", bytes, limits);
  const entries = checkedEntries(archive, limits);
  const images: Raster[] = [];
  const html = await htmlOf(entries, (image) => {
    const raster = images.length < limits.images ? keptRaster(image, limits.pixels) : undefined;
    return raster === undefined ? "" : String(images.push(raster) - 1);
  });
  const joining = new Joining();
  for (const found of foundIn(html, limits)) {
    if ("text" in found) {
      yield* joining.add(found);
      continue;
    }
    const raster = images[Number(found.source)];
    if (!raster) continue;
    yield* joining.end();
    yield { kind: "image", ...raster, page: null };
  }
  yield* joining.end();
}

/** What is read of it, unpacked, and its XML looked through for what no XML of an office document has. */
function checkedEntries(archive: Archive, limits: DocumentLimits): Record<string, Uint8Array> {
  const entries: Record<string, Uint8Array> = {};
  let treeBytes = 0;
  for (const name of archive.names) {
    if (media.test(name)) entries[name] = archive.entry(name) ?? new Uint8Array();
    if (!wanted.test(name)) continue;
    const xml = archive.entry(name);
    if (!xml) continue;
    treeBytes += xml.length;
    if (treeBytes > limits.treeBytes) {
      throw failed(
        `The Word document has more than ${megabytes(limits.treeBytes)} of text and layout, which is the most that is read: split it`,
      );
    }
    visit("docx", xml, limits, {});
    entries[name] = xml;
  }
  if (!(documentPart in entries)) throw isDamaged("docx");
  return entries;
}

/** `keep` answers with what stands for an image. What is linked and not embedded cannot be read, and is left out. */
async function htmlOf(entries: Record<string, Uint8Array>, keep: (image: Uint8Array) => string): Promise<string> {
  const { buffer: arrayBuffer } = Uint8Array.from(zipSync(entries, { level: 0 }));
  const convertImage = mammoth.images.imgElement(async (image) => {
    const read = await image.readAsArrayBuffer().catch(() => new ArrayBuffer());
    return { src: keep(new Uint8Array(read)) };
  });
  const source = { arrayBuffer, buffer: arrayBuffer };
  const { value } = await mammoth.convertToHtml(source, {
    convertImage,
    externalFileAccess: false,
    includeEmbeddedStyleMap: false,
    styleMap: ["p[style-name='Title'] => h1:fresh"],
  });
  return value;
}
