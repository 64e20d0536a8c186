import { type SealedFor, type Vault, VaultError } from "@steward/core";
import type { CompactJWEHeaderParameters } from "jose";
import { compactDecrypt } from "jose/jwe/compact/decrypt";
import { CompactEncrypt } from "jose/jwe/compact/encrypt";

/** A key of 32 bytes; `id` stands beside what it has encrypted, and never means another key. */
export interface EncryptionKey {
  readonly id: string;
  readonly key: Uint8Array;
}

const alg = "A256GCMKW";
const enc = "A256GCM";

/**
 * Seals as compact JWE: each text under a key of its own, which is wrapped with the first of `keys`. Tenant, lineage and
 * the key's id stand in the header, which is authenticated. Opens with any of `keys`.
 */
export function jweVault(keys: readonly EncryptionKey[]): Vault {
  const keysById = new Map(keys.map(({ id, key }) => [id, key]));

  const current = (): EncryptionKey => {
    const [newest] = keys;
    if (!newest) throw new VaultError("unknown_key", "There is no encryption key: set STEWARD_ENCRYPTION_KEYS");
    return newest;
  };
  const keyNamed = (id: unknown): Uint8Array => {
    const key = keysById.get(String(id));
    if (!key) throw new VaultError("unknown_key", `STEWARD_ENCRYPTION_KEYS lacks the key ${shown(id)}`);
    return key;
  };

  return {
    get currentKeyId() {
      return current().id;
    },
    async seal(plaintext, { tenant, lineage }) {
      const { id, key } = current();
      const ciphertext = await new CompactEncrypt(new TextEncoder().encode(plaintext))
        .setProtectedHeader({ alg, enc, kid: id, tenant, lineage })
        .encrypt(key);
      return { ciphertext, keyId: id };
    },
    async open(ciphertext, expected) {
      const { plaintext, protectedHeader } = await decrypt(ciphertext, ({ kid }) => keyNamed(kid));
      requireSame(protectedHeader, expected);
      return new TextDecoder().decode(plaintext);
    },
  };
}

async function decrypt(ciphertext: string, keyFor: (header: CompactJWEHeaderParameters) => Uint8Array) {
  try {
    return await compactDecrypt(ciphertext, keyFor, {
      keyManagementAlgorithms: [alg],
      contentEncryptionAlgorithms: [enc],
    });
  } catch (error) {
    if (error instanceof VaultError) throw error;
    throw new VaultError("unreadable", "It has been changed, or encrypted with another key of the same id", {
      cause: error,
    });
  }
}

/** After decryption: only then is the header known to be what was sealed. */
function requireSame({ tenant, lineage }: CompactJWEHeaderParameters, expected: SealedFor): void {
  if (tenant !== expected.tenant) throw new VaultError("moved", "It was encrypted for another tenant");
  if (lineage !== expected.lineage) throw new VaultError("moved", "It was encrypted for another secret");
}

/** What a header says that nobody has authenticated, fit for a log. */
const shown = (id: unknown): string => (typeof id === "string" && /^[\w-]{1,32}$/.test(id) ? id : "that it names");
