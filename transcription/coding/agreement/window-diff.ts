/**
 * WindowDiff: the share of windows of half a mean unit in which two people put a different number of boundaries; 0 is
 * best. Known from older work, shown beside boundary similarity. It takes one person for the reference, so both
 * directions are reckoned and their mean given.
 *
 * Source: Pevzner and Hearst, A Critique and Improvement of an Evaluation Metric for Text Segmentation, 2002.
 * @param words length of the text
 * @returns null for a text that is too short for a window
 */
export function windowDiff(a: readonly number[], b: readonly number[], words: number): number | null {
  const there = oneWay(a, b, words);
  const back = oneWay(b, a, words);
  return there === null || back === null ? null : (there + back) / 2;
}

/** The same with `reference` as what is right. */
export function oneWay(reference: readonly number[], other: readonly number[], words: number): number | null {
  const window = Math.max(2, Math.round(words / (reference.length + 1) / 2));
  const windows = words - window;
  if (windows <= 0) return null;
  const ofReference = running(reference, words);
  const ofOther = running(other, words);
  const within = (counts: readonly number[], from: number) =>
    (counts[from + window] ?? 0) - (counts[from] ?? 0);
  let different = 0;
  for (let from = 0; from < windows; from += 1)
    if (within(ofReference, from) !== within(ofOther, from)) different += 1;
  return different / windows;
}

/** At each word, how many boundaries stand before it or earlier. */
function running(boundaries: readonly number[], words: number): number[] {
  const here = new Set(boundaries);
  const counts: number[] = [];
  let sum = 0;
  for (let word = 0; word <= words; word += 1) {
    if (here.has(word)) sum += 1;
    counts.push(sum);
  }
  return counts;
}
