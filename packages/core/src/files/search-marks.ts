/** What is looked for: words, one behind the other. Of `isBeginning`, the last may be the beginning of a word. */
export interface Asked {
  readonly words: readonly string[];
  readonly isBeginning: boolean;
}

/** From `start` up to `end`, in UTF-16 units. */
export type Range = readonly [start: number, end: number];

interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Words as the index knows them: letters and digits, without accents and in lower case. */
export function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu), ({ 0: found, index }) => ({
    word: found.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase(),
    start: index,
    end: index + found.length,
  }));
}

/** A text in which a part is quoted, or is not. */
export interface AskedPart {
  readonly text: string;
  readonly isPhrase: boolean;
}

/** What stands in quotation marks is one thing to look for. */
export const partsOf = (q: string): AskedPart[] =>
  Array.from(q.matchAll(/"([^"]*)"?|[^"]+/g), ([all, quoted]) => ({
    text: quoted ?? all,
    isPhrase: quoted !== undefined,
  }));

/** A word this long may be the beginning of one, where it is the last. */
export const shortestBeginning = 2;

export function askedOf(parts: readonly AskedPart[]): Asked[] {
  const asked = parts.flatMap(({ text, isPhrase }): Asked[] => {
    const words = tokensOf(text).map(({ word }) => word);
    if (isPhrase) return words.length > 0 ? [{ words, isBeginning: false }] : [];
    return words.map((word) => ({ words: [word], isBeginning: false }));
  });
  const last = asked.at(-1);
  const isOpen = parts.findLast(({ text }) => tokensOf(text).length > 0)?.isPhrase === false;
  if (last && isOpen && Array.from(last.words[0] ?? "").length >= shortestBeginning)
    asked.splice(-1, 1, { ...last, isBeginning: true });
  return asked;
}

const isHere = ({ words, isBeginning }: Asked, tokens: readonly Token[], from: number): boolean =>
  words.every((word, index) => {
    const found = tokens[from + index]?.word;
    return isBeginning && index === words.length - 1 ? found?.startsWith(word) : found === word;
  });

interface Hit {
  readonly range: Range;
  readonly asked: number;
}

function hitsOf(text: string, asked: readonly Asked[]): Hit[] {
  const tokens = tokensOf(text);
  return tokens.flatMap(({ start }, index) =>
    asked.flatMap((one, number) => {
      const last = tokens[index + one.words.length - 1];
      return last && isHere(one, tokens, index) ? [{ range: [start, last.end] as const, asked: number }] : [];
    }),
  );
}

/** How long a snippet is, in UTF-16 units, and how much of that stands before its first hit. */
const longestSnippet = 240;
const before = 60;

/** The first of the windows that hold most of what is asked for. */
function bestWindow(text: string, hits: readonly Hit[]): Range {
  let best = 0;
  let most = 0;
  for (const [index, { range }] of hits.entries()) {
    const end = range[0] + longestSnippet - before;
    const held = new Set<number>();
    for (let next = index; next < hits.length; next++) {
      const hit = hits[next];
      if (!hit || hit.range[1] > end) break;
      held.add(hit.asked);
    }
    if (held.size <= most) continue;
    most = held.size;
    best = range[0];
  }
  const start = wordFrom(text, Math.max(0, best - before));
  return [start, wordTo(text, Math.min(text.length, start + longestSnippet))];
}

/** The beginning of the next word, where one is near; never between the halves of a pair. */
function wordFrom(text: string, at: number): number {
  if (at === 0) return 0;
  const blank = text.slice(at, at + before / 2).search(/\s\S/);
  if (blank >= 0) return at + blank + 1;
  return isLow(text, at) ? at + 1 : at;
}

function wordTo(text: string, at: number): number {
  if (at === text.length) return at;
  const blank = /\s+\S*$/.exec(text.slice(at - before / 2, at));
  if (blank) return at - before / 2 + blank.index;
  return isLow(text, at) ? at - 1 : at;
}

const isLow = (text: string, at: number): boolean => /[\udc00-\udfff]/.test(text.charAt(at));

/** Ranges in their order, those that touch or overlap as one. */
function merged(ranges: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const [start, end] of ranges) {
    const last = all.at(-1);
    if (last && start <= last[1]) all.splice(-1, 1, [last[0], Math.max(last[1], end)]);
    else all.push([start, end]);
  }
  return all;
}

export interface Snippet {
  readonly snippet: string;
  /** Where in the snippet what was asked for stands. */
  readonly marks: readonly Range[];
}

/** The part of a passage that shows best why it was found. */
export function snippetOf(text: string, asked: readonly Asked[]): Snippet {
  const hits = hitsOf(text, asked);
  const [start, end] = bestWindow(text, hits);
  const within = hits
    .map(({ range }) => [Math.max(range[0], start) - start, Math.min(range[1], end) - start] as const)
    .filter(([from, to]) => from < to);
  return { snippet: text.slice(start, end), marks: merged(within) };
}
