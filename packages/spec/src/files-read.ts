import { type DocumentReader, inlineHeavyWork } from "@steward/core";
import { insert } from "./insert.ts";
import { plainReader } from "./plain-reader.ts";
import type { World } from "./world.ts";

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

/** Does all that is due, with a reader of the spec's own. */
export const readAll = (world: World, documents: DocumentReader = plainReader): Promise<void> => {
  const { clock, blobs, sha256, ids } = world.services;
  const reading = { documents, blobs, sha256, newId: () => ids.next() };
  return inlineHeavyWork({ executor: world.beside, clock, reading }).tend();
};
