import { describe, expect, test } from 'vitest';
import { type GroupCount, participationOf } from '../../surveys/participation.ts';

const group = (groupKey: string, invited: number, finished: number): GroupCount => ({
  groupKey,
  invited,
  finished,
});

describe('participation', () => {
  test('is a rate for the whole and for each group', () => {
    expect(participationOf([group('West', 20, 5), group('East', 10, 10)], 5)).toEqual({
      overall: { invited: 30, percent: 50 },
      groups: [
        { groupKey: 'East', invited: 10, percent: 100 },
        { groupKey: 'West', invited: 20, percent: 25 },
      ],
    });
  });

  test('says nothing while fewer than the minimum were invited, or nobody', () => {
    expect(participationOf([], 5)).toEqual({ overall: null, groups: [] });
    expect(participationOf([], 0)).toEqual({ overall: null, groups: [] });
    expect(participationOf([group('West', 4, 1)], 5)).toEqual({ overall: null, groups: [] });
  });

  test('hides a small group, and the next one with it, so that it cannot be subtracted out', () => {
    const { overall, groups } = participationOf([group('A', 2, 1), group('B', 6, 3), group('C', 30, 9)], 5);
    expect(overall).toEqual({ invited: 38, percent: 34 });
    expect(groups.map(({ groupKey }) => groupKey)).toEqual(['C']);
  });

  test('needs no further group when the small ones together reach the minimum', () => {
    const { groups } = participationOf([group('A', 3, 1), group('B', 3, 3), group('C', 5, 1)], 5);
    expect(groups.map(({ groupKey }) => groupKey)).toEqual(['C']);
  });
});
