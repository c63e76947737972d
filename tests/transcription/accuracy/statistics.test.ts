import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../../transcription/accuracy/figures/accuracy-figures.ts';
import {
  IDLE_AFTER_MS,
  type WorkSign,
  workedMs,
} from '../../../transcription/accuracy/figures/worked-time.ts';
import { isDrawn, parseSampling, shareFor } from '../../../transcription/accuracy/sampling/draw-check.ts';
import {
  type Cluster,
  estimateProportion,
  estimateRatio,
  estimateShare,
} from '../../../transcription/accuracy/statistics/intervals.ts';
import { studentT } from '../../../transcription/accuracy/statistics/student-t.ts';

describe('studentT', () => {
  // Any table of Student's t, two-sided 95 %.
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [9, 2.262],
    [19, 2.093],
    [29, 2.045],
    [100, 1.984],
  ])('of %i degrees of freedom is %f', (df, t) => {
    expect(studentT(df)).toBeCloseTo(t, 2);
  });
});

describe('intervals', () => {
  it('gives the published interval of Wilson for a plain proportion', () => {
    // 81 of 263: Newcombe (1998), table I, method 3.
    const found = estimateProportion(81, 263);
    expect(found?.low).toBeCloseTo(0.2553, 3);
    expect(found?.high).toBeCloseTo(0.3662, 3);
    // 0 of 20, there: 0 to 0.1611.
    expect(estimateProportion(0, 20)?.high).toBeCloseTo(0.1611, 3);
  });

  it('knows that words of one text go together: the same errors in bunches tell less', () => {
    const even = Array.from({ length: 20 }, (): Cluster => ({ count: 2, size: 100 }));
    const bunched = Array.from({ length: 20 }, (_, at): Cluster => ({ count: at < 2 ? 20 : 0, size: 100 }));
    const width = (clusters: Cluster[]) => {
      const { value, low, high } = estimateShare(clusters) ?? { value: 0, low: 0, high: 0 };
      expect(value).toBeCloseTo(0.02);
      return high - low;
    };
    expect(width(bunched)).toBeGreaterThan(2 * width(even));
  });

  it('claims no perfect knowledge when nothing was wrong', () => {
    const found = estimateShare(Array.from({ length: 10 }, () => ({ count: 0, size: 200 })));
    expect(found).toMatchObject({ value: 0, low: 0, n: 10 });
    expect(found?.high).toBeGreaterThan(0.002);
    expect(found?.high).toBeLessThan(0.02);
  });

  it('says next to nothing of a single text, nothing of none', () => {
    expect(estimateShare([{ count: 1, size: 100 }])).toMatchObject({ low: 0, high: 1, n: 1 });
    expect(estimateRatio([{ count: 1, size: 100 }])).toMatchObject({
      low: 0,
      high: Number.POSITIVE_INFINITY,
    });
    expect(estimateShare([])).toBeNull();
    expect(estimateShare([{ count: 0, size: 0 }])).toBeNull();
    expect(estimateProportion(0, 0)).toBeNull();
  });

  it('weights each text by how many it stands for', () => {
    const clusters = [
      { count: 10, size: 100, weight: 1 },
      { count: 0, size: 100, weight: 9 },
    ];
    expect(estimateShare(clusters)?.value).toBeCloseTo(0.01);
  });

  it('covers the truth about as often as it says, on texts whose errors come in bunches', () => {
    const random = randomFrom(20_260_211);
    const cover = (rate: number, bunching: number, texts: number, estimate: typeof estimateShare) => {
      const runs = 400;
      let covered = 0;
      for (let run = 0; run < runs; run++) {
        const clusters = Array.from({ length: texts }, () => {
          const size = Math.round(80 + 600 * random() ** 2);
          const own = (rate * size * gamma(bunching, random)) / bunching;
          return { count: Math.min(size, poisson(own, random)), size };
        });
        const { low, high } = estimate(clusters) ?? { low: 1, high: 0 };
        if (low <= rate && rate <= high) covered += 1;
      }
      return covered / runs;
    };
    // Errors of a text spread around its length like waiting times (bunching 1), or less so (3).
    for (const [rate, bunching, texts] of [
      [0.005, 1, 10],
      [0.02, 1, 10],
      [0.02, 3, 25],
      [0.04, 1, 40],
    ] as const) {
      const share = cover(rate, bunching, texts, estimateShare);
      expect(share, `share ${rate}, ${bunching}, ${texts}`).toBeGreaterThan(0.9);
      const ratio = cover(rate, bunching, texts, estimateRatio);
      expect(ratio, `ratio ${rate}, ${bunching}, ${texts}`).toBeGreaterThan(0.88);
    }
    // A plain interval over words, as if each were drawn alone, would promise far too much: the test can tell.
    const naive = (clusters: readonly Cluster[]) => {
      const words = clusters.reduce((sum, { size }) => sum + size, 0);
      return estimateProportion(
        clusters.reduce((sum, { count }) => sum + count, 0),
        words,
      );
    };
    expect(cover(0.02, 1, 25, naive)).toBeLessThan(0.75);
  });
});

describe('figuresOf', () => {
  it('counts as right what is not wrong, and weighs the company by the chance of being drawn', () => {
    const rows = [
      { share: 1, words: 100, errors: 4, score: 96 },
      { share: 0.1, words: 100, errors: 0, score: 100 },
    ];
    expect(figuresOf(rows, false)).toMatchObject({
      checks: 2,
      words: 200,
      score: 98,
      passed: { value: 0.5 },
    });
    expect(figuresOf(rows, false).wordAccuracy?.value).toBeCloseTo(0.98);
    expect(figuresOf(rows, true).wordAccuracy?.value).toBeCloseTo(1 - 4 / 1_100);
    expect(figuresOf([], true)).toEqual({
      checks: 0,
      words: 0,
      wordAccuracy: null,
      passed: null,
      score: null,
    });
  });
});

describe('workedMs', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 1, 11, 9, minute));
  const signs = (...list: [WorkSign['kind'], number][]): WorkSign[] =>
    list.map(([kind, minute]) => ({ kind, at: at(minute) }));
  const minutes = (...list: [WorkSign['kind'], number][]) => workedMs(signs(...list)) / 60_000;
  const idle = IDLE_AFTER_MS / 60_000;

  it('counts from the claim to the end', () => {
    expect(minutes(['begin', 0], ['sign', 1], ['sign', 3], ['end', 4])).toBe(4);
  });
  it('counts a long silence only so far', () => {
    expect(minutes(['begin', 0], ['sign', 1], ['sign', 41], ['end', 42])).toBe(1 + idle + 1);
  });
  it('leaves out what lies between giving it back and taking it again', () => {
    expect(minutes(['begin', 0], ['end', 2], ['sign', 9], ['begin', 30], ['sign', 31], ['end', 32])).toBe(4);
  });
  it('goes on in a second window, and up to the last sign where no end is known', () => {
    expect(minutes(['begin', 0], ['sign', 1], ['begin', 2], ['sign', 4])).toBe(4);
  });
  it('needs no order, and is nothing without a claim', () => {
    expect(minutes(['end', 2], ['sign', 1], ['begin', 0])).toBe(2);
    expect(minutes(['sign', 1], ['end', 2])).toBe(0);
  });
});

describe('drawing', () => {
  const id = (at: number) => `0190${String(at).padStart(4, '0')}-0000-7000-8000-000000000000`;
  const drawn = (probability: number, secret = 'a secret') =>
    Array.from({ length: 4_000 }, (_, at) => isDrawn(secret, id(at), probability));

  it('draws about the share, the same ones each time, others under another secret', () => {
    const some = drawn(0.1);
    expect(some.filter(Boolean).length / 4_000).toBeCloseTo(0.1, 1);
    expect(drawn(0.1)).toEqual(some);
    expect(drawn(0.1, 'another')).not.toEqual(some);
    // A greater share draws the same and more.
    const more = drawn(0.3);
    expect(some.every((is, at) => !is || more[at])).toBe(true);
  });

  it('draws none at 0 and all at 1', () => {
    expect(drawn(0)).not.toContain(true);
    expect(drawn(1)).not.toContain(false);
  });

  it('looks at newcomers more, and at single people as set', () => {
    const june = '019c4a00-0000-7000-8000-000000000001';
    const sampling = parseSampling({ share: 0.05, newcomerShare: 0.5, newcomerJobs: 20, newcomerDays: 14 });
    expect(shareFor(sampling, june, { jobs: 3, days: 90 })).toBe(0.5);
    expect(shareFor(sampling, june, { jobs: 300, days: 3 })).toBe(0.5);
    expect(shareFor(sampling, june, { jobs: 20, days: 14 })).toBe(0.05);
    expect(shareFor({ ...sampling, newcomerShare: 0 }, june, { jobs: 0, days: 0 })).toBe(0.05);
    expect(shareFor({ ...sampling, people: { [june]: 0 } }, june, { jobs: 0, days: 0 })).toBe(0);
  });

  it('draws nothing until somebody sets a share', () => {
    expect(parseSampling(undefined)).toMatchObject({ share: 0, newcomerShare: 0, people: {} });
    expect(parseSampling({ share: 7, people: [] })).toMatchObject({ share: 0, people: {} });
  });
});

/** Mulberry32: the same numbers each time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A sum of `shape` waiting times of mean 1. */
function gamma(shape: number, random: () => number): number {
  let sum = 0;
  for (let each = 0; each < shape; each++) sum -= Math.log(1 - random());
  return sum;
}

function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > limit; product *= random()) count += 1;
  return count;
}
