import type { Executor } from "@steward/db";
import type { Services } from "../ports.ts";
import { sealedText } from "./chain.ts";

/** What the chain needs of the platform. */
export type Sealing = Pick<Services, "executor" | "sha3">;

const lastSealed = "select number, hash from audit where hash is not null order by number desc limit 1";
const rowsBehind = `select number, ${sealedText("audit")} from audit where number > ?1 order by number limit ?2`;
/** What another has sealed meanwhile has the same hash: it is made of what nobody can change. */
const setHashes = `update audit set hash = sealed.value ->> 1 from json_each(?1) sealed
  where audit.number = sealed.value ->> 0 and audit.hash is null`;

const atOnce = 500;
const under = new WeakMap<Executor, Promise<number>>();

/**
 * Seals the rows at the end of the trail that are not: those that were there before the chain, and all where the database
 * lacks SHA3. At most `most` batches of 500; answers with how many rows it has sealed. Who calls it while it is under way
 * waits for the same.
 */
export function sealTrail(sealing: Sealing, most = 20): Promise<number> {
  const { executor } = sealing;
  let done = under.get(executor);
  if (!done) {
    done = seal(sealing, most).finally(() => under.delete(executor));
    under.set(executor, done);
  }
  return done;
}

async function seal({ executor, sha3 }: Sealing, most: number): Promise<number> {
  const [found] = await executor.batch([{ sql: lastSealed, args: [] }], "read");
  let [number, previous] = (found?.rows[0] ?? [0, ""]) as [number, string];
  let count = 0;
  for (let batch = 0; batch < most; batch++) {
    const [page] = await executor.batch([{ sql: rowsBehind, args: [number, atOnce] }], "read");
    const rows = (page?.rows ?? []) as [number, string][];
    if (rows.length === 0) break;
    const sealed = rows.map((row) => {
      previous = sha3(previous + row.join(""));
      return [row[0], previous];
    });
    await executor.batch([{ sql: setHashes, args: [JSON.stringify(sealed)] }], "write");
    number = rows.at(-1)?.[0] ?? number;
    count += rows.length;
  }
  return count;
}
