/**
 * When the key of a blob was made, in milliseconds; null for what is no key of ours. A key is a new id of version 7, so that a
 * listing tells whether what no row names is only on its way; what the bytes are is said by the row (`blobs.hash`), for their hash is
 * known when the last of them has come.
 */
export function madeAt(key: string): number | null {
  const digits = /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(key);
  return digits ? Number.parseInt(`${digits[1]}${digits[2]}`, 16) : null;
}
