/**
 * What a person typed, as a query of the full-text index over what a reader may read. Every word must occur; the last
 * one may be the beginning of a word. Quoted, so that nothing typed has a meaning of its own.
 */
export function matchOf(q: string): string {
  const words = q.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (words.length === 0) return nothingMatches;
  const terms = words.map((word, index) => (index === words.length - 1 ? `"${word}"*` : `"${word}"`));
  return `{name slug description} : (${terms.join(" AND ")})`;
}

const nothingMatches = '{name} : ("" AND "")';
