import { describe, expect, test } from 'vitest';
import { readRange } from '../../../../app/api/audio/byte-range.ts';
import { reducePeaks } from '../../../../app/api/audio/reduce-peaks.ts';

describe('readRange of a file of 100 bytes', () => {
  test.each([
    [undefined, null],
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=90-200', { start: 90, end: 99 }],
    ['bytes=-5', { start: 95, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=20-10', null],
    ['bytes=0-1,5-6', null],
    ['bytes=-', null],
    ['lines=1-2', null],
  ])('%s', (header, range) => {
    expect(readRange(header, 100)).toEqual(range);
  });

  test('an empty file has no piece', () => {
    expect(readRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(readRange('bytes=-5', 0)).toBe('unsatisfiable');
  });
});

describe('reducePeaks', () => {
  const peaks = new Uint8Array(new Int8Array([-1, 1, -9, 2, -3, 7, 0, 0]).buffer);
  test.each([
    [4, [-1, 1, -9, 2, -3, 7, 0, 0]],
    [99, [-1, 1, -9, 2, -3, 7, 0, 0]],
    [2, [-9, 2, -3, 7]],
    [1, [-9, 7]],
    [3, [-1, 1, -9, 2, -3, 7]],
  ])('to %i points', (points, reduced) => {
    expect(reducePeaks(peaks, points)).toEqual(reduced);
  });

  test('of nothing', () => {
    expect(reducePeaks(new Uint8Array(), 10)).toEqual([]);
  });
});
