import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFinalizeHooks } from '../../../app/finalize-hooks.ts';
import { createSettableClock } from '../../../platform/clock.ts';
import { Conflict, Forbidden, NotFound } from '../../../platform/errors.ts';
import type { LinePurpose } from '../../../prisma/generated/client/client.ts';
import { tendChecks } from '../../../transcription/accuracy/checks/tend-checks.ts';
import { companyAccuracy, peopleAccuracy } from '../../../transcription/accuracy/figures/accuracy-figures.ts';
import { reckonWork } from '../../../transcription/accuracy/figures/reckon-work.ts';
import { workFigures } from '../../../transcription/accuracy/figures/work-figures.ts';
import { listMistakes, seeMistake } from '../../../transcription/accuracy/mistakes/mistakes.ts';
import { parseSampling } from '../../../transcription/accuracy/sampling/draw-check.ts';
import { saveSampling } from '../../../transcription/accuracy/sampling/sampling-setting.ts';
import { decideDifference } from '../../../transcription/accuracy/settling/decide-difference.ts';
import { countChecks, listChecks } from '../../../transcription/accuracy/settling/list-checks.ts';
import { readCheck } from '../../../transcription/accuracy/settling/read-check.ts';
import { settleCheck } from '../../../transcription/accuracy/settling/settle-check.ts';
import { claimJob } from '../../../transcription/jobs/claim-job.ts';
import { closeJob } from '../../../transcription/jobs/close-job.ts';
import { saveDraft } from '../../../transcription/jobs/save-draft.ts';
import { finalizeJob } from '../../../transcription/reports/finalize-job.ts';
import { finalizeInput } from '../../../transcription/reports/finalize-schema.ts';
import { vocabularySchema } from '../../../transcription/vocabulary/vocabulary-schema.ts';
import { replaceVocabulary } from '../../../transcription/vocabulary/write-vocabulary.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildDictation, buildTranscriptionist } from '../support/build-dictation.ts';

const SAID =
  'I went by Double T yesterday and sat with Travis Teague. He wants four more RanchMates for the north side.\n\n' +
  'I told him twenty-eight hundred dollars apiece. He does not like it. I will call Bonnie on Monday.';
/** Two mistakes: another number, and a word left out that turns the meaning around. */
const TYPED = SAID.replace('four more', 'five more').replace('does not like', 'does like');
const WAV = Buffer.from('RIFF, so to speak: what is said is not looked at here.');

const clock = createSettableClock(new Date('2026-02-11T18:00:00Z'));
let test: TestPlatform;
let june: string;
let may: string;
let sue: string;
let dale: string;

beforeAll(async () => {
  test = await createTestPlatform({ clock });
  const world = new URL('../../../app/demo/company/world.json', import.meta.url);
  await replaceVocabulary(test.platform, vocabularySchema.parse(JSON.parse(await readFile(world, 'utf8'))));
  june = await buildTranscriptionist(test.platform.database);
  may = await buildTranscriptionist(test.platform.database);
  sue = (
    await prisma().user.create({ data: { email: 'sue@example.com', name: 'Sue', roles: ['supervisor'] } })
  ).id;
  dale = (await prisma().user.findUniqueOrThrow({ where: { externalId: 'r1' } })).id;
});
afterAll(() => test.close());

const prisma = () => test.platform.database.prisma;
const hooks = () => createFinalizeHooks(test.platform);
const share = (of: number) => saveSampling(prisma(), parseSampling({ share: of }), sue);

async function typed(
  userId: string,
  { text = SAID, purpose, jobId }: { text?: string; purpose?: LinePurpose; jobId?: string } = {},
) {
  let job = jobId;
  if (!job) {
    const built = await buildDictation(test.platform.database, {
      now: clock.now(),
      job: { status: 'waiting', requirements: ['language:en'] },
      speakerId: dale,
      durationSeconds: 60,
      ...(purpose && { purpose }),
    });
    job = built.jobId;
    const audioKey = `dictations/${built.dictationId}/a.wav`;
    await test.platform.objects.put(audioKey, Readable.from([WAV]), { contentType: 'audio/wav' });
    await prisma().dictation.update({
      where: { id: built.dictationId },
      data: { audioKey, audioBytes: WAV.length, sampleRate: 8000 },
    });
  }
  const claimed = await claimJob(test.platform, { userId, jobId: job });
  const leaseToken = claimed?.leaseToken ?? '';
  clock.advance(60_000);
  await saveDraft(test.platform, {
    jobId: job,
    leaseToken,
    userId,
    revision: 0,
    text,
    anchors: [],
    audioPositionMs: 0,
  });
  clock.advance(60_000);
  const input = finalizeInput.parse({
    text,
    leaseToken,
    anchors: [
      [0, 0],
      [text.length, 58_000],
    ],
  });
  const done = await finalizeJob(test.platform, hooks(), { ...input, jobId: job, userId });
  return { ...done, jobId: job, dictationId: claimed?.dictation.id ?? '' };
}

/** A text of June's with these mistakes, and May's second text of it. */
async function checked(first = TYPED, second = SAID, purpose?: LinePurpose) {
  await share(1);
  const done = await typed(june, { text: first, ...(purpose && { purpose }) });
  await share(0);
  await tendChecks(test.platform);
  const check = await prisma().accuracyCheck.findUniqueOrThrow({
    where: { dictationId: done.dictationId },
    include: { copy: { include: { job: true } } },
  });
  const copyJobId = check.copy?.job?.id ?? '';
  const again = await typed(may, { jobId: copyJobId, text: second });
  return { ...done, checkId: check.id, copyId: check.copyId ?? '', copyJobId, again };
}

describe('drawing', () => {
  it('draws nothing while nobody has set a share, and no answer to a survey', async () => {
    const { dictationId } = await typed(june);
    await share(1);
    const survey = await typed(june, { purpose: 'survey' });
    await share(0);
    const drawn = await prisma().accuracyCheck.findMany({
      where: { dictationId: { in: [dictationId, survey.dictationId] } },
    });
    expect(drawn).toEqual([]);
  });

  it('makes one copy with a job like any other, which nobody who typed the first may take', async () => {
    await share(1);
    const { dictationId, jobId, reference } = await typed(june);
    await share(0);
    // Twice at once, as two workers would.
    await Promise.all([tendChecks(test.platform), tendChecks(test.platform)]);
    const check = await prisma().accuracyCheck.findUniqueOrThrow({
      where: { dictationId },
      include: { copy: { include: { job: { include: { exclusions: true } } } }, dictation: true },
    });
    expect(check).toMatchObject({ status: 'typing', share: 1, firstTypistId: june });
    const { copy, dictation } = check;
    expect(copy).toMatchObject({
      checkOfId: dictationId,
      speakerId: dale,
      lineId: dictation.lineId,
      startedAt: dictation.startedAt,
      durationSeconds: 60,
      status: 'submitted',
    });
    expect(copy?.reference).not.toBe(reference);
    expect(copy?.audioKey).not.toBe(dictation.audioKey);
    expect(await contentOf(copy?.audioKey)).toEqual(WAV);
    expect(copy?.job).toMatchObject({ status: 'waiting', requirements: ['language:en'] });
    expect(copy?.job?.exclusions.map(({ userId }) => userId)).toEqual([june]);
    const objects = [];
    for await (const key of test.platform.objects.list('dictations/')) objects.push(key);
    const copies = await prisma().dictation.count({ where: { checkOfId: { not: null } } });
    expect(objects.filter((key) => key.includes(copy?.id ?? ''))).toHaveLength(1);
    expect(copies).toBe(1);

    await expect(claimJob(test.platform, { userId: june, jobId: copy?.job?.id ?? '' })).rejects.toThrow(
      Forbidden,
    );
    expect((await claimJob(test.platform, { userId: june }))?.id).not.toBe(copy?.job?.id);
    const detail = await claimJob(test.platform, { userId: may, jobId: copy?.job?.id ?? '' });
    // Nothing that the workbench is told names a check.
    expect(JSON.stringify(detail)).not.toContain(dictationId);
    expect(JSON.stringify(detail)).not.toContain(jobId);
    expect(JSON.stringify(detail)).not.toContain(reference);

    await closeJob(test.platform, {
      jobId: copy?.job?.id ?? '',
      leaseToken: detail?.leaseToken ?? '',
      userId: may,
      code: 'not_a_report',
    });
    await tendChecks(test.platform);
    expect(await prisma().accuracyCheck.findUnique({ where: { dictationId } })).toMatchObject({
      status: 'dropped',
      dropReason: 'not_a_report',
    });
    expect(await test.platform.objects.head(copy?.audioKey ?? '')).toBeUndefined();
    expect(await contentOf(dictation.audioKey)).toEqual(WAV);
  });

  it('waits until there is somebody else to type it', async () => {
    await prisma().user.update({ where: { id: may }, data: { active: false } });
    await share(1);
    const { dictationId } = await typed(june);
    await share(0);
    await tendChecks(test.platform);
    const statusOf = async () =>
      (await prisma().accuracyCheck.findUnique({ where: { dictationId } }))?.status;
    expect(await statusOf()).toBe('sampled');
    await prisma().user.update({ where: { id: may }, data: { active: true } });
    await tendChecks(test.platform);
    expect(await statusOf()).toBe('typing');
    // Its audio may not be kept any more: nobody goes on typing a copy.
    await prisma().dictation.update({ where: { id: dictationId }, data: { audioKey: null } });
    await tendChecks(test.platform);
    const check = await prisma().accuracyCheck.findUniqueOrThrow({
      where: { dictationId },
      include: { copy: { include: { job: true } } },
    });
    expect(check).toMatchObject({ status: 'dropped', copy: { audioKey: null, job: { status: 'closed' } } });
  });
});

describe('the second text', () => {
  it('makes no report, no outbox entry, no count: differences alone', async () => {
    const before = await counts();
    const { checkId, copyId, again, reportId } = await checked();
    const after = await counts();
    expect(after).toEqual({ reports: before.reports + 1, outbox: before.outbox + 1, days: before.days + 1 });
    expect(again.reportId).toBeNull();
    expect(await prisma().dictation.findUnique({ where: { id: copyId } })).toMatchObject({
      status: 'transcribed',
    });
    const check = await readCheck(prisma(), { checkId, userId: sue });
    expect(check).toMatchObject({ status: 'to_settle', reportId });
    expect(
      check.differences.map(({ first, second, criticalReason, critical }) => [
        first.text,
        second.text,
        criticalReason,
        critical,
      ]),
    ).toEqual([
      ['five', 'four', 'number', true],
      ['', 'not', 'negation', true],
    ]);
    // Heard where it was typed: in order, inside of the audio.
    const [five, not] = check.differences;
    expect(five?.audioMs).toBeGreaterThan(15_000);
    expect(not?.audioMs).toBeGreaterThan(five?.audioEndMs ?? 0);
    expect(not?.audioMs).toBeLessThan(58_000);
    // The copy of the audio goes as soon as it is typed.
    await tendChecks(test.platform);
    expect(await prisma().dictation.findUnique({ where: { id: copyId } })).toMatchObject({ audioKey: null });
  });
});

describe('settling', () => {
  it('is for neither of the two typists, and of no use before the second text', async () => {
    const { checkId } = await checked();
    for (const userId of [june, may])
      await expect(readCheck(prisma(), { checkId, userId })).rejects.toThrow(Forbidden);
    await share(1);
    const { dictationId } = await typed(june);
    await share(0);
    const early = await prisma().accuracyCheck.findUniqueOrThrow({ where: { dictationId } });
    await expect(readCheck(prisma(), { checkId: early.id, userId: sue })).rejects.toThrow(NotFound);
    const listed = await listChecks(test.platform.database, { userId: sue, status: 'to_settle' });
    expect(listed.map(({ id }) => id)).not.toContain(early.id);
    expect(listed.find(({ id }) => id === checkId)).toMatchObject({
      differences: 2,
      decided: 0,
      critical: 2,
      isOwn: false,
    });
    expect((await countChecks(test.platform.database)).sampled).toBeGreaterThan(0);
  });

  it('makes the settled text the version in force, scores both and hands each their mistakes', async () => {
    // May errs, too: a name that she wrote as it sounded.
    const { checkId, reportId, dictationId } = await checked(TYPED, SAID.replace('Teague', 'Teeg'));
    const unitsBefore = await prisma().thoughtUnit.findMany({ where: { reportId: reportId ?? '' } });
    const decide = (differenceId: string, verdict: 'first' | 'second' | 'another' | 'both', words?: string) =>
      decideDifference(test.platform, {
        checkId,
        differenceId,
        userId: sue,
        verdict,
        ...(words !== undefined && { words }),
      });
    const { differences } = await readCheck(prisma(), { checkId, userId: sue });
    const [name, number, negation] = differences.map(({ id }) => id);
    expect(differences).toHaveLength(3);
    await expect(settleCheck(test.platform, hooks(), { checkId, revision: 0, userId: sue })).rejects.toThrow(
      /open/,
    );
    await decide(name ?? '', 'second');
    await decide(name ?? '', 'first');
    await decide(number ?? '', 'second');
    const { revision, settled } = await decide(negation ?? '', 'another', "doesn't really").catch(() =>
      decide(negation ?? '', 'second'),
    );
    expect(settled).toContain('Travis Teague. He wants four more');
    await decide(negation ?? '', 'second');
    // Somebody looks at an older state of it.
    await expect(settleCheck(test.platform, hooks(), { checkId, revision, userId: sue })).rejects.toThrow(
      Conflict,
    );
    const now = await readCheck(prisma(), { checkId, userId: sue });
    expect(now.settled).toBe(SAID);
    const [once, twice] = [
      await settleCheck(test.platform, hooks(), { checkId, revision: now.revision, userId: sue }),
      await settleCheck(test.platform, hooks(), { checkId, revision: now.revision, userId: sue }),
    ];
    expect(once).toEqual({
      scores: [
        { side: 'first', score: 94 },
        { side: 'second', score: 97 },
      ],
      isCorrected: true,
    });
    expect(twice.scores).toEqual(once.scores);
    await expect(decide(name ?? '', 'both')).rejects.toThrow(Conflict);

    const report = await prisma().report.findUniqueOrThrow({
      where: { id: reportId ?? '' },
      include: { transcript: true, units: true, outbox: true },
    });
    expect(report.transcript).toMatchObject({ version: 2, text: SAID, authorId: sue });
    expect(report.outbox.map(({ kind }) => kind).toSorted()).toEqual(['corrected', 'finalized']);
    const kept = unitsBefore.filter(({ id }) => report.units.some((unit) => unit.id === id && !unit.retired));
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.length).toBeLessThan(unitsBefore.length);

    const ofJune = (await listMistakes(test.platform.database, { userId: june })).filter(
      ({ clip }) => clip?.dictationId === dictationId,
    );
    expect(ofJune.map(({ typed: wrong, right, critical }) => [wrong, right, critical])).toEqual([
      ['five', 'four', true],
      ['', 'not', true],
    ]);
    expect(ofJune[0]?.clip?.fromMs).toBe(Math.max(0, (differences[1]?.audioMs ?? 0) - 2_000));
    const ofMay = (await listMistakes(test.platform.database, { userId: may })).filter(
      ({ clip }) => clip?.dictationId === dictationId,
    );
    expect(ofMay.map(({ typed: wrong, right }) => [wrong, right])).toEqual([['Teeg', 'Teague']]);

    const mistakeId = ofJune[0]?.id ?? '';
    await expect(seeMistake(test.platform, { mistakeId, userId: may })).rejects.toThrow(NotFound);
    await seeMistake(test.platform, { mistakeId, userId: june });
    expect((await listMistakes(test.platform.database, { userId: june })).at(-1)?.id).toBe(mistakeId);

    const words = 37;
    const time = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') };
    const company = await companyAccuracy(test.platform.database, { ...time, timeZone: 'America/Chicago' });
    expect(company.get('2026-02')).toMatchObject({ checks: 1, words, score: 94, passed: { value: 0, n: 1 } });
    expect(company.get('2026-02')?.wordAccuracy?.value).toBeCloseTo(1 - 2 / words);
    const people = await peopleAccuracy(test.platform.database, time);
    expect(people.get(may)?.wordAccuracy?.value).toBeCloseTo(1 - 1 / words);
    expect(await peopleAccuracy(test.platform.database, { ...time, userId: dale })).toEqual(new Map());
  });

  it('counts the same mistake again for its typist, and nothing where either will do', async () => {
    const { checkId, reportId } = await checked(TYPED, SAID);
    const { differences } = await readCheck(prisma(), { checkId, userId: sue });
    for (const { id, first } of differences)
      await decideDifference(test.platform, {
        checkId,
        differenceId: id,
        userId: sue,
        verdict: first.text === 'five' ? 'second' : 'both',
      });
    const { revision } = await readCheck(prisma(), { checkId, userId: sue });
    const { scores } = await settleCheck(test.platform, hooks(), { checkId, revision, userId: sue });
    expect(scores).toEqual([
      { side: 'first', score: 97 },
      { side: 'second', score: 100 },
    ]);
    const five = (await listMistakes(test.platform.database, { userId: june })).filter(
      ({ typed: wrong }) => wrong === 'five',
    );
    expect(five.map(({ times }) => times)).toEqual([2, 2]);
    const report = await prisma().report.findUniqueOrThrow({
      where: { id: reportId ?? '' },
      include: { transcript: true },
    });
    expect(report.transcript.text).toBe(SAID.replace('does not like', 'does like'));
  });

  it('keeps its figures and loses its words when the text is destroyed', async () => {
    const { checkId, copyId, copyJobId, dictationId } = await checked();
    const { differences } = await readCheck(prisma(), { checkId, userId: sue });
    for (const { id } of differences)
      await decideDifference(test.platform, { checkId, differenceId: id, userId: sue, verdict: 'second' });
    const { revision } = await readCheck(prisma(), { checkId, userId: sue });
    await settleCheck(test.platform, hooks(), { checkId, revision, userId: sue });
    await prisma().dictation.update({ where: { id: dictationId }, data: { textDestroyedAt: clock.now() } });
    await tendChecks(test.platform);
    const check = await prisma().accuracyCheck.findUniqueOrThrow({
      where: { id: checkId },
      include: { differences: true, mistakes: true, scores: true },
    });
    expect(check.status).toBe('settled');
    expect(check.scores).toHaveLength(2);
    expect(check.differences.flatMap(({ firstText, secondText }) => [firstText, secondText]).join('')).toBe(
      '',
    );
    expect(check.mistakes.map(({ typed: wrong, right }) => wrong + right).join('')).toBe('');
    expect(
      await prisma().transcript.findMany({ where: { dictationId: copyId }, select: { text: true } }),
    ).toEqual([{ text: '' }]);
    expect(await prisma().draft.count({ where: { jobId: copyJobId } })).toBe(0);
    expect(await prisma().draftChange.count({ where: { jobId: copyJobId } })).toBe(0);
  });

  it('leaves what somebody has corrected since, and puts the rest into that version', async () => {
    const { checkId, reportId, dictationId } = await checked();
    // A manager has mended the number by now, and said it otherwise.
    const mended = TYPED.replace('five more', 'half a dozen more');
    await prisma().$transaction(async (tx) => {
      const { id } = await tx.transcript.create({
        data: { dictationId, version: 2, text: mended, authorId: sue },
      });
      await tx.report.update({ where: { id: reportId ?? '' }, data: { transcriptId: id } });
    });
    const { differences } = await readCheck(prisma(), { checkId, userId: sue });
    for (const { id } of differences)
      await decideDifference(test.platform, { checkId, differenceId: id, userId: sue, verdict: 'second' });
    const { revision } = await readCheck(prisma(), { checkId, userId: sue });
    await settleCheck(test.platform, hooks(), { checkId, revision, userId: sue });
    const report = await prisma().report.findUniqueOrThrow({
      where: { id: reportId ?? '' },
      include: { transcript: true },
    });
    expect(report.transcript).toMatchObject({
      version: 3,
      text: mended.replace('does like', 'does not like'),
    });
  });

  it('settles a text that makes no report, too', async () => {
    const { checkId, dictationId } = await checked(
      'We can do this by June.',
      'We can do this by July.',
      'proposal',
    );
    const { differences, reportId } = await readCheck(prisma(), { checkId, userId: sue });
    expect(reportId).toBeNull();
    await decideDifference(test.platform, {
      checkId,
      differenceId: differences[0]?.id ?? '',
      userId: sue,
      verdict: 'second',
    });
    const { revision } = await readCheck(prisma(), { checkId, userId: sue });
    await settleCheck(test.platform, hooks(), { checkId, revision, userId: sue });
    const newest = await prisma().transcript.findFirst({
      where: { dictationId },
      orderBy: { version: 'desc' },
    });
    expect(newest).toMatchObject({ version: 2, text: 'We can do this by July.' });
  });
});

describe('figures of work', () => {
  it('reckons the time from claim to finish, once', async () => {
    const { jobId } = await typed(june);
    while ((await reckonWork(test.platform)) > 0);
    expect(await prisma().job.findUnique({ where: { id: jobId } })).toMatchObject({ workedMs: 120_000 });
    const time = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') };
    const figures = (await workFigures(test.platform.database, { ...time, userId: june })).get(june);
    // A minute of audio in two minutes of work, each time.
    expect(figures?.audioMinutesPerHour?.value).toBeCloseTo(30);
    expect(figures?.realTimeFactor?.value).toBeCloseTo(2);
    expect(figures?.doubtsPerTenMinutes).toMatchObject({ value: 0, low: 0 });
    expect(figures?.jobs).toBe(figures?.audioMinutes);
  });
});

async function counts() {
  const [reports, outbox, days] = await Promise.all([
    prisma().report.count(),
    prisma().outboxEntry.count(),
    prisma().dailyCount.aggregate({ where: { dimension: 'reports' }, _sum: { count: true } }),
  ]);
  return { reports, outbox, days: days._sum.count ?? 0 };
}

async function contentOf(key: string | null | undefined): Promise<Buffer> {
  const { stream } = await test.platform.objects.get(key ?? '');
  return Buffer.concat(await stream.toArray());
}
