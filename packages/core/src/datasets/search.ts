import { invalid, StewardError } from "../errors.ts";
import { type Read, readSql, type Sql } from "../statement.ts";
import { rangeOf } from "./range.ts";
import { termsOf, type VisibleField } from "./records.ts";
import type { View } from "./view.ts";
import type { Load } from "./ways.ts";

/** The words of what a person typed, as the index knows words: letters and digits, without accents and in lower case. */
export const wordsOf = (q: string): Read<string> =>
  readSql({ text: "select token from words where input = :q order by position", values: { q } }, ([token]) =>
    String(token),
  );

/** A word this long may be the beginning of one, where it is the last. */
const shortestBeginning = 2;
const mostTerms = 20_000;
const nothingHolds: Sql = { text: "false", values: {} };

/** Where a search looks, and what it then asks of each record `r`. */
export interface Search {
  /** SQL for `record_search f` to be asked first; null where nothing can be found. */
  readonly match: Sql | null;
  /** A condition on the records that have been found that way. */
  readonly holds: Sql | null;
}

const isBeginning = (words: readonly string[], index: number): boolean =>
  index === words.length - 1 && Array.from(words[index] ?? "").length >= shortestBeginning;

/** In the index's language: each word in any of the slots. No term is that of another load, or of a slot that is not seen. */
const matchOf = ({ number }: Load, slots: readonly number[], words: readonly string[]): string =>
  words
    .map((word, index) => {
      const star = isBeginning(words, index) ? "*" : "";
      return `(${slots.map((slot) => `"${termsOf(number, slot)}${word}"${star}`).join(" OR ")})`;
    })
    .join(" AND ");

const mostInRow = 50;

/** The texts of a record in one, in as few levels as the database's parser wants. */
function together(texts: readonly string[]): string {
  if (texts.length <= mostInRow) return texts.map((text) => `coalesce(${text}, '')`).join(" || ' ' || ");
  const size = Math.ceil(texts.length / mostInRow);
  return Array.from({ length: Math.ceil(texts.length / size) }, (_, index) =>
    texts.slice(index * size, (index + 1) * size),
  )
    .map((some) => `(${together(some)})`)
    .join(" || ' ' || ");
}

/** Whether the record shows the words to this reader: the index knows only what lies in a slot. */
const shows = (fields: readonly VisibleField[], words: readonly string[]): Sql => ({
  text: `not exists (select 1 from json_each(:words) asked where not exists (select 1 from words w
    where w.input = ${together(fields.map(({ sql }) => sql))} and iif(asked.key = :beginning,
      substr(w.token, 1, length(asked.value)) = asked.value, w.token = asked.value)))`,
  values: {
    words: JSON.stringify(words),
    beginning: isBeginning(words, words.length - 1) ? words.length - 1 : -1,
  },
});

/** `conflict` while words of the data are not in the index yet, for an answer would lack them. */
function requireIndex({ indexedPosition, lastPosition }: Load): void {
  if (indexedPosition >= lastPosition) return;
  const percent = Math.floor((100 * indexedPosition) / lastPosition);
  throw new StewardError("conflict", {
    message: `The full text is being made: ${percent} % so far; ask again shortly, or use filter with $contains`,
  });
}

/**
 * A search for words in the fields of text that a view shows: every word must occur in some cell that the record shows, and
 * the last one may be the beginning of a word.
 */
export function searchFor(words: readonly string[], { load, fields, partial }: View): Search {
  if (load) requireIndex(load);
  const texts = [...fields.values()].filter(({ dataType }) => dataType === "string");
  if (!load || words.length === 0 || texts.length === 0) return { match: null, holds: nothingHolds };
  if (words.length * texts.length > mostTerms)
    throw invalid("q", `Too many words for ${texts.length} fields: at most ${Math.floor(mostTerms / texts.length)}`);
  const slots = texts.map(({ slot }) => slot);
  const range = rangeOf(load, "f.rowid");
  return {
    match: {
      text: `f.record_search match :match and ${range.text}`,
      values: { match: matchOf(load, slots, words), ...range.values },
    },
    holds: texts.some(({ name }) => partial.has(name)) ? shows(texts, words) : null,
  };
}
