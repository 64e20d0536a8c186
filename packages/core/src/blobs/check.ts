import type { Executor } from "@steward/db";
import type { BlobStore, Services, StoredBlob } from "../ports.ts";
import { madeAt } from "./key.ts";
import { correctUses, wrongUses } from "./uses.ts";

/** What a check of the store against the database has found. */
export interface BlobCheck {
  /** Blobs that are there and as long as they should be. */
  readonly sound: number;
  /** Rows whose bytes the store does not have, or not all of them. */
  readonly missing: readonly LostBlob[];
  /** Keys of bytes that no row names, and that are too old to be on their way. */
  readonly orphans: readonly string[];
  /** How many bytes these are. */
  readonly orphanBytes: number;
  /** Keys of bytes that no row names yet. */
  readonly underWay: number;
  /** What lies in the store and was not put there by Steward. It is left alone. */
  readonly foreign: readonly string[];
  /** Rows that are said to be named by more or fewer rows than they are. */
  readonly miscounted: number;
}

export interface LostBlob {
  readonly hash: string;
  readonly key: string;
  /** The names of files with these bytes, as far as there are some: at most ten. */
  readonly filenames: readonly string[];
}

export interface CheckOptions {
  /**
   * Removes orphans, corrects counts, and marks what is missing, so that whoever brings the same bytes again replaces it.
   */
  readonly mend: boolean;
  /** Milliseconds for which bytes without a row may be on their way: a day unless told. */
  readonly patience?: number;
}

interface Row {
  readonly key: string;
  readonly hash: string;
  readonly size: number;
}

const day = 24 * 60 * 60 * 1000;
const rowsAtOnce = 500;

/** Rows that were there when the check began, by key. */
async function* rowsOf(executor: Executor, began: number): AsyncGenerator<Row> {
  for (let after = ""; ; ) {
    const [found] = await executor.batch(
      [
        {
          sql: `select key, hash, size from blobs where key > ?1 and created_at < ?2 order by key limit ${rowsAtOnce}`,
          args: [after, began],
        },
      ],
      "read",
    );
    const rows = (found?.rows ?? []) as [string, string, number][];
    for (const [key, hash, size] of rows) yield { key, hash, size };
    const last = rows.at(-1);
    if (!last) return;
    [after] = last;
  }
}

type Pair = readonly [StoredBlob | undefined, Row | undefined];

/** What lies in the store beside the row that names it: both come by key. */
async function* paired(blobs: BlobStore, rows: AsyncGenerator<Row>): AsyncGenerator<Pair> {
  let row = await rows.next();
  for await (const blob of blobs.list()) {
    for (; !row.done && row.value.key < blob.key; row = await rows.next()) yield [undefined, row.value];
    if (!row.done && row.value.key === blob.key) {
      yield [blob, row.value];
      row = await rows.next();
    } else yield [blob, undefined];
  }
  for (; !row.done; row = await rows.next()) yield [undefined, row.value];
}

type CheckServices = Pick<Services, "executor" | "blobs" | "clock">;

/** Compares the store with the database, while others go on using both. */
export async function checkBlobs(
  { executor, blobs, clock }: CheckServices,
  { mend, patience = day }: CheckOptions,
): Promise<BlobCheck> {
  const began = clock.now().getTime();
  let [sound, underWay] = [0, 0];
  const lost: Row[] = [];
  const foreign: string[] = [];
  const unnamed: StoredBlob[] = [];
  for await (const [blob, row] of paired(blobs, rowsOf(executor, began))) {
    if (row && blob?.size === row.size) sound++;
    else if (row) lost.push(row);
    else if (blob) {
      const made = madeAt(blob.key);
      if (made === null) foreign.push(blob.key);
      else if (made > began - patience) underWay++;
      else unnamed.push(blob);
    }
  }
  const orphans = await stillUnnamed(executor, unnamed);
  const missing = await stillNamed(executor, lost);
  const miscounted = await wrongUses(executor);
  if (mend) {
    await blobs.delete(orphans.map(({ key }) => key));
    await markMissing(executor, missing);
    if (miscounted > 0) await correctUses(executor);
  }
  return {
    sound,
    missing,
    orphans: orphans.map(({ key }) => key),
    orphanBytes: orphans.reduce((sum, { size }) => sum + size, 0),
    underWay,
    foreign,
    miscounted,
  };
}

/** Others may have named them since. */
async function stillUnnamed(executor: Executor, unnamed: readonly StoredBlob[]): Promise<StoredBlob[]> {
  const named = new Set<unknown>();
  for (let index = 0; index < unnamed.length; index += rowsAtOnce) {
    const keys = JSON.stringify(unnamed.slice(index, index + rowsAtOnce).map(({ key }) => key));
    const sql = "select b.key from json_each(?1) k cross join blobs b on b.key = k.value";
    const [found] = await executor.batch([{ sql, args: [keys] }], "read");
    for (const [key] of found?.rows ?? []) named.add(key);
  }
  return unnamed.filter(({ key }) => !named.has(key));
}

/** Others may have removed them since, or replaced them. */
async function stillNamed(executor: Executor, lost: readonly Row[]): Promise<LostBlob[]> {
  if (lost.length === 0) return [];
  const sql = `select b.hash, b.key, (select json_group_array(f.filename)
      from (select distinct filename from assistant_files where hash = b.hash limit 10) f)
    from json_each(?1) k cross join blobs b on b.key = k.value`;
  const [found] = await executor.batch([{ sql, args: [JSON.stringify(lost.map(({ key }) => key))] }], "read");
  return (found?.rows ?? []).map(([hash, key, filenames]) => ({
    hash: String(hash),
    key: String(key),
    filenames: JSON.parse(String(filenames)) as string[],
  }));
}

async function markMissing(executor: Executor, missing: readonly LostBlob[]): Promise<void> {
  if (missing.length === 0) return;
  const sql = "update blobs set missing = 1 where key in (select value from json_each(?1))";
  await executor.batch([{ sql, args: [JSON.stringify(missing.map(({ key }) => key))] }], "write");
}
