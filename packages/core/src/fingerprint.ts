/**
 * What distinguishes one text from another: 53 bits, no cryptography, one multiplication a character. Two lanes take
 * turns, so that the processor can work on both at once.
 */
export function fingerprint(text: string): string {
  let even = 0x9e3779b9;
  let odd = 0x85ebca6b;
  const pairs = text.length & ~1;
  for (let index = 0; index < pairs; index += 2) {
    even = Math.imul(even ^ text.charCodeAt(index), 0x01000193);
    odd = Math.imul(odd ^ text.charCodeAt(index + 1), 0x5bd1e995);
  }
  if (pairs < text.length) even = Math.imul(even ^ text.charCodeAt(pairs), 0x01000193);
  even = Math.imul(even ^ (even >>> 15) ^ text.length, 0x2c1b3c6d);
  odd = Math.imul(odd ^ (odd >>> 13) ^ even, 0x297a2d39);
  even ^= (even >>> 12) ^ (odd >>> 7);
  odd ^= odd >>> 15;
  return ((even >>> 0) * 0x200000 + (odd >>> 11)).toString(36);
}
