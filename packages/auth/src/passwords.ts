import { randomBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Passwords } from "@steward/core";
import { equalInConstantTime } from "./digest.ts";
import { type DeriveKey, platformScrypt, type ScryptParameters, scryptMemory } from "./scrypt.ts";

interface StoredPassword {
  readonly parameters: ScryptParameters;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

/** What new hashes cost: 32 MiB, about a quarter of a second. One of the equivalent settings that OWASP lists. */
const PARAMETERS: ScryptParameters = { logCost: 15, blockSize: 8, parallelism: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Stands in for a user who does not exist and for a text that cannot be read, so that both cost the same work. */
const DECOY: StoredPassword = {
  parameters: PARAMETERS,
  salt: new Uint8Array(SALT_BYTES),
  hash: new Uint8Array(HASH_BYTES),
};

// Twice OWASP's most expensive setting: an imported hash verifies, and a planted one cannot stop the server.
const MAXIMUM_MEMORY = 128 * 1024 * 1024;
const MAXIMUM_WORK = 2 ** 21;

const STORED = /^scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([\w-]{11,86})\$([\w-]{22,86})$/;

/**
 * Passwords hashed with scrypt, stored as `scrypt$ln=15,r=8,p=3$<salt>$<hash>`, salt and hash in base64url.
 *
 * The password is brought to Unicode's form NFKC first, as NIST SP 800-63B (revision 3, 5.1.1.2) recommends:
 * otherwise the same letters typed on another keyboard or system can be other bytes, and their owner is locked out.
 *
 * @param platform the key derivation; by default the fastest that the platform offers.
 */
export function scryptPasswords(platform: DeriveKey = platformScrypt()): Passwords {
  const derive = fewAtOnce(platform);
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      const hash = await derive(passwordBytes(password), salt, PARAMETERS, HASH_BYTES);
      return formatStored({ parameters: PARAMETERS, salt, hash });
    },
    async verify(password, stored) {
      const known = stored === null ? null : parseStored(stored);
      const target = known ?? DECOY;
      const hash = await derive(passwordBytes(password), target.salt, target.parameters, target.hash.length);
      return equalInConstantTime(hash, target.hash) && known !== null;
    },
  };
}

/** Each takes its memory and a processor: more at once would only take them from everybody else. */
const AT_ONCE = 2;

function fewAtOnce(derive: DeriveKey): DeriveKey {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (...parameters) => {
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await derive(...parameters);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}

function passwordBytes(password: string): Uint8Array {
  return utf8ToBytes(password.normalize("NFKC"));
}

function formatStored({ parameters, salt, hash }: StoredPassword): string {
  const { logCost, blockSize, parallelism } = parameters;
  return `scrypt$ln=${logCost},r=${blockSize},p=${parallelism}$${toBase64Url(salt)}$${toBase64Url(hash)}`;
}

function parseStored(stored: string): StoredPassword | null {
  const match = STORED.exec(stored);
  if (match === null) return null;
  const [, logCost, blockSize, parallelism, saltText = "", hashText = ""] = match;
  const parameters = { logCost: Number(logCost), blockSize: Number(blockSize), parallelism: Number(parallelism) };
  const salt = fromBase64Url(saltText);
  const hash = fromBase64Url(hashText);
  if (!areAcceptable(parameters) || salt === null || hash === null) return null;
  return { parameters, salt, hash };
}

function areAcceptable(parameters: ScryptParameters): boolean {
  const { logCost, blockSize, parallelism } = parameters;
  if (logCost < 1 || blockSize < 1 || parallelism < 1) return false;
  // RFC 7914: N must be smaller than 2^(128 * r / 8).
  if (logCost >= 16 * blockSize) return false;
  return scryptMemory(parameters) <= MAXIMUM_MEMORY && 2 ** logCost * blockSize * parallelism <= MAXIMUM_WORK;
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    return null;
  }
}
