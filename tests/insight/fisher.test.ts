import { expect, test } from 'vitest';
import { chanceOfMore, findings } from '../../insight/today/fisher.ts';

test.each([
  // The lady tasting tea: 4 of 4 right against 0 of 4.
  [{ mentions: 4, reports: 4 }, { mentions: 0, reports: 4 }, 1 / 70],
  [{ mentions: 3, reports: 4 }, { mentions: 1, reports: 4 }, 17 / 70],
  // One of ten reports of a set was made this week: 1 in 10 that it is the one.
  [{ mentions: 1, reports: 1 }, { mentions: 0, reports: 9 }, 0.1],
  [{ mentions: 0, reports: 5 }, { mentions: 3, reports: 5 }, 1],
  [{ mentions: 0, reports: 0 }, { mentions: 0, reports: 0 }, 1],
])('%j against %j', (now, before, expected) => {
  expect(chanceOfMore(now, before)).toBeCloseTo(expected, 10);
});

test('sums to one over all outcomes, also with many reports', () => {
  const all = chanceOfMore({ mentions: 0, reports: 700 }, { mentions: 300, reports: 2800 });
  expect(all).toBeCloseTo(1, 9);
  const half = chanceOfMore({ mentions: 60, reports: 700 }, { mentions: 240, reports: 2800 });
  expect(half).toBeGreaterThan(0.45);
  expect(half).toBeLessThan(0.6);
});

test('of many chances only those count as findings that stand out among all', () => {
  expect(findings([], 0.1)).toEqual([]);
  expect(findings([0.04, 0.9, 0.5, 0.7], 0.1)).toEqual([false, false, false, false]);
  expect(findings([0.02, 0.9, 0.5, 0.7], 0.1)).toEqual([true, false, false, false]);
  expect(findings([0.06, 0.01, 0.04, 0.9], 0.1)).toEqual([true, true, true, false]);
});
