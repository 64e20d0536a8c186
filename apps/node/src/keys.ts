import { type KeyUse, keysInUse, rotateSecrets, type Unopened } from "@steward/core";
import { encryptionKeys, requireEncryptionKeys } from "./encryption-keys.ts";
import type { Env } from "./env.ts";
import { Failure } from "./failure.ts";
import { withServices } from "./operator.ts";

/** `keys rotate`. Fails unless the current key is then the only one that is needed. */
export async function rotateKeys(env: Env): Promise<void> {
  requireEncryptionKeys(env);
  const keys = encryptionKeys(env);
  await withServices(
    env,
    async (services) => {
      const { currentKeyId } = services.vault;
      const others = (uses: readonly KeyUse[]) => uses.filter(({ keyId }) => keyId !== currentKeyId);
      const total = sum(others(await keysInUse(services)));
      console.log(`${secrets(total)} to encrypt anew with the key ${currentKeyId}`);
      const { keys: uses, unopened } = await rotateSecrets(services, (count) => console.log(`  ${count} done`));
      console.log(
        usesOf(
          uses,
          keys.map(({ id }) => id),
        ).join("\n"),
      );
      const left = sum(others(uses));
      if (left > 0) throw new Failure(reasonsFor(left, unopened).join("\n"));
      console.log(`Every secret is encrypted with the key ${currentKeyId}: the others can be dropped.`);
    },
    keys,
  );
}

const sum = (uses: readonly KeyUse[]) => uses.reduce((count, use) => count + use.secrets, 0);
const secrets = (count: number) => (count === 1 ? "1 secret" : `${count} secrets`);

/** A line for each key that is given or used, those that are given first and in their order. */
function usesOf(uses: readonly KeyUse[], given: readonly string[]): string[] {
  const counts = new Map([
    ...given.map((id) => [id, 0] as const),
    ...uses.map((use) => [use.keyId, use.secrets] as const),
  ]);
  return [...counts].map(([id, count]) => {
    const note = id === given[0] ? " (the newest)" : given.includes(id) ? "" : " (not in STEWARD_ENCRYPTION_KEYS)";
    return `Key ${id}${note}: ${secrets(count)}`;
  });
}

const mostNamed = 20;

function reasonsFor(left: number, unopened: readonly Unopened[]): string[] {
  const named = unopened.slice(0, mostNamed).map(({ secretId, assistantId, keyId, error }) => {
    return `  secret ${secretId} of assistant ${assistantId}, key ${keyId}: ${error.message}`;
  });
  const more = unopened.length > mostNamed ? [`  and ${unopened.length - mostNamed} more`] : [];
  const why = unopened.length > 0 ? `${secrets(unopened.length)} cannot be opened:` : "Run it again.";
  return [`Keep the old keys: ${secrets(left)} still ${left === 1 ? "needs" : "need"} them. ${why}`, ...named, ...more];
}
