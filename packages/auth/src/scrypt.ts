import { scryptAsync } from "@noble/hashes/scrypt.js";

/** The costs of one scrypt hash, as written in front of it. */
export interface ScryptParameters {
  /** Binary logarithm of the CPU and memory cost `N`. */
  readonly logCost: number;
  /** `r`: memory is `128 * N * r` bytes. */
  readonly blockSize: number;
  /** `p`: how often the work is done, one after the other. */
  readonly parallelism: number;
}

/** Derives `length` bytes from a password. Every implementation gives the same bytes. */
export type DeriveKey = (
  password: Uint8Array,
  salt: Uint8Array,
  parameters: ScryptParameters,
  length: number,
) => Promise<Uint8Array>;

/** How much memory scrypt fills for these parameters, in bytes. */
export function scryptMemory({ logCost, blockSize }: ScryptParameters): number {
  return 128 * 2 ** logCost * blockSize;
}

/** scrypt in JavaScript, for platforms without `node:crypto` (Vercel's edge). About twice as slow as native. */
export const nobleScrypt: DeriveKey = (password, salt, parameters, length) =>
  scryptAsync(password, salt, {
    N: 2 ** parameters.logCost,
    r: parameters.blockSize,
    p: parameters.parallelism,
    dkLen: length,
  });

/** Native scrypt, off the main thread on Node; null where the platform does not offer it. */
export function nativeScrypt(): DeriveKey | null {
  // Not an import: a bundle for Vercel's edge cannot resolve `node:crypto`, even where it would never be reached.
  const scrypt = globalThis.process?.getBuiltinModule?.("node:crypto")?.scrypt;
  if (typeof scrypt !== "function") return null;
  return (password, salt, parameters, length) =>
    new Promise((resolve, reject) => {
      const options = {
        N: 2 ** parameters.logCost,
        r: parameters.blockSize,
        p: parameters.parallelism,
        // Node's default limit is exactly what our parameters fill, and it counts a little on top.
        maxmem: 2 * scryptMemory(parameters),
      };
      scrypt(password, salt, length, options, (error, key) => {
        if (error) reject(error);
        else resolve(new Uint8Array(key));
      });
    });
}

/** The fastest scrypt that this platform offers. */
export function platformScrypt(): DeriveKey {
  return nativeScrypt() ?? nobleScrypt;
}
