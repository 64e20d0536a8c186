import { DatabaseError, type Executor, type ResultSet, type Statement } from "@steward/db";

/** What of a row is sealed, beside its number. */
const columns = ["at", "user_id", "token_id", "operation", "subject", "assistant_id", "revision", "details"];

/**
 * SQL for the text of a row of the audit trail behind its number: of every column the type and the bytes, so that there is
 * no change that leaves it as it is. The row's hash is the SHA3-256, in hex, of the hash before (nothing for the first),
 * the number and this.
 */
export const sealedText = (row: string) =>
  columns.map((name) => `',' || typeof(${row}.${name}) || ':' || hex(${row}.${name})`).join(" || ");

/** Null while the row before is not sealed. Whoever writes waits for who writes already, so there is one row before. */
const hashBefore = `(select iif(count(*) = 0, '', max(hash)) from (
    select hash from audit where number < entry.number order by number desc limit 1))`;
const hash = `nullif(lower(hex(sha3(${hashBefore} || entry.number || ${sealedText("entry")}, 256))), '')`;

/** Behind the last number ever given, so that a row which is taken away at the end leaves a gap. */
const next = `1 + max(coalesce((select seq from sqlite_sequence where name = 'audit'), 0),
    coalesce((select max(number) from audit where number <= ${Number.MAX_SAFE_INTEGER}), 0))`;

/**
 * SQL that appends a row to the trail, sealed or left for later, and answers whether it is sealed. `entry` is a SELECT of
 * its columns under their names; `before` are table expressions that it needs.
 */
export const append = (entry: string, sealing: boolean, before = "") =>
  `with ${before}entry as materialized (select ${next} as number, given.* from (${entry}) given)
  insert into audit (number, ${columns.join(", ")}, hash)
  select number, ${columns.join(", ")}, ${sealing ? hash : "null"} from entry
  returning hash is not null`;

const withoutSha3 = new WeakSet<Executor>();

/**
 * Runs a batch that appends to the trail. Where the database turns out to lack the function that seals, nothing of it has
 * happened; it is run again without, and from then on so is every other.
 */
export async function batchWithTrail(
  executor: Executor,
  statements: (sealing: boolean) => readonly Statement[],
): Promise<ResultSet[]> {
  if (withoutSha3.has(executor)) return executor.batch(statements(false), "write");
  try {
    return await executor.batch(statements(true), "write");
  } catch (error) {
    if (!(error instanceof DatabaseError && /no such function: sha3\b/i.test(error.message))) throw error;
    withoutSha3.add(executor);
    return executor.batch(statements(false), "write");
  }
}
