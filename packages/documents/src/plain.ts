import type { DocumentFormat } from "@steward/core";
import type { TextPiece } from "./blocks.ts";
import { decodedText } from "./encoding.ts";

/** Text as it stands; a large one in parts, which end with a line. */
export function* readPlain(format: DocumentFormat, bytes: Uint8Array): Generator<TextPiece, void> {
  const text = decodedText(format, bytes);
  if (text !== "") yield { kind: "text", text, page: null, sheet: null, headings: [] };
}
