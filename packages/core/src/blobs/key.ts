/**
 * The key of a new blob: an id of version 7, so that a listing tells when it was made, and whether what no row names is only
 * on its way. What the bytes are is said by the row (`blobs.hash`): their hash is known when the last of them has come.
 */
export const blobKey = (newId: string): string => newId;

/** When a key was made, in milliseconds; null for what is no key of ours. */
export function madeAt(key: string): number | null {
  const digits = /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(key);
  return digits ? Number.parseInt(`${digits[1]}${digits[2]}`, 16) : null;
}
