import { type Anchor, audioAt, cleanAnchors } from '../alignment/clean-anchors.ts';

export type { Anchor } from '../alignment/clean-anchors.ts';

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
  const points = withEnds(cleanAnchors(anchors, { textLength, durationMs }), textLength, durationMs);
  return spans.map((span, at) => {
    const end = spans[at + 1]?.start ?? Math.max(span.end, textLength);
    const audioStartMs = Math.round(audioAt(points, span.start));
    return { audioStartMs, audioEndMs: Math.max(audioStartMs, Math.round(audioAt(points, end))) };
  });
}

function withEnds(anchors: Anchor[], textLength: number, durationMs: number): Anchor[] {
  const points = [...anchors];
  if ((points[0]?.[0] ?? 1) > 0) points.unshift([0, 0]);
  if ((points.at(-1)?.[0] ?? 0) < textLength) points.push([textLength, durationMs]);
  return points;
}
