import type { DocumentPiece } from "../ports.ts";
import { cutBetween, firstSentence, overlapFrom, reach, reachBack, runsOver, trimmed } from "./cuts.ts";

export type TextPiece = Extract<DocumentPiece, { readonly kind: "text" }>;

/** A stretch of a document's text. */
export interface Chunk {
  readonly text: string;
  /** Where it lies in the whole text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Of its first character. */
  readonly page: number | null;
  readonly sheet: string | null;
  /** The headings above its first character, the outermost first. */
  readonly heading: string | null;
}

/** About how many tokens a chunk has at most, and how many it repeats of the one before. */
export const mostTokens = 400;
export const overlapTokens = 60;
/** Rather than fewer, a chunk ends in the middle of a section. */
const leastTokens = 200;

const longestHeading = 1000;
const longestSheet = 200;

interface Place {
  /** From where on in the whole text. */
  readonly at: number;
  readonly page: number | null;
  readonly sheet: string | null;
  readonly heading: string | null;
}

const cutTo = (text: string, most: number) => text.slice(0, most).toWellFormed();

const placeOf = ({ page, sheet, headings }: TextPiece, at: number): Place => ({
  at,
  page,
  sheet: sheet === null ? null : cutTo(sheet, longestSheet),
  heading: headings.length > 0 ? cutTo(headings.join(" > "), longestHeading) : null,
});

const isSame = (one: Place, other: Place) =>
  one.page === other.page && one.sheet === other.sheet && one.heading === other.heading;

/** What the database keeps as a text: no half of a pair, and no end before the end. Of the same length. */
const clean = (text: string) => text.toWellFormed().replaceAll("\0", " ");

/**
 * Cuts the text of a document into chunks as it comes. The whole text is that of the pieces one behind the other, with a line
 * break between two that would otherwise touch. A chunk begins with each page, so that its page is right; where a sentence
 * runs over, the chunk before goes on to its end, if it comes soon, so that it is found whole. No more of the text is kept than a
 * chunk needs.
 */
export class Chunker {
  #rest = "";
  /** Where `#rest` begins in the whole text. */
  #base = 0;
  /** Up to where the whole text is in some chunk. */
  #covered = 0;
  #places: Place[] = [];

  /** The chunks that are complete with this piece. */
  add(piece: TextPiece): Chunk[] {
    if (piece.text === "") return [];
    const text = clean(piece.text);
    if (this.#endsInWord && /^\S/.test(text)) this.#append("\n");
    const before = this.#places.at(-1);
    const place = placeOf(piece, this.#base + this.#rest.length);
    const chunks = before && before.sheet !== place.sheet ? this.end() : [];
    if (!before || !isSame(before, place)) this.#places.push(place);
    this.#append(text);
    return [...chunks, ...this.#full(false)];
  }

  /** What is left, as chunks; the text goes on behind them. */
  end(): Chunk[] {
    const chunks = this.#full(true);
    this.#emit(this.#rest.length, chunks);
    this.#drop(this.#rest.length);
    return chunks;
  }

  #endsInWord = false;

  #append(text: string): void {
    this.#rest += text;
    this.#endsInWord = /\S$/.test(text.slice(-1));
  }

  /** `isEnd`: no more is to come that what is there would have to wait for. */
  #full(isEnd: boolean): Chunk[] {
    const chunks: Chunk[] = [];
    for (;;) {
      const most = reach(this.#rest, 0, mostTokens);
      const page = this.#nextPage(0);
      if (page !== undefined && page <= most) {
        const over = Math.min(reach(this.#rest, page, overlapTokens), most, this.#nextPage(page) ?? most);
        const after = this.#rest.slice(page, over);
        const goesOn = runsOver(this.#rest.slice(0, page), after);
        if ((goesOn || /^\s*$/.test(after)) && over === this.#rest.length && !isEnd) return chunks;
        this.#emit(goesOn ? firstSentence(this.#rest, page, over) : page, chunks, page);
        this.#drop(page);
      } else if (most < this.#rest.length) this.#cut(most, chunks);
      else return chunks;
    }
  }

  #cut(most: number, chunks: Chunk[]): void {
    const sections = new Set(this.#places.map(({ at }) => at - this.#base));
    const cut = cutBetween(this.#rest, reach(this.#rest, 0, leastTokens), most, (index) => sections.has(index));
    this.#emit(cut, chunks);
    this.#drop(sections.has(cut) ? cut : overlapFrom(this.#rest, reachBack(this.#rest, cut, overlapTokens), cut));
  }

  /** Where in the rest the page behind the one at `at` begins. */
  #nextPage(at: number): number | undefined {
    const current = this.#places.findLastIndex((place) => place.at - this.#base <= at);
    const { page } = this.#places[current] ?? {};
    const next = this.#places.find((place, index) => index > current && place.page !== page);
    return next && next.at - this.#base;
  }

  /** What lies behind `own` is also in the chunk that begins there. */
  #emit(to: number, chunks: Chunk[], own = to): void {
    const [first, last] = trimmed(this.#rest, 0, to);
    const [start, end] = [this.#base + first, this.#base + last];
    if (first >= Math.min(last, own) || end <= this.#covered) return;
    this.#covered = Math.min(end, this.#base + own);
    const { page = null, sheet = null, heading = null } = this.#places.findLast(({ at }) => at <= start) ?? {};
    chunks.push({ text: this.#rest.slice(first, last), start, end, page, sheet, heading });
  }

  #drop(units: number): void {
    this.#rest = this.#rest.slice(units);
    this.#base += units;
    const current = this.#places.findLastIndex(({ at }) => at <= this.#base);
    if (current > 0) this.#places.splice(0, current);
  }
}
