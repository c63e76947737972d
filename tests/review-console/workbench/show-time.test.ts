import { describe, expect, it } from 'vitest';
import { clockOf, countWords, dueIn } from '../../../review-console/browser/workbench/text/show-time.ts';
import { showRequirement } from '../../../transcription/jobs/show-requirement.ts';

describe('times and counts', () => {
  it.each([
    [0, '0:00'],
    [187.9, '3:07'],
    [3765, '1:02:45'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(clockOf(seconds)).toBe(text);
  });

  it.each([
    [30 * 60_000, { text: '30 min', isLate: false, isSoon: true }],
    [125 * 60_000, { text: '2 h 05 min', isLate: false, isSoon: false }],
    [-3 * 60_000, { text: 'late by 3 min', isLate: true, isSoon: false }],
    [80 * 3_600_000, { text: '3 days', isLate: false, isSoon: false }],
  ])('due in %d ms', (ms, shown) => {
    expect(dueIn(ms, 0)).toEqual(shown);
  });

  it('counts words', () => {
    expect(countWords(' We  met\nRosa. ')).toBe(3);
    expect(countWords('')).toBe(0);
  });

  it.each([
    ['language:es', 'Spanish'],
    ['clearance:citizen', 'clearance: citizen'],
    ['language:???', '???'],
  ])('shows the requirement %s as %s', (requirement, text) => {
    expect(showRequirement(requirement)).toBe(text);
  });
});
