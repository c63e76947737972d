/** Where the typing was in the audio: `[character, ms]`, ascending by character. */
export type Place = readonly [char: number, audioMs: number];

/**
 * About where in the audio a character of the text is said: on a straight line between the places that are known,
 * the text's beginning and end among them. Places that lead back in time are passed over. Pure.
 */
export function audioMsAt(
  places: readonly Place[],
  char: number,
  { textLength, durationMs }: { textLength: number; durationMs: number },
): number {
  let before: Place = [0, 0];
  for (const place of places) {
    if (place[0] > char) {
      if (place[1] >= before[1]) return between(before, place, char);
    } else if (place[1] >= before[1]) before = place;
  }
  return between(before, [textLength, Math.max(durationMs, before[1])], char);
}

function between(from: Place, to: Place, char: number): number {
  if (to[0] <= from[0]) return from[1];
  const share = Math.max(0, Math.min(1, (char - from[0]) / (to[0] - from[0])));
  return Math.round(from[1] + share * (to[1] - from[1]));
}
