import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forecast } from '../../../transcription/supervision/forecast.ts';
import {
  type ForecastJob,
  type ForecastPerson,
  meetsAll,
} from '../../../transcription/supervision/forecast-job.ts';

const NOW = new Date('2026-11-18T15:00:00Z');
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const job = (
  id: string,
  audioMinutes: number,
  dueIn: number,
  more: Partial<ForecastJob> = {},
): ForecastJob => ({
  id,
  dueAt: at(dueIn),
  createdAt: at(-10),
  audioSeconds: audioMinutes * 60,
  requirements: [],
  notFor: [],
  reserved: null,
  state: { kind: 'waiting' },
  ...more,
});
const person = (id: string, more: Partial<ForecastPerson> = {}): ForecastPerson => ({
  id,
  name: id,
  qualifications: [],
  pace: 0.25,
  paused: false,
  ...more,
});
const run = (jobs: ForecastJob[], people: ForecastPerson[]) => {
  const found = forecast(jobs, people, NOW);
  return jobs.map(({ id }) => {
    const { doneAt, byUserId, late } = found.get(id) ?? { doneAt: null, byUserId: null, late: null };
    return { done: doneAt === null ? null : (doneAt.getTime() - NOW.getTime()) / 60_000, by: byUserId, late };
  });
};

describe('when each job will be done', () => {
  test('one after another, what is due first first', () => {
    expect(run([job('b', 10, 90), job('a', 5, 30)], [person('june')])).toEqual([
      { done: 60, by: 'june', late: null },
      { done: 20, by: 'june', late: null },
    ]);
  });

  test('at the rate of whoever takes it, by whoever is free first', () => {
    const people = [person('june'), person('omar', { pace: 0.5 })];
    expect(run([job('a', 10, 20), job('b', 10, 25), job('c', 10, 30)], people)).toEqual([
      { done: 40, by: 'june', late: { kind: 'too_long', minutes: 40, minutesLeft: 20 } },
      { done: 20, by: 'omar', late: null },
      { done: 40, by: 'omar', late: { kind: 'work_before', audioMinutes: 20, people: 2 } },
    ]);
  });

  test('counts what is left of what they have', () => {
    const mine = job('mine', 10, 60, { state: { kind: 'claimed', userId: 'june', since: at(-30) } });
    const slow = job('slow', 10, 0, { state: { kind: 'claimed', userId: 'omar', since: at(-300) } });
    expect(run([mine, slow, job('b', 5, 60)], [person('june'), person('omar')])).toEqual([
      { done: 10, by: 'june', late: null },
      { done: 4, by: 'omar', late: { kind: 'being_typed', minutesLeft: 4 } },
      { done: 24, by: 'omar', late: null },
    ]);
  });

  test('gives work that few may do to them, and all else to the others meanwhile', () => {
    const es = { requirements: ['language:es'] };
    const people = [person('june'), person('omar', { qualifications: ['language:es'] })];
    expect(
      run([job('a', 10, 100, es), job('b', 10, 101, es), job('c', 10, 102)], people).map(({ by }) => by),
    ).toEqual(['omar', 'omar', 'june']);
  });

  test('begins with what was handed over, and waits for what is on hold', () => {
    const reserved = { userId: 'june', until: at(120) };
    const held = { state: { kind: 'on_hold', until: at(50) } } as const;
    expect(
      run([job('a', 5, 10), job('b', 5, 400, { reserved }), job('c', 5, 60, held)], [person('june')]),
    ).toEqual([
      { done: 40, by: 'june', late: { kind: 'work_before', audioMinutes: 5, people: 1 } },
      { done: 20, by: 'june', late: null },
      { done: 70, by: 'june', late: { kind: 'work_before', audioMinutes: 10, people: 1 } },
    ]);
  });
});

describe('why a job will be late', () => {
  const whyOf = (one: Partial<ForecastJob>, people: ForecastPerson[]) =>
    run([job('a', 5, 30, one)], people)[0]?.late;
  test.each([
    ['nobody is there', {}, [], { kind: 'nobody_at_work' }],
    [
      'nobody speaks it',
      { requirements: ['language:es', 'clearance:citizen'] },
      [person('june', { qualifications: ['clearance:citizen'] })],
      { kind: 'nobody_has', requirements: ['language:es'] },
    ],
    [
      'nobody has both',
      { requirements: ['language:es', 'nda'] },
      [person('june', { qualifications: ['nda'] }), person('omar', { qualifications: ['language:es'] })],
      { kind: 'nobody_has', requirements: ['language:es', 'nda'] },
    ],
    ['it must not go to those there', { notFor: ['june'] }, [person('june')], { kind: 'nobody_may' }],
    ['they are paused', {}, [person('june', { paused: true })], { kind: 'all_paused' }],
    [
      'it is paused',
      { state: { kind: 'paused', reason: 'Lawyer' } },
      [person('june')],
      { kind: 'paused', reason: 'Lawyer' },
    ],
    [
      'nobody knows when the speaker answers',
      { state: { kind: 'on_hold', until: null } },
      [person('june')],
      { kind: 'waits_for_answer' },
    ],
    [
      'who has it is gone',
      { state: { kind: 'claimed', userId: 'omar', since: at(-5) } },
      [person('june')],
      { kind: 'being_typed', minutesLeft: null },
    ],
    [
      'it was handed to somebody who is gone',
      { reserved: { userId: 'omar', until: at(60) } },
      [person('june')],
      { kind: 'reserved' },
    ],
    [
      'it is on hold for too long',
      { state: { kind: 'on_hold', until: at(40) } },
      [person('june')],
      { kind: 'on_hold' },
    ],
  ] satisfies [string, Partial<ForecastJob>, ForecastPerson[], object][])('%s', (_, one, people, late) => {
    expect(whyOf(one, people)).toEqual(late);
  });
});

test('nobody does two things at once, nothing goes to who may not have it, and nobody who could work idles', () => {
  const skills = fc.subarray(['es', 'nda', 'fr']);
  const someJob = fc.record({
    audio: fc.integer({ min: 1, max: 30 }),
    due: fc.integer({ min: -30, max: 300 }),
    skills,
    not: fc.subarray(['p0', 'p1']),
  });
  const somePerson = fc.record({ skills, pace: fc.integer({ min: 1, max: 8 }), paused: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(someJob, { maxLength: 12 }),
      fc.array(somePerson, { maxLength: 4 }),
      (shapes, crew) => {
        const people = crew.map((each, n) =>
          person(`p${n}`, { qualifications: each.skills, pace: each.pace / 8, paused: each.paused }),
        );
        const jobs = shapes.map((each, n) =>
          job(`j${n}`, each.audio, each.due, { requirements: each.skills, notFor: each.not }),
        );
        const found = [...forecast(jobs, people, NOW).values()];
        expect(found).toHaveLength(jobs.length);
        const may = (who: ForecastPerson, what: ForecastJob) =>
          !who.paused && meetsAll(who, what) && !what.notFor.includes(who.id);
        for (const one of jobs) {
          const { byUserId, doneAt, late } = found.find(({ jobId }) => jobId === one.id) ?? {};
          const by = people.find(({ id }) => id === byUserId);
          expect(Boolean(by)).toBe(people.some((each) => may(each, one)));
          if (by) expect(may(by, one)).toBe(true);
          expect(late === null).toBe(Boolean(doneAt && doneAt <= one.dueAt));
        }
        for (const each of people) {
          const spells = found
            .filter(({ byUserId }) => byUserId === each.id)
            .sort((a, b) => (a.startAt?.getTime() ?? 0) - (b.startAt?.getTime() ?? 0));
          // From now on without a gap and without two at once.
          let free = NOW.getTime();
          for (const { startAt, doneAt } of spells) {
            expect(startAt?.getTime()).toBe(free);
            free = doneAt?.getTime() ?? 0;
          }
          const later = jobs.filter(
            (one) =>
              may(each, one) && (found.find(({ jobId }) => jobId === one.id)?.startAt?.getTime() ?? 0) > free,
          );
          expect(later).toEqual([]);
        }
      },
    ),
  );
});

test('walks ten thousand jobs of many kinds', () => {
  const needs = [[], ['es'], ['nda'], ['es', 'nda'], ['fr']];
  const jobs = Array.from({ length: 10_000 }, (_, n) =>
    job(`j${n}`, 3, n, { requirements: needs[n % 5] ?? [] }),
  );
  const people = Array.from({ length: 20 }, (_, n) =>
    person(`p${n}`, { qualifications: needs[n % 4] ?? [] }),
  );
  const found = forecast(jobs, people, NOW);
  expect(found.size).toBe(10_000);
  expect([...found.values()].filter(({ late }) => late?.kind === 'nobody_has')).toHaveLength(2000);
});
