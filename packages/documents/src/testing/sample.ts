import type { DocumentFormat } from "@steward/core";

/** A file, and what must come of it. */
export interface Sample {
  readonly name: string;
  readonly format: DocumentFormat;
  bytes(): Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;
  readonly comes: Outcome;
  /** Whether it makes a library fail where nobody can catch it, so that only a thread of its own is safe from it. */
  readonly needsThread?: boolean;
}

export type Outcome =
  | {
      /** What is in its text. */
      readonly contains: readonly string[];
      /** What is in no text and no heading of it. */
      readonly lacks?: readonly string[];
      /** How many images; none unless told. */
      readonly images?: number;
      /** Headings that some text of it has. */
      readonly headings?: readonly string[];
    }
  | { readonly failed: RegExp }
  | { readonly unsupported: RegExp };
