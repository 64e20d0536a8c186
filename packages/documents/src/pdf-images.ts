import { extractImages, type getDocumentProxy } from "unpdf";
import type { DocumentLimits } from "./limits.ts";
import { inTime } from "./patience.ts";
import { encodedPng } from "./png.ts";
import { type ImagePiece, isWorthKeeping } from "./rasters.ts";

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** No more pages are looked through after so many without a new image, for each takes longer than its text. */
const mostInVain = 500;

/**
 * Whether there is an image in a PDF: each is a stream, and the dictionary of a stream is never packed. What hides the name of its
 * type has its images left out.
 */
export function holdsImages(bytes: Uint8Array): boolean {
  const name = [0x2f, 0x49, 0x6d, 0x61, 0x67, 0x65];
  const [slash = 0] = name;
  for (let at = bytes.indexOf(slash); at !== -1; at = bytes.indexOf(slash, at + 1)) {
    if (name.every((byte, index) => bytes[at + index] === byte) && !isLetter(bytes[at + name.length])) return true;
  }
  return false;
}

const isLetter = (byte = 0): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

/** The images of the pages of a PDF, each once, encoded anew from their pixels. */
export class PageImages {
  readonly #pdf: Pdf;
  readonly #limits: DocumentLimits;
  readonly #seen = new Set<string>();
  #inVain = 0;

  constructor(pdf: Pdf, limits: DocumentLimits) {
    this.#pdf = pdf;
    this.#limits = limits;
  }

  async *of(page: number): AsyncGenerator<ImagePiece, void> {
    if (this.#seen.size >= this.#limits.images || this.#inVain >= mostInVain) return;
    this.#inVain++;
    for (const { data, width, height, channels } of await inTime(extractImages(this.#pdf, page))) {
      if (!isWorthKeeping(width, height, this.#limits.pixels)) continue;
      const fingerprint = await fingerprintOf(data);
      if (this.#seen.has(fingerprint) || this.#seen.size >= this.#limits.images) continue;
      this.#seen.add(fingerprint);
      this.#inVain = 0;
      const bytes = await encodedPng({ data, width, height, channels });
      yield { kind: "image", bytes, contentType: "image/png", width, height, page };
    }
  }
}

async function fingerprintOf(pixels: Uint8ClampedArray): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.from(pixels));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
