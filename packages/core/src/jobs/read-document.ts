import type { Executor, Statement } from "@steward/db";
import { inPieces } from "../datasets/loading/pieces.ts";
import { type Chunk, Chunker } from "../documents/chunks.ts";
import { isDocumentError } from "../documents/document-error.ts";
import { idsOf, mostEmbeddings } from "../documents/embedding-ids.ts";
import {
  type BlobStore,
  type DocumentFormat,
  type DocumentPiece,
  type DocumentReader,
  documentFormats,
  type Sha256,
} from "../ports.ts";
import type { Lease } from "./lease.ts";
import { untilStopped } from "./stopped.ts";

/** What it takes to read a document. */
export interface ReadingServices {
  readonly documents: DocumentReader;
  readonly blobs: BlobStore;
  readonly sha256: () => Sha256;
  newId(): string;
}

interface Found {
  readonly format: DocumentFormat;
  readonly key: string;
}

/** What is to be read: null where it has been, or where no file has these bytes any more. */
const wanted = `select d.format, b.key from documents d cross join blobs b on b.hash = d.hash
  where d.number = ?1 and d.status = 'pending'
    and exists (select 1 from assistant_files f where f.hash = d.hash and f.format = d.format)`;

const leftOf = `select id from embeddings where ${idsOf("id", "?1")} limit ?2`;
const remove = `delete from embeddings where id in (${leftOf})`;
const removed = (document: number, rows: number): Statement => ({ sql: remove, args: [document, rows] });

const insertTexts = `insert into embeddings (id, kind, page, sheet, heading, start, end, text)
  select value ->> 0, 'text', value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
  from json_each(?1)`;
const insertBlob = `insert into blobs (hash, key, size, created_at) values (?1, ?2, ?3, ?4)
  on conflict (hash) do update set key = iif(missing, excluded.key, key), missing = 0 returning key`;
const insertImage = `insert into embeddings (id, kind, page, hash, content_type, width, height)
  values (?1, 'image', ?2, ?3, ?4, ?5, ?6)`;
const isRead = `update documents set status = 'read', error = null, pages = ?2, chunks = ?3, updated_at = ?4
  where number = ?1 and status = 'pending'`;
const isNotRead = `update documents set status = ?2, error = ?3, pages = null, chunks = 0, updated_at = ?4
  where number = ?1 and status = 'pending'`;

/** So many characters of chunks, or so many chunks, are written at once. */
const charactersAtOnce = 100_000;
const chunksAtOnce = 100;
const longestError = 1000;

export interface Reading extends ReadingServices {
  readonly executor: Executor;
  readonly lease: Lease;
  readonly now: () => number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Reads a document from its bytes: whatever was read of it before is replaced. That it cannot be read is what becomes of it,
 * and no failure.
 */
export async function readDocument(reading: Reading, document: number): Promise<void> {
  const { executor, lease } = reading;
  const left = { sql: wanted, args: [document] };
  for (;;) {
    const [found] = await executor.batch([left], "read");
    const [row] = (found?.rows ?? []) as [string, string][];
    if (row) {
      const [format, key] = row;
      await clear(lease, document);
      return new DocumentWriter(reading, document).run({ format: formatOf(format), key });
    }
    if (await lease.finishUnless(left)) return;
  }
}

const formatOf = (text: string): DocumentFormat => {
  const format = documentFormats.find((one) => one === text);
  if (!format) throw new Error(`There is no format ${text}`);
  return format;
};

async function clear(lease: Lease, document: number): Promise<void> {
  await inPieces(
    async (rows) => (await lease.write([removed(document, rows)]))[0]?.rowsAffected ?? 0,
    () => false,
  );
}

/** Writes the pieces of one document as they come. */
class DocumentWriter {
  readonly #reading: Reading;
  readonly #document: number;
  #waiting: Chunk[] = [];
  #characters = 0;
  #position = 0;
  #chunks = 0;
  #pages: number | null = null;

  constructor(reading: Reading, document: number) {
    this.#reading = reading;
    this.#document = document;
  }

  async run({ format, key }: Found): Promise<void> {
    const { lease, blobs, documents, now } = this.#reading;
    const stop = lease.keep();
    try {
      const body = await blobs.get(key);
      if (!body)
        throw new Error("The store of blobs has lost the bytes: bring them again, or restore them from a backup");
      await this.#read(documents.read(format, body));
      const args = [this.#document, this.#pages, this.#chunks, now()];
      await lease.finish([{ sql: isRead, args }]);
    } catch (error) {
      if (!isDocumentError(error)) throw error;
      await clear(lease, this.#document);
      const reason = error.message.slice(0, longestError).toWellFormed();
      await lease.finish([{ sql: isNotRead, args: [this.#document, error.outcome, reason, now()] }]);
    } finally {
      stop();
    }
  }

  async #read(pieces: AsyncIterable<DocumentPiece>): Promise<void> {
    const chunker = new Chunker();
    for await (const piece of untilStopped(pieces, this.#reading.signal)) {
      if (piece.kind === "pages") this.#pages = piece.pages;
      else if (piece.kind === "text") await this.#add(chunker.add(piece));
      else {
        await this.#flush();
        await this.#image(piece);
      }
    }
    await this.#add(chunker.end());
    await this.#flush();
  }

  async #add(chunks: readonly Chunk[]): Promise<void> {
    for (const chunk of chunks) {
      this.#waiting.push(chunk);
      this.#characters += chunk.text.length;
      if (this.#waiting.length >= chunksAtOnce || this.#characters >= charactersAtOnce) await this.#flush();
    }
  }

  /** The id of the next one; none beyond the most that a document may have. */
  #take(): number | null {
    if (this.#position >= mostEmbeddings) return null;
    return this.#document * mostEmbeddings + this.#position++;
  }

  async #flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const rows = this.#waiting.flatMap(({ page, sheet, heading, start, end, text }) => {
      const id = this.#take();
      return id === null ? [] : [[id, page, sheet, heading, start, end, text]];
    });
    this.#waiting = [];
    this.#characters = 0;
    this.#chunks += rows.length;
    await this.#write([{ sql: insertTexts, args: [JSON.stringify(rows)] }]);
  }

  #write(statements: readonly Statement[]) {
    return this.#reading.lease.write(statements, { done: this.#position, total: null });
  }

  async #image({ bytes, contentType, width, height, page }: Extract<DocumentPiece, { kind: "image" }>): Promise<void> {
    const id = this.#take();
    if (id === null) return;
    const { blobs, sha256, newId, now } = this.#reading;
    const hashing = sha256();
    hashing.update(bytes);
    const [hash, key] = [await hashing.digest(), newId()];
    // Bytes first, row second.
    await blobs.put(key, new Blob([bytes]).stream());
    const [kept] = await this.#write([
      { sql: insertBlob, args: [hash, key, bytes.length, now()] },
      { sql: insertImage, args: [id, page, hash, contentType, width, height] },
    ]);
    if (kept?.rows[0]?.[0] !== key) await blobs.delete([key]);
  }
}
