import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { Conflict, InvalidInput, LeaseLost, NotFound } from '../../../platform/errors.ts';
import { askSpeaker } from '../../../transcription/doubts/ask-speaker.ts';
import { doubtsToHear, giveUpDoubt } from '../../../transcription/doubts/doubts-to-hear.ts';
import { holdJob, returnHeldJobs, tellAnswered } from '../../../transcription/doubts/hold-job.ts';
import {
  type MarkInput,
  markDoubt,
  removeDoubt,
  resolveDoubt,
} from '../../../transcription/doubts/mark-doubt.ts';
import { claimJob } from '../../../transcription/jobs/claim-job.ts';
import { releaseJob } from '../../../transcription/jobs/give-back-job.ts';
import { readJob } from '../../../transcription/jobs/job-detail.ts';
import { LEASE_MS } from '../../../transcription/jobs/lease.ts';
import { readJobHistory } from '../../../transcription/jobs/list-jobs.ts';
import { type DraftInput, saveDraft } from '../../../transcription/jobs/save-draft.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildDictation, buildTranscriptionist } from '../support/build-dictation.ts';

const TEXT = 'He wants fifty of them.';
const clock = createSettableClock(new Date('2026-02-11T18:00:00Z'));
let test: TestPlatform;
let june: string;
let omar: string;

beforeAll(async () => {
  test = await createTestPlatform({ clock });
  june = await buildTranscriptionist(test.platform.database);
  omar = await buildTranscriptionist(test.platform.database);
});
afterAll(() => test.close());

const prisma = () => test.platform.database.prisma;
const pool = () => test.platform.database.pool;

/** A claimed job with a draft, whose speaker can be asked by phone. */
async function typing({ reachable = true, dueInMinutes = 240 } = {}) {
  const built = await buildDictation(test.platform.database, {
    now: clock.now(),
    job: { status: 'waiting', dueAt: new Date(clock.now().getTime() + dueInMinutes * 60_000) },
    durationSeconds: 20,
  });
  const { dictationId, speakerId, jobId } = built;
  await prisma().dictation.update({ where: { id: dictationId }, data: { audioKey: `a/${dictationId}` } });
  if (reachable) await prisma().user.update({ where: { id: speakerId }, data: { pinHash: 'x' } });
  const leaseToken = (await claimJob(test.platform, { userId: june, jobId }))?.leaseToken ?? '';
  const job = { ...built, leaseToken };
  await save(job, { revision: 0, text: TEXT });
  return job;
}
type Job = Awaited<ReturnType<typeof typing>>;

const save = ({ jobId, leaseToken }: Job, draft: Pick<DraftInput, 'revision' | 'text' | 'marks'>) =>
  saveDraft(test.platform, { jobId, leaseToken, userId: june, anchors: [], audioPositionMs: 0, ...draft });

function mark({ jobId, leaseToken }: Job, more: Partial<MarkInput> = {}) {
  return markDoubt(test.platform, {
    jobId,
    leaseToken,
    id: randomUUID(),
    kind: 'unsure_word',
    start: 9,
    end: 14,
    audioMs: 3000,
    audioEndMs: 4500,
    ...more,
  });
}
const ask = ({ jobId, leaseToken }: Job, doubtId: string, again = false) =>
  askSpeaker(test.platform, { jobId, leaseToken, userId: june, doubtId, again });
const doubtsOf = async ({ jobId }: Job) => (await readJob(test.platform, jobId)).doubts;
const hear = ({ speakerId }: Job) => doubtsToHear(pool(), speakerId);
const give = (doubtId: string, speakerId: string) =>
  giveUpDoubt(pool(), { doubtId, speakerId, now: clock.now() });

describe('marking', () => {
  it('keeps the passage with its kind, its note and its place in the audio', async () => {
    const job = await typing();
    const doubt = await mark(job, { note: 'fifty or fifteen?' });
    expect(doubt).toMatchObject({
      kind: 'unsure_word',
      state: 'marked',
      note: 'fifty or fifteen?',
      answers: [],
    });
    expect(await doubtsOf(job)).toEqual([doubt]);
    expect(TEXT.slice(doubt.start, doubt.end)).toBe('fifty');
  });

  it('sent twice, also at once, marks once', async () => {
    const job = await typing();
    const id = randomUUID();
    const all = await Promise.all([mark(job, { id }), mark(job, { id }), mark(job, { id })]);
    await mark(job, { id });
    expect(new Set(all.map((doubt) => doubt.id))).toEqual(new Set([id]));
    expect(await doubtsOf(job)).toHaveLength(1);
  });

  it('is for who holds the job alone', async () => {
    const job = await typing();
    const { id } = await mark(job);
    const { jobId } = job;
    const stranger = { ...job, leaseToken: randomUUID() };
    const held = { jobId, leaseToken: stranger.leaseToken };
    await expect(mark(stranger)).rejects.toThrow(LeaseLost);
    await expect(ask(stranger, id)).rejects.toThrow(LeaseLost);
    await expect(resolveDoubt(test.platform, { ...held, doubtId: id })).rejects.toThrow(LeaseLost);
    await expect(removeDoubt(test.platform, { ...held, doubtId: id })).rejects.toThrow(LeaseLost);
    await expect(holdJob(test.platform, { ...held, userId: june })).rejects.toThrow(LeaseLost);
    clock.advance(LEASE_MS);
    await expect(mark(job)).rejects.toThrow(LeaseLost);
    expect(await doubtsOf(job)).toMatchObject([{ id, state: 'marked' }]);
  });

  it('refuses what is not in the text, and a mark of another job', async () => {
    const job = await typing();
    await expect(mark(job, { end: 24 })).rejects.toThrow(InvalidInput);
    await expect(mark(job, { start: 15 })).rejects.toThrow(InvalidInput);
    const other = await mark(await typing());
    await expect(mark(job, { id: other.id })).rejects.toThrow(Conflict);
    await expect(ask(job, other.id)).rejects.toThrow(NotFound);
    expect(await doubtsOf(job)).toEqual([]);
  });

  it('takes a mark away, twice too, but keeps what the speaker was asked', async () => {
    const job = await typing();
    const [one, two] = [await mark(job), await mark(job)];
    await ask(job, two.id);
    for (const doubtId of [one.id, one.id, two.id]) await removeDoubt(test.platform, { ...job, doubtId });
    expect(await doubtsOf(job)).toMatchObject([{ id: two.id, state: 'resolved' }]);
    expect(await hear(job)).toEqual([]);
  });
});

describe('while the text is typed on', () => {
  it('a save carries the marks, and those it does not name move with the text', async () => {
    const job = await typing();
    const [named, other] = [await mark(job), await mark(job, { start: 3, end: 8 })];
    const text = `So. ${TEXT}`;
    await save(job, { revision: 1, text, marks: [{ id: named.id, start: 12, end: 18 }] });
    const places = async () =>
      Object.fromEntries((await doubtsOf(job)).map(({ id, start, end }) => [id, [start, end]]));
    expect(await places()).toEqual({ [named.id]: [12, 18], [other.id]: [7, 12] });
    // Its answer was lost: sent again it changes nothing more.
    await save(job, { revision: 1, text, marks: [{ id: named.id, start: 12, end: 18 }] });
    expect(await places()).toEqual({ [named.id]: [12, 18], [other.id]: [7, 12] });
    await save(job, { revision: 2, text: 'So.', marks: [{ id: named.id, start: 9, end: 90 }] });
    expect(await places()).toEqual({ [named.id]: [3, 3], [other.id]: [3, 3] });
  });

  it('marks of another job are left alone', async () => {
    const [job, other] = [await typing(), await typing()];
    const theirs = await mark(other);
    await mark(job);
    await save(job, { revision: 1, text: TEXT, marks: [{ id: theirs.id, start: 0, end: 1 }] });
    expect(await doubtsOf(other)).toEqual([theirs]);
  });
});

describe('asking the speaker', () => {
  it('lets the speaker, and nobody else, hear the passage with two seconds around it', async () => {
    const job = await typing();
    const { id } = await mark(job);
    const late = await mark(job, { audioMs: 500, audioEndMs: 19_500 });
    expect(await hear(job)).toEqual([]);
    expect(await ask(job, id)).toMatchObject({ state: 'asked', askedBy: { id: june, name: 'June Park' } });
    clock.advance(1000);
    await ask(job, late.id);
    const { dictationId } = job;
    const about = { account: null, day: '2026-02-11', kind: 'unsure_word', dictationId };
    expect(await hear(job)).toEqual([
      { doubtId: id, fromMs: 1000, toMs: 6500, ...about },
      { doubtId: late.id, fromMs: 0, toMs: 20_000, ...about },
    ]);
    expect(await hear(await typing())).toEqual([]);
  });

  it('names the account that was keyed in', async () => {
    const job = await typing();
    const account = await prisma().account.create({
      data: { externalId: randomUUID(), name: 'Double T Feed', city: 'Lubbock' },
    });
    await prisma().dictation.update({ where: { id: job.dictationId }, data: { accountId: account.id } });
    await ask(job, (await mark(job)).id);
    expect(await hear(job)).toMatchObject([{ account: 'Double T Feed' }]);
  });

  it('needs a speaker who can log in', async () => {
    const job = await typing({ reachable: false });
    const { id } = await mark(job);
    await expect(ask(job, id)).rejects.toThrow(InvalidInput);
    expect(await doubtsOf(job)).toMatchObject([{ state: 'marked' }]);
  });

  it('is not heard again when the answer is on its way, resolved, or the job is closed', async () => {
    const job = await typing();
    const { id } = await mark(job);
    await ask(job, id);
    const { dictationId } = await buildDictation(test.platform.database, { now: clock.now(), doubtId: id });
    expect(await hear(job)).toEqual([]);
    await prisma().dictation.update({ where: { id: dictationId }, data: { status: 'discarded' } });
    expect(await hear(job)).toHaveLength(1);
    await prisma().job.update({ where: { id: job.jobId }, data: { status: 'closed' } });
    expect(await hear(job)).toEqual([]);
  });

  it('"I don\'t know any more" counts once, from the speaker, and it can be asked again', async () => {
    const job = await typing();
    const { id } = await mark(job);
    expect(await give(id, job.speakerId)).toBe(false);
    await ask(job, id);
    expect(await give(id, omar)).toBe(false);
    expect(await Promise.all([give(id, job.speakerId), give(id, job.speakerId)])).toContain(true);
    expect(await give(id, job.speakerId)).toBe(false);
    expect(await doubtsOf(job)).toMatchObject([{ state: 'unknown', answers: [] }]);
    expect(await hear(job)).toEqual([]);
    // The same request once more, its answer having been lost, does not ask anew.
    expect(await ask(job, id)).toMatchObject({ state: 'unknown' });
    expect(await ask(job, id, true)).toMatchObject({ state: 'asked' });
    expect(await hear(job)).toHaveLength(1);
  });
});

describe('a job on hold for the answer', () => {
  const status = async ({ jobId }: Job) =>
    (await prisma().job.findUniqueOrThrow({ where: { id: jobId } })).status;
  const hold = (job: Job) => holdJob(test.platform, { ...job, userId: june });

  it('waits for nothing when nobody was asked, and not when it is due', async () => {
    const job = await typing();
    const { id } = await mark(job);
    await expect(hold(job)).rejects.toThrow(InvalidInput);
    const soon = await typing({ dueInMinutes: 30 });
    await ask(soon, (await mark(soon)).id);
    await expect(hold(soon)).rejects.toThrow(InvalidInput);
    await ask(job, id);
    await hold(job);
    expect(await status(job)).toBe('on_hold');
  });

  it('comes back with the last answer, and the next free person has it with its draft', async () => {
    const job = await typing();
    const [one, two] = [await mark(job), await mark(job)];
    await ask(job, one.id);
    await ask(job, two.id);
    await hold(job);
    await give(one.id, job.speakerId);
    await tellAnswered(test.platform, one.id);
    expect(await status(job)).toBe('on_hold');
    await give(two.id, job.speakerId);
    await tellAnswered(test.platform, two.id);
    await tellAnswered(test.platform, two.id);
    expect(await status(job)).toBe('waiting');
    const claimed = await claimJob(test.platform, { userId: omar, jobId: job.jobId });
    expect(claimed).toMatchObject({
      draft: { text: TEXT },
      doubts: [{ state: 'unknown' }, { state: 'unknown' }],
    });
    expect((await readJobHistory(test.platform, job.jobId)).map(({ kind }) => kind)).toEqual([
      'claimed',
      'held',
      'hold_over',
      'claimed',
    ]);
  });

  it('comes back before it is due, also when nobody was woken', async () => {
    const job = await typing({ dueInMinutes: 60 });
    const { id } = await mark(job);
    await ask(job, id);
    await hold(job);
    expect(await returnHeldJobs(test.platform)).not.toContain(job.jobId);
    clock.advance(30 * 60_000);
    expect(await returnHeldJobs(test.platform)).toContain(job.jobId);
    expect(await returnHeldJobs(test.platform)).toEqual([]);
    const answered = await typing();
    const other = await mark(answered);
    await ask(answered, other.id);
    await hold(answered);
    await give(other.id, answered.speakerId);
    expect(await returnHeldJobs(test.platform)).toContain(answered.jobId);
    expect(await hear(job)).toHaveLength(1);
  });

  it('can be taken by name before that', async () => {
    const job = await typing();
    await ask(job, (await mark(job)).id);
    await hold(job);
    expect(await claimJob(test.platform, { userId: omar, jobId: job.jobId })).toMatchObject({
      status: 'claimed',
    });
  });
});

it('a mark goes to the next person with the job', async () => {
  const job = await typing();
  const doubt = await mark(job);
  await releaseJob(test.platform, { ...job, userId: june, reason: 'End of shift' });
  const claimed = await claimJob(test.platform, { userId: omar, jobId: job.jobId });
  expect(claimed?.doubts).toEqual([doubt]);
});
