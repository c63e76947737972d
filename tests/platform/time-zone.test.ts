import { expect, test } from 'vitest';
import { isTimeZone, localDay, wallClock } from '../../platform/time-zone.ts';

test('a name of the tables is a time zone, anything else is none', () => {
  expect(['America/New_York', 'UTC', 'Asia/Kolkata'].every(isTimeZone)).toBe(true);
  expect(['', 'New York', 'America/Nowhere'].some(isTimeZone)).toBe(false);
});

test.each([
  ['UTC', '2026-01-01T00:00:00Z', '2026-01-01', [0, 0, 0]],
  ['America/New_York', '2026-01-01T04:59:59Z', '2025-12-31', [23, 59, 59]],
  // Midnight is hour 0, not 24.
  ['America/New_York', '2026-07-01T04:00:00Z', '2026-07-01', [0, 0, 0]],
  ['Asia/Kolkata', '2026-02-28T18:30:07Z', '2026-03-01', [0, 0, 7]],
])('in %s at %s it is %s', (timeZone, at, day, time) => {
  const { hour, minute, second } = wallClock(new Date(at), timeZone);
  expect(localDay(new Date(at), timeZone)).toBe(day);
  expect([hour, minute, second]).toEqual(time);
});

test('a zone that nobody knows is an error of whoever asks', () => {
  expect(() => localDay(new Date(), 'America/Nowhere')).toThrow(RangeError);
});
