import type { Executor } from "@steward/db";
import type { BlobStore } from "../ports.ts";

/** Blobs that no row names any more. */
export const unusedBlobs = "select 1 from blobs where uses = 0";

/** So many are removed at once. */
const mostAtOnce = 200;
const removeRows = `delete from blobs where hash in (select hash from blobs where uses = 0 limit ${mostAtOnce}) returning key`;

/**
 * Removes what no row names: the rows first and then the bytes, so that whoever is stopped between leaves bytes that nobody
 * looks for, and never a row without any. Who brings the same bytes meanwhile brings them under a key of their own. Answers
 * whether nothing is left.
 */
export async function sweepBlobs(
  { executor, blobs }: { readonly executor: Executor; readonly blobs: BlobStore },
  isOver: () => boolean,
): Promise<boolean> {
  while (!isOver()) {
    const [looked] = await executor.batch([{ sql: `select exists (${unusedBlobs})`, args: [] }], "read");
    if (looked?.rows[0]?.[0] !== 1) return true;
    const [removed] = await executor.batch([{ sql: removeRows, args: [] }], "write");
    await blobs.delete((removed?.rows ?? []).map(([key]) => String(key)));
  }
  return false;
}
