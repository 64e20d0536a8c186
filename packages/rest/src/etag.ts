import { fingerprint } from "@steward/core";

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
