import type { Executor } from "@steward/db";

/** Every row that names a blob, once for each: what the triggers count in `blobs.uses`. */
const naming = `select hash from assistant_files
  union all select hash from images
  union all select hash from embeddings where hash is not null
  union all select hash from uploads where hash is not null
  union all select icon_hash from assistants where icon_hash is not null
  union all select hash from (
    select r.assistant_id, r.number, f.value ->> 'hash' as hash from revisions r cross join json_each(r.content, '$.files') f
    union select r.assistant_id, r.number, r.content ->> 'iconHash' from revisions r) where hash is not null`;
const counted = `counted as materialized (select hash, count(*) as uses from (${naming}) group by hash)`;
const rightUses = "coalesce((select c.uses from counted c where c.hash = blobs.hash), 0)";

/** How many blobs are said to be named by more or fewer rows than they are. */
export async function wrongUses(executor: Executor): Promise<number> {
  const sql = `with ${counted} select count(*) from blobs where uses <> ${rightUses}`;
  const [found] = await executor.batch([{ sql, args: [] }], "read");
  return Number(found?.rows[0]?.[0]);
}

export async function correctUses(executor: Executor): Promise<void> {
  const sql = `with ${counted} update blobs set uses = ${rightUses} where uses <> ${rightUses}`;
  await executor.batch([{ sql, args: [] }], "write");
}
