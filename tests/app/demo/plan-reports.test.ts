import { beforeAll, expect, test } from 'vitest';
import { planReports } from '../../../app/demo/plan-reports.ts';
import { readCompany } from '../../../app/demo/read-company.ts';

const DAY = 24 * 3_600_000;
let company: Awaited<ReturnType<typeof readCompany>>;
beforeAll(async () => {
  company = await readCompany();
});

test.each([
  ['Monday morning', '2026-11-23T14:00:00Z'],
  ['Monday evening', '2026-11-23T23:30:00Z'],
  ['Tuesday', '2026-11-24T20:00:00Z'],
  ['Wednesday', '2026-11-25T20:00:00Z'],
  ['Thursday', '2026-11-26T20:00:00Z'],
  ['Friday', '2026-11-27T20:00:00Z'],
  ['Saturday', '2026-11-28T14:00:00Z'],
  ['Sunday night', '2026-11-30T02:00:00Z'],
])('on a %s there are fresh reports, moved by whole weeks, none of the future', (_, at) => {
  const now = new Date(at);
  const planned = planReports(company.reports, company.times, now);
  const finished = planned.filter(({ finalizedAt }) => finalizedAt !== null);
  const ages = finished.map(({ finalizedAt }) => now.getTime() - (finalizedAt?.getTime() ?? 0));
  expect(Math.min(...ages)).toBeGreaterThan(0);
  expect(ages.filter((age) => age < 8 * DAY).length).toBeGreaterThanOrEqual(11);
  // The four that nobody has read yet.
  expect(ages.sort((a, b) => a - b)[3]).toBeLessThan(6 * DAY);
  expect(finished.every(({ shiftDays }) => shiftDays % 7 === 0)).toBe(true);
  const weekdays = new Set(
    planned.filter(({ kind }) => kind === 'audio').map(({ calledAt }) => calledAt.getUTCDay()),
  );
  expect([...weekdays].sort()).toEqual([1, 2, 3, 4, 5]);
});
