import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDay, wallClock } from '../../../platform/time-zone.ts';
import { describeRule } from '../../../transcription/turnaround/describe-rule.ts';
import { type CompanyCalendar, type DueRule, dueBy } from '../../../transcription/turnaround/due-rule.ts';
import { instantOn } from '../../../transcription/turnaround/instant-on.ts';

const NEW_YORK: CompanyCalendar = {
  timeZone: 'America/New_York',
  weekdays: [1, 2, 3, 4, 5],
  holidays: ['2026-11-26'],
};
const SAME_DAY: DueRule = { kind: 'by', workingDays: 0, untilMinute: 18 * 60, cutoffMinute: 15 * 60 };
const NEXT_DAY: DueRule = { kind: 'by', workingDays: 1, untilMinute: 17 * 60, cutoffMinute: null };

describe('what is due', () => {
  test.each([
    ['after an hour', { kind: 'after', minutes: 60 }, '2026-11-18T15:00:00Z', '2026-11-18T16:00:00Z'],
    // The clocks go back that night: an hour is an hour all the same.
    [
      'over the change of clocks',
      { kind: 'after', minutes: 120 },
      '2026-11-01T05:30:00Z',
      '2026-11-01T07:30:00Z',
    ],
    ['the same day, said on a Wednesday at 10', SAME_DAY, '2026-11-18T15:00:00Z', '2026-11-18T23:00:00Z'],
    ['one minute before the cutoff', SAME_DAY, '2026-11-18T19:59:59Z', '2026-11-18T23:00:00Z'],
    ['at the cutoff: the next day', SAME_DAY, '2026-11-18T20:00:00Z', '2026-11-19T23:00:00Z'],
    ['after the cutoff of a Friday: Monday', SAME_DAY, '2026-11-20T21:00:00Z', '2026-11-23T23:00:00Z'],
    ['said on a Saturday: Monday', SAME_DAY, '2026-11-21T13:00:00Z', '2026-11-23T23:00:00Z'],
    [
      'on the day before a holiday, too late: Friday',
      SAME_DAY,
      '2026-11-25T22:00:00Z',
      '2026-11-27T23:00:00Z',
    ],
    // 23:30 on Wednesday in New York is Thursday in UTC.
    ['by the company’s day, not by UTC’s', NEXT_DAY, '2026-11-19T04:30:00Z', '2026-11-19T22:00:00Z'],
    ['the next day, said on a Friday', NEXT_DAY, '2026-11-20T15:00:00Z', '2026-11-23T22:00:00Z'],
    ['the next day, said on a Saturday', NEXT_DAY, '2026-11-21T15:00:00Z', '2026-11-23T22:00:00Z'],
    ['the next day, over a holiday', NEXT_DAY, '2026-11-25T15:00:00Z', '2026-11-27T22:00:00Z'],
    // Clocks go forward on Sunday 8 March, back on Sunday 1 November: 17:00 stays 17:00.
    ['over a weekend in which clocks go forward', NEXT_DAY, '2026-03-06T15:00:00Z', '2026-03-09T21:00:00Z'],
    ['over a weekend in which clocks go back', NEXT_DAY, '2026-10-30T14:00:00Z', '2026-11-02T22:00:00Z'],
    ['until midnight', { ...SAME_DAY, untilMinute: 1440 }, '2026-11-18T15:00:00Z', '2026-11-19T05:00:00Z'],
    [
      'on the third working day',
      { kind: 'by', workingDays: 3, untilMinute: 9 * 60, cutoffMinute: null },
      '2026-11-19T15:00:00Z',
      '2026-11-24T14:00:00Z',
    ],
  ] satisfies [string, DueRule, string, string][])('%s', (_, rule, said, due) => {
    expect(dueBy(rule, new Date(said), NEW_YORK).toISOString()).toBe(new Date(due).toISOString());
  });

  test('on the day itself when clocks change in a company that works on Sundays', () => {
    const all = { ...NEW_YORK, weekdays: [1, 2, 3, 4, 5, 6, 7], holidays: [] };
    const by = (untilMinute: number): DueRule => ({
      kind: 'by',
      workingDays: 0,
      untilMinute,
      cutoffMinute: null,
    });
    // 2:30 never comes on 8 March; 1:30 comes twice on 1 November, and the second one is meant.
    expect(dueBy(by(150), new Date('2026-03-08T05:30:00Z'), all).toISOString()).toBe(
      '2026-03-08T07:30:00.000Z',
    );
    expect(dueBy(by(90), new Date('2026-11-01T05:10:00Z'), all).toISOString()).toBe(
      '2026-11-01T06:30:00.000Z',
    );
  });

  test('is later than it was said, on a working day, at the minute asked for', () => {
    const zones = ['America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'UTC'];
    const rules = fc.record({
      workingDays: fc.nat(6),
      untilMinute: fc.integer({ min: 1, max: 1439 }),
      cutoff: fc.option(fc.nat(1439), { nil: null }),
    });
    const weekdays = fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 });
    const said = fc.date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...zones), weekdays, rules, said, (timeZone, days, rule, saidAt) => {
        const { workingDays, untilMinute, cutoff } = rule;
        const cutoffMinute = workingDays === 0 && cutoff !== null ? Math.min(cutoff, untilMinute) : cutoff;
        const calendar = { timeZone, weekdays: days, holidays: [] };
        const due = dueBy({ kind: 'by', workingDays, untilMinute, cutoffMinute }, saidAt, calendar);
        expect(due.getTime()).toBeGreaterThan(saidAt.getTime());
        const weekday = new Date(`${localDay(due, timeZone)}T00:00:00Z`).getUTCDay() || 7;
        expect(days).toContain(weekday);
        const { hour, minute } = wallClock(due, timeZone);
        // Only a minute that clocks leave out is shown as another one.
        const shown = hour * 60 + minute;
        if (shown !== untilMinute) expect(Math.abs(shown - untilMinute)).toBeLessThanOrEqual(60);
        expect(instantOn(localDay(due, timeZone), shown, timeZone).getTime()).toBe(due.getTime());
      }),
      { numRuns: 300 },
    );
  });
});

test('a rule in words', () => {
  expect(describeRule({ kind: 'after', minutes: 60 })).toBe('1 hour after it was said');
  expect(describeRule({ kind: 'after', minutes: 90 })).toBe('90 minutes after it was said');
  expect(describeRule(SAME_DAY)).toBe(
    'By 18:00 the same working day; what comes in from 15:00 counts for the next',
  );
  expect(describeRule(NEXT_DAY)).toBe('By 17:00 the next working day');
  expect(describeRule({ ...NEXT_DAY, workingDays: 3 } as DueRule)).toBe(
    'By 17:00 on the 3rd working day after',
  );
});
