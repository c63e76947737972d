import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { Conflict, InvalidInput } from '../../../platform/errors.ts';
import {
  CLOSE_TEXT_LANGUAGES,
  closeCodes,
  closeTextFor,
  DEFAULT_CLOSE_TEXTS,
  sayReference,
} from '../../../transcription/closing/close-codes.ts';
import { listCloseTexts, setCloseText } from '../../../transcription/closing/close-texts.ts';
import { acknowledgeNotice, listNotices, noticesToHear } from '../../../transcription/closing/notices.ts';
import { claimJob } from '../../../transcription/jobs/claim-job.ts';
import { closeJob } from '../../../transcription/jobs/close-job.ts';
import { readJob } from '../../../transcription/jobs/job-detail.ts';
import { readJobHistory } from '../../../transcription/jobs/list-jobs.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildDictation, buildTranscriptionist, type DictationToBuild } from '../support/build-dictation.ts';

const clock = createSettableClock();
let kit: TestPlatform;
let june: string;

beforeAll(async () => {
  kit = await createTestPlatform({ clock });
  june = await buildTranscriptionist(kit.platform.database);
});
afterAll(() => kit.close());

const prisma = () => kit.platform.database.prisma;
const hear = (userId: string, language = 'en-US') =>
  noticesToHear(kit.platform.database.pool, userId, language);

async function build(more: Partial<DictationToBuild> = {}) {
  return buildDictation(kit.platform.database, {
    now: clock.now(),
    job: { status: 'waiting' },
    parts: [{ status: 'verified' }],
    durationSeconds: 60,
    ...more,
  });
}

async function close(
  built: { jobId: string },
  code: (typeof closeCodes)[number],
  continues?: string,
): ReturnType<typeof closeJob> {
  const job = await claimJob(kit.platform, { userId: june, jobId: built.jobId });
  const leaseToken = job?.leaseToken ?? '';
  return closeJob(kit.platform, { jobId: built.jobId, leaseToken, userId: june, code, continues });
}

describe('what a caller is told', () => {
  test('is said in every language of every code but for tests and silence, which say nothing', () => {
    for (const language of CLOSE_TEXT_LANGUAGES) {
      const told = closeCodes.filter((code) => DEFAULT_CLOSE_TEXTS[language][code].includes('{reference}'));
      expect(told).toEqual(['caller_hung_up', 'continuation', 'not_a_report', 'foreign_language']);
    }
    expect(sayReference('Your dictation {reference} …', '2026134')).toBe('Your dictation 2 0 2 6 1 3 4 …');
    expect(closeTextFor('not_a_report', 'es-MX', []).language).toBe('es-US');
    expect(closeTextFor('not_a_report', 'fr-FR', []).language).toBe('en-US');
  });

  test('is heard once, by the speaker alone, and read in My reports', async () => {
    const built = await build();
    const other = await build();
    await close(built, 'caller_hung_up');
    const [notice, ...more] = await hear(built.speakerId);
    expect(more).toEqual([]);
    expect(notice?.text).toContain(`Your dictation ${built.reference.split('').join(' ')} could not be used`);
    expect((await hear(built.speakerId, 'es-US'))[0]?.text).toContain('Su dictado');
    const { pool } = kit.platform.database;
    const heard = { noticeId: notice?.noticeId ?? '', now: clock.now() };
    await acknowledgeNotice(pool, { ...heard, userId: other.speakerId });
    expect(await hear(built.speakerId)).toHaveLength(1);
    await acknowledgeNotice(pool, { ...heard, userId: built.speakerId });
    expect(await hear(built.speakerId)).toEqual([]);
    expect(await listNotices(kit.platform.database, built.speakerId, clock.now())).toMatchObject([
      { reference: built.reference, heardAt: clock.now() },
    ]);
    expect(await listNotices(kit.platform.database, other.speakerId, clock.now())).toEqual([]);
  });

  test('is nothing of a test, of a survey and of a second typing', async () => {
    const tried = await build();
    const survey = await build({ purpose: 'survey' });
    const original = await build();
    const second = await build({ speakerId: original.speakerId });
    await prisma().dictation.update({
      where: { id: second.dictationId },
      data: { checkOfId: original.dictationId },
    });
    await close(tried, 'test');
    for (const built of [survey, second]) await close(built, 'not_a_report');
    for (const { speakerId } of [tried, survey, second]) expect(await hear(speakerId)).toEqual([]);
  });

  test('is what an administrator writes, or nothing, or as installed again', async () => {
    const text = async (code: string, language: string) =>
      (await listCloseTexts(kit.platform)).find((each) => each.code === code && each.language === language);
    const built = await build();
    const set = (words: string | null, code: 'test' | 'not_a_report' = 'not_a_report') =>
      setCloseText(kit.platform, { code, language: 'en-US', text: words }, june);
    await expect(set('Number {number} is gone')).rejects.toThrow(InvalidInput);
    await set('{reference} was no report.');
    await close(built, 'not_a_report');
    const said = `${built.reference.split('').join(' ')} was no report.`;
    expect((await hear(built.speakerId)).map((each) => each.text)).toEqual([said]);
    await set('');
    expect(await hear(built.speakerId)).toEqual([]);
    expect(await text('not_a_report', 'en-US')).toMatchObject({ text: '', isOwn: true });
    await set(null);
    expect(await text('not_a_report', 'en-US')).toMatchObject({ isOwn: false });
    expect(await prisma().auditEntry.count({ where: { action: 'close_text.changed' } })).toBe(3);
  });
});

describe('a continuation', () => {
  test('becomes the end of a dictation that is not final, whoever has that one', async () => {
    const first = await build();
    const then = await build({
      speakerId: first.speakerId,
      parts: [{ status: 'verified' }, { status: 'verified' }],
    });
    expect(await close(then, 'continuation', first.reference)).toMatchObject({ kind: 'joined' });
    const parts = await prisma().recording.findMany({
      where: { dictationId: first.dictationId },
      orderBy: { part: 'asc' },
    });
    expect(parts.map(({ part, seam }) => [part, seam])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
    expect(parts.slice(1).map(({ id }) => id)).toEqual(then.recordings.map(({ id }) => id));
    const dictation = await prisma().dictation.findUniqueOrThrow({ where: { id: then.dictationId } });
    expect(dictation).toMatchObject({ status: 'discarded', continuesId: first.dictationId });
    expect((await readJobHistory(kit.platform, first.jobId)).map(({ kind }) => kind)).toEqual([
      'continuation',
    ]);
    expect((await hear(then.speakerId))[0]?.text).toContain('was added to the report that it goes on from');
  });

  test('of a text that is final stays a job of its own, linked to it', async () => {
    const first = await build({ status: 'transcribed', job: { status: 'finalized' } });
    const then = await build({ speakerId: first.speakerId });
    expect(await close(then, 'continuation', first.reference)).toEqual({
      kind: 'linked',
      reference: first.reference,
    });
    const job = await readJob(kit.platform, then.jobId);
    expect(job).toMatchObject({
      status: 'claimed',
      continues: { reference: first.reference, reportId: null },
    });
    expect(await hear(then.speakerId)).toEqual([]);
  });

  test('names another dictation of the same speaker that is open or final', async () => {
    const then = await build();
    const elses = await build();
    const closed = await build({ speakerId: then.speakerId, status: 'discarded', job: { status: 'closed' } });
    for (const reference of [undefined, '0000000', elses.reference, then.reference, closed.reference])
      await expect(close(then, 'continuation', reference)).rejects.toThrow(InvalidInput);
    const status = (await readJob(kit.platform, then.jobId)).status;
    expect(status).toBe('claimed');
    await close(then, 'not_a_report');
    await expect(close(then, 'not_a_report')).rejects.toThrow(Conflict);
  });
});
