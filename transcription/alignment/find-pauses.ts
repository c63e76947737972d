/** A waveform: interleaved min,max as int8. */
export interface Waveform {
  peaks: Uint8Array;
  peaksPerSecond: number;
}

export interface Pause {
  startMs: number;
  endMs: number;
}

/** Where somebody speaks in an audio and where not, and how much is spoken up to a moment. */
export interface SpeechTimes {
  durationMs: number;
  /** Ascending, not touching; long enough to lie between words. */
  pauses: readonly Pause[];
  /** Ms of speech before a moment. */
  spokenUntil(ms: number): number;
  /** The moment at which so many ms have been spoken; the end of a pause rather than its beginning. */
  momentOf(spokenMs: number): number;
  /** How many pauses begin before a moment. */
  pausesUntil(ms: number): number;
}

/** The closing of a "t" or "p" within a word is shorter. */
const SHORTEST_PAUSE_MS = 140;
/** A click of the line or the lips within a pause is shorter, and does not make two of it. */
const LONGEST_CLICK_MS = 40;
/** How far above the line's own noise a sound must be, as a share of how far this speaker's loud sounds are. */
const QUIET_SHARE = 0.09;
const MOST_NOISE = 0.3;

/** Reads pauses out of a waveform. The line's noise is what its quietest tenth has, whatever the line. Pure. */
export function findPauses({ peaks, peaksPerSecond }: Waveform, durationMs: number): SpeechTimes {
  const signed = new Int8Array(peaks.buffer, peaks.byteOffset, peaks.byteLength);
  const levels = Float32Array.from({ length: Math.floor(signed.length / 2) }, (_, at) =>
    Math.max(-(signed[at * 2] ?? 0), signed[at * 2 + 1] ?? 0),
  );
  return pausesOfLevels(levels, { stepMs: 1000 / peaksPerSecond, durationMs });
}

/** Between what is noise and what is speech, in the unit of the levels. */
export function quietBelow(levels: Float32Array): number {
  const sorted = levels.toSorted();
  const loud = sorted[Math.floor(sorted.length * 0.9)] ?? 0;
  // Somebody who never pauses leaves no noise to be heard.
  const noise = Math.min(loud * MOST_NOISE, sorted[Math.floor(sorted.length * 0.1)] ?? 0);
  return noise * 1.25 + (loud - noise) * QUIET_SHARE;
}

/** The same from the loudness of each step of time, in any unit that is proportional to the amplitude. */
export function pausesOfLevels(
  levels: Float32Array,
  { stepMs, durationMs, quiet = quietBelow(levels) }: { stepMs: number; durationMs: number; quiet?: number },
): SpeechTimes {
  const pauses: Pause[] = [];
  let start: number | null = null;
  for (let at = 0; at <= levels.length; at++) {
    const isQuiet = at < levels.length && (levels[at] ?? 0) <= quiet;
    if (isQuiet) start ??= at;
    else if (start !== null) {
      const startMs = start * stepMs;
      const last = pauses.at(-1);
      if (last && startMs - last.endMs <= LONGEST_CLICK_MS) last.endMs = at * stepMs;
      else pauses.push({ startMs, endMs: at * stepMs });
      start = null;
    }
  }
  return speechTimes(
    pauses.filter((pause) => pause.endMs - pause.startMs >= SHORTEST_PAUSE_MS),
    durationMs,
  );
}

/** Of pauses that are known. */
export function speechTimes(pauses: readonly Pause[], durationMs: number): SpeechTimes {
  /** Ms of silence before pause number `at`. */
  const silentBefore = new Float64Array(pauses.length + 1);
  for (const [at, pause] of pauses.entries())
    silentBefore[at + 1] = (silentBefore[at] ?? 0) + pause.endMs - pause.startMs;
  const pausesUntil = (ms: number) => countWhile(pauses.length, (at) => (pauses[at]?.startMs ?? 0) < ms);
  return {
    durationMs,
    pauses,
    pausesUntil,
    spokenUntil(ms) {
      const begun = pausesUntil(ms);
      const last = pauses[begun - 1];
      const silent = silentBefore[begun] ?? 0;
      return ms - silent + (last ? Math.max(0, last.endMs - ms) : 0);
    },
    momentOf(spokenMs) {
      const passed = countWhile(
        pauses.length,
        (at) => (pauses[at]?.startMs ?? 0) - (silentBefore[at] ?? 0) <= spokenMs,
      );
      return Math.min(durationMs, spokenMs + (silentBefore[passed] ?? 0));
    },
  };
}

/** How many of the first indexes fulfil what holds for a beginning of the list, by halving. */
function countWhile(length: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
