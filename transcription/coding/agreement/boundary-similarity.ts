/** Parts of boundary similarity, so that several texts can be taken together: `similarity = numerator / denominator`. */
export interface BoundaryParts {
  numerator: number;
  denominator: number;
  matches: number;
  nearMisses: number;
  /** Boundaries that only one of the two has. */
  misses: number;
}

/**
 * How alike two people split a text: boundary similarity B for one kind of boundary.
 *
 * Boundaries are matched; of the rest, two that stand less than `span` places apart, one of each person, are one near
 * miss (a transposition), shorter ones first, left to right; what is then left is missed. A near miss over d places
 * costs d / span of a miss. 1: all the same; 0: none near any other.
 *
 * Source: Chris Fournier, Evaluating Text Segmentation using Boundary Edit Distance, ACL 2013, with the weights of
 * his own program (github.com/cfournie/segmentation.evaluation); `span` is its n_t. Its published values are in the
 * tests.
 * @param a positions of boundaries, in words from the text's beginning, each at most once
 */
export function compareBoundaries(
  a: readonly number[],
  b: readonly number[],
  { span }: { span: number },
): BoundaryParts {
  const ofA = new Set(a);
  const ofB = new Set(b);
  const matches = [...ofA].filter((position) => ofB.has(position)).length;
  const onlyA = new Set([...ofA].filter((position) => !ofB.has(position)));
  const onlyB = new Set([...ofB].filter((position) => !ofA.has(position)));
  let nearMisses = 0;
  let cost = 0;
  for (let distance = 1; distance < span; distance += 1) {
    const starts = [...onlyA, ...onlyB].sort((one, other) => one - other);
    for (const start of starts) {
      const end = start + distance;
      const [from, to] = onlyA.has(start) ? [onlyA, onlyB] : [onlyB, onlyA];
      if (!from.has(start) || !to.has(end)) continue;
      from.delete(start);
      to.delete(end);
      nearMisses += 1;
      cost += distance / span;
    }
  }
  const misses = onlyA.size + onlyB.size;
  const denominator = misses + nearMisses + matches;
  return { numerator: denominator - misses - cost, denominator, matches, nearMisses, misses };
}

/** Of several texts together: long ones count for more. Null when nobody split anything. */
export function boundarySimilarity(
  parts: readonly Pick<BoundaryParts, 'numerator' | 'denominator'>[],
): number | null {
  const denominator = parts.reduce((sum, part) => sum + part.denominator, 0);
  return denominator === 0 ? null : parts.reduce((sum, part) => sum + part.numerator, 0) / denominator;
}
