import { expect, test } from 'vitest';
import { startOfDay, todayAndLastWeek, weekOf } from '../../insight/today/days.ts';
import { localDay } from '../../platform/time-zone.ts';

test.each([
  ['2026-03-10', 'America/New_York', '2026-03-10T04:00:00.000Z'],
  // Clocks go forward at two that night, back at two in November.
  ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
  ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
  ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z'],
  ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z'],
  ['2026-03-10', 'Asia/Kolkata', '2026-03-09T18:30:00.000Z'],
  ['2026-03-10', 'UTC', '2026-03-10T00:00:00.000Z'],
])('%s begins in %s at %s', (day, timeZone, expected) => {
  expect(startOfDay(day, timeZone).toISOString()).toBe(expected);
  expect(localDay(startOfDay(day, timeZone), timeZone)).toBe(day);
});

test.each([
  ['2026-03-09', '2026-03-09', '2026-03-15'],
  ['2026-03-15', '2026-03-09', '2026-03-15'],
  ['2026-01-01', '2025-12-29', '2026-01-04'],
])('the week of %s is %s to %s', (day, from, to) => {
  expect(weekOf(day)).toEqual({ from, to });
});

test('a day is compared with the same hours of a week ago, across a change of clocks', () => {
  const { today, before } = todayAndLastWeek(new Date('2026-03-10T16:00:00Z'), 'America/New_York');
  expect(today.from.toISOString()).toBe('2026-03-10T04:00:00.000Z');
  expect(before.from.toISOString()).toBe('2026-03-03T05:00:00.000Z');
  expect(before.to.toISOString()).toBe('2026-03-03T17:00:00.001Z');
});
