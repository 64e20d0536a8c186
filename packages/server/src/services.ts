import { apiTokens, luciaSessions, scryptPasswords, sha3Hex, sha256OfPieces } from "@steward/auth";
import {
  type BlobStore,
  type Clock,
  type DocumentReader,
  type HeavyWork,
  type ImageModel,
  inlineHeavyWork,
  type Log,
  type Pictures,
  type Services,
  type Sha256,
} from "@steward/core";
import type { Executor } from "@steward/db";
import { inlineDocumentReader } from "@steward/documents";
import { openPictures } from "@steward/pictures";
import { type EncryptionKey, jweVault } from "@steward/vault";
import { timeOrderedIds } from "./ids.ts";

export { jsonLog } from "./json-log.ts";
export { timeOrderedIds };

/** What an entry of the product chooses; everything else is the same on every platform. */
export interface ServiceOptions {
  readonly executor: Executor;
  /** For reads that may take long; the same unless the platform has a better one. */
  readonly scans?: Executor;
  /** What takes long; done where requests are answered unless the platform has a better place. */
  readonly heavyWork?: HeavyWork;
  readonly log: Log;
  /** What secrets are encrypted with, newest first. */
  readonly keys: readonly EncryptionKey[];
  /** Where bytes lie; without it, whoever brings some or asks for them fails. */
  readonly blobs?: BlobStore;
  /** How documents are read; where they are asked for, within narrow limits, unless the platform has a better place. */
  readonly documents?: DocumentReader;
  /** Pictures that are made anew: where they are asked for, unless the platform has a better place, or less room. */
  readonly pictures?: Pictures;
  /** What draws pictures; none unless it is configured. */
  readonly imageModel?: ImageModel | null;
  /** The platform's own, where it has one that is faster than JavaScript. */
  readonly sha256?: () => Sha256;
}

/** Milliseconds that the background may go on after an answer: an edge does not wait longer. */
export const tendFor = 20_000;

const systemClock: Clock = { now: () => new Date() };

/** The core's services for Node, Workers and Vercel's edge alike. */
export function createServices({
  executor,
  scans = executor,
  heavyWork,
  log,
  keys,
  blobs = noBlobs,
  documents = inlineDocumentReader(),
  pictures = openPictures(),
  imageModel = null,
  sha256 = sha256OfPieces,
}: ServiceOptions): Services {
  const ids = timeOrderedIds(systemClock);
  const reading = { documents, blobs, sha256, newId: () => ids.next() };
  return {
    executor,
    scans,
    heavyWork: heavyWork ?? inlineHeavyWork({ executor, clock: systemClock, reading, tendFor }),
    log,
    clock: systemClock,
    ids,
    passwords: scryptPasswords(),
    sessions: luciaSessions(),
    tokens: apiTokens(),
    vault: jweVault(keys),
    sha3: sha3Hex,
    sha256,
    blobs,
    documents,
    pictures,
    imageModel,
  };
}

const noStore = () => new Error("No store of blobs is configured");
const noBlobs: BlobStore = {
  put: () => Promise.reject(noStore()),
  get: () => Promise.reject(noStore()),
  delete: () => Promise.reject(noStore()),
  list: () => {
    throw noStore();
  },
};
