/** Where in the text the audio was while it was typed: `[char, audioMs]`. */
export type Anchor = readonly [char: number, audioMs: number];

export interface TextSpan {
  start: number;
  end: number;
}

export interface AudioSpan {
  audioStartMs: number;
  audioEndMs: number;
}

/**
 * Which piece of the audio says each span of the text. Pure.
 *
 * Between anchors the position is interpolated by characters: people speak at a fairly even rate, and a straight
 * line between two points that are seconds apart is wrong by less than a word. Anchors that lead back in time (the
 * person listened again while typing on) are dropped so that as many as possible remain. When too few are left to
 * tell anything, for instance because the text was pasted, the whole audio is spread over the whole text: a rough
 * place to listen is better than none. A span ends where the next one begins, so that no word falls between two,
 * and nothing lies outside of the audio.
 * @param spans ascending, not overlapping
 */
export function placeInAudio(
  spans: readonly TextSpan[],
  { anchors, textLength, durationMs }: { anchors: readonly Anchor[]; textLength: number; durationMs: number },
): AudioSpan[] {
  const points = withEnds(usable(anchors, textLength, durationMs), textLength, durationMs);
  return spans.map((span, at) => {
    const end = spans[at + 1]?.start ?? Math.max(span.end, textLength);
    const audioStartMs = positionOf(span.start, points);
    return { audioStartMs, audioEndMs: Math.max(audioStartMs, positionOf(end, points)) };
  });
}

/** Anchors tell little unless they reach over half of the text and a quarter of the audio. */
function usable(anchors: readonly Anchor[], textLength: number, durationMs: number): Anchor[] {
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

function withEnds(anchors: Anchor[], textLength: number, durationMs: number): Anchor[] {
  const points = [...anchors];
  if ((points[0]?.[0] ?? 1) > 0) points.unshift([0, 0]);
  if ((points.at(-1)?.[0] ?? 0) < textLength) points.push([textLength, durationMs]);
  return points;
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

function positionOf(char: number, points: readonly Anchor[]): number {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((points[middle]?.[0] ?? 0) <= char) low = middle;
    else high = middle - 1;
  }
  const from = points[low];
  const to = points[low + 1];
  if (!from) return 0;
  if (!to || to[0] === from[0]) return Math.round(from[1]);
  const share = Math.min(1, Math.max(0, (char - from[0]) / (to[0] - from[0])));
  return Math.round(from[1] + share * (to[1] - from[1]));
}
