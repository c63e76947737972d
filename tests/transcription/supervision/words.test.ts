import { describe, expect, test } from 'vitest';
import { readDue } from '../../../review-console/browser/queue/read-due.ts';
import { readMinute } from '../../../review-console/turnaround/class-form.ts';
import type { Forecast } from '../../../transcription/supervision/forecast.ts';
import type { Lateness } from '../../../transcription/supervision/lateness.ts';
import { paceOf, USUAL_PACE } from '../../../transcription/supervision/read-paces.ts';
import type { WorkingJob } from '../../../transcription/supervision/read-work.ts';
import { showLateness } from '../../../transcription/supervision/show-lateness.ts';
import { groupWaiting } from '../../../transcription/supervision/waiting-groups.ts';

test.each([
  [
    { kind: 'work_before', audioMinutes: 42, people: 2 },
    '42 minutes of audio before it and two people for it at work',
  ],
  [
    { kind: 'work_before', audioMinutes: 1, people: 1 },
    '1 minute of audio before it and one person for it at work',
  ],
  [{ kind: 'nobody_has', requirements: ['language:es'] }, 'Nobody at work types Spanish'],
  [{ kind: 'nobody_has', requirements: ['clearance:citizen'] }, 'Nobody at work has clearance: citizen'],
  [{ kind: 'nobody_has', requirements: ['language:es', 'nda'] }, 'Nobody at work has all of: Spanish, nda'],
  [{ kind: 'paused', reason: 'Lawyer' }, 'Paused: Lawyer'],
  [{ kind: 'being_typed', minutesLeft: null }, 'Somebody has it and is not at work'],
  [{ kind: 'too_long', minutes: 40, minutesLeft: 0 }, 'Takes about 40 minutes to type and has none left'],
] satisfies [Lateness, string][])('%j reads as "%s"', (late, words) => {
  expect(showLateness(late)).toBe(words);
});

test('a due time is a time of the day, or minutes from now', () => {
  const now = new Date(2026, 10, 18, 15, 20);
  const read = (typed: string) => readDue(typed, now)?.getTime();
  expect(read('16:30')).toBe(new Date(2026, 10, 18, 16, 30).getTime());
  expect(read('9.05')).toBe(new Date(2026, 10, 19, 9, 5).getTime());
  expect(read('+90')).toBe(now.getTime() + 90 * 60_000);
  expect(['', 'noon', '25:00', '12:61', '-5'].map(read)).toEqual(Array(5).fill(undefined));
  expect(['17:00', '24:00', '24:01', '7', '12:60'].map(readMinute)).toEqual([1020, 1440, null, null, null]);
});

test('a pace of little audio is near the usual one, of much audio its own', () => {
  expect(paceOf(undefined)).toEqual({ pace: USUAL_PACE, audioSeconds: 0 });
  const half = { audio: 60, work: 120 };
  expect(paceOf(half).pace).toBeGreaterThan(USUAL_PACE);
  expect(paceOf(half).pace).toBeLessThan(0.27);
  expect(paceOf({ audio: 36_000, work: 72_000 }).pace).toBeCloseTo(0.48, 1);
});

describe('work that waits', () => {
  const job = (id: string, requirements: string[], audioSeconds: number) =>
    ({ id, requirements, audioSeconds, state: { kind: 'waiting' } }) as unknown as WorkingJob;
  const done = (jobId: string, doneAt: Date | null, late: Lateness | null): [string, Forecast] => [
    jobId,
    { jobId, doneAt, startAt: null, byUserId: null, late },
  ];
  const june = { id: 'june', name: 'June', qualifications: ['nda'], pace: 1, paused: false };

  test('is counted by what it asks for, with who is there for it and until when', () => {
    const jobs = [
      job('a', ['nda'], 90),
      job('b', [], 60),
      job('c', ['nda'], 60),
      job('d', ['language:es'], 30),
    ];
    const forecasts = new Map([
      done('a', new Date(1000), null),
      done('b', new Date(5000), null),
      done('c', new Date(9000), { kind: 'all_paused' }),
      done('d', null, { kind: 'nobody_has', requirements: ['language:es'] }),
    ]);
    expect(groupWaiting(jobs, [june], forecasts)).toEqual([
      { requirements: ['nda'], jobs: 2, audioMinutes: 3, late: 1, people: ['June'], clearAt: new Date(9000) },
      { requirements: [], jobs: 1, audioMinutes: 1, late: 0, people: ['June'], clearAt: new Date(5000) },
      { requirements: ['language:es'], jobs: 1, audioMinutes: 1, late: 1, people: [], clearAt: null },
    ]);
  });
});
