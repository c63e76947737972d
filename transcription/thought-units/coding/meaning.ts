/**
 * What a unit's words mean together, as a point among the meanings of words: near to that of other units that say the
 * like in other words. Public word vectors (decision 052), each weighed by how rare its word is (Arora, Liang and Ma
 * 2017, "A simple but tough-to-beat baseline for sentence embeddings").
 */
import type { UnitFacts } from './code-features.ts';
import { MEANING_SIZE } from './code-model.ts';
import stored from './word-vectors.json' with { type: 'json' };

/** `MEANING_SIZE` bytes for each word. */
const vectors = new Int8Array(Buffer.from(stored.vectors, 'base64'));
/** The words come in order of their frequency. */
const rankOf: ReadonlyMap<string, number> = new Map(
  stored.words.split(' ').map((word, rank) => [word, rank]),
);

/** How often the most frequent word is said; others by their rank (Zipf). */
const MOST_FREQUENT = 0.07;
/** A word this frequent weighs half. */
const HALF_WEIGHT = 1e-3;
/** Makes the point weigh about as much as the features that are there or not. */
const LENGTH = 2;

/** @returns a vector of `MEANING_SIZE`, of length 2, or 0 where no word is known. Names say nothing. */
export function meaningOf(unit: Pick<UnitFacts, 'span' | 'tokens' | 'nameTokens'>): number[] {
  const sums = new Array<number>(MEANING_SIZE).fill(0);
  unit.tokens.forEach((token, n) => {
    if (unit.nameTokens.has(unit.span.fromToken + n)) return;
    const word = token.lower.replace(/[^a-z']/g, '');
    const rank = rankOf.get(word) ?? rankOf.get(word.replace(/'s$/, ''));
    if (rank === undefined) return;
    const weight = HALF_WEIGHT / (HALF_WEIGHT + MOST_FREQUENT / (rank + 1));
    for (let d = 0; d < MEANING_SIZE; d++)
      sums[d] = (sums[d] ?? 0) + weight * (vectors[rank * MEANING_SIZE + d] ?? 0);
  });
  const length = Math.hypot(...sums);
  return length === 0 ? sums : sums.map((value) => (value / length) * LENGTH);
}
