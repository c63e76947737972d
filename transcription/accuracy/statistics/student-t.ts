/** The standard normal's 97.5 % point, for intervals of 95 %. */
const Z = 1.959963984540054;

/**
 * The 97.5 % point of Student's t with `df` degrees of freedom: an interval of 95 % from few observations is so many
 * standard errors wide to each side. Cornish–Fisher's series in 1/df (Abramowitz and Stegun 26.7.5), exact values where
 * it is too coarse. Never below the normal's.
 */
export function studentT(df: number): number {
  const exact = [Number.POSITIVE_INFINITY, 12.7062, 4.30265, 3.18245][Math.max(0, Math.floor(df))];
  if (exact !== undefined) return exact;
  const z = Z;
  const terms = [
    z,
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return terms.reduce((sum, term, power) => sum + term / df ** power, 0);
}
