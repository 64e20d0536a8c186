/**
 * What distinguishes one text from another: 53 bits, no cryptography, one multiplication a character. Two lanes take
 * turns, so that the processor can work on both at once.
 */
export function fingerprint(text: string): string {
  let even = 0x9e3779b9;
  let odd = 0x85ebca6b;
  const pairs = text.length & ~1;
  for (let index = 0; index < pairs; index += 2) {
    even = Math.imul(even ^ text.charCodeAt(index), 0x01000193);
    odd = Math.imul(odd ^ text.charCodeAt(index + 1), 0x5bd1e995);
  }
  if (pairs < text.length) even = Math.imul(even ^ text.charCodeAt(pairs), 0x01000193);
  even = Math.imul(even ^ (even >>> 15) ^ text.length, 0x2c1b3c6d);
  odd = Math.imul(odd ^ (odd >>> 13) ^ even, 0x297a2d39);
  even ^= (even >>> 12) ^ (odd >>> 7);
  odd ^= odd >>> 15;
  return ((even >>> 0) * 0x200000 + (odd >>> 11)).toString(36);
}

/** The strong entity tag of a text that shows an object of this version; 0 where it has none. */
export const entityTag = (version: unknown, text: string): string =>
  `"${typeof version === "number" ? version : 0}-${fingerprint(text)}"`;

const tag = /(W\/)?"([^"]*)"/g;
const tags = /^\s*(?:W\/)?"[^"]*"\s*(?:,\s*(?:W\/)?"[^"]*"\s*)*$/;

/** Whether `If-None-Match` names this tag; weakness does not count there. */
export function matches(header: string, entity: string): boolean {
  if (header.trim() === "*") return true;
  return [...header.matchAll(tag)].some(([, , opaque]) => `"${opaque}"` === entity);
}

/** No row has it, so the core answers `version_mismatch`, at the place in the order of checks where that belongs. */
export const noVersion = 0;

/** The version that `If-Match` asks for; undefined for any, and {@link noVersion} where it can match none. */
export function versionWanted(header: string): number | undefined {
  if (header.trim() === "*") return undefined;
  if (!tags.test(header)) return noVersion;
  const versions = new Set(
    // A proxy that compresses makes a tag weak; the version in it is still the one that was read.
    [...header.matchAll(tag)].map(([, , opaque = ""]) => versionIn(opaque)),
  );
  const [only = noVersion] = versions;
  return versions.size === 1 ? only : noVersion;
}

function versionIn(opaque: string): number {
  const version = Number(/^(\d+)-[0-9a-z]+$/.exec(opaque)?.[1] ?? noVersion);
  return Number.isSafeInteger(version) ? version : noVersion;
}
