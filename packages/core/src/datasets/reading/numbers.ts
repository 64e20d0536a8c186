/** With so many digits, a double is exactly what was written, and SQLite prints it as it was written. */
const mostDigits = 15;
const powers = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

const fractional = /^-?(?:0|[1-9]\d*)?\.\d+$/;

const zero = 48;
const nine = 57;
const point = 46;
const minus = 45;
const plus = 43;
const isExponentSign = (code: number) => code === 101 || code === 69;
const isDigit = (code: number) => code >= zero && code <= nine;

/**
 * The number that a text is, or NaN where it is none: an optional `-`, digits with an optional point (at least one digit
 * behind it), an optional exponent. No number but text, because it would not be the same any more, or is rather a code:
 * a zero before another digit (`007`), a plus (`+49301234`), a whole number of more than 15 digits, blanks, thousands
 * separators, `Infinity`, and what a double does not hold as it was written (`1e400`, a fraction of 20 digits).
 */
export function numberOf(text: string): number {
  const negative = text.charCodeAt(0) === minus;
  const start = negative ? 1 : 0;
  const { length } = text;
  let mantissa = 0;
  let digits = 0;
  let pointAt = -1;
  let at = start;
  for (; at < length; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) {
      if ((mantissa !== 0 || code !== zero) && ++digits > mostDigits) return longNumber(text);
      mantissa = mantissa * 10 + (code - zero);
    } else if (code === point && pointAt === -1) pointAt = at;
    else if (isExponentSign(code)) break;
    else return Number.NaN;
  }
  const whole = (pointAt === -1 ? at : pointAt) - start;
  const fraction = pointAt === -1 ? 0 : at - pointAt - 1;
  if (whole > 1 && text.charCodeAt(start) === zero) return Number.NaN;
  if (pointAt === -1 ? whole === 0 : fraction === 0) return Number.NaN;
  const power = powers[fraction];
  if (at < length || power === undefined) return rareNumber(text, at, mantissa);
  // Both are exact, so the quotient is the nearest double; the sum makes a zero of a negative one.
  return (negative ? -mantissa : mantissa) / power + 0;
}

/** With more digits: a fraction that is the shortest text of its double, as programs print their doubles. */
function longNumber(text: string): number {
  const value = fractional.test(text) ? Number(text) : Number.NaN;
  return String(value) === text ? value : Number.NaN;
}

/** A number with an exponent, which begins at `at`, or with a very long fraction. */
function rareNumber(text: string, at: number, mantissa: number): number {
  if (at < text.length && !isExponent(text, at + 1)) return Number.NaN;
  const value = Number(text);
  if (!Number.isFinite(value) || (value === 0 && mantissa !== 0)) return Number.NaN;
  return value + 0;
}

function isExponent(text: string, from: number): boolean {
  const sign = text.charCodeAt(from);
  const start = sign === minus || sign === plus ? from + 1 : from;
  for (let at = start; at < text.length; at++) if (!isDigit(text.charCodeAt(at))) return false;
  return start < text.length;
}

/**
 * As {@link numberOf}, for a field that somebody said is a number: there, a fraction may have more digits than a double
 * keeps. A whole number may not: it is a key more often than an amount.
 */
export function givenNumberOf(text: string): number {
  const value = numberOf(text);
  if (!Number.isNaN(value) || !fractional.test(text)) return value;
  const rounded = Number(text) + 0;
  return Number.isSafeInteger(Math.trunc(rounded)) ? rounded : Number.NaN;
}

/**
 * How many digits stand behind the point, for the text of a {@link numberOf}; -1 where it is not written as at most 15 plain
 * digits: with an exponent, nothing before the point, or a negative zero.
 */
export function decimalsOf(text: string, value: number): number {
  const start = text.charCodeAt(0) === minus ? 1 : 0;
  if (start === 1 && value === 0) return -1;
  if (text.length > mostDigits + 1 && text.replace(/^-?[0.]*/, "").replace(".", "").length > mostDigits) return -1;
  let decimals = 0;
  for (let at = text.length - 1; at >= start; at--) {
    const code = text.charCodeAt(at);
    if (code === point) {
      if (at === start) return -1;
      decimals = text.length - 1 - at;
    } else if (!isDigit(code)) return -1;
  }
  return decimals;
}

/** The least amount that is printed without an exponent. */
const leastPlain = 1e-4;

/** Whether a text of so many {@link decimalsOf} is the shortest that means this number. */
export const isShortest = (text: string, value: number, decimals: number): boolean =>
  decimals === 0 ||
  (decimals > 0 && text.charCodeAt(text.length - 1) !== zero && (value >= leastPlain || value <= -leastPlain));

/** Whether SQLite, asked for 15 digits, prints a number of JSON as JavaScript does. */
export function printsShortest(value: number): boolean {
  const amount = Math.abs(value);
  if (amount >= 1e15) return false;
  if (Number.isInteger(value)) return true;
  if (amount < leastPlain) return false;
  // Four digits behind the point and ten before it are the most usual ones, and cost no text to be counted in.
  if (amount < 1e10 && Math.round(value * 1e4) / 1e4 === value) return true;
  const [whole = "", fraction = ""] = String(amount).split(".");
  return (whole === "0" ? fraction.replace(/^0+/, "").length : whole.length + fraction.length) <= mostDigits;
}
