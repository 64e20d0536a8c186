import { DocumentError, type DocumentPiece, type DocumentReader } from "@steward/core";
import { insert } from "./insert.ts";
import type { World } from "./world.ts";

/**
 * Reads texts whose pages are parted by form feeds, and as the text says: `#` begins a heading, `@red` is an image, `!failed`
 * and `!unsupported` are what it is, and at `!broken` the reader itself breaks.
 */
export const plainReader: DocumentReader = {
  async *read(_format, body): AsyncIterable<DocumentPiece> {
    const pages = (await new Response(body).text()).split("\f");
    for (const [index, text] of pages.entries()) {
      const page = pages.length > 1 ? index + 1 : null;
      for (const block of text.split(/(?<=\n\n)/)) yield* blockOf(block, page);
    }
    if (pages.length > 1) yield { kind: "pages", pages: pages.length };
  },
};

function* blockOf(text: string, page: number | null): Generator<DocumentPiece> {
  const said = text.trim();
  if (said === "!failed") throw new DocumentError("failed", "It is broken off");
  if (said === "!unsupported") throw new DocumentError("unsupported", "It is encrypted");
  if (said === "!broken") throw new Error("The reader is broken");
  if (said.startsWith("@")) {
    const bytes = new TextEncoder().encode(`picture ${said}`);
    return yield { kind: "image", bytes, contentType: "image/png", width: 2, height: 3, page };
  }
  const heading = /^# (.*)\n/.exec(text)?.[1];
  yield { kind: "text", text, page, sheet: null, headings: heading === undefined ? [] : [heading] };
}

const hex = (bytes: ArrayBuffer) => Buffer.from(bytes).toString("hex");

export interface FileOptions {
  readonly name?: string;
  readonly text: string;
  readonly format?: string | null;
}

/** Gives an assistant a file, beside the core: its bytes, and the rows that name them. */
export async function fileOf(
  world: World,
  assistant: { readonly id: string },
  { name = "notes.txt", text, format = "text" }: FileOptions,
): Promise<{ readonly id: string; readonly hash: string }> {
  const bytes = new TextEncoder().encode(text);
  const hash = hex(await crypto.subtle.digest("SHA-256", bytes));
  const [id, key] = [world.services.ids.next(), world.services.ids.next()];
  const [known] = await world.rows("select 1 from blobs where hash = ?", hash);
  if (!known) await world.services.blobs.put(key, new Blob([bytes]).stream());
  const times = { created_at: Date.now(), updated_at: Date.now() };
  await world.run([
    ...(known ? [] : [insert("blobs", { hash, key, size: bytes.length, created_at: Date.now() })]),
    insert("assistant_files", {
      id,
      assistant_id: assistant.id,
      filename: name,
      content_type: "text/plain",
      size: bytes.length,
      hash,
      format,
      ...times,
    }),
  ]);
  return { id, hash };
}

/** Status of each job, in the order in which they were made. */
export const jobsOf = (world: World) => world.rows("select kind, status, attempts from jobs order by number");

/** Status and what became of each document. */
export const documentsOf = (world: World) =>
  world.rows("select status, error, pages, chunks from documents order by number");

/** How many passages are in the index, of each row of a library. */
export const indexed = (world: World) =>
  world.rows(`select l.complete, (select count(*) from passage_search p where p.rowid >= l.number << 20
    and p.rowid < (l.number + 1) << 20) from library_documents l order by l.number`);
