/**
 * Where playing goes on after a pause: a small step back, to find the word again. The step is measured from the
 * furthest point heard since the last jump, so pausing again and again never drifts further and further back.
 */
export interface Listening {
  /** Furthest position heard since the last jump, in seconds. */
  furthest: number;
  /** Something was heard since: whoever jumps to a place wants to hear it from there. */
  heard: boolean;
}

/** After a jump (skip, click on the waveform). */
export function jumpedTo(seconds: number): Listening {
  return { furthest: seconds, heard: false };
}

/** While playing, when it pauses, or where work went on from the day before. */
export function heardUntil(listening: Listening, seconds: number): Listening {
  return { furthest: Math.max(listening.furthest, seconds), heard: true };
}

/** Position to resume at when paused at `seconds`; never behind `furthest - step`, never ahead of the pause. */
export function resumeAt({ furthest, heard }: Listening, seconds: number, stepSeconds: number): number {
  if (!heard) return seconds;
  return Math.max(0, Math.min(seconds, Math.max(furthest, seconds) - stepSeconds));
}

export const SLOWEST = 0.4;
export const FASTEST = 2.5;

/** The speed one small step slower or faster, within 0.4 to 2.5. */
export function nextSpeed(speed: number, direction: -1 | 1): number {
  const step = Math.round(speed * 20) + direction;
  return Math.min(FASTEST, Math.max(SLOWEST, step / 20));
}
