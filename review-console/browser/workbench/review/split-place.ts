/**
 * Places where a unit may be split: before each word but the first, as offsets within the unit's text.
 * The first offered is the likeliest: after punctuation, else before a joining word, else the middle.
 */
export function splitPlaces(text: string): { offsets: number[]; likeliest: number } {
  const offsets = [...text.matchAll(/\S+/g)].map((match) => match.index).slice(1);
  const middle = text.length / 2;
  const nearest = (candidates: readonly number[]) =>
    candidates.reduce((best, at) => (Math.abs(at - middle) < Math.abs(best - middle) ? at : best));
  const afterPunctuation = offsets.filter((at) => /[,;:.!?—–-]\s+$/.test(text.slice(0, at)));
  const beforeJoint = offsets.filter((at) =>
    /^(and|but|so|because|which|who|then|or)\b/i.test(text.slice(at)),
  );
  const candidates = [afterPunctuation, beforeJoint, offsets].find((list) => list.length > 0);
  const likeliest = candidates ? offsets.indexOf(nearest(candidates)) : -1;
  return { offsets, likeliest };
}
