/**
 * Krippendorff's alpha for nominal values.
 *
 * Source: Klaus Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011 (University of Pennsylvania,
 * repository.upenn.edu/asc_papers/43); its worked examples are in the tests. Values are compared only within a unit,
 * and a unit that fewer than two people gave a value is in nothing that is counted: what nobody coded can neither
 * raise nor lower it.
 */

/** How often each value stood beside each other one: symmetric, row by row, only what is not empty. */
export interface Coincidences {
  size: number;
  /** Value times `size` plus the value beside it. */
  cells: Uint32Array;
  counts: Float64Array;
}

/**
 * Counts the pairs within units.
 * @param units for each unit the values that people gave it, as numbers from 0 to `size - 1`; missing ones left out
 */
export function countCoincidences(units: readonly (readonly number[])[], size: number): Coincidences {
  const counts = new Map<number, number>();
  for (const values of units) {
    if (values.length < 2) continue;
    const weight = 1 / (values.length - 1);
    values.forEach((one, at) => {
      values.forEach((other, beside) => {
        if (at === beside) return;
        const cell = one * size + other;
        counts.set(cell, (counts.get(cell) ?? 0) + weight);
      });
    });
  }
  return { size, cells: Uint32Array.from(counts.keys()), counts: Float64Array.from(counts.values()) };
}

/**
 * Alpha of everything that was counted, together. 1: perfect, 0: as by chance, below: worse than chance.
 * @returns null when it is not defined: nothing was compared, or one value was all that was ever given
 */
export function alphaOf(all: readonly Coincidences[]): number | null {
  const size = all[0]?.size ?? 0;
  const sums = new Float64Array(size * size);
  // Indexes and no iterators: an interval adds this up a thousand times.
  for (let at = 0; at < all.length; at += 1) {
    const { cells, counts } = all[at] as Coincidences;
    for (let k = 0; k < cells.length; k += 1) {
      const cell = cells[k] as number;
      sums[cell] = (sums[cell] as number) + (counts[k] as number);
    }
  }
  const totals = new Float64Array(size);
  let total = 0;
  let different = 0;
  sums.forEach((count, cell) => {
    const one = Math.floor(cell / size);
    totals[one] = (totals[one] ?? 0) + count;
    total += count;
    if (one !== cell % size) different += count;
  });
  const expected = total * total - totals.reduce((sum, count) => sum + count * count, 0);
  return expected <= 0 ? null : 1 - ((total - 1) * different) / expected;
}
