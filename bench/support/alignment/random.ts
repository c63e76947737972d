/** Repeatable chance: the same seed, the same dictations and the same typing in each run. */
export interface Chance {
  /** From 0 up to, not including, 1. */
  next(): number;
  between(low: number, high: number): number;
  /** True so often. */
  happens(share: number): boolean;
  /** Around `median`; two thirds of all within a factor of e^±sigma. */
  lognormal(median: number, sigma: number): number;
  normal(): number;
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  // mulberry32, by Tommy Ettinger, in the public domain.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    normal,
    between: (low, high) => low + (high - low) * next(),
    happens: (share) => next() < share,
    lognormal: (median, sigma) => median * Math.exp(sigma * normal()),
  };
}
