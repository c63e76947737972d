/**
 * Which unit of the new text is which of the old: the longest common run of units with the same words, in order.
 * Those keep their number (people and links speak of "unit 7"); all others are new. Pure.
 * @returns for each new unit the index of the old one that it is, or null
 */
export function matchUnits(before: readonly string[], after: readonly string[]): (number | null)[] {
  const old = before.map(normalize);
  const now = after.map(normalize);
  // lengths[i][j]: longest common run of old[i..] and now[j..].
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const matches: (number | null)[] = now.map(() => null);
  let i = 0;
  let j = 0;
  while (i < old.length && j < now.length) {
    if (old[i] === now[j]) {
      matches[j] = i;
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return matches;
}

/** Spaces are no words. */
function normalize(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
