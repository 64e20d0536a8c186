import type { DocumentFormat, DocumentPiece } from "@steward/core";
import { isDocumentError } from "@steward/core/document-error";
import { wholeBody } from "./body.ts";
import { bounded } from "./bounded.ts";
import type { DocumentLimits } from "./limits.ts";
import { isDamaged } from "./refusals.ts";
import { checkKind } from "./signature.ts";

/**
 * The pieces of a document. Throws a `DocumentError` for what cannot be read, and the error of the stream where that fails; of what
 * is wrong within a library nobody learns more than that the document is damaged.
 */
export async function* readDocument(
  format: DocumentFormat,
  body: ReadableStream<Uint8Array>,
  limits: DocumentLimits,
): AsyncGenerator<DocumentPiece, void> {
  yield* readBytes(format, await wholeBody(body, limits.bytes), limits);
}

/** As {@link readDocument}, of what has come already. The bytes are the reader's from then on. */
export async function* readBytes(
  format: DocumentFormat,
  bytes: Uint8Array<ArrayBuffer>,
  limits: DocumentLimits,
): AsyncGenerator<DocumentPiece, void> {
  const pieces = bounded(piecesOf(format, bytes, limits), limits);
  try {
    for (;;) {
      const next = await pieces.next().catch((error: unknown) => {
        throw isDocumentError(error) ? error : isDamaged(format, error);
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await pieces.return();
  }
}

/** What reads a format is loaded when one is read. */
async function* piecesOf(
  format: DocumentFormat,
  bytes: Uint8Array<ArrayBuffer>,
  limits: DocumentLimits,
): AsyncGenerator<DocumentPiece, void> {
  checkKind(format, bytes);
  switch (format) {
    case "pdf":
      return yield* (await import("./pdf.ts")).readPdf(bytes, limits);
    case "docx":
      return yield* (await import("./docx.ts")).readDocx(bytes, limits);
    case "xlsx":
      return yield* (await import("./xlsx.ts")).readXlsx(bytes, limits);
    case "csv":
      return yield* (await import("./csv.ts")).readCsv(bytes);
    case "html":
      return yield* (await import("./html.ts")).readHtml(bytes, limits);
    case "markdown":
      return yield* (await import("./markdown.ts")).readMarkdown(bytes);
    case "text":
    case "code":
      return yield* (await import("./plain.ts")).readPlain(format, bytes);
  }
}
