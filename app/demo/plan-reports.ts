import { demoNumber } from './demo-id.ts';
import type { DemoReport, DemoTimes } from './read-company.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Left for `npm run demo`, which dictates them anew: short ones of two reps. */
export const FOR_THE_DEMO_RUN = ['A-007', 'A-015'] as const;

/** Jobs that wait: minutes ago that the call came in, and minutes until it is due (below zero: late). */
const WAITING = new Map([
  ['A-019', { calledMinutesAgo: 232, dueInMinutes: 8 }],
  ['A-023', { calledMinutesAgo: 131, dueInMinutes: 109 }],
  ['A-035', { calledMinutesAgo: 47, dueInMinutes: 13 }],
  ['A-031', { calledMinutesAgo: 12, dueInMinutes: 228 }],
]);
const URGENT = new Set(['A-035', 'A-009', 'A-020']);

export interface PlannedDemoReport {
  report: DemoReport;
  /** audio: finished, can be heard; silent: finished, its audio was destroyed in time; waiting: a job. */
  kind: 'audio' | 'silent' | 'waiting';
  urgent: boolean;
  calledAt: Date;
  dueAt: Date;
  /** Null for those that wait. */
  finalizedAt: Date | null;
  /** Days that everything said in it is moved by. */
  shiftDays: number;
}

/** Midnight UTC of a day. */
const dayNumber = (isoDay: string) => Math.round(Date.parse(`${isoDay}T00:00:00Z`) / DAY);

/** Calls are made between 16:00 and 22:00 UTC, which is one and the same working day all over the country. */
const timeOfDay = (id: string) => 16 * 60 * MINUTE + demoNumber(`time ${id}`, 6 * 60) * MINUTE;

export function shiftDay(isoDay: string | null, days: number): string | null {
  if (isoDay === null) return null;
  return new Date((dayNumber(isoDay) + days) * DAY).toISOString().slice(0, 10);
}

/** When a call of that weekday was made last, `weeksAgo` weeks before the latest one that is four hours old. */
function lastOn(report: DemoReport, now: Date, weeksAgo: number): { calledAt: Date; shiftDays: number } {
  const said = dayNumber(report.callDate);
  const latest = Math.floor((now.getTime() - 4 * 60 * MINUTE - timeOfDay(report.id)) / DAY);
  const weeks = Math.floor((latest - said) / 7) - weeksAgo;
  return { calledAt: new Date((said + 7 * weeks) * DAY + timeOfDay(report.id)), shiftDays: 7 * weeks };
}

/** So many reports of each weekday are of the last seven days, those that can be heard beyond that of the week before. */
const OF_A_WEEKDAY = 3;

function isOfLastWeek(report: DemoReport, all: readonly DemoReport[]): boolean {
  const weekday = ({ callDate }: DemoReport) => dayNumber(callDate) % 7;
  return all.filter((other) => weekday(other) === weekday(report)).indexOf(report) < OF_A_WEEKDAY;
}

/**
 * What becomes of each report: dates move by whole weeks, so that "next Tuesday" stays true, into the six weeks
 * before `now`. What can be heard is the newest. In the order of their calls. Pure.
 */
export function planReports(
  reports: readonly DemoReport[],
  times: DemoTimes,
  now: Date,
): PlannedDemoReport[] {
  const kept = new Set<string>(FOR_THE_DEMO_RUN);
  const withAudio = reports.filter(({ id }) => times[id] && !WAITING.has(id) && !kept.has(id));
  // The later it was said in its year, the later it is here: what follows up on something comes after it.
  const withoutAudio = reports
    .filter(({ id }) => !times[id])
    .sort((a, b) => a.callDate.localeCompare(b.callDate));
  const finished = (report: DemoReport, kind: 'audio' | 'silent', weeksAgo: number): PlannedDemoReport => {
    const { calledAt, shiftDays } = lastOn(report, now, weeksAgo);
    const takenMinutes = 25 + demoNumber(`taken ${report.id}`, 190);
    return {
      report,
      kind,
      urgent: URGENT.has(report.id),
      calledAt,
      dueAt: new Date(calledAt.getTime() + 240 * MINUTE),
      finalizedAt: new Date(calledAt.getTime() + takenMinutes * MINUTE),
      shiftDays,
    };
  };
  const waiting = reports.flatMap((report): PlannedDemoReport[] => {
    const job = WAITING.get(report.id);
    if (!job) return [];
    return [
      {
        report,
        kind: 'waiting',
        urgent: URGENT.has(report.id),
        calledAt: new Date(now.getTime() - job.calledMinutesAgo * MINUTE),
        dueAt: new Date(now.getTime() + job.dueInMinutes * MINUTE),
        finalizedAt: null,
        shiftDays: 0,
      },
    ];
  });
  return [
    ...withAudio.map((report) => finished(report, 'audio', isOfLastWeek(report, withAudio) ? 0 : 1)),
    ...withoutAudio.map((report, index) =>
      finished(report, 'silent', 5 - Math.floor((4 * index) / withoutAudio.length)),
    ),
    ...waiting,
  ].sort((a, b) => a.calledAt.getTime() - b.calledAt.getTime());
}
