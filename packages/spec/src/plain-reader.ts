import { DocumentError, type DocumentPiece, type DocumentReader } from "@steward/core";

/**
 * Reads texts whose pages are parted by form feeds, and as the text says: `#` begins a heading, `@red` is an image, `!failed`
 * and `!unsupported` are what it is, and at `!broken` the reader itself breaks.
 */
export const plainReader: DocumentReader = {
  async *read(_format, body): AsyncIterable<DocumentPiece> {
    const pages = (await new Response(body).text()).split("\f");
    for (const [index, text] of pages.entries()) {
      const page = pages.length > 1 ? index + 1 : null;
      for (const block of text.split(/(?<=\n\n)/)) yield* blockOf(block, page);
    }
    if (pages.length > 1) yield { kind: "pages", pages: pages.length };
  },
};

function* blockOf(text: string, page: number | null): Generator<DocumentPiece> {
  const said = text.trim();
  if (said === "!failed") throw new DocumentError("failed", "It is broken off");
  if (said === "!unsupported") throw new DocumentError("unsupported", "It is encrypted");
  if (said === "!broken") throw new Error("The reader is broken");
  if (said.startsWith("@")) {
    const bytes = new TextEncoder().encode(`picture ${said}`);
    return yield { kind: "image", bytes, contentType: "image/png", width: 2, height: 3, page };
  }
  const heading = /^# (.*)\n/.exec(text)?.[1];
  yield { kind: "text", text, page, sheet: null, headings: heading === undefined ? [] : [heading] };
}
