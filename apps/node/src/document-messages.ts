import type { DocumentFormat, DocumentPiece } from "@steward/core";
import type { DocumentLimits } from "@steward/documents";

/** So many pieces may be on their way before the first of them is taken. */
export const piecesAhead = 4;

/** What the thread is asked: to read a document, and to hand out one piece more. */
export type DocumentAsked =
  | {
      readonly kind: "read";
      readonly format: DocumentFormat;
      /** Handed over: they are the thread's from then on. */
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly limits: DocumentLimits;
    }
  | { readonly kind: "more" };

/** That the thread has started; a piece; or how a document has ended. */
export type DocumentAnswered =
  | { readonly kind: "ready" }
  | { readonly kind: "piece"; readonly piece: DocumentPiece }
  | { readonly kind: "end" }
  | { readonly kind: "refused"; readonly outcome: "failed" | "unsupported"; readonly message: string };
