import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { settleDictation } from '../../../transcription/dictations/settle-dictation.ts';
import { sweepDictations } from '../../../transcription/dictations/sweep-dictations.ts';
import { askSpeaker } from '../../../transcription/doubts/ask-speaker.ts';
import { doubtsToHear } from '../../../transcription/doubts/doubts-to-hear.ts';
import { holdJob } from '../../../transcription/doubts/hold-job.ts';
import { markDoubt, resolveDoubt } from '../../../transcription/doubts/mark-doubt.ts';
import { copyRecording } from '../../../transcription/ingest/copy-recording.ts';
import {
  announceRecording,
  discardDictation,
  submitDictation,
} from '../../../transcription/intake/intake.ts';
import { claimJob } from '../../../transcription/jobs/claim-job.ts';
import { closeJob } from '../../../transcription/jobs/close-job.ts';
import { readJob } from '../../../transcription/jobs/job-detail.ts';
import { saveDraft } from '../../../transcription/jobs/save-draft.ts';
import { type FinalizeHooks, finalizeJob } from '../../../transcription/reports/finalize-job.ts';
import { finalizeInput } from '../../../transcription/reports/finalize-schema.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildDictation, buildTranscriptionist } from '../support/build-dictation.ts';
import { toneWav } from '../support/make-wav.ts';
import { createTestCarrier } from '../support/test-carrier.ts';

const TEXT = 'I went by Double T yesterday. He wants fifty of them. I will call on Monday.';
const clock = createSettableClock(new Date('2026-02-11T18:00:00Z'));
const carrier = createTestCarrier();
const told: string[] = [];
const HOOKS: FinalizeHooks = {
  afterFinalize: [async (_tx, report) => void told.push(`${report.kind} ${report.transcriptVersion}`)],
};
let test: TestPlatform;
let june: string;

beforeAll(async () => {
  test = await createTestPlatform({ clock });
  june = await buildTranscriptionist(test.platform.database);
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.platform.database.pool.query('truncate dictation cascade');
});

const prisma = () => test.platform.database.prisma;

/** A job being typed, with the passage "fifty" sent back to its speaker. */
async function asked() {
  const built = await buildDictation(test.platform.database, {
    now: clock.now(),
    job: { status: 'waiting' },
    durationSeconds: 20,
  });
  const { jobId, speakerId, dictationId } = built;
  await prisma().user.update({ where: { id: speakerId }, data: { pinHash: 'x' } });
  await prisma().dictation.update({ where: { id: dictationId }, data: { audioKey: `a/${dictationId}` } });
  const leaseToken = (await claimJob(test.platform, { userId: june, jobId }))?.leaseToken ?? '';
  const held = { jobId, leaseToken, userId: june };
  await saveDraft(test.platform, { ...held, revision: 0, text: TEXT, anchors: [], audioPositionMs: 0 });
  const start = TEXT.indexOf('fifty');
  const place = { start, end: start + 5, audioMs: 9000, audioEndMs: 10_000 };
  const { id } = await markDoubt(test.platform, { ...held, id: randomUUID(), kind: 'unsure_word', ...place });
  await askSpeaker(test.platform, { ...held, doubtId: id });
  return { ...built, ...held, doubtId: id };
}
type Asked = Awaited<ReturnType<typeof asked>>;

/** What the phone leaves of an answer, its recordings not copied yet. `loud`: which of them hold speech. */
async function said({ doubtId, speakerId }: Asked, loud: boolean[] = [true]) {
  const answer = await buildDictation(test.platform.database, {
    now: clock.now(),
    speakerId,
    doubtId,
    parts: loud.map(() => ({})),
  });
  for (const [at, { mediaPath }] of answer.recordings.entries()) {
    carrier.media.set(mediaPath, { body: loud[at] ? toneWav(8000, 1) : toneWav(8000, 1, 440, 5) });
  }
  const arrive = (part: number) =>
    copyRecording({ platform: test.platform, carrierMedia: carrier }, answer.recordings[part]?.id ?? '');
  const settle = () => settleDictation(test.platform, answer.dictationId);
  return { ...answer, arrive, settle };
}

const doubtOf = async ({ jobId }: Asked) => (await readJob(test.platform, jobId)).doubts[0];
const hear = ({ speakerId }: Asked) => doubtsToHear(test.platform.database.pool, speakerId);
const jobOf = (dictationId: string) => prisma().job.findUnique({ where: { dictationId } });

function finalize({ jobId, leaseToken }: Pick<Asked, 'jobId' | 'leaseToken'>, text: string) {
  const input = finalizeInput.parse({ text, leaseToken });
  return finalizeJob(test.platform, HOOKS, { ...input, jobId, userId: june });
}

describe('an answer while the job is being typed', () => {
  it('is heard at its passage and has no job of its own', async () => {
    const job = await asked();
    const answer = await said(job, [true, false]);
    expect(await answer.settle()).toBe('wait');
    expect(await hear(job)).toEqual([]);
    await answer.arrive(0);
    await answer.arrive(1);
    const told: unknown[] = [];
    const stop = test.platform.events.subscribe('job.changed', ({ data }) => told.push(data.jobId));
    expect(await answer.settle()).toBe('settled');
    stop();
    expect(await doubtOf(job)).toMatchObject({
      id: job.doubtId,
      state: 'answered',
      answers: [{ dictationId: answer.dictationId, durationSeconds: 1 }],
    });
    expect(await jobOf(answer.dictationId)).toBeNull();
    expect(await answer.settle()).toBe('nothing');
    expect(await sweepDictations(test.platform)).toBe(0);
    expect(await hear(job)).toEqual([]);
  });

  it('frees the job that waits for it on hold', async () => {
    const job = await asked();
    await holdJob(test.platform, job);
    const answer = await said(job);
    await answer.arrive(0);
    await answer.settle();
    const omar = await buildTranscriptionist(test.platform.database);
    const claimed = await claimJob(test.platform, { userId: omar, jobId: job.jobId });
    expect(claimed).toMatchObject({ draft: { text: TEXT }, doubts: [{ state: 'answered' }] });
  });

  it('in which nothing was said is asked for again', async () => {
    const job = await asked();
    const answer = await said(job, [false]);
    await answer.arrive(0);
    expect(await answer.settle()).toBe('silent');
    expect(await doubtOf(job)).toMatchObject({ state: 'asked', answers: [] });
    expect(await hear(job)).toHaveLength(1);
    expect(await jobOf(answer.dictationId)).toBeNull();
    expect(await sweepDictations(test.platform)).toBe(0);
  });

  it('that turns out to hold speech after the caller hung up counts', async () => {
    const job = await asked();
    const { pool } = test.platform.database;
    const answer = await buildDictation(test.platform.database, {
      now: clock.now(),
      speakerId: job.speakerId,
      doubtId: job.doubtId,
      status: 'open',
      parts: [{ status: 'expected' }],
    });
    const { dictationId } = answer;
    const recordingId = answer.recordings[0]?.id ?? '';
    const mediaPath = `/recordings/${recordingId}`;
    const client = await pool.connect();
    try {
      expect(await discardDictation(client, { dictationId })).toBe(true);
      const carrierRecordingId = randomUUID();
      const now = clock.now();
      await announceRecording(client, { recordingId, carrierRecordingId, mediaPath, seconds: 2, now });
    } finally {
      client.release();
    }
    expect(await jobOf(dictationId)).toBeNull();
    carrier.media.set(mediaPath, { body: toneWav(8000, 1) });
    await copyRecording({ platform: test.platform, carrierMedia: carrier }, recordingId);
    expect(await settleDictation(test.platform, dictationId)).toBe('settled');
    expect(await doubtOf(job)).toMatchObject({ state: 'answered' });
  });

  it('sent by the caller gets no job', async () => {
    const job = await asked();
    const { dictationId } = await buildDictation(test.platform.database, {
      now: clock.now(),
      speakerId: job.speakerId,
      doubtId: job.doubtId,
      status: 'open',
    });
    const client = await test.platform.database.pool.connect();
    try {
      expect(await submitDictation(client, { dictationId, now: clock.now() })).toMatchObject({ isNew: true });
    } finally {
      client.release();
    }
    expect(await jobOf(dictationId)).toBeNull();
  });

  it('opens a passage again that was settled meanwhile', async () => {
    const job = await asked();
    await resolveDoubt(test.platform, job);
    const answer = await said(job);
    await answer.arrive(0);
    await answer.settle();
    expect(await doubtOf(job)).toMatchObject({ state: 'answered' });
  });
});

describe('an answer after the report was finished', () => {
  it("becomes a job that names the report; what is typed takes the passage's place", async () => {
    const job = await asked();
    const { reportId } = await finalize(job, TEXT);
    const answer = await said(job);
    await answer.arrive(0);
    await answer.settle();
    const own = await jobOf(answer.dictationId);
    expect(own).toMatchObject({ status: 'waiting' });
    const claimed = await claimJob(test.platform, { userId: june, jobId: own?.id });
    expect(claimed).toMatchObject({
      draft: { text: 'fifty' },
      doubts: [],
      answerTo: {
        reportId,
        reference: job.reference,
        passage: 'fifty',
        before: 'I went by Double T yesterday. He wants ',
        behind: ' of them. I will call on Monday.',
        audioMs: 9000,
      },
    });

    told.length = 0;
    const held = { jobId: own?.id ?? '', leaseToken: claimed?.leaseToken ?? '' };
    const done = await finalize(held, ' fifteen\n');
    expect(done).toEqual({ reportId, reference: job.reference });
    expect(await finalize(held, ' fifteen\n')).toEqual(done);
    expect(told).toEqual(['corrected 2']);
    const report = await prisma().report.findUniqueOrThrow({
      where: { id: reportId ?? '' },
      include: { transcript: true, units: { where: { retired: false }, orderBy: { startOffset: 'asc' } } },
    });
    expect(report.transcript).toMatchObject({
      version: 2,
      text: TEXT.replace('fifty', 'fifteen'),
      authorId: june,
    });
    expect(report.units.map(({ text }) => text).join(' ')).toBe(TEXT.replace('fifty', 'fifteen'));
    expect(await prisma().report.count({ where: { dictationId: answer.dictationId } })).toBe(0);
    expect(await prisma().transcript.findFirst({ where: { dictationId: answer.dictationId } })).toMatchObject(
      {
        text: ' fifteen\n',
      },
    );
    const [mark] = await prisma().doubtMark.findMany({ where: { jobId: job.jobId } });
    expect(report.transcript.text.slice(mark?.startOffset, mark?.endOffset)).toBe('fifteen');
    expect(mark?.resolvedAt).not.toBeNull();
  });

  it('is not forgotten when the job was finished without hearing it', async () => {
    const job = await asked();
    const answer = await said(job);
    await answer.arrive(0);
    await answer.settle();
    const { reportId } = await finalize(job, `Well. ${TEXT}`);
    const own = await jobOf(answer.dictationId);
    expect(await readJob(test.platform, own?.id ?? '')).toMatchObject({
      status: 'waiting',
      draft: { text: 'fifty' },
      answerTo: { reportId, passage: 'fifty' },
    });
  });

  it('that was settled before needs nobody', async () => {
    const job = await asked();
    const answer = await said(job);
    await answer.arrive(0);
    await answer.settle();
    await resolveDoubt(test.platform, job);
    await finalize(job, TEXT);
    expect(await jobOf(answer.dictationId)).toBeNull();
  });

  it('leaves the report as it is when it says the same', async () => {
    const job = await asked();
    const { reportId } = await finalize(job, TEXT);
    const answer = await said(job);
    await answer.arrive(0);
    await answer.settle();
    const own = await jobOf(answer.dictationId);
    const claimed = await claimJob(test.platform, { userId: june, jobId: own?.id });
    told.length = 0;
    await finalize({ jobId: own?.id ?? '', leaseToken: claimed?.leaseToken ?? '' }, 'fifty');
    expect(told).toEqual([]);
    expect(await prisma().transcript.count({ where: { dictationId: job.dictationId } })).toBe(1);
    expect(reportId).not.toBeNull();
    expect(await prisma().doubtMark.count({ where: { jobId: job.jobId, resolvedAt: null } })).toBe(0);
  });

  it('to a job that was closed becomes an ordinary job', async () => {
    const job = await asked();
    await closeJob(test.platform, { ...job, code: 'not_a_report' });
    expect(await hear(job)).toEqual([]);
    const answer = await said(job);
    await answer.arrive(0);
    await answer.settle();
    const own = await jobOf(answer.dictationId);
    expect(await readJob(test.platform, own?.id ?? '')).toMatchObject({ status: 'waiting', answerTo: null });
  });

  it('that came before its job was closed becomes an ordinary job', async () => {
    const job = await asked();
    const answer = await said(job);
    await answer.arrive(0);
    await answer.settle();
    expect(await jobOf(answer.dictationId)).toBeNull();
    await closeJob(test.platform, { ...job, code: 'not_a_report' });
    const own = await jobOf(answer.dictationId);
    expect(await readJob(test.platform, own?.id ?? '')).toMatchObject({ status: 'waiting', answerTo: null });
  });
});

const step = fc.oneof(
  fc.record({ kind: fc.constant('arrive' as const), part: fc.nat({ max: 2 }) }),
  fc.record({ kind: fc.constantFrom('settle' as const, 'settle at once' as const, 'wait' as const) }),
  fc.record({ kind: fc.constantFrom('resolve' as const, 'finish' as const, 'close' as const) }),
);

it('whatever comes in whatever order, each part of an answer is heard at its passage or in one job', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), fc.nat({ max: 2 }), async (steps, silentPart) => {
      const job = await asked();
      const answer = await said(
        job,
        [0, 1, 2].map((part) => part !== silentPart),
      );
      const ids = answer.recordings.map(({ id }) => id);
      const dictationIds = async () => {
        const rows = await prisma().recording.findMany({ where: { id: { in: ids } } });
        return [...new Set([answer.dictationId, ...rows.map(({ dictationId }) => dictationId)])];
      };
      const settle = async (times: number) => {
        for (const id of await dictationIds()) {
          await Promise.all(Array.from({ length: times }, () => settleDictation(test.platform, id)));
        }
      };
      for (const action of steps) {
        if (action.kind === 'arrive') await answer.arrive(action.part);
        if (action.kind === 'settle') await settle(1);
        // Two workers, and the job finished at the same moment.
        if (action.kind === 'settle at once') await settle(3);
        if (action.kind === 'wait') clock.advance(31 * 60_000);
        const held = { ...job, leaseToken: (await jobOf(job.dictationId))?.leaseToken ?? randomUUID() };
        await prisma().job.updateMany({
          where: { id: job.jobId, status: 'claimed' },
          data: { leaseExpiresAt: new Date(clock.now().getTime() + 60_000) },
        });
        if (action.kind === 'resolve') await resolveDoubt(test.platform, held).catch(() => undefined);
        if (action.kind === 'close')
          await closeJob(test.platform, { ...held, code: 'test' }).catch(() => undefined);
        if (action.kind === 'finish')
          await Promise.all([finalize(held, TEXT).catch(() => undefined), settle(1)]);
      }
      for (const part of [0, 1, 2]) await answer.arrive(part);
      clock.advance(31 * 60_000);
      await settle(1);
      await settle(1);

      const rows = await prisma().recording.findMany({
        where: { id: { in: ids } },
        include: { dictation: { include: { job: true } } },
      });
      const atPassage = (await doubtOf(job))?.answers.map(({ dictationId }) => dictationId);
      const isTyped = (await jobOf(job.dictationId))?.status === 'claimed';
      for (const { id, audioStartMs, dictation } of rows) {
        if (id === ids[silentPart]) continue;
        expect(audioStartMs).not.toBeNull();
        expect(atPassage).toContain(dictation.id);
        if (isTyped) expect(dictation.job).toBeNull();
      }
      for (const id of await dictationIds()) {
        const inAudio = rows.filter((row) => row.dictationId === id && row.audioStartMs !== null);
        const { durationSeconds } = await prisma().dictation.findUniqueOrThrow({ where: { id } });
        expect(durationSeconds ?? 0).toBeCloseTo(inAudio.length, 6);
      }
      // Open, and nobody types its job any more: somebody is to hear it.
      if (!isTyped && (await doubtOf(job))?.state !== 'resolved') {
        for (const { dictation } of rows.filter(({ audioStartMs }) => audioStartMs !== null))
          expect(dictation.job).not.toBeNull();
      }
      expect(await sweepDictations(test.platform)).toBe(0);
    }),
    { numRuns: 30, interruptAfterTimeLimit: 60_000 },
  );
}, 120_000);
