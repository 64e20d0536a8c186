/** Random choices that are the same for the same seed. */
export interface Random {
  /** A whole number from 0 up to, but not with, `limit`. */
  below(limit: number): number;
  chance(probability: number): boolean;
  one<T>(options: readonly T[]): T;
}

/** mulberry32: small, fast, and good enough to choose requests. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    chance: (probability) => next() < probability,
    one: (options) => options[below(options.length)] as never,
  };
}
