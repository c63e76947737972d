import type { AudioSpan } from '../../../../transcription/reports/place-in-audio.ts';

/** A waveform: interleaved min,max as int8. */
export interface Waveform {
  peaks: Uint8Array;
  peaksPerSecond: number;
}

/** People type after they have heard: a boundary is more likely too late than too early. */
const EARLIER_MS = 1200;
const LATER_MS = 600;
/** Stops between sounds are shorter, the pause between two messages hardly ever is. */
const SHORTEST_PAUSE_MS = 160;
/** A piece begins so long before its first word, or in the middle of a shorter pause. */
const LEAD_MS = 120;
/** Quiet, as a share of how loud this speaker mostly is on this line. */
const QUIET_SHARE = 0.08;

/**
 * Moves the boundaries between pieces of audio into the pauses of the speech near them, so that no piece begins or
 * ends within a word. A boundary without a pause nearby stays where it is. Pure.
 * @param spans side by side, as `placeInAudio` gives them
 */
export function snapToPauses(spans: readonly AudioSpan[], waveform: Waveform): AudioSpan[] {
  const places = findPauses(waveform);
  const boundaries = spans.map((span) => span.audioStartMs);
  for (let at = 1; at < boundaries.length; at++) {
    const wanted = boundaries[at] ?? 0;
    const before = boundaries[at - 1] ?? 0;
    const end = spans[at]?.audioEndMs ?? wanted;
    const near = places.filter(
      (place) => place >= wanted - EARLIER_MS && place <= wanted + LATER_MS && place > before && place < end,
    );
    const closest = near.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
    boundaries[at] = Math.max(before, closest ?? wanted);
  }
  return spans.map((span, at) => {
    const audioStartMs = boundaries[at] ?? span.audioStartMs;
    return { audioStartMs, audioEndMs: boundaries[at + 1] ?? Math.max(audioStartMs, span.audioEndMs) };
  });
}

/** Where to cut in each pause, ascending, in ms. */
function findPauses({ peaks, peaksPerSecond }: Waveform): number[] {
  const signed = new Int8Array(peaks.buffer, peaks.byteOffset, peaks.byteLength);
  const pairs = Math.floor(signed.length / 2);
  const levels = Uint8Array.from({ length: pairs }, (_, at) =>
    Math.max(-(signed[at * 2] ?? 0), signed[at * 2 + 1] ?? 0),
  );
  const loud = levels.toSorted()[Math.floor(pairs * 0.9)] ?? 0;
  const quiet = Math.max(1, Math.floor(loud * QUIET_SHARE));
  const msOf = (pair: number) => (pair * 1000) / peaksPerSecond;
  const places: number[] = [];
  let start: number | null = null;
  for (let at = 0; at <= pairs; at++) {
    const isQuiet = at < pairs && (levels[at] ?? 0) <= quiet;
    if (isQuiet) start ??= at;
    else if (start !== null) {
      const from = msOf(start);
      const to = msOf(at);
      if (to - from >= SHORTEST_PAUSE_MS) places.push(Math.round(Math.max((from + to) / 2, to - LEAD_MS)));
      start = null;
    }
  }
  return places;
}
