import type { DocumentPiece } from "@steward/core";
import { docxSamples } from "./docx-samples.ts";
import { pdfSamples } from "./pdf-samples.ts";
import type { Sample } from "./sample.ts";
import { textSamples } from "./text-samples.ts";
import { xlsxSamples } from "./xlsx-samples.ts";

export { pagesPdf } from "./pdf-samples.ts";
export type { Outcome, Sample } from "./sample.ts";

/** Ordinary and hostile files of all formats, made here, the same each time. */
export const corpus: readonly Sample[] = [...pdfSamples, ...docxSamples, ...xlsxSamples, ...textSamples];

/** What came of a document, to be held against what must. */
export interface Came {
  readonly text: string;
  readonly headings: ReadonlySet<string>;
  readonly images: readonly Extract<DocumentPiece, { kind: "image" }>[];
  readonly longest: number;
  readonly error: unknown;
}

/** Takes all pieces of a document. */
export async function take(pieces: AsyncIterable<DocumentPiece>): Promise<Came> {
  const texts: string[] = [];
  const headings = new Set<string>();
  const images: Extract<DocumentPiece, { kind: "image" }>[] = [];
  let error: unknown;
  try {
    for await (const piece of pieces) {
      if (piece.kind === "image") images.push(piece);
      if (piece.kind !== "text") continue;
      texts.push(piece.text);
      for (const heading of piece.headings) headings.add(heading);
    }
  } catch (thrown) {
    error = thrown;
  }
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  return { text: texts.join("\n\n"), headings, images, longest, error };
}
