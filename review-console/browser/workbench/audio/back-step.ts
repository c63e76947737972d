/**
 * Where playing goes on after a pause: a small step back, to find the word again. The step is measured from the
 * furthest point heard since the last jump, so pausing again and again never drifts further and further back.
 */
export interface Listening {
  /** Furthest position heard since the last jump, in seconds. */
  furthest: number;
}

/** After a jump (skip, click on the waveform, load). */
export function jumpedTo(seconds: number): Listening {
  return { furthest: seconds };
}

/** While playing, or when it pauses. */
export function heardUntil(listening: Listening, seconds: number): Listening {
  return seconds > listening.furthest ? { furthest: seconds } : listening;
}

/** Position to resume at when paused at `seconds`; never behind `furthest - step`, never ahead of the pause. */
export function resumeAt(listening: Listening, seconds: number, stepSeconds: number): number {
  return Math.max(0, Math.min(seconds, Math.max(listening.furthest, seconds) - stepSeconds));
}

export const BACK_STEPS_SECONDS = [0, 0.5, 1, 1.5, 2, 3, 5] as const;
export const SLOWEST = 0.4;
export const FASTEST = 2.5;

/** The speed one small step slower or faster, within 0.4 to 2.5. */
export function nextSpeed(speed: number, direction: -1 | 1): number {
  const step = Math.round(speed * 20) + direction;
  return Math.min(FASTEST, Math.max(SLOWEST, step / 20));
}
