import type { Executor, ResultSet, Statement } from "@steward/db";
import { append, batchWithTrail } from "../audit/chain.ts";
import { sealTrail } from "../audit/seal.ts";
import type { Services } from "../ports.ts";
import { type Query, rawQuery, type Values } from "../statement.ts";
import { learnTenant } from "../tenant.ts";
import { VaultError } from "./vault-error.ts";

type Rotating = Pick<Services, "executor" | "vault" | "clock" | "sha3">;

/** How many secrets, of drafts too, are encrypted with a key. */
export interface KeyUse {
  readonly keyId: string;
  readonly secrets: number;
}

/** A secret that stays as it is, because it does not open. */
export interface Unopened {
  readonly secretId: string;
  readonly assistantId: string;
  readonly keyId: string;
  readonly error: VaultError;
}

export interface Rotation {
  /** The keys that secrets are left with. */
  readonly keys: readonly KeyUse[];
  readonly unopened: readonly Unopened[];
}

const mostAtOnce = 100;
/** A request over HTTP is to stay small also when values are large. One row always fits. */
const mostBytesAtOnce = 1_000_000;

const perKey = rawQuery("select key_id, count(*) from secrets group by key_id order by key_id");

const behind = rawQuery(`select id, assistant_id, lineage, ciphertext from (
    select *, sum(length(ciphertext)) over (order by id) - length(ciphertext) as before from (
      select id, assistant_id, lineage, ciphertext from secrets where key_id = :keyId and id > :after order by id limit ${mostAtOnce}))
  where before < ${mostBytesAtOnce} order by id`);

/** What has got another value since it was read is left alone. */
const replace = rawQuery(`update secrets set ciphertext = fresh.ciphertext, key_id = :keyId
  from (select value ->> 0 as id, value ->> 1 as known, value ->> 2 as ciphertext from json_each(:rows)) fresh
  where secrets.id = fresh.id and secrets.ciphertext = fresh.known`);

/** Stands right behind: `changes()` is what that has hit. */
const entry = `select :now as at, null as user_id, null as token_id, 'keys.rotate' as operation, null as subject,
  null as assistant_id, null as revision, json_object('count', changes(), 'keyId', :keyId) as details where changes() > 0`;
const trail = { sealed: rawQuery(append(entry, true)), unsealed: rawQuery(append(entry, false)) };

const statement = (query: Query<never>, values: Values = {}): Statement => ({
  sql: query.sql,
  args: query.args(values),
});

const readRows = async <Row extends readonly unknown[]>(
  executor: Executor,
  query: Query<never>,
  values: Values = {},
) => {
  const [result] = await executor.batch([statement(query, values)], "read");
  return (result as ResultSet).rows as unknown as readonly Row[];
};

/** With which keys the secrets of this database are encrypted. */
export const keysInUse = async ({ executor }: Pick<Services, "executor">): Promise<KeyUse[]> =>
  (await readRows<[string, number]>(executor, perKey)).map(([keyId, secrets]) => ({ keyId, secrets }));

/**
 * Encrypts with the vault's current key whatever is encrypted with another one, in batches that each take effect whole
 * and leave a row in the audit trail. Servers may go on meanwhile, as long as they know the current key. Whoever ends it
 * at any moment may start it again. `onProgress` is told how many it has encrypted anew so far.
 */
export async function rotateSecrets(services: Rotating, onProgress: (count: number) => void): Promise<Rotation> {
  const { executor, vault } = services;
  const tenant = await learnTenant(services);
  let count = 0;
  // Servers that do not know the current key to be the current one write others meanwhile: so until a round finds none.
  for (;;) {
    const round: Round = { tenant, found: 0, unopened: [] };
    for (const { keyId } of await keysInUse(services)) {
      if (keyId === vault.currentKeyId) continue;
      for await (const batch of batchesOf(executor, keyId)) {
        count += await encryptAnew(services, batch, keyId, round);
        onProgress(count);
      }
    }
    if (round.found === 0) return { keys: await keysInUse(services), unopened: round.unopened };
  }
}

type Sealed = readonly [secretId: string, assistantId: string, lineage: string, ciphertext: string];

interface Round {
  readonly tenant: string;
  /** How many have opened. */
  found: number;
  readonly unopened: Unopened[];
}

async function* batchesOf(executor: Executor, keyId: string) {
  for (let after = ""; ; ) {
    const rows = await readRows<Sealed>(executor, behind, { keyId, after });
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    [after] = last;
  }
}

async function encryptAnew(services: Rotating, batch: readonly Sealed[], keyId: string, round: Round) {
  const { executor, vault, clock } = services;
  const { tenant } = round;
  const fresh: string[][] = [];
  for (const [secretId, assistantId, lineage, known] of batch) {
    try {
      const plaintext = await vault.open(known, { tenant, lineage });
      fresh.push([secretId, known, (await vault.seal(plaintext, { tenant, lineage })).ciphertext]);
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      round.unopened.push({ secretId, assistantId, keyId, error });
    }
  }
  if (fresh.length === 0) return 0;
  round.found += fresh.length;
  const values = { keyId: vault.currentKeyId, rows: JSON.stringify(fresh), now: clock.now().getTime() };
  const [replaced, appended] = await batchWithTrail(executor, (sealing) => [
    statement(replace, values),
    statement(sealing ? trail.sealed : trail.unsealed, values),
  ]);
  const [sealed] = appended?.rows[0] ?? [];
  if (sealed === 0) await sealTrail(services);
  return replaced?.rowsAffected ?? 0;
}
