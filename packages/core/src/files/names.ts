/** In UTF-16 units. */
export const longestName = 200;
const longestExtension = 20;

/** Controls, and what makes a text look like another one: marks of direction, of lines, and of the byte order. */
const dropped = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** The last part of a name behind a dot, in lower case; empty where it has none. */
export const extensionOf = (filename: string): string => /[^.]\.([^.\s]+)$/.exec(filename)?.[1]?.toLowerCase() ?? "";

/**
 * The name of a file as it is kept: of a path the last part, without what cannot be seen, in the normal form C, and not too long
 * but with its ending. Null where nothing is left that could name one.
 */
export function cleanName(given: string): string | null {
  const base = given.slice(Math.max(given.lastIndexOf("/"), given.lastIndexOf("\\")) + 1);
  const name = shortened(base.replace(dropped, "").normalize("NFC").trim());
  return /^\.{0,2}$/.test(name) ? null : name;
}

function shortened(name: string): string {
  if (name.length <= longestName) return name;
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 && name.length - dot <= longestExtension ? name.slice(dot) : "";
  return cut(name, longestName - ending.length).trimEnd() + ending;
}

/** Not through the middle of a character. */
function cut(text: string, length: number): string {
  const kept = text.slice(0, length);
  return kept.isWellFormed() ? kept : kept.slice(0, -1);
}
