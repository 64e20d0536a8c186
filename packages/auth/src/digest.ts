import { sha256 } from "@noble/hashes/sha2.js";
import { sha3_256 } from "@noble/hashes/sha3.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const encoder = new TextEncoder();

/**
 * SHA-256 of a text in hex: the form in which the database knows tokens and sessions.
 * Synchronous, unlike WebCrypto's, because it runs on every request before anything else can start.
 */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(encoder.encode(text)));
}

/** SHA-256 of bytes that come in pieces. */
export function sha256OfPieces(): { update(bytes: Uint8Array): void; digest(): Promise<string> } {
  const hash = sha256.create();
  return { update: (bytes) => void hash.update(bytes), digest: async () => bytesToHex(hash.digest()) };
}

/** SHA3-256 of a text in hex, as libSQL's `sha3(text, 256)` gives it. */
export function sha3Hex(text: string): string {
  return bytesToHex(sha3_256(encoder.encode(text)));
}

/** Compares two byte strings without telling by its time where they differ. Only their lengths may leak. */
export function equalInConstantTime(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index += 1) {
    difference |= (left[index] ?? 0) ^ (right[index] ?? 0);
  }
  return difference === 0;
}
