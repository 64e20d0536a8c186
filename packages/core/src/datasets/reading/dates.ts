const zero = 48;
const dayInMilliseconds = 86_400_000;
/** The years 1 to 9999, as far as SQLite's functions reach. */
const firstMoment = -62_135_596_800_000;
const lastMoment = 253_402_300_799_999;

const dash = 45;
const colon = 58;
const point = 46;
const plus = 43;
const letterT = 84;
const blank = 32;
const letterZ = 90;

/** The number that is written in the digits from `from` to before `to`, or NaN. */
function digits(text: string, from: number, to: number): number {
  if (to > text.length) return Number.NaN;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const lengthOf = (year: number, month: number) => (month === 2 && isLeap(year) ? 29 : (lengths[month - 1] ?? 0));

/** Days from 1970-01-01, by the calendar that begins its years in March. */
function dayNumber(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}

function dayOf(text: string): number {
  if (text.charCodeAt(4) !== dash || text.charCodeAt(7) !== dash) return Number.NaN;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  // A comparison with NaN is false, and NaN is what anything without its digits is.
  return year >= 1 && month >= 1 && day >= 1 && day <= lengthOf(year, month)
    ? dayNumber(year, month, day) * dayInMilliseconds
    : Number.NaN;
}

/** Milliseconds to add for what is written from `at` on: nothing, `Z`, `+hh:mm` or `-hh:mm`. */
function offsetOf(text: string, at: number): number {
  if (at === text.length) return 0;
  const sign = text.charCodeAt(at);
  if (sign === letterZ) return at + 1 === text.length ? 0 : Number.NaN;
  if ((sign !== plus && sign !== dash) || text.length !== at + 6 || text.charCodeAt(at + 3) !== colon)
    return Number.NaN;
  const hours = digits(text, at + 1, at + 3);
  const minutes = digits(text, at + 4, at + 6);
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN;
  return (hours * 60 + minutes) * (sign === plus ? -60_000 : 60_000);
}

function fractionEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) >= zero && text.charCodeAt(at) <= zero + 9) at++;
  return at;
}

/** From the time that begins at 11, `HH:MM`, `HH:MM:SS` or `HH:MM:SS.f`, with its offset. */
function timeOf(text: string, mostFraction: number): number {
  const hours = digits(text, 11, 13);
  const minutes = digits(text, 14, 16);
  if (!(hours <= 23 && minutes <= 59) || text.charCodeAt(13) !== colon) return Number.NaN;
  const toMinute = (hours * 60 + minutes) * 60_000;
  if (text.charCodeAt(16) !== colon) return toMinute + offsetOf(text, 16);
  const seconds = digits(text, 17, 19);
  if (!(seconds <= 59)) return Number.NaN;
  const toSecond = toMinute + seconds * 1000;
  if (text.charCodeAt(19) !== point) return toSecond + offsetOf(text, 19);
  const end = fractionEnd(text, 20);
  if (end === 20 || end - 20 > mostFraction) return Number.NaN;
  const taken = Math.min(end, 23);
  return toSecond + digits(text, 20, taken) * 10 ** (23 - taken) + offsetOf(text, end);
}

/**
 * Milliseconds since 1970 of a text that is a day, `YYYY-MM-DD`, or a moment, `YYYY-MM-DD[T ]HH:MM[:SS[.fff]][Z|+hh:mm]`; NaN
 * for every other text, and for what does not exist: the 30th of February, 24:00, a leap second, the year 0. Without an
 * offset it is UTC. Of a second, `mostFraction` digits may be given, and three are kept.
 */
export function dateOf(text: string, mostFraction = 3): number {
  const day = dayOf(text);
  if (Number.isNaN(day) || text.length === 10) return day;
  const separator = text.charCodeAt(10);
  if (separator !== letterT && separator !== blank) return Number.NaN;
  const moment = day + timeOf(text, mostFraction);
  return moment >= firstMoment && moment <= lastMoment ? moment : Number.NaN;
}

/** Where a field was said to be a date, what is finer than a millisecond is cut off; else such a value is text. */
export const givenDateOf = (text: string): number => dateOf(text, 9);

const times = ["%H:%M", "%H:%M:%S", "%H:%M:%f"] as const;
type Time = (typeof times)[number];
/** How a date is written, in the words of SQLite's `strftime`. */
export type DatePattern = "%Y-%m-%d" | `%Y-%m-%d${"T" | " "}${Time}${"Z" | ""}`;

const patterns = (["T", " "] as const).flatMap((separator) =>
  (["", "Z"] as const).flatMap((zone) => times.map((time): DatePattern => `%Y-%m-%d${separator}${time}${zone}`)),
);

/** In which pattern a {@link dateOf} is written; null for a rarer way: with an offset, or with tenths of seconds. */
export function patternOf(text: string): DatePattern | null {
  if (text.length === 10) return "%Y-%m-%d";
  const zoned = text.charCodeAt(text.length - 1) === letterZ;
  // With an offset, a text is of none of these lengths.
  const length = zoned ? text.length - 1 : text.length;
  const time = length === 16 ? 0 : length === 19 ? 1 : length === 23 ? 2 : -1;
  if (time === -1) return null;
  return patterns[(text.charCodeAt(10) === letterT ? 0 : 6) + (zoned ? 3 : 0) + time] ?? null;
}
