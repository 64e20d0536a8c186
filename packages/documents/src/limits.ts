const mebi = 2 ** 20;

/** How much of a document is read, whatever its bytes say. */
export interface DocumentLimits {
  /** Bytes of the file. */
  readonly bytes: number;
  /** Bytes of all that is taken out of an archive, and of one entry of it, counted while they are unpacked. */
  readonly unpackedBytes: number;
  readonly entryBytes: number;
  /** Entries that an archive lists, wanted or not. */
  readonly entries: number;
  /** Pages of a PDF. */
  readonly pages: number;
  /** Characters of all texts. */
  readonly characters: number;
  /** Images; what comes after them is left out. */
  readonly images: number;
  /** Pixels of an image; a larger one is left out. */
  readonly pixels: number;
  /** How deep elements lie within one another. */
  readonly depth: number;
}

/** For a machine that reads in a thread of its own. */
export const roomyLimits: DocumentLimits = {
  bytes: 64 * mebi,
  unpackedBytes: 256 * mebi,
  entryBytes: 128 * mebi,
  entries: 10_000,
  pages: 5_000,
  characters: 20_000_000,
  images: 200,
  pixels: 16_000_000,
  depth: 500,
};

/** For an isolate of 128 MB, in which requests are answered as well. */
export const narrowLimits: DocumentLimits = {
  bytes: 16 * mebi,
  unpackedBytes: 32 * mebi,
  entryBytes: 16 * mebi,
  entries: 2_000,
  pages: 1_000,
  characters: 4_000_000,
  images: 50,
  pixels: 4_000_000,
  depth: 500,
};
