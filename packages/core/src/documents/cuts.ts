import { partsOfToken, weightOf } from "./tokens.ts";

const isBlank = (unit: number): boolean => unit <= 32 || (unit > 126 && /\s/.test(String.fromCharCode(unit)));
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
const closing = `"')]»”’`;
const ending = ".!?…";
/** These end a sentence without a blank behind them. */
const wideEnding = "。！？．";

/** How good a place is to cut at: the higher, the better. A cut stands before the unit at its index. */
const kinds = { anywhere: 0, word: 1, sentence: 2, paragraph: 3, section: 4 } as const;

/** The index behind the most units from `from` on that are no more than so many tokens; never between the halves of a pair. */
export function reach(text: string, from: number, tokens: number): number {
  let left = tokens * partsOfToken;
  for (let index = from; index < text.length; index++) {
    left -= weightOf(text.charCodeAt(index));
    if (left < 0) return isLow(text.charCodeAt(index)) && index - 1 > from ? index - 1 : index;
  }
  return text.length;
}

/** The same backwards: the index of the first unit before `to`. */
export function reachBack(text: string, to: number, tokens: number): number {
  let left = tokens * partsOfToken;
  for (let index = to - 1; index >= 0; index--) {
    left -= weightOf(text.charCodeAt(index));
    if (left < 0) return isLow(text.charCodeAt(index + 1)) ? index + 2 : index + 1;
  }
  return 0;
}

/** What kind of place lies before the unit at `index`, as far as the text tells. */
function kindOf(text: string, index: number): number {
  const before = text.charCodeAt(index - 1);
  if (wideEnding.includes(text[index - 1] ?? "")) return kinds.sentence;
  if (!isBlank(before) || isBlank(text.charCodeAt(index))) return kinds.anywhere;
  let last = index - 1;
  let lines = 0;
  while (last >= 0 && isBlank(text.charCodeAt(last))) {
    if (text.charCodeAt(last) === 10) lines++;
    last--;
  }
  if (lines > 1) return kinds.paragraph;
  while (last > 0 && closing.includes(text[last] ?? "")) last--;
  return lines > 0 || ending.includes(text[last] ?? "") ? kinds.sentence : kinds.word;
}

/** The best place to cut in `from..to`: where a section begins, else a paragraph, a sentence, a word; the last of its kind. */
export function cutBetween(text: string, from: number, to: number, isSection: (index: number) => boolean): number {
  let best = to;
  let bestKind: number = kinds.anywhere;
  for (let index = to; index > from && bestKind < kinds.section; index--) {
    const kind = isSection(index) ? kinds.section : kindOf(text, index);
    if (kind <= bestKind) continue;
    best = index;
    bestKind = kind;
  }
  return best;
}

const sentenceAtEnd = /(?:[.!?…]["')\]»”’]*|[。！？．]|\n\s*\n)\s*$/;
const sentence = /[.!?…]["')\]»”’]*(?=\s)|[。！？．]|\n\s*\n/;

const continuation = /^\s*["'(«“„]?[\p{Ll}\p{Lo}]/u;

/** Whether a sentence seems to run over from one text into the next: it has not ended, and goes on with a small letter. */
export const runsOver = (before: string, after: string): boolean =>
  !sentenceAtEnd.test(before.slice(-20)) && continuation.test(after);

/** Where the sentence that begins, or goes on, at `from` ends; `from` itself where it does not end before `to`. */
export function firstSentence(text: string, from: number, to: number): number {
  const found = sentence.exec(`${text.slice(from, to)}${to === text.length ? "\n" : ""}`);
  return found ? from + found.index + found[0].trimEnd().length : from;
}

/** Where what is repeated before a cut begins: at the first sentence or else word from `from` on, or there. */
export function overlapFrom(text: string, from: number, cut: number): number {
  let word = from;
  let isWord = false;
  for (let index = from; index < cut; index++) {
    const kind = kindOf(text, index);
    if (kind >= kinds.sentence) return index;
    if (kind !== kinds.word || isWord) continue;
    word = index;
    isWord = true;
  }
  return word;
}

/** `from..to` without the blanks around it; empty where nothing else is there. */
export function trimmed(text: string, from: number, to: number): readonly [from: number, to: number] {
  let first = from;
  let last = to;
  while (first < last && isBlank(text.charCodeAt(first))) first++;
  while (last > first && isBlank(text.charCodeAt(last - 1))) last--;
  return [first, last];
}
