/** A part of a whole: `mentions` of `reports`. */
export interface Share {
  mentions: number;
  reports: number;
}

/**
 * Fisher's exact test, one-sided: how likely it is that reports which differ in nothing but when they were made put
 * as many of all mentions, or more, into `now` by chance. 1 when there is nothing to tell.
 */
export function chanceOfMore(now: Share, before: Share): number {
  const reports = now.reports + before.reports;
  const mentions = now.mentions + before.mentions;
  const most = Math.min(now.reports, mentions);
  const whole = logChoose(reports, mentions);
  let chance = 0;
  for (let k = now.mentions; k <= most; k += 1) {
    const others = mentions - k;
    if (others > before.reports) continue;
    chance += Math.exp(logChoose(now.reports, k) + logChoose(before.reports, others) - whole);
  }
  return Math.min(1, chance);
}

/** Natural logarithm of the number of ways to take k out of n. */
function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** Exact sums up to 170, Stirling's series beyond, where its error is below 1e-12. */
function logFactorial(n: number): number {
  if (n < 2) return 0;
  if (n > 170)
    return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3);
  let sum = 0;
  for (let factor = 2; factor <= n; factor += 1) sum += Math.log(factor);
  return sum;
}

/**
 * Benjamini and Hochberg: which of many chances may be called findings if at most the share `rate` of what is called
 * so should be false. In the order given.
 */
export function findings(chances: readonly number[], rate: number): boolean[] {
  const ascending = [...chances].sort((a, b) => a - b);
  let threshold = -1;
  ascending.forEach((chance, index) => {
    if (chance <= (rate * (index + 1)) / chances.length) threshold = chance;
  });
  return chances.map((chance) => chance <= threshold);
}
