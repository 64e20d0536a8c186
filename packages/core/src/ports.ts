import type { Executor } from "@steward/db";
import type { Loaded, LoadOrder } from "./datasets/loading/order.ts";

/** The time, in one place, so that a test can hold it still. */
export interface Clock {
  now(): Date;
}

/** New identifiers: UUIDs of version 7, so that they sort by the time they were made. */
export interface Ids {
  next(): string;
}

/** One structured line. `fields` never hold a secret: what may be logged is chosen where it is logged. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Slow hashes of passwords. Only signing in and setting a password ever use them. */
export interface Passwords {
  /** A text that holds algorithm, parameters, salt and hash. */
  hash(password: string): Promise<string>;
  /** `stored` is null for an unknown user: the answer is then false, after the same time. */
  verify(password: string, stored: string | null): Promise<boolean>;
}

/**
 * What a request presented. `hash` is the SHA-256 of the presented text, in hex, under which the database knows it;
 * null when the text cannot be a credential (a token whose checksum is wrong), which needs no look-up to refuse.
 */
export interface Credential {
  readonly kind: "session" | "token";
  readonly hash: string | null;
}

/** API tokens: `stw_`, random, checksum. */
export interface Tokens {
  /** `value` is shown once and never stored; `hash` is stored; `hint` is its last four characters. */
  issue(): { readonly value: string; readonly hash: string; readonly hint: string };
  /** Checks form and checksum, and hashes. Never touches the database. */
  credential(value: string): Credential;
}

/** A session as the database holds it: `hash` stands for the id that only its user knows. */
export interface StoredSession {
  readonly hash: string;
  readonly userId: string;
  readonly expiresAt: Date;
}

/** Sessions of people. */
export interface Sessions {
  /** A new session of so many days; `sid` goes to the user in the cookie, the rest into the database. */
  issue(userId: string, days: number): Promise<StoredSession & { readonly sid: string }>;
  credential(sid: string): Credential;
  /** The expiry to be written when less than half of so many days is left; null while there is more. */
  renew(session: StoredSession, days: number): Promise<Date | null>;
}

/** What a sealed text is for: it opens only where the same is said again. */
export interface SealedFor {
  readonly tenant: string;
  readonly lineage: string;
}

/** Encrypts what must not lie in the database as it is. All methods reject with a {@link VaultError}. */
export interface Vault {
  /** The id of the key that `seal` uses. Throws where there is none. */
  readonly currentKeyId: string;
  /** A new ciphertext each time, also of the same text. */
  seal(plaintext: string, sealedFor: SealedFor): Promise<{ readonly ciphertext: string; readonly keyId: string }>;
  /** With whichever key it was sealed, as long as that is still there. */
  open(ciphertext: string, sealedFor: SealedFor): Promise<string>;
}

/** SHA3-256 of a text, in hex: for a database that cannot compute it, and to check one that can. */
export type Sha3 = (text: string) => string;

/** Bytes that come in with a request, read once. */
export interface IncomingBytes {
  readonly stream: ReadableStream<Uint8Array>;
  /** How many there will be, where the request says so. Not believed. */
  readonly length: number | null;
  /** The `Content-Type` that they were sent with, without parameters and in lower case. Not believed. */
  readonly type: string | null;
  /** The file's name, where they were sent with one. */
  readonly name: string | null;
}

/** What takes long runs here, so that it runs where it blocks nobody. It asks nobody's leave: who orders it has been admitted. */
export interface HeavyWork {
  /** Whether as many loads go on and wait as may: another would be refused with `rate_limited`. */
  readonly full: boolean;
  /**
   * Reads an upload that has begun into its load, where nobody sees it yet. Rejects with a StewardError when it cannot go
   * on, is cancelled or refused; then the upload says why, and what was written is removed in the background.
   */
  load(order: LoadOrder, body: ReadableStream<Uint8Array>): Promise<Loaded>;
  /** Ends an upload that was loaded but did not become the data; nothing where it did, or has ended already. */
  abandon(uploadId: string, reason: string): Promise<void>;
  /**
   * Indexes what has become data and removes what is nobody's data any more, piece by piece. Resolves when nothing is left,
   * or when it has taken as long as it may; the next call goes on from there.
   */
  tend(): Promise<void>;
}

/** Bytes in a store, as a listing tells them. */
export interface StoredBlob {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
}

/** Some of the bytes of a blob: from `offset` on, so many. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/**
 * Where bytes lie. Nothing in it is ever changed: what is written is written under a key that was never used (see
 * blobs/key.ts), and removed when no row names it.
 */
export interface BlobStore {
  /**
   * Writes a stream, and resolves when it lasts: a machine that stops a moment later has it. A stream that fails rejects with its
   * error, and leaves nothing that `get` would find.
   */
  put(key: string, body: ReadableStream<Uint8Array>): Promise<void>;
  /** Null where there is nothing under the key. A stream that is cancelled reads no further. */
  get(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | null>;
  /** What is not there is gone already. */
  delete(keys: readonly string[]): Promise<void>;
  /** All that is there, in the order of the keys, what was begun and never became whole included. */
  list(): AsyncIterable<StoredBlob>;
}

/** SHA-256 of bytes that come in pieces. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** In hex; once, at the end. */
  digest(): Promise<string>;
}

/** What a document consists of, in its order. */
export type DocumentPiece =
  | {
      readonly kind: "text";
      readonly text: string;
      /** From 1 on; null where there are none. */
      readonly page: number | null;
      readonly sheet: string | null;
      /** The headings above it, the outermost first. */
      readonly headings: readonly string[];
    }
  | {
      readonly kind: "image";
      /** A PNG or a JPEG that was written here, whatever the document held. */
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly contentType: "image/png" | "image/jpeg";
      readonly width: number;
      readonly height: number;
      readonly page: number | null;
    }
  | { readonly kind: "pages"; readonly pages: number };

/** How the text of a file is read. */
export const documentFormats = ["pdf", "docx", "xlsx", "csv", "html", "markdown", "text", "code"] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** Reads texts and images out of files. Each is hostile until the contrary is shown. */
export interface DocumentReader {
  /**
   * The pieces of a document. Throws a `DocumentError` (documents/document-error.ts) for what cannot be read, with a reason that
   * a person understands, within bounds of time and memory that hold whatever the bytes are.
   */
  read(format: DocumentFormat, body: ReadableStream<Uint8Array>): AsyncIterable<DocumentPiece>;
}

/** A picture of pixels, encoded here. */
export interface Picture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: "image/png";
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Makes pictures safe, and other ones of them. Rejects with `validation_failed` for what is no picture, or too large a one. */
export interface Pictures {
  /** An SVG with nothing in it that runs, loads or refers to anything elsewhere. */
  cleanSvg(svg: string): Promise<string>;
  /** PNG, JPEG, GIF or WebP, decoded and encoded anew, so that nothing but its pixels is left; no larger than `most` in either direction. */
  reencode(bytes: Uint8Array, most: number): Promise<Picture>;
  /** An icon file with a picture in each of these sizes, in pixels; of an SVG (clean) or a picture that was encoded here. */
  ico(
    source: { readonly bytes: Uint8Array; readonly contentType: string },
    sizes: readonly number[],
  ): Promise<Uint8Array<ArrayBuffer>>;
}

/** What a model is to draw. */
export interface ImageOrder {
  readonly prompt: string;
  /** The configured one unless told. */
  readonly model: string | undefined;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Draws pictures. Rejects with `upstream_failed` when the provider does not. */
export interface ImageModel {
  /** What it has drawn is as hostile as any upload. */
  draw(order: ImageOrder): Promise<{ readonly bytes: Uint8Array; readonly model: string }>;
}

/** What the core needs from the platform it runs on. Chosen by the app's entry, never by the core. */
export interface Services {
  readonly executor: Executor;
  /**
   * For reads that may take seconds: they block nobody else, and one that takes too long is ended with SQLITE_INTERRUPT.
   * Each batch is a snapshot of its own, of what `executor` has committed before.
   */
  readonly scans: Executor;
  readonly heavyWork: HeavyWork;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly vault: Vault;
  readonly sha3: Sha3;
  readonly sha256: () => Sha256;
  readonly blobs: BlobStore;
  readonly documents: DocumentReader;
  readonly pictures: Pictures;
  /** Null where none is configured. */
  readonly imageModel: ImageModel | null;
}

/** Who asks, as far as the outside can tell before the database has spoken. One for each HTTP request. */
export interface Caller {
  readonly credential: Credential | null;
  /** The client's address from the platform's trusted source, or null where there is none. */
  readonly address: string | null;
  /** Runs after the answer has left (`waitUntil`). A failure is logged and changes nothing for the caller. */
  defer(task: () => Promise<unknown>): void;
}
