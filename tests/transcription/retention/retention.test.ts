import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { forgetReports } from '../../../crm-sync/ledger/forget-reports.ts';
import { createSettableClock } from '../../../platform/clock.ts';
import { newId } from '../../../platform/new-id.ts';
import type { JobStatus } from '../../../prisma/generated/client/enums.ts';
import { applyRetention } from '../../../transcription/retention/apply-retention.ts';
import { destroyDoomed } from '../../../transcription/retention/destroy-doomed.ts';
import { foreseeRetention } from '../../../transcription/retention/foresee.ts';
import { sweepOrphans } from '../../../transcription/retention/sweep-orphans.ts';
import { buildReport } from '../../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildDictation, type DictationToBuild } from '../support/build-dictation.ts';

const START = new Date('2026-03-02T12:00:00Z');
const clock = createSettableClock(START);
let kit: TestPlatform;

beforeAll(async () => {
  kit = await createTestPlatform({ clock });
});
afterAll(() => kit.close());
beforeEach(() => clock.set(START));

const prisma = () => kit.platform.database.prisma;
const apply = () => applyRetention(kit.platform, { forget: [forgetReports] });
const inDays = (days: number) => clock.set(new Date(START.getTime() + days * 86_400_000));

/** A dictation with a laid audio and a recording in storage, on a line that keeps audio for ten days. */
async function stored(
  state: Partial<DictationToBuild> & { job?: { status: JobStatus } } = {},
  days: { keepAudioDays?: number | null; keepTextDays?: number | null } = { keepAudioDays: 10 },
) {
  const built = await buildDictation(kit.platform.database, {
    now: START,
    status: 'transcribed',
    job: { status: 'finalized' },
    parts: [{ status: 'verified' }],
    ...state,
  });
  const { dictationId } = built;
  const audioKey = `dictations/${dictationId}/${newId()}.wav`;
  const objectKey = `recordings/${built.recordings[0]?.id}/${newId()}`;
  for (const key of [audioKey, objectKey])
    await kit.platform.objects.put(key, Buffer.from(key), { contentType: 'audio/wav' });
  const { lineId } = await prisma().dictation.update({ where: { id: dictationId }, data: { audioKey } });
  await prisma().recording.updateMany({
    where: { dictationId, part: 1 },
    data: { objectKey, audioStartMs: 0, carrierDeletedAt: START },
  });
  await prisma().line.update({ where: { id: lineId }, data: days });
  if (built.jobId) await prisma().job.update({ where: { id: built.jobId }, data: { finalizedAt: START } });
  return { ...built, lineId, audioKey, objectKey };
}

async function isStored({ audioKey, objectKey }: { audioKey: string; objectKey: string }): Promise<boolean> {
  const heads = await Promise.all([audioKey, objectKey].map((key) => kit.platform.objects.head(key)));
  return heads.every((head) => head !== undefined);
}

describe('audio', () => {
  test('is kept so many days after the text is final, then destroyed and forgotten, logged in figures', async () => {
    const one = await stored();
    inDays(9.9);
    await apply();
    expect(await isStored(one)).toBe(true);
    const ahead = (await foreseeRetention(kit.platform, 7)).get(one.lineId);
    expect(ahead).toMatchObject({ audio: 1, texts: 0, originals: 0 });
    inDays(10.1);
    expect((await apply()).get(one.lineId)).toEqual({ audio: 1, texts: 0, objects: 2, originals: 0 });
    expect(await isStored(one)).toBe(false);
    const { recordings, ...dictation } = await prisma().dictation.findUniqueOrThrow({
      where: { id: one.dictationId },
      include: { recordings: true },
    });
    expect(dictation).toMatchObject({ audioKey: null, peaks: null, audioDestroyedAt: clock.now() });
    expect(recordings).toMatchObject([{ objectKey: null, status: 'destroyed', destroyedAt: clock.now() }]);
    const logged = await prisma().auditEntry.findMany({ where: { subjectId: one.lineId } });
    expect(logged).toMatchObject([
      {
        action: 'retention.applied',
        actorId: null,
        detail: { audio: 1, texts: 0, objects: 2, originals: 0 },
      },
    ]);
    await apply();
    expect(await prisma().auditEntry.count({ where: { subjectId: one.lineId } })).toBe(1);
  });

  test('without days is kept for ever; with none it goes at once', async () => {
    const ever = await stored({}, { keepAudioDays: null });
    const never = await stored({}, { keepAudioDays: 0 });
    inDays(10_000);
    await apply();
    expect(await isStored(ever)).toBe(true);
    expect(await isStored(never)).toBe(false);
  });

  test.each([
    ['waits for somebody to type it', { status: 'submitted', job: { status: 'waiting' } }],
    ['is being typed', { status: 'submitted', job: { status: 'claimed' } }],
    ['is on hold', { status: 'submitted', job: { status: 'on_hold' } }],
    ['is in preparation', { status: 'submitted', job: { status: 'preparing' } }],
    ['is still spoken', { status: 'open' }],
    ['has a part on its way', { parts: [{ status: 'verified' }, { status: 'announced' }] }],
    ['has a part that could not be copied', { parts: [{ status: 'verified' }, { status: 'dead' }] }],
  ] as [string, Partial<DictationToBuild>][])('that %s is never destroyed', async (_what, state) => {
    const one = await stored(state);
    if (state.job?.status !== 'finalized')
      await prisma().job.updateMany({
        where: { id: one.jobId || randomUUID() },
        data: { finalizedAt: null },
      });
    inDays(10_000);
    await apply();
    expect((await prisma().dictation.findUniqueOrThrow({ where: { id: one.dictationId } })).audioKey).toBe(
      one.audioKey,
    );
    expect(await kit.platform.objects.head(one.audioKey)).toBeDefined();
    await prisma().dictation.update({ where: { id: one.dictationId }, data: { audioKey: null } });
    await prisma().recording.deleteMany({ where: { dictationId: one.dictationId } });
  });

  test('of a late part that is not in it yet is never destroyed, nor while the carrier has its copy', async () => {
    const late = await stored();
    await prisma().recording.updateMany({
      where: { dictationId: late.dictationId },
      data: { audioStartMs: null },
    });
    const copied = await stored();
    await prisma().recording.updateMany({
      where: { dictationId: copied.dictationId },
      data: { carrierDeletedAt: null },
    });
    inDays(10_000);
    await apply();
    expect([await isStored(late), await isStored(copied)]).toEqual([true, true]);
  });

  test('of a closed job goes after as many days; while its speaker is asked, it waits', async () => {
    const closed = await stored({ status: 'discarded', job: { status: 'closed' } });
    const asked = await stored();
    inDays(9);
    await prisma().doubtMark.create({
      data: {
        jobId: asked.jobId,
        kind: 'inaudible',
        startOffset: 0,
        endOffset: 0,
        audioMs: 0,
        askedAt: clock.now(),
      },
    });
    inDays(11);
    await apply();
    expect([await isStored(closed), await isStored(asked)]).toEqual([false, true]);
    inDays(40);
    await apply();
    expect(await isStored(asked)).toBe(false);
  });

  test('two at once, and one that was killed before it destroyed the objects, destroy each once', async () => {
    const many = await Promise.all(Array.from({ length: 7 }, () => stored({}, { keepAudioDays: 1 })));
    inDays(2);
    const results = await Promise.all([apply(), apply(), apply()]);
    const lines = new Set(many.map(({ lineId }) => lineId));
    const audio = results.flatMap((figures) =>
      [...figures].filter(([lineId]) => lines.has(lineId)).map(([, figure]) => figure.audio),
    );
    expect(audio.reduce((sum, count) => sum + count, 0)).toBe(7);
    expect((await Promise.all(many.map(isStored))).some((is) => is)).toBe(false);
    const killed = await stored({}, { keepAudioDays: 1 });
    const failing = {
      ...kit.platform,
      objects: { ...kit.platform.objects, delete: () => Promise.reject(new Error('storage away')) },
    };
    await expect(applyRetention(failing, { forget: [] })).rejects.toThrow('storage away');
    expect(await isStored(killed)).toBe(true);
    expect((await apply()).get(killed.lineId)).toMatchObject({ audio: 0, objects: 2 });
    expect(await isStored(killed)).toBe(false);
  });
});

describe('objects', () => {
  test('are destroyed when they are due and not before', async () => {
    const { lineId } = await stored({}, {});
    const key = `dictations/${randomUUID()}/${newId()}.wav`;
    await kit.platform.objects.put(key, Buffer.from('x'), { contentType: 'audio/wav' });
    await prisma().doomedObject.create({
      data: { objectKey: key, lineId, reason: 'redaction', dueAt: new Date(START.getTime() + 86_400_000) },
    });
    await destroyDoomed(kit.platform);
    expect(await kit.platform.objects.head(key)).toBeDefined();
    expect((await foreseeRetention(kit.platform, 7)).get(lineId)).toMatchObject({ originals: 1 });
    inDays(1);
    expect(await destroyDoomed(kit.platform, [key])).toEqual([{ lineId, reason: 'redaction', objects: 1 }]);
    expect(await kit.platform.objects.head(key)).toBeUndefined();
  });

  test('that nothing points to are swept after a day; others, and young ones, stay', async () => {
    const used = await stored({}, { keepAudioDays: null });
    const orphan = `recordings/${randomUUID()}/${newId(START.getTime() - 2 * 86_400_000)}`;
    const young = `recordings/${randomUUID()}/${newId(START.getTime() - 3_600_000)}`;
    for (const key of [orphan, young])
      await kit.platform.objects.put(key, Buffer.from('x'), { contentType: 'audio/wav' });
    expect(await sweepOrphans(kit.platform)).toBe(1);
    expect(await kit.platform.objects.head(orphan)).toBeUndefined();
    expect(await kit.platform.objects.head(young)).toBeDefined();
    expect(await isStored(used)).toBe(true);
  });
});

describe('text', () => {
  test('goes with everything that repeats it; who, when, codes and what is counted stay', async () => {
    const built = await buildReport(kit.platform.database, {
      finalizedAt: START,
      units: [{ text: 'They want the Zanzibarium by June.', codes: ['need'] }],
      fields: [
        { field: 'product', value: 'p1', display: 'Pump', unit: 1 },
        { field: 'new_competitor', value: 'Zanzibarium', display: 'Zanzibarium', unit: 1 },
      ],
      nextSteps: [{ text: 'Bring the Zanzibarium.', unit: 1, due: '2026-03-09' }],
      newContacts: ['Zora Zanzibarium'],
    });
    const { lineId } = await prisma().dictation.findUniqueOrThrow({ where: { id: built.dictationId } });
    await prisma().line.update({ where: { id: lineId }, data: { keepTextDays: 20 } });
    const { userId } = { userId: built.speakerId ?? '' };
    await prisma().reply.create({
      data: { reportId: built.reportId, authorId: userId, text: 'Zanzibarium?', requestId: randomUUID() },
    });
    const dump = async () =>
      JSON.stringify(
        (
          await kit.platform.database.pool.query(
            `select jsonb_agg(t) from (
         select to_jsonb(t) from transcript t union all select to_jsonb(t) from thought_unit t
         union all select to_jsonb(t) from field_value t union all select to_jsonb(t) from next_step t
         union all select to_jsonb(t) from report_contact t union all select to_jsonb(t) from reply t) t`,
          )
        ).rows,
      );
    inDays(19.9);
    await apply();
    expect(await dump()).toContain('Zanzibarium');
    inDays(20.1);
    expect((await apply()).get(lineId)).toMatchObject({ texts: 1 });
    expect(await dump()).not.toContain('anzibari');
    const report = await prisma().report.findUniqueOrThrow({
      where: { id: built.reportId },
      include: { units: { include: { codes: true } }, fields: true, nextSteps: true, dictation: true },
    });
    expect(report.units).toMatchObject([{ text: '[…]', retired: false, codes: [{ codeKey: 'need' }] }]);
    expect(report.fields.map(({ field }) => field)).toEqual(['product']);
    expect(report.nextSteps).toMatchObject([{ text: '[…]', due: new Date('2026-03-09T00:00:00Z') }]);
    expect(report.dictation.textDestroyedAt).toEqual(clock.now());
    expect((await apply()).get(lineId)).toBeUndefined();
  });

  test('waits until the CRM has been told', async () => {
    const built = await buildReport(kit.platform.database, { finalizedAt: START });
    const { lineId } = await prisma().dictation.findUniqueOrThrow({ where: { id: built.dictationId } });
    await prisma().line.update({ where: { id: lineId }, data: { keepTextDays: 1 } });
    await prisma().outboxEntry.create({ data: { reportId: built.reportId, kind: 'finalized', version: 1 } });
    inDays(2);
    expect((await apply()).get(lineId)).toBeUndefined();
    await prisma().outboxEntry.updateMany({
      where: { reportId: built.reportId },
      data: { processedAt: START },
    });
    expect((await apply()).get(lineId)).toMatchObject({ texts: 1 });
  });
});
