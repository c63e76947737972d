import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { Conflict, Forbidden, LeaseLost, NotFound } from '../../../platform/errors.ts';
import { claimJob } from '../../../transcription/jobs/claim-job.ts';
import { closeJob } from '../../../transcription/jobs/close-job.ts';
import { heartbeat, releaseJob } from '../../../transcription/jobs/give-back-job.ts';
import type { JobDetail } from '../../../transcription/jobs/job-detail.ts';
import { readJob } from '../../../transcription/jobs/job-detail.ts';
import { LateAudio } from '../../../transcription/jobs/late-audio.ts';
import { LEASE_MS } from '../../../transcription/jobs/lease.ts';
import { listJobs, readJobHistory } from '../../../transcription/jobs/list-jobs.ts';
import { returnLostJobs } from '../../../transcription/jobs/return-lost-jobs.ts';
import { DraftConflict, saveDraft } from '../../../transcription/jobs/save-draft.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildDictation, buildTranscriptionist, type DictationToBuild } from '../support/build-dictation.ts';

const clock = createSettableClock();
let test: TestPlatform;
let june: string;
let omar: string;

beforeAll(async () => {
  test = await createTestPlatform({ clock });
  june = await buildTranscriptionist(test.platform.database);
  omar = await buildTranscriptionist(test.platform.database, {
    language: 'es-US',
    qualifications: ['clearance:citizen'],
  });
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.platform.database.pool.query('truncate dictation cascade');
});

const inMinutes = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000);

async function waiting(dueInMinutes = 60, more: Partial<DictationToBuild> = {}, requirements: string[] = []) {
  return buildDictation(test.platform.database, {
    now: clock.now(),
    job: { status: 'waiting', dueAt: inMinutes(dueInMinutes), requirements },
    durationSeconds: 90,
    ...more,
  });
}

async function claimed(userId = june): Promise<JobDetail & { leaseToken: string }> {
  const job = await claimJob(test.platform, { userId });
  if (!job?.leaseToken) throw new Error('nothing to claim');
  return { ...job, leaseToken: job.leaseToken };
}

const kinds = async (jobId: string) =>
  (await readJobHistory(test.platform, jobId)).map((event) => event.kind);

describe('the queue', () => {
  it('is in order of due time, then age, and tells how old, how long, whose', async () => {
    const later = await waiting(60);
    clock.advance(60_000);
    const sooner = await waiting(30);
    const alsoLater = await waiting(59);
    clock.advance(60_000);
    const rows = await listJobs(test.platform);
    expect(rows.map((row) => row.id)).toEqual([sooner.jobId, later.jobId, alsoLater.jobId]);
    expect(rows[1]).toMatchObject({
      status: 'waiting',
      ageSeconds: 120,
      claimedBy: null,
      dictation: { reference: later.reference, durationSeconds: 90, urgent: false },
      speaker: { id: later.speakerId, name: 'Dale Hutchins', region: 'Southwest' },
      line: { name: 'Reports', purpose: 'report' },
    });
    expect(rows[1]?.dictation.startedAt).toBeInstanceOf(Date);
  });

  it('filters by status', async () => {
    await waiting();
    await buildDictation(test.platform.database, { now: clock.now(), job: { status: 'closed' } });
    const mine = await claimed();
    expect(await listJobs(test.platform, { status: ['waiting'] })).toEqual([]);
    expect(await listJobs(test.platform, { status: ['claimed', 'closed'] })).toHaveLength(2);
    expect((await listJobs(test.platform))[0]).toMatchObject({ id: mine.id, claimedBy: { id: june } });
  });
});

describe('claiming', () => {
  it('gives what is due first, and null when there is nothing', async () => {
    const later = await waiting(60);
    const sooner = await waiting(30);
    expect((await claimed()).id).toBe(sooner.jobId);
    expect((await claimed()).id).toBe(later.jobId);
    expect(await claimJob(test.platform, { userId: june })).toBeNull();
    expect(await kinds(sooner.jobId)).toEqual(['claimed']);
  });

  it('never gives one job to two, however many ask at once', async () => {
    for (let minutes = 1; minutes <= 6; minutes++) await waiting(minutes);
    const claims = await Promise.all(
      Array.from({ length: 9 }, (_, at) => claimJob(test.platform, { userId: at % 2 ? june : omar })),
    );
    const ids = claims.flatMap((job) => (job ? [job.id] : []));
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
  });

  it('gives a job only to who meets its requirements', async () => {
    const spanish = await waiting(1, {}, ['language:es']);
    const secret = await waiting(2, {}, ['language:es-US', 'clearance:citizen']);
    const english = await waiting(3, {}, ['language:en']);
    expect((await claimed(june)).id).toBe(english.jobId);
    expect(await claimJob(test.platform, { userId: june })).toBeNull();
    await expect(claimJob(test.platform, { userId: june, jobId: spanish.jobId })).rejects.toThrow(Forbidden);
    expect((await claimed(omar)).id).toBe(spanish.jobId);
    expect((await claimed(omar)).id).toBe(secret.jobId);
  });

  it('of a named job waits for nobody and overrules nobody', async () => {
    await waiting(1);
    const named = await waiting(60);
    expect(await claimJob(test.platform, { userId: june, jobId: named.jobId })).toMatchObject({
      id: named.jobId,
    });
    await expect(claimJob(test.platform, { userId: omar, jobId: named.jobId })).rejects.toThrow(Conflict);
    await expect(claimJob(test.platform, { userId: omar, jobId: randomUUID() })).rejects.toThrow(NotFound);
    const notReady = await buildDictation(test.platform.database, {
      now: clock.now(),
      job: { status: 'preparing' },
    });
    await expect(claimJob(test.platform, { userId: omar, jobId: notReady.jobId })).rejects.toThrow(Conflict);
  });

  it('of what is held already moves it to the new window', async () => {
    await waiting();
    const first = await claimed();
    const second = await claimJob(test.platform, { userId: june, jobId: first.id });
    expect(second?.leaseToken).not.toBe(first.leaseToken);
    await expect(heartbeat(test.platform, { jobId: first.id, leaseToken: first.leaseToken })).rejects.toThrow(
      LeaseLost,
    );
    expect(await kinds(first.id)).toEqual(['claimed', 'reclaimed']);
  });
});

describe('a lease', () => {
  it('lasts as long as it is renewed', async () => {
    await waiting();
    const job = await claimed();
    for (let beat = 0; beat < 5; beat++) {
      clock.advance(LEASE_MS - 1);
      const { leaseExpiresAt } = await heartbeat(test.platform, {
        jobId: job.id,
        leaseToken: job.leaseToken,
      });
      expect(leaseExpiresAt).toEqual(new Date(clock.now().getTime() + LEASE_MS));
    }
    expect(await returnLostJobs(test.platform)).toEqual([]);
  });

  it('that ran out is lost, the job goes to the next with its draft', async () => {
    await waiting();
    const job = await claimed();
    const lease = { jobId: job.id, leaseToken: job.leaseToken, userId: june };
    await saveDraft(test.platform, {
      ...lease,
      revision: 0,
      text: 'Well, this is',
      anchors: [[4, 900]],
      audioPositionMs: 950,
    });
    clock.advance(LEASE_MS);
    await expect(heartbeat(test.platform, lease)).rejects.toThrow(LeaseLost);
    await expect(
      saveDraft(test.platform, { ...lease, revision: 1, text: 'too late', anchors: [], audioPositionMs: 0 }),
    ).rejects.toThrow(LeaseLost);

    const next = await claimed(omar);
    expect(next).toMatchObject({
      id: job.id,
      claimedBy: { id: omar },
      draft: { revision: 1, text: 'Well, this is', anchors: [[4, 900]], audioPositionMs: 950 },
    });
    await expect(
      saveDraft(test.platform, {
        ...lease,
        revision: 1,
        text: 'overwritten',
        anchors: [],
        audioPositionMs: 0,
      }),
    ).rejects.toThrow(LeaseLost);
    expect((await readJob(test.platform, job.id)).draft.text).toBe('Well, this is');
    expect(await kinds(job.id)).toEqual(['claimed', 'lease_lost', 'claimed']);
  });

  it('is returned once by many sweeps at once', async () => {
    await waiting();
    const job = await claimed();
    clock.advance(LEASE_MS);
    const returned = await Promise.all(Array.from({ length: 5 }, () => returnLostJobs(test.platform)));
    expect(returned.flat()).toEqual([job.id]);
    expect(await readJob(test.platform, job.id)).toMatchObject({
      status: 'waiting',
      leaseToken: null,
      claimedBy: null,
    });
  });

  it('is given back with a reason', async () => {
    await waiting();
    const job = await claimed();
    const release = { jobId: job.id, leaseToken: job.leaseToken, userId: june, reason: 'hard to hear' };
    await releaseJob(test.platform, release);
    await expect(releaseJob(test.platform, release)).rejects.toThrow(LeaseLost);
    expect(await readJobHistory(test.platform, job.id)).toMatchObject([
      { kind: 'claimed' },
      { kind: 'released', reason: 'hard to hear', userName: 'June Park' },
    ]);
    expect((await claimed(omar)).id).toBe(job.id);
  });

  it('ends with the job when it is closed', async () => {
    const built = await waiting();
    const job = await claimed();
    await closeJob(test.platform, {
      jobId: job.id,
      leaseToken: job.leaseToken,
      userId: june,
      code: 'not_a_report',
    });
    const { prisma } = test.platform.database;
    expect(await prisma.job.findUnique({ where: { id: job.id } })).toMatchObject({
      status: 'closed',
      closeCode: 'not_a_report',
      finalizedById: june,
    });
    expect(await prisma.dictation.findUnique({ where: { id: built.dictationId } })).toMatchObject({
      status: 'discarded',
      discardReason: 'not_a_report',
    });
    expect(await claimJob(test.platform, { userId: june })).toBeNull();
  });
});

it('closing tells once of audio that came meanwhile', async () => {
  await waiting();
  const job = await claimed();
  clock.advance(1000);
  const { prisma } = test.platform.database;
  await prisma.jobEvent.create({ data: { jobId: job.id, kind: 'audio_rebuilt', at: clock.now() } });
  const close = { jobId: job.id, leaseToken: job.leaseToken, userId: june, code: 'caller_hung_up' as const };
  await expect(closeJob(test.platform, close)).rejects.toThrow(LateAudio);
  expect((await readJob(test.platform, job.id)).status).toBe('claimed');
  await closeJob(test.platform, close);
  expect((await readJob(test.platform, job.id)).status).toBe('closed');
  expect(await kinds(job.id)).toEqual(['claimed', 'audio_rebuilt', 'audio_told', 'closed']);
});

describe('a draft', () => {
  const save = (
    job: { id: string; leaseToken: string },
    revision: number,
    text: string,
    review?: { step: number },
  ) =>
    saveDraft(test.platform, {
      jobId: job.id,
      leaseToken: job.leaseToken,
      userId: june,
      revision,
      text,
      anchors: [],
      audioPositionMs: 0,
      ...(review && { review }),
    });
  it('is accepted on the revision it was typed on, and the lease goes on', async () => {
    await waiting();
    const job = await claimed();
    clock.advance(30_000);
    expect(await save(job, 0, 'a')).toEqual({
      revision: 1,
      savedAt: clock.now(),
      leaseExpiresAt: inMinutes(2),
    });
    expect((await save(job, 1, 'ab', { step: 1 })).revision).toBe(2);
    expect((await save(job, 2, 'abc')).revision).toBe(3);
    expect((await readJob(test.platform, job.id)).draft).toMatchObject({ text: 'abc', review: { step: 1 } });
  });

  it('on an older revision is refused, with what is there', async () => {
    await waiting();
    const job = await claimed();
    await save(job, 0, 'first');
    await save(job, 1, 'second');
    const refused = await save(job, 0, 'typed elsewhere').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DraftConflict);
    expect(refused).toMatchObject({ code: 'conflict', draft: { revision: 2, text: 'second' } });
    await expect(save(job, 7, 'from the future')).rejects.toThrow(DraftConflict);
    expect((await readJob(test.platform, job.id)).draft).toMatchObject({ revision: 2, text: 'second' });
  });

  it('sent twice because the answer was lost is saved once', async () => {
    await waiting();
    const job = await claimed();
    await save(job, 0, 'a', { step: 2 });
    expect((await save(job, 0, 'a', { step: 2 })).revision).toBe(1);
    await expect(save(job, 0, 'b', { step: 2 })).rejects.toThrow(DraftConflict);
  });

  it('from two windows at once is accepted from one', async () => {
    await waiting();
    const job = await claimed();
    const saves = await Promise.allSettled(['x', 'y', 'z'].map((text) => save(job, 0, text)));
    expect(saves.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect((await readJob(test.platform, job.id)).draft.revision).toBe(1);
  });
});

describe('what the workbench is given', () => {
  it('seams, missing parts, questions, likely accounts first', async () => {
    const { prisma } = test.platform.database;
    const built = await waiting(10, {
      parts: [
        { status: 'verified' },
        { status: 'verified', seam: true },
        { status: 'verified' },
        { status: 'announced' },
      ],
    });
    for (const [at, recording] of built.recordings.entries()) {
      await prisma.recording.update({
        where: { id: recording.id },
        data: { audioStartMs: at === 3 ? null : at * 5000 },
      });
    }
    const account = (
      name: string,
      more: { ownerId?: string; region?: string; aliases?: string[]; active?: boolean } = {},
    ) => prisma.account.create({ data: { externalId: name, name, ...more } });
    await account('Elsewhere Mining');
    await account('Region Foods', { region: 'Southwest' });
    await account('Own Dairy', { ownerId: built.speakerId });
    const said = await account('Double T Cattle Feeders', { aliases: ['the feedlot'] });
    await account('Gone Dairy', { ownerId: built.speakerId, active: false });
    await prisma.contact.create({ data: { externalId: 'c1', name: 'Travis Teague', accountId: said.id } });
    await prisma.standingQuestion.create({ data: { text: 'Who asks for lithium?' } });
    await prisma.standingQuestion.create({ data: { text: 'Closed', closedAt: clock.now() } });

    const job = await claimed();
    expect(job.dictation).toMatchObject({
      seamsMs: [5000],
      missingParts: 1,
      audioUrl: `/api/v1/dictations/${built.dictationId}/audio`,
    });
    expect(job.standingQuestions.map((question) => question.text)).toEqual(['Who asks for lithium?']);
    expect(job.accounts.map(({ name, because }) => [name, because])).toEqual([
      ['Own Dairy', 'own'],
      ['Region Foods', 'region'],
    ]);
    const lease = { jobId: job.id, leaseToken: job.leaseToken, userId: june };
    await saveDraft(test.platform, {
      ...lease,
      revision: 0,
      text: 'I was at the feedlot’s north pens.',
      anchors: [],
      audioPositionMs: 0,
    });
    const again = await readJob(test.platform, job.id);
    expect(again.accounts.map(({ name, because }) => [name, because])).toEqual([
      ['Double T Cattle Feeders', 'mentioned'],
      ['Own Dairy', 'own'],
      ['Region Foods', 'region'],
    ]);
    expect(again.accounts[0]?.contacts).toMatchObject([{ name: 'Travis Teague' }]);
  });
});
