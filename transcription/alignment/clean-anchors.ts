/** Where in the text the audio was while it was typed: `[char, audioMs]`. */
export type Anchor = readonly [char: number, audioMs: number];

/**
 * The anchors that tell something, ascending in both numbers: those that lead back in time (the person listened again
 * while typing on) are dropped so that as many as possible remain. None when too little is left to tell anything, for
 * instance because the text was pasted: they must reach over half of the text and a quarter of the audio. Pure.
 */
export function cleanAnchors(
  anchors: readonly Anchor[],
  { textLength, durationMs }: { textLength: number; durationMs: number },
): Anchor[] {
  const inside = anchors
    .filter(([char, ms]) => Number.isFinite(char) && Number.isFinite(ms) && char >= 0 && char <= textLength)
    .map(([char, ms]): Anchor => [char, Math.min(durationMs, Math.max(0, ms))])
    .toSorted(([a], [b]) => a - b);
  const ascending = longestAscending(inside);
  const first = ascending[0];
  const last = ascending.at(-1);
  if (!first || !last || ascending.length < 2) return [];
  const tells = last[0] - first[0] >= textLength / 2 && last[1] - first[1] >= durationMs / 4;
  return tells ? ascending : [];
}

/** The longest run of anchors whose audio never goes back, by patience sorting: n log n for hours of typing. */
function longestAscending(anchors: readonly Anchor[]): Anchor[] {
  // tails[k]: index of the smallest last anchor of an ascending run of k + 1.
  const tails: number[] = [];
  const before: (number | undefined)[] = [];
  const msAt = (index: number | undefined) => (index === undefined ? 0 : (anchors[index]?.[1] ?? 0));
  for (const [index, [, ms]] of anchors.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (msAt(tails[middle]) <= ms) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? tails[low - 1] : undefined;
    tails[low] = index;
  }
  const run: Anchor[] = [];
  for (let index = tails.at(-1); index !== undefined; index = before[index]) {
    const anchor = anchors[index];
    if (anchor) run.push(anchor);
  }
  return run.reverse();
}

/** Where the audio was at a place of the text, by straight lines between anchors; the ends' beyond them. */
export function audioAt(anchors: readonly Anchor[], char: number): number {
  let low = 0;
  let high = anchors.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((anchors[middle]?.[0] ?? 0) <= char) low = middle;
    else high = middle - 1;
  }
  const from = anchors[low];
  const to = anchors[low + 1];
  if (!from) return 0;
  if (!to || to[0] === from[0]) return from[1];
  const share = Math.min(1, Math.max(0, (char - from[0]) / (to[0] - from[0])));
  return from[1] + share * (to[1] - from[1]);
}
