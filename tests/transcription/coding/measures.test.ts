import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alphaOf, countCoincidences } from '../../../transcription/coding/agreement/alpha.ts';
import { bootstrapInterval } from '../../../transcription/coding/agreement/bootstrap.ts';
import {
  boundarySimilarity,
  compareBoundaries,
} from '../../../transcription/coding/agreement/boundary-similarity.ts';
import { oneWay, windowDiff } from '../../../transcription/coding/agreement/window-diff.ts';

/** Sizes of segments, as the literature writes a segmentation, to positions of boundaries. */
function boundaries(sizes: readonly number[]): number[] {
  let sum = 0;
  return sizes.slice(0, -1).map((size) => {
    sum += size;
    return sum;
  });
}
const similarity = (a: readonly number[], b: readonly number[], span = 2) =>
  boundarySimilarity([compareBoundaries(boundaries(a), boundaries(b), { span })]);

/** Seven people's segmentations of "Stargazers look for life" (Hearst 1997), as published with Fournier's program. */
const STARGAZER = [
  [2, 3, 3, 1, 3, 6, 3],
  [2, 8, 2, 4, 2, 3],
  [2, 1, 2, 3, 1, 3, 1, 3, 2, 2, 1],
  [2, 1, 4, 1, 1, 3, 1, 4, 3, 1],
  [3, 2, 4, 3, 5, 4],
  [2, 3, 4, 2, 2, 5, 3],
  [2, 3, 2, 2, 3, 1, 3, 2, 3],
];
const H1 = [2, 6, 4, 2, 4, 3];
const H2 = [2, 1, 1, 1, 5, 8, 2, 1];

describe('boundary similarity', () => {
  it.each([
    ['a boundary less', [2, 3, 6], [5, 6], 0.5],
    ['a boundary more', [2, 3, 6], [2, 3, 3, 3], 2 / 3],
    ['a near miss', [2, 3, 6], [2, 2, 7], 0.75],
    ['several more in a cluster', [2, 3, 6], [1, 1, 3, 1, 5], 0.5],
    ['none against one', [11], [5, 6], 0],
  ])('has the published value of the test of %s', (_name, a, b, value) => {
    expect(similarity(a, b)).toBeCloseTo(value, 10);
  });

  it('has the published values of the Stargazer article', () => {
    const [one = [], two = []] = STARGAZER;
    const parts = compareBoundaries(boundaries(one), boundaries(two), { span: 2 });
    expect(parts).toMatchObject({ matches: 3, nearMisses: 1, misses: 3, numerator: 3.5 });
    const against = (hypothesis: number[]) => STARGAZER.map((coder) => similarity(hypothesis, coder));
    const published = [
      [0.5714285714, 0.4285714286, 0.45, 0.4444444444, 0.4166666667, 0.5833333333, 0.5],
      [0.3888888889, 0.3333333333, 0.5, 0.3636363636, 0.375, 0.3888888889, 0.3181818182],
    ];
    for (const [row, hypothesis] of [H1, H2].entries())
      against(hypothesis).forEach((value, at) => {
        expect(value).toBeCloseTo(published[row]?.[at] ?? Number.NaN, 9);
      });
  });

  it('has the published mean over all pairs of people', () => {
    const pairs = STARGAZER.flatMap((one, at) =>
      STARGAZER.slice(at + 1).map((two) => compareBoundaries(boundaries(one), boundaries(two), { span: 2 })),
    );
    expect(boundarySimilarity(pairs)).toBeCloseTo(0.5300546448087432, 12);
  });

  const splits = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 25 });

  it('is the same either way round, 1 only for the same splits, and never outside of 0 to 1', () => {
    fc.assert(
      fc.property(splits, splits, fc.integer({ min: 2, max: 5 }), (a, b, span) => {
        const there = compareBoundaries(a, b, { span });
        const back = compareBoundaries(b, a, { span });
        expect(back.denominator).toBe(there.denominator);
        expect(back.numerator).toBeCloseTo(there.numerator, 9);
        const value = boundarySimilarity([there]) ?? 1;
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(value === 1).toBe([...a].sort().join() === [...b].sort().join());
        expect(there.matches + there.nearMisses).toBeLessThanOrEqual(Math.min(a.length, b.length));
      }),
    );
  });

  it('thinks no worse of a near miss when further ones count as near, and worse of a boundary more', () => {
    fc.assert(
      fc.property(splits, fc.integer({ min: 61, max: 99 }), (a, extra) => {
        const with1 = boundarySimilarity([compareBoundaries(a, [...a, extra], { span: 2 })]);
        expect(with1).toBeCloseTo(a.length / (a.length + 1), 9);
        const moved = a.map((position) => position * 10);
        const near = moved.map((position) => position + 2);
        const narrow = boundarySimilarity([compareBoundaries(moved, near, { span: 2 })]) ?? 1;
        const wide = boundarySimilarity([compareBoundaries(moved, near, { span: 3 })]) ?? 1;
        expect(wide).toBeGreaterThanOrEqual(narrow);
      }),
    );
  });
});

describe('WindowDiff', () => {
  it('has the published value of the Stargazer article', () => {
    expect(oneWay(boundaries(STARGAZER[0] ?? []), boundaries(H1), 21)).toBeCloseTo(0.3157894736842105, 12);
  });

  it.each([
    ['the same', [5, 3, 5], [5, 3, 5], 0],
    ['a moved boundary', [5, 3, 5], [4, 4, 5], 2 / 11],
    ['a boundary more', [5, 3, 5], [5, 1, 2, 5], 2 / 11],
  ])('has the published value of %s', (_name, a, b, value) => {
    expect(windowDiff(boundaries(a), boundaries(b), 13)).toBeCloseTo(value, 10);
  });

  it('says nothing of a text of two words', () => {
    expect(windowDiff([1], [], 2)).toBeNull();
  });
});

/** Rows of people, `.` for a missing value, as Krippendorff prints them, to the values of each unit. */
function units(...people: string[]): number[][] {
  const rows = people.map((row) => row.trim().split(/\s+/));
  return (rows[0] ?? []).map((_, unit) =>
    rows.flatMap((row) => (row[unit] === '.' ? [] : [row[unit]?.charCodeAt(0) ?? 0])),
  );
}
const alpha = (...people: string[]) => alphaOf([countCoincidences(units(...people), 128)]);

describe("Krippendorff's alpha", () => {
  it('has the published value of two observers and two values', () => {
    expect(alpha('0 1 0 0 0 0 0 0 1 0', '1 1 1 0 0 1 0 0 0 0')).toBeCloseTo(0.095, 3);
  });

  it('has the published value of two observers and nominal values', () => {
    expect(alpha('a a b b d c c c e d d a', 'b a b b b c c c e d d d')).toBeCloseTo(0.692, 3);
  });

  it('has the published value of four observers with values missing', () => {
    expect(
      alpha(
        '1 2 3 3 2 1 4 1 2 . . .',
        '1 2 3 3 2 2 4 1 2 5 . 3',
        '. 3 3 3 2 3 4 2 2 5 1 .',
        '1 2 3 3 2 4 4 1 2 5 1 .',
      ),
    ).toBeCloseTo(0.743, 3);
  });

  const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
    minLength: 1,
    maxLength: 60,
  });

  it('is not moved by units that only one person coded, nor by who is called first or what codes are called', () => {
    fc.assert(
      fc.property(pairs, fc.array(fc.integer({ min: 0, max: 4 })), (coded, single) => {
        const value = alphaOf([countCoincidences(coded, 5)]);
        const withSingle = alphaOf([countCoincidences([...coded, ...single.map((one) => [one])], 5)]);
        expect(withSingle).toBe(value);
        const close = (other: number | null) =>
          value === null ? expect(other).toBeNull() : expect(other).toBeCloseTo(value, 9);
        close(
          alphaOf([
            countCoincidences(
              coded.map(([a, b]) => [b, a]),
              5,
            ),
          ]),
        );
        close(
          alphaOf([
            countCoincidences(
              coded.map(([a, b]) => [4 - a, 4 - b]),
              5,
            ),
          ]),
        );
      }),
    );
  });

  it('is 1 for the same values, never more, and the same counted in parts or in whole', () => {
    fc.assert(
      fc.property(pairs, (coded) => {
        const value = alphaOf([countCoincidences(coded, 5)]);
        if (value !== null) {
          expect(value).toBeLessThanOrEqual(1);
          expect(value === 1).toBe(coded.every(([a, b]) => a === b));
        }
        const parts = coded.map((unit) => countCoincidences([unit], 5));
        const together = alphaOf(parts);
        if (value === null) expect(together).toBeNull();
        else expect(together).toBeCloseTo(value, 9);
      }),
    );
  });

  it('is not defined where there is nothing to compare', () => {
    expect(alphaOf([])).toBeNull();
    expect(alpha('1 1 1', '1 1 1')).toBeNull();
    expect(alpha('1 . 2', '. 1 .')).toBeNull();
  });
});

describe('interval by drawing reports anew', () => {
  const mean = (drawn: readonly number[]) => drawn.reduce((sum, value) => sum + value, 0) / drawn.length;

  it('holds the measure, is narrow for many reports, wide for few, and the same each time', () => {
    const some = Array.from({ length: 400 }, (_, at) => at % 10);
    const many = bootstrapInterval(some, mean);
    const few = bootstrapInterval(some.slice(0, 10), mean);
    if (!many || !few) throw new Error('no interval');
    expect(many.low).toBeLessThan(4.5);
    expect(many.high).toBeGreaterThan(4.5);
    // Of a mean of n values with standard deviation s: about 2 · 1.96 · s / √n.
    const width = (n: number) => (2 * 1.96 * Math.sqrt(8.25)) / Math.sqrt(n);
    expect((many.high - many.low) / width(400)).toBeCloseTo(1, 0);
    expect(few.high - few.low).toBeGreaterThan(4 * (many.high - many.low));
    expect(bootstrapInterval(some, mean)).toEqual(many);
  });

  it('says nothing of a handful, or of what is hardly ever defined', () => {
    expect(bootstrapInterval([1, 2, 3, 4], mean)).toBeNull();
    expect(bootstrapInterval([1, 2, 3, 4, 5, 6], () => null)).toBeNull();
  });
});
