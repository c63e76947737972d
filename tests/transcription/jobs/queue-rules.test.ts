import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { Conflict, Forbidden, InvalidInput, LeaseLost } from '../../../platform/errors.ts';
import { returnHeldJobs } from '../../../transcription/doubts/hold-job.ts';
import { claimJob } from '../../../transcription/jobs/claim-job.ts';
import { heartbeat, releaseJob, SET_ASIDE_MS } from '../../../transcription/jobs/give-back-job.ts';
import { handOver, reservedUntil } from '../../../transcription/jobs/hand-over.ts';
import { holdJobUntil } from '../../../transcription/jobs/hold-until.ts';
import type { JobDetail } from '../../../transcription/jobs/job-detail.ts';
import { readJobHistory } from '../../../transcription/jobs/list-jobs.ts';
import { saveDraft } from '../../../transcription/jobs/save-draft.ts';
import { whoMayTake } from '../../../transcription/jobs/who-may-take.ts';
import { changeDue } from '../../../transcription/supervision/change-due.ts';
import { addConflict, removeConflict } from '../../../transcription/supervision/conflicts.ts';
import { pause, resume } from '../../../transcription/supervision/pause.ts';
import { reassignJob } from '../../../transcription/supervision/reassign-job.ts';
import { reckonJobs } from '../../../transcription/turnaround/reckon-jobs.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildDictation, buildTranscriptionist, type DictationToBuild } from '../support/build-dictation.ts';

const clock = createSettableClock();
let kit: TestPlatform;
let june: string;
let omar: string;
let boss: string;

beforeAll(async () => {
  kit = await createTestPlatform({ clock });
  june = await buildTranscriptionist(kit.platform.database);
  omar = await buildTranscriptionist(kit.platform.database, {
    qualifications: ['language:es', 'clearance:citizen'],
  });
  boss = await buildTranscriptionist(kit.platform.database);
  await prisma().user.update({ where: { id: boss }, data: { roles: ['supervisor'], name: 'Sunita Rao' } });
});
afterAll(() => kit.close());
beforeEach(async () => {
  await kit.platform.database.pool.query('truncate dictation, typing_conflict, pause, audit_entry cascade');
});

const prisma = () => kit.platform.database.prisma;
const inMinutes = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000);

async function waiting(
  dueInMinutes = 240,
  more: Partial<DictationToBuild> = {},
  requirements: string[] = [],
) {
  const built = await buildDictation(kit.platform.database, {
    now: clock.now(),
    job: { status: 'waiting', dueAt: inMinutes(dueInMinutes), requirements },
    durationSeconds: 90,
    ...more,
  });
  const { lineId } = await prisma().dictation.findUniqueOrThrow({ where: { id: built.dictationId } });
  return { ...built, lineId };
}

async function take(userId: string, jobId?: string): Promise<JobDetail & { leaseToken: string }> {
  const job = await claimJob(kit.platform, { userId, jobId });
  if (!job?.leaseToken) throw new Error('nothing to claim');
  return { ...job, leaseToken: job.leaseToken };
}
const next = async (userId: string) => (await claimJob(kit.platform, { userId }))?.id ?? null;
const kinds = async (jobId: string) => (await readJobHistory(kit.platform, jobId)).map(({ kind }) => kind);
const audits = async () =>
  (await prisma().auditEntry.findMany({ orderBy: { at: 'asc' } })).map(({ action }) => action);

describe('next job', () => {
  test('goes past what a person may not have, whatever the reason, to what they may', async () => {
    const needs = await waiting(10, {}, ['clearance:citizen']);
    const typed = await waiting(20);
    const foe = await waiting(30);
    const paused = await waiting(40);
    const onPausedLine = await waiting(50);
    const elses = await waiting(60);
    const free = await waiting(70);
    await prisma().jobExclusion.create({
      data: { jobId: typed.jobId, userId: june, reason: 'typed_before' },
    });
    await addConflict(kit.platform, {
      userId: june,
      about: { kind: 'speaker', id: foe.speakerId },
      reason: 'Married',
      actorId: boss,
    });
    await pause(kit.platform, { kind: 'job', id: paused.jobId, reason: 'Lawyer looks at it', actorId: boss });
    await pause(kit.platform, { kind: 'line', id: onPausedLine.lineId, reason: 'Contract', actorId: boss });
    await reassignJob(kit.platform, { jobId: elses.jobId, actorId: boss, toUserId: omar, note: '' });

    for (const refused of [needs, typed, foe])
      await expect(take(june, refused.jobId)).rejects.toThrow(Forbidden);
    for (const refused of [paused, onPausedLine, elses])
      await expect(take(june, refused.jobId)).rejects.toThrow(Conflict);
    expect(await next(june)).toBe(free.jobId);
    expect(await next(june)).toBe(null);
    // What was handed to him comes before what is due sooner.
    expect(await next(omar)).toBe(elses.jobId);
    expect(await next(omar)).toBe(needs.jobId);
    expect(await audits()).toEqual(['conflict.added', 'job.paused', 'line.paused', 'job.reassigned']);
  });

  test('is never one that a person may not have, nor the same for two, nor later than another they may have', async () => {
    const people = [june, omar];
    const jobShape = fc.record({
      dueInMinutes: fc.integer({ min: 1, max: 500 }),
      requirement: fc.constantFrom(null, null, 'clearance:citizen', 'language:fr'),
      excluded: fc.subarray([0, 1]),
      foes: fc.subarray([0, 1]),
      paused: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(jobShape, { minLength: 1, maxLength: 5 }), async (shapes) => {
        await kit.platform.database.pool.query('truncate dictation, typing_conflict, pause cascade');
        const may = new Map<string, { due: number; who: string[] }>();
        for (const shape of shapes) {
          const job = await waiting(shape.dueInMinutes, {}, shape.requirement ? [shape.requirement] : []);
          const barred = [...shape.excluded, ...shape.foes].map((at) => people[at]);
          for (const at of shape.excluded)
            await prisma().jobExclusion.create({
              data: { jobId: job.jobId, userId: people[at] ?? '', reason: 'typed_before' },
            });
          for (const at of shape.foes)
            await prisma().typingConflict.create({
              data: { userId: people[at] ?? '', lineId: job.lineId, reason: 'Kin' },
            });
          if (shape.paused) await prisma().pause.create({ data: { jobId: job.jobId, reason: 'Wait' } });
          const fits = (person: string) =>
            shape.requirement === null || (person === omar && shape.requirement === 'clearance:citizen');
          const who = shape.paused ? [] : people.filter((person) => fits(person) && !barred.includes(person));
          may.set(job.jobId, { due: shape.dueInMinutes, who });
        }
        // As many at once as there are jobs, and some: nobody gets what is another's.
        const asked = Array.from({ length: shapes.length + 2 }, (_, at) => people[at % 2] ?? june);
        const got = await Promise.all(asked.map(async (person) => ({ person, jobId: await next(person) })));
        const given = got.flatMap(({ person, jobId }) => (jobId ? [{ person, jobId }] : []));
        expect(new Set(given.map(({ jobId }) => jobId)).size).toBe(given.length);
        for (const { person, jobId } of given) expect(may.get(jobId)?.who).toContain(person);
        // Afterwards nothing is left that somebody who came away empty might have had, asked once more.
        for (const person of people) {
          for (let jobId = await next(person); jobId; jobId = await next(person))
            given.push({ person, jobId });
        }
        const left = [...may].filter(
          ([jobId, { who }]) => who.length > 0 && !given.some((each) => each.jobId === jobId),
        );
        expect(left).toEqual([]);
      }),
      { numRuns: 5 },
    );
  }, 60_000);

  test('is not what one gave back a while ago, though it can be taken by name', async () => {
    const job = await waiting();
    const held = await take(june);
    await releaseJob(kit.platform, {
      jobId: job.jobId,
      leaseToken: held.leaseToken,
      userId: june,
      reason: 'Bad line',
    });
    expect(await next(june)).toBe(null);
    const again = await take(june, job.jobId);
    await releaseJob(kit.platform, {
      jobId: job.jobId,
      leaseToken: again.leaseToken,
      userId: june,
      reason: 'Bad line',
    });
    clock.advance(SET_ASIDE_MS);
    expect(await next(june)).toBe(job.jobId);
  });

  test('is nothing for who is paused, who may finish what they have', async () => {
    await waiting();
    await waiting();
    const mine = await take(june);
    await pause(kit.platform, { kind: 'person', id: june, reason: 'Training', actorId: boss });
    await expect(next(june)).rejects.toThrow(Forbidden);
    expect((await take(june, mine.id)).id).toBe(mine.id);
    await resume(kit.platform, { kind: 'person', id: june, actorId: boss });
    await resume(kit.platform, { kind: 'person', id: june, actorId: boss });
    expect(await next(june)).not.toBe(null);
    expect(await audits()).toEqual(['user.paused', 'user.resumed']);
  });
});

describe('a job given back', () => {
  test('in another language goes to who types it', async () => {
    const job = await waiting(240, {}, ['language:en']);
    const { leaseToken } = await take(june);
    const release = { jobId: job.jobId, leaseToken, userId: june, reason: 'Spanish', language: 'es-US' };
    await releaseJob(kit.platform, release);
    expect((await prisma().job.findUniqueOrThrow({ where: { id: job.jobId } })).requirements).toEqual([
      'language:es',
    ]);
    await prisma().$transaction((tx) => reckonJobs(tx, { jobId: job.jobId }));
    await expect(take(boss, job.jobId)).rejects.toThrow(Forbidden);
    expect(await next(omar)).toBe(job.jobId);
  });

  test('to a named person comes to them first, with the note, and then to all', async () => {
    await waiting(10);
    const job = await waiting(600);
    const { leaseToken } = await take(june, job.jobId);
    const give = { jobId: job.jobId, leaseToken, userId: june, note: 'The names are in the second half' };
    await expect(handOver(kit.platform, { ...give, toUserId: june })).rejects.toThrow(InvalidInput);
    await expect(handOver(kit.platform, { ...give, toUserId: boss })).rejects.toThrow(InvalidInput);
    await handOver(kit.platform, { ...give, toUserId: omar });
    await expect(handOver(kit.platform, { ...give, toUserId: omar })).rejects.toThrow(LeaseLost);
    await expect(take(june, job.jobId)).rejects.toThrow(Conflict);
    const his = await take(omar);
    expect(his.id).toBe(job.jobId);
    expect(his.handover).toEqual({ note: give.note, by: 'June Park' });
    await handOver(kit.platform, { ...give, leaseToken: his.leaseToken, userId: omar, toUserId: june });
    clock.set(reservedUntil(clock.now(), inMinutes(600)));
    expect((await take(omar, job.jobId)).id).toBe(job.jobId);
    expect(await kinds(job.jobId)).toEqual(['claimed', 'handed_over', 'claimed', 'handed_over', 'claimed']);
  });

  test('to nobody who may not have it', async () => {
    const job = await waiting(240, {}, ['clearance:citizen']);
    const { leaseToken } = await take(omar);
    const give = { jobId: job.jobId, leaseToken, userId: omar, toUserId: june, note: 'Please' };
    await expect(handOver(kit.platform, give)).rejects.toThrow(Forbidden);
    expect((await whoMayTake(kit.platform, job.jobId)).map(({ id }) => id)).toEqual([omar]);
    await heartbeat(kit.platform, { jobId: job.jobId, leaseToken });
  });

  test('stays for its person until it must be with all to be in time', () => {
    const now = new Date('2026-11-18T15:00:00Z');
    const minutes = (due: number) =>
      (reservedUntil(now, new Date(now.getTime() + due * 60_000)).getTime() - now.getTime()) / 60_000;
    expect([600, 100, 35, 5, -60].map(minutes)).toEqual([240, 70, 10, 10, 10]);
  });
});

describe('a job on hold until an hour', () => {
  test('comes back then, and can be taken by name before', async () => {
    const job = await waiting(240);
    const { leaseToken } = await take(june);
    const hold = { jobId: job.jobId, leaseToken, userId: june, reason: 'Asking Dale for the name' };
    await expect(holdJobUntil(kit.platform, { ...hold, until: inMinutes(-1) })).rejects.toThrow(InvalidInput);
    await expect(holdJobUntil(kit.platform, { ...hold, until: inMinutes(220) })).rejects.toThrow(
      InvalidInput,
    );
    await holdJobUntil(kit.platform, { ...hold, until: inMinutes(60) });
    expect(await next(omar)).toBe(null);
    expect(await returnHeldJobs(kit.platform)).toEqual([]);
    clock.advance(60 * 60_000);
    expect(await returnHeldJobs(kit.platform)).toEqual([job.jobId]);
    const again = await take(omar);
    await holdJobUntil(kit.platform, {
      ...hold,
      leaseToken: again.leaseToken,
      userId: omar,
      until: inMinutes(60),
    });
    expect((await take(june, job.jobId)).id).toBe(job.jobId);
    expect(await prisma().job.findUniqueOrThrow({ where: { id: job.jobId } })).toMatchObject({
      heldUntil: null,
      heldReason: null,
    });
    expect(await kinds(job.jobId)).toEqual(['claimed', 'held', 'hold_over', 'claimed', 'held', 'claimed']);
  });
});

describe('a supervisor', () => {
  test('takes a job out of hands that are gone: the old lease ends, the text stays', async () => {
    const job = await waiting();
    const { leaseToken } = await take(june);
    const draft = { leaseToken, revision: 0, text: 'Met Dale.', anchors: [], audioPositionMs: 0 };
    await saveDraft(kit.platform, { jobId: job.jobId, userId: june, ...draft });
    await reassignJob(kit.platform, { jobId: job.jobId, actorId: boss, toUserId: omar, note: 'June is ill' });
    await expect(heartbeat(kit.platform, { jobId: job.jobId, leaseToken })).rejects.toThrow(LeaseLost);
    const his = await take(omar);
    expect(his.draft.text).toBe('Met Dale.');
    expect(his.handover).toEqual({ note: 'June is ill', by: 'Sunita Rao' });
    await reassignJob(kit.platform, { jobId: job.jobId, actorId: boss, toUserId: null, note: '' });
    expect(await next(june)).toBe(job.jobId);
    await prisma().job.update({ where: { id: job.jobId }, data: { status: 'finalized' } });
    await expect(
      reassignJob(kit.platform, { jobId: job.jobId, actorId: boss, toUserId: null, note: '' }),
    ).rejects.toThrow(Conflict);
  });

  test('sets when a job is due, by hand, by class, or as usual again', async () => {
    const job = await waiting();
    const dueAt = async () =>
      (await prisma().job.findUniqueOrThrow({ where: { id: job.jobId } })).dueAt.getTime();
    const minutesAfter = async () => ((await dueAt()) - said) / 60_000;
    const said = clock.now().getTime();
    const urgent = await prisma().turnaroundClass.findUniqueOrThrow({ where: { key: 'urgent' } });
    const act = (change: Parameters<typeof changeDue>[1]['change']) =>
      changeDue(kit.platform, { jobId: job.jobId, actorId: boss, change });
    await act({ kind: 'class', turnaroundClassId: urgent.id });
    expect(await minutesAfter()).toBe(60);
    await act({ kind: 'at', dueAt: inMinutes(17).toISOString() });
    expect(await minutesAfter()).toBe(17);
    await prisma().$transaction((tx) => reckonJobs(tx, 'all'));
    expect(await minutesAfter()).toBe(17);
    await act({ kind: 'usual' });
    expect(await minutesAfter()).toBe(240);
    await expect(act({ kind: 'class', turnaroundClassId: boss })).rejects.toThrow(InvalidInput);
    expect(await audits()).toEqual(Array(3).fill('job.due_changed'));
  });

  test('notes who must not type for whom, once, until it is over', async () => {
    const job = await waiting();
    const conflict = {
      userId: june,
      about: { kind: 'line', id: job.lineId },
      reason: 'Sister',
      actorId: boss,
    } as const;
    const conflictId = await addConflict(kit.platform, conflict);
    await expect(addConflict(kit.platform, conflict)).rejects.toThrow(Conflict);
    await expect(
      addConflict(kit.platform, { ...conflict, about: { kind: 'account', id: boss } }),
    ).rejects.toThrow(InvalidInput);
    expect(await next(june)).toBe(null);
    await removeConflict(kit.platform, { conflictId, actorId: boss });
    await removeConflict(kit.platform, { conflictId, actorId: boss });
    expect(await next(june)).toBe(job.jobId);
  });
});

describe('what a job asks for and when it is due', () => {
  test('follows from its line, its account and its speaker', async () => {
    const job = await waiting(240, { urgent: true });
    const { speakerId, lineId, dictationId } = job;
    const account = await prisma().account.create({
      data: { externalId: 'a1', name: 'Hydro', requirements: ['clearance:secret'] },
    });
    const sameDay = await prisma().turnaroundClass.findUniqueOrThrow({ where: { key: 'same_day' } });
    await prisma().dictation.update({ where: { id: dictationId }, data: { accountId: account.id } });
    await prisma().user.update({
      where: { id: speakerId },
      data: { language: 'es-US', requirements: ['nda'] },
    });
    await prisma().line.update({
      where: { id: lineId },
      data: { requirements: ['clearance:citizen'], turnaroundClassId: sameDay.id },
    });
    const reckoned = await prisma().$transaction((tx) => reckonJobs(tx, { lineId }));
    expect(reckoned).toEqual([job.jobId]);
    const row = await prisma().job.findUniqueOrThrow({ where: { id: job.jobId } });
    expect(row.requirements).toEqual(['clearance:citizen', 'clearance:secret', 'language:es', 'nda']);
    expect(row.dueAt).toEqual(inMinutes(60));
    expect(await prisma().$transaction((tx) => reckonJobs(tx, { accountId: account.id }))).toEqual([]);
  });
});
