import { glyphs } from "./glyphs.ts";

/** What stands on an icon: letters that have outlines, a letter of another script, or none. */
export type Initials =
  | { readonly kind: "outlines"; readonly letters: readonly string[] }
  | { readonly kind: "text"; readonly letters: string }
  | { readonly kind: "none" };

/** Letters and digits that belong together, with the marks on them. */
const words = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** A letter in capitals, without what stands above or below it where it has an outline so. */
function initialOf(word: string): string {
  const [first = ""] = word.normalize("NFC").toUpperCase();
  const [bare = ""] = first.normalize("NFKD").toUpperCase();
  return Object.hasOwn(glyphs, bare) ? bare : first;
}

const isCased = (letter: string) => letter.toLowerCase() !== letter.toUpperCase();

/** The first letters of the first and of the last word. */
export function initialsOf(name: string): Initials {
  const found = name.match(words) ?? [];
  const [first, last] = [found[0], found.length > 1 ? found.at(-1) : undefined];
  if (first === undefined) return { kind: "none" };
  const letters = [first, ...(last === undefined ? [] : [last])].map(initialOf);
  if (letters.every((letter) => Object.hasOwn(glyphs, letter))) return { kind: "outlines", letters };
  // Letters of scripts without capitals are complete pictures, and many join with the next.
  const [one = ""] = letters;
  return { kind: "text", letters: letters.every(isCased) ? letters.join("") : one };
}
