/** A twelfth of a token: what one UTF-16 unit weighs is a whole number of them. */
export const partsOfToken = 12;

const blank = 1;
/** Four letters of English are about one token, and fewer of other alphabets, for models have seen less of them. */
const letter = 3;
const foreignLetter = 6;
const digit = 5;
const sign = 8;
/** A sign of Chinese, Japanese or Korean writing is about a token, and so is half of what lies beyond the first plane. */
const ideograph = partsOfToken;

const ascii = Uint8Array.from({ length: 128 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  if (unit <= 32 || unit === 127) return blank;
  if (/[A-Za-z]/.test(character)) return letter;
  return /[0-9]/.test(character) ? digit : sign;
});

/**
 * How much of a token a UTF-16 unit is, in twelfths, by its script. An estimate: the tokens of models differ, and what is
 * asked here is only that no passage is much larger than another.
 */
export function weightOf(unit: number): number {
  if (unit < 128) return ascii[unit] ?? sign;
  if (unit === 0xa0 || (unit >= 0x2000 && unit <= 0x200b) || unit === 0x2028 || unit === 0x2029 || unit === 0x3000)
    return blank;
  if (unit < 0x2000) return foreignLetter;
  if (unit < 0x2e80) return sign;
  return ideograph;
}

/** About how many tokens a text has. */
export function tokensOf(text: string): number {
  let weight = 0;
  for (let index = 0; index < text.length; index++) weight += weightOf(text.charCodeAt(index));
  return weight / partsOfToken;
}
