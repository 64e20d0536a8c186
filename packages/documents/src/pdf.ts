import type { DocumentPiece } from "@steward/core";
import { getDocumentProxy } from "unpdf";
import type { DocumentLimits } from "./limits.ts";
import { inTime } from "./patience.ts";
import { holdsImages, PageImages } from "./pdf-images.ts";
import { outlineOf } from "./pdf-outline.ts";
import { pageText } from "./pdf-text.ts";
import { failed, isDamaged, isProtected, readable } from "./refusals.ts";

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** The text of each page under the headings of the outline, and the images of the page behind it. */
export async function* readPdf(bytes: Uint8Array, limits: DocumentLimits): AsyncGenerator<DocumentPiece, void> {
  if (!hasEnd(bytes)) throw isDamaged("pdf");
  const hasImages = holdsImages(bytes);
  const pdf = await opened(bytes, limits);
  try {
    const pages = pdf.numPages;
    if (pages > limits.pages) {
      throw failed(`The PDF has ${readable(pages)} pages, and at most ${readable(limits.pages)} are read: split it`);
    }
    yield { kind: "pages", pages };
    const outline = await inTime(outlineOf(pdf));
    const images = new PageImages(pdf, limits);
    for (let number = 1; number <= pages; number++) {
      const page = await inTime(pdf.getPage(number));
      const text = await inTime(pageText(page));
      if (text !== "") yield { kind: "text", text, page: number, sheet: null, headings: outline.headingsOn(number) };
      if (hasImages) yield* images.of(number);
      page.cleanup();
    }
  } finally {
    await pdf.loadingTask.destroy();
  }
}

/** So near the end of the file, the end of a PDF is looked for. */
const endWithin = 65_536;

/** What was cut off would be read as far as it goes, and nobody would learn that the rest is missing. */
const hasEnd = (bytes: Uint8Array): boolean =>
  /startxref|%%EOF/.test(new TextDecoder("latin1").decode(bytes.subarray(-endWithin)));

/** Nothing is fetched, drawn or run for it. */
async function opened(bytes: Uint8Array, { pixels }: DocumentLimits): Promise<Pdf> {
  try {
    const opening = getDocumentProxy(bytes, {
      maxImageSize: pixels,
      disableFontFace: true,
      useSystemFonts: false,
      useWasm: false,
      useWorkerFetch: false,
      isOffscreenCanvasSupported: false,
      isImageDecoderSupported: false,
      enableXfa: false,
      disableAutoFetch: true,
      verbosity: 0,
    });
    return await inTime(opening);
  } catch (error) {
    if (error instanceof Error && error.name === "PasswordException") throw isProtected("pdf");
    throw isDamaged("pdf", error);
  }
}
