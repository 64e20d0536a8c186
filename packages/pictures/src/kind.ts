/** Pictures of pixels that are taken. */
export type Kind = "png" | "jpg" | "gif" | "webp";

const startsWith = (bytes: Uint8Array, offset: number, ...expected: readonly number[]) =>
  expected.every((byte, index) => bytes[offset + index] === byte);

/** By its first bytes, whatever it was called; null for anything else. */
export function kindOf(bytes: Uint8Array): Kind | null {
  if (startsWith(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "png";
  if (startsWith(bytes, 0, 0xff, 0xd8, 0xff)) return "jpg";
  if (startsWith(bytes, 0, 0x47, 0x49, 0x46, 0x38)) return "gif";
  if (startsWith(bytes, 0, 0x52, 0x49, 0x46, 0x46) && startsWith(bytes, 8, 0x57, 0x45, 0x42, 0x50)) return "webp";
  return null;
}
