/** A stretch of the audio that can be skipped, in seconds. */
export interface Silence {
  start: number;
  end: number;
}

/** Shorter ones are breaths and full stops: part of how it was said. */
const SHORTEST_SECONDS = 1;
/** Left on both sides, so that no word's beginning or end is cut. */
const MARGIN_SECONDS = 0.25;
/** A noise floor is looked for this far around, because lines change their noise on the way. */
const NEIGHBORHOOD_SECONDS = 20;
/** Peaks of 8 bits tell speech from silence only when there are some 20 dB between the two. */
const LEAST_SPEECH_LEVEL = 10;
const STEADY_RATIO = 1.6;
const ABOVE_FLOOR = 1.5;
const LEVELS = 128;

/**
 * Silences longer than a second, found from the peaks of the waveform (interleaved lowest and highest, -128 to 127).
 *
 * Noise is steady, speech is not: where the peaks of a second differ by less than 4 dB, nobody speaks. The loudest
 * of the quietest such second nearby is the noise floor, and what stays within 3.5 dB of it is silence. Where no
 * second is steady, nothing is: better to hear a silence than to miss a quiet word.
 */
export function findSilences(peaks: readonly number[], peaksPerSecond: number): Silence[] {
  const levels = levelsOf(peaks);
  const second = Math.round(peaksPerSecond);
  if (second < 4 || levels.length < second) return [];
  if (quantile(levels, 0.95) < LEAST_SPEECH_LEVEL) return [];
  const floors = noiseFloors(levels, second);
  const silences: Silence[] = [];
  let from: number | null = null;
  for (let at = 0; at <= levels.length; at += 1) {
    const floor = floors[Math.min(floors.length - 1, Math.floor(at / second))] ?? null;
    const isSilent = at < levels.length && floor !== null && (levels[at] ?? 0) <= floor * ABOVE_FLOOR;
    if (isSilent) from ??= at;
    else if (from !== null) {
      const start = from / peaksPerSecond;
      const end = at / peaksPerSecond;
      if (end - start > SHORTEST_SECONDS)
        silences.push({ start: start + MARGIN_SECONDS, end: end - MARGIN_SECONDS });
      from = null;
    }
  }
  return silences;
}

/** The silence at a position; null: somebody may be speaking. */
export function silenceAt(silences: readonly Silence[], seconds: number): Silence | null {
  let low = 0;
  let high = silences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((silences[middle]?.end ?? 0) <= seconds) low = middle + 1;
    else high = middle;
  }
  const found = silences[low];
  return found && found.start <= seconds ? found : null;
}

export const lengthOf = (silences: readonly Silence[]): number =>
  silences.reduce((sum, { start, end }) => sum + end - start, 0);

/** Loudness of each stretch, 0 to 127. Peaks are rounded down, so that -1 is nothing yet. */
function levelsOf(peaks: readonly number[]): Uint8Array {
  const levels = new Uint8Array(Math.floor(peaks.length / 2));
  for (let index = 0; index < levels.length; index += 1)
    levels[index] = Math.max(peaks[2 * index + 1] ?? 0, -(peaks[2 * index] ?? 0) - 1, 0);
  return levels;
}

/** For each second the level of the noise around it; null where nothing nearby is steady. */
function noiseFloors(levels: Uint8Array, second: number): (number | null)[] {
  const steady: (number | null)[] = [];
  for (let start = 0; start < levels.length; start += second) {
    const stretch = levels.subarray(start, start + second);
    const loudest = stretch.reduce((most, level) => Math.max(most, level), 0);
    steady.push(loudest <= STEADY_RATIO * quantile(stretch, 0.2) + 1 ? loudest : null);
  }
  return steady.map((_, at) => {
    let floor: number | null = null;
    const last = Math.min(steady.length - 1, at + NEIGHBORHOOD_SECONDS);
    for (let near = Math.max(0, at - NEIGHBORHOOD_SECONDS); near <= last; near += 1) {
      const level = steady[near];
      if (level !== null && level !== undefined && (floor === null || level < floor)) floor = level;
    }
    return floor;
  });
}

/** Counted, not sorted: an hour has 72,000 levels, and somebody is typing. */
function quantile(levels: Uint8Array, share: number): number {
  const counts = new Uint32Array(LEVELS);
  for (const level of levels) counts[level] = (counts[level] ?? 0) + 1;
  let left = Math.min(levels.length - 1, Math.floor(share * levels.length));
  let level = 0;
  while (level < LEVELS - 1 && left >= (counts[level] ?? 0)) {
    left -= counts[level] ?? 0;
    level += 1;
  }
  return level;
}
