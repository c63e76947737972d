import type { MsSpan } from '../../audio/mask-samples.ts';
import { type Anchor, placeInAudio } from '../../reports/place-in-audio.ts';

/** What is known of where a text lies in its audio. */
export interface Placing {
  text: string;
  anchors: readonly Anchor[];
  /** Where words begin, found by aligning text and audio, where that was done. */
  words: readonly Anchor[];
  /** Pieces of the text with their audio, in order; none while it is typed. */
  units: readonly {
    startOffset: number;
    endOffset: number;
    audioStartMs: number | null;
    audioEndMs: number | null;
  }[];
  durationMs: number;
  peaks: Uint8Array | null;
  peaksPerSecond: number | null;
}

/** Rather too much than a syllable too little. */
const MARGIN_MS = 300;
/** Of the piece's length: the longer it is the less is known of where in it a word lies. */
const MARGIN_SHARE = 0.08;
const MOST_MARGIN_MS = 1200;
/** Around words whose places were found: 19 of 20 are nearer than this (`npm run bench alignment`). */
const WORD_MARGIN_MS = 700;
/** A word without one behind it. */
const LAST_WORD_MS = 800;
/** One types after one has heard. */
const TYPED_LATER_MS = 1500;
/** A pause so near belongs to it: then no word is cut in two. */
const REACH_MS = 400;
/** Quiet, as a share of how loud this speaker mostly is. */
const QUIET_SHARE = 0.08;

/**
 * Where in the audio a passage of the text is probably said, generously: a person hears it and moves the ends. Pure.
 */
export function proposeSpan(place: { start: number; end: number }, placing: Placing): MsSpan {
  const { startMs, endMs } = roughSpan(place, placing);
  return {
    startMs: Math.round(Math.max(0, toPause(startMs, -1, placing))),
    endMs: Math.round(Math.min(placing.durationMs, toPause(endMs, 1, placing))),
  };
}

function roughSpan({ start, end }: { start: number; end: number }, placing: Placing): MsSpan {
  const { text, anchors, units, durationMs, words } = placing;
  const from = words.findLast(([char]) => char <= start);
  const until = words.find(([char]) => char >= end);
  const last = words.at(-1);
  if (from && last && last[0] >= start) {
    const endMs = until?.[1] ?? Math.max(last[1] + LAST_WORD_MS, durationMs - WORD_MARGIN_MS);
    return { startMs: from[1] - WORD_MARGIN_MS, endMs: Math.min(durationMs, endMs + WORD_MARGIN_MS) };
  }
  const timed = units.filter(
    (unit): unit is typeof unit & { audioStartMs: number; audioEndMs: number } =>
      unit.audioStartMs !== null && unit.audioEndMs !== null && unit.endOffset > unit.startOffset,
  );
  const first = timed.find((unit) => unit.endOffset > start);
  const final = timed.findLast((unit) => unit.startOffset < end);
  if (first && final && first.startOffset <= start && final.endOffset >= end) {
    const at = (unit: typeof first, offset: number) => {
      const share = (offset - unit.startOffset) / (unit.endOffset - unit.startOffset);
      return unit.audioStartMs + share * (unit.audioEndMs - unit.audioStartMs);
    };
    const margin = (unit: typeof first) =>
      Math.min(MOST_MARGIN_MS, MARGIN_MS + MARGIN_SHARE * (unit.audioEndMs - unit.audioStartMs));
    return { startMs: at(first, start) - margin(first), endMs: at(final, end) + margin(final) };
  }
  const [span] = placeInAudio(
    [
      { start, end },
      { start: end, end: text.length },
    ],
    { anchors, textLength: text.length, durationMs },
  );
  if (!span) return { startMs: 0, endMs: durationMs };
  return { startMs: span.audioStartMs - TYPED_LATER_MS, endMs: span.audioEndMs + MARGIN_MS };
}

/** The nearest quiet moment outwards, or the place itself when there is none within reach. */
function toPause(ms: number, step: -1 | 1, { peaks, peaksPerSecond }: Placing): number {
  if (!peaks || !peaksPerSecond) return ms;
  const signed = new Int8Array(peaks.buffer, peaks.byteOffset, peaks.byteLength);
  const pairs = Math.floor(signed.length / 2);
  const level = (pair: number) => Math.max(-(signed[pair * 2] ?? 0), signed[pair * 2 + 1] ?? 0);
  const loud =
    Array.from({ length: pairs }, (_, pair) => level(pair)).toSorted((a, b) => a - b)[
      Math.floor(pairs * 0.9)
    ] ?? 0;
  const quiet = Math.max(1, Math.floor(loud * QUIET_SHARE));
  const from = Math.floor((ms * peaksPerSecond) / 1000);
  const reach = Math.ceil((REACH_MS * peaksPerSecond) / 1000);
  for (let moved = 0; moved <= reach; moved += 1) {
    const pair = from + step * moved;
    if (pair < 0 || pair >= pairs) break;
    if (level(pair) <= quiet) return ((pair + 0.5) * 1000) / peaksPerSecond;
  }
  return ms;
}
