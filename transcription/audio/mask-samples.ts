/** What is put over a piece of audio. */
export type Mask = 'tone' | 'silence';

/** A stretch of audio in ms. */
export interface MsSpan {
  startMs: number;
  endMs: number;
}

/** The tone that says "something was taken out here": audible on any phone and loudspeaker, below the speech. */
export const MASK_HZ = 1000;
const AMPLITUDE = 4000;
/** The tone comes and goes so fast that it does not click. Nothing of the speech is left under it. */
const FADE_SECONDS = 0.005;

export interface Masker {
  /** The block with what lies in a span replaced; blocks must come in order. Leaves its input as it is. */
  push(samples: Int16Array): Int16Array;
}

/** Writes tone or silence over stretches of 16-bit audio that comes in blocks of any size. */
export function createMasker(sampleRate: number, spans: readonly MsSpan[], mask: Mask): Masker {
  const ranges = joinSpans(spans).map(({ startMs, endMs }) => ({
    first: Math.max(0, Math.floor((startMs * sampleRate) / 1000)),
    end: Math.ceil((endMs * sampleRate) / 1000),
  }));
  const fade = Math.max(1, Math.round(FADE_SECONDS * sampleRate));
  let position = 0;
  const sampleAt = (at: number, { first, end }: { first: number; end: number }) => {
    if (mask === 'silence') return 0;
    const loud = Math.min(1, (at - first) / fade, (end - 1 - at) / fade);
    return Math.round(AMPLITUDE * loud * Math.sin((2 * Math.PI * MASK_HZ * (at - first)) / sampleRate));
  };
  return {
    push(samples) {
      const from = position;
      position += samples.length;
      const touched = ranges.filter(({ first, end }) => first < position && end > from);
      if (touched.length === 0) return samples;
      const masked = samples.slice();
      for (const range of touched) {
        const until = Math.min(range.end, position);
        for (let at = Math.max(range.first, from); at < until; at += 1)
          masked[at - from] = sampleAt(at, range);
      }
      return masked;
    },
  };
}

/** In order, none over another, none empty. Pure. */
export function joinSpans(spans: readonly MsSpan[]): MsSpan[] {
  const joined: MsSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.startMs - b.startMs)) {
    if (span.endMs <= span.startMs) continue;
    const last = joined.at(-1);
    if (last && span.startMs <= last.endMs) last.endMs = Math.max(last.endMs, span.endMs);
    else joined.push({ ...span });
  }
  return joined;
}
