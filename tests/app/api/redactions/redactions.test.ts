import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ReportDetail, readAllReports } from '../../../../app/api/reports/read-report.ts';
import { ensureBasics } from '../../../../app/ensure-basics.ts';
import { searchUnits } from '../../../../insight/search/search-units.ts';
import { newId } from '../../../../platform/new-id.ts';
import { MASK_HZ } from '../../../../transcription/audio/mask-samples.ts';
import { inspectObject } from '../../../../transcription/ingest/inspect-object.ts';
import { destroyDoomed } from '../../../../transcription/retention/destroy-doomed.ts';
import { vocabularySchema } from '../../../../transcription/vocabulary/vocabulary-schema.ts';
import { replaceVocabulary } from '../../../../transcription/vocabulary/write-vocabulary.ts';
import { buildTranscriptionist } from '../../../transcription/support/build-dictation.ts';
import { type ApiKit, createApiKit } from '../../support/api-kit.ts';
import {
  deliver,
  dictate,
  finalize,
  findWord,
  SPEECH_HZ,
  samplesOf,
  storedKeys,
  strengthAt,
  type,
} from './redaction-rig.ts';

let api: ApiKit;
let june: string;
/** The only one: the dump is about it. */
let built: Awaited<ReturnType<typeof report>>;
let manager: Awaited<ReturnType<ApiKit['person']>>;

beforeAll(async () => {
  api = await createApiKit();
  const { platform } = api;
  await ensureBasics(platform.database);
  const world = new URL('../../../../app/demo/company/world.json', import.meta.url);
  await replaceVocabulary(platform, vocabularySchema.parse(JSON.parse(await readFile(world, 'utf8'))));
  june = await buildTranscriptionist(platform.database);
  manager = await api.person('manager');
  built = await report();
});
afterAll(() => api.close());

const prisma = () => api.platform.database.prisma;

const TEXT =
  'I went by Double T yesterday and sat with a new man, Orrin Quetzalmire. He wants four more RanchMates.\n\n' +
  'His own number is 602 555 0188. I will call Orrin Quetzalmire on Monday.';

/** As it was spelled by whoever typed it. */
const TRACES = ['quetzalmire', 'quetzal', 'ketzelmeyer', 'orrin', 'ketzelmaier', 'aurin'];

/** A finished report about an unusual name, with its history, delivered to the CRM. */
async function report() {
  const { platform } = api;
  const built = await dictate(platform, [6, 4]);
  const anchors: [number, number][] = Array.from({ length: 18 }, (_, at) => [at * 10, at * 550]);
  const versions = [
    TEXT.slice(0, 60),
    TEXT.slice(0, 68),
    TEXT.slice(0, 90).replace('Quetzalmire', 'Ketzelmeyer'),
    TEXT,
  ];
  const { leaseToken } = await type(platform, { jobId: built.jobId, userId: june, versions, anchors });
  const doubt = await prisma().doubtMark.create({
    data: {
      jobId: built.jobId,
      askedAt: platform.clock.now(),
      kind: 'unsure_spelling',
      startOffset: TEXT.indexOf('Quetzalmire'),
      endOffset: TEXT.indexOf('Quetzalmire') + 11,
      audioMs: 3000,
      note: 'Quetzalmire or Ketzelmeyer?',
    },
  });
  // The speaker spells it; nobody has settled that when the text is finished, so it becomes a job of its own.
  const answer = await dictate(platform, [2], { doubtId: doubt.id, hasJob: false });
  const reportId = await finalize(platform, {
    jobId: built.jobId,
    userId: june,
    leaseToken,
    text: TEXT,
    anchors,
    newContacts: ['Orrin Quetzalmire'],
  });
  await prisma().fieldValue.updateMany({ where: { reportId }, data: { certainty: 'confirmed' } });
  await prisma().nextStep.updateMany({ where: { reportId }, data: { certainty: 'confirmed' } });
  await prisma().reply.create({
    data: { reportId, authorId: manager.id, text: 'Who is quetzalmire?', requestId: randomUUID() },
  });
  await deliver(platform, reportId);
  const copyId = await typedAgain(built.dictationId);
  return { ...built, reportId, answerId: answer.dictationId, copyId };
}

/** Somebody else has typed it blind, and heard another name. */
async function typedAgain(dictationId: string): Promise<string> {
  const { objects } = api.platform;
  const { id, lineId, reference, audioKey, durationSeconds, sampleRate, transcripts } =
    await prisma().dictation.findUniqueOrThrow({
      where: { id: dictationId },
      include: { transcripts: true },
    });
  const copyId = newId();
  const copyKey = `dictations/${copyId}/${newId()}.wav`;
  const { stream } = await objects.get(audioKey ?? '');
  await objects.put(copyKey, stream, { contentType: 'audio/wav' });
  const text = TEXT.replace('Orrin Quetzalmire', 'Aurin Ketzelmaier');
  const copy = await prisma().dictation.create({
    data: {
      id: copyId,
      reference: `${reference}c`,
      lineId,
      checkOfId: id,
      status: 'transcribed',
      audioKey: copyKey,
      durationSeconds,
      sampleRate,
      transcripts: { create: { version: 1, text } },
    },
    include: { transcripts: true },
  });
  const start = TEXT.indexOf('Orrin');
  await prisma().accuracyCheck.create({
    data: {
      dictationId,
      copyId,
      share: 1,
      typedAt: api.platform.clock.now(),
      firstTranscriptId: transcripts[0]?.id ?? '',
      secondTranscriptId: copy.transcripts[0]?.id ?? '',
      differences: {
        create: {
          position: 0,
          firstStart: start,
          firstEnd: start + 17,
          firstText: 'Orrin Quetzalmire',
          secondStart: start,
          secondEnd: start + 17,
          secondText: 'Aurin Ketzelmaier',
        },
      },
    },
  });
  return copyId;
}

async function plan(reportId: string, ...words: string[]) {
  const passages = words.map((each) => ({
    start: TEXT.indexOf(each),
    end: TEXT.indexOf(each) + each.length,
  }));
  const { body } = await manager('POST', `/api/v1/reports/${reportId}/redactions/plan`, { passages });
  return body as {
    places: { start: number; end: number; audio: { startMs: number; endMs: number } }[];
    values: { field: string; display: string }[];
  };
}

test('a stranger gets nothing, and who may not redact neither', async () => {
  const { reportId, jobId } = built;
  const rep = await api.person('rep');
  const typist = await api.person('transcriptionist');
  for (const [method, url] of [
    ['GET', `/api/v1/reports/${reportId}/redactions/suggestions`],
    ['POST', `/api/v1/reports/${reportId}/redactions/plan`],
    ['POST', `/api/v1/reports/${reportId}/redactions`],
    ['POST', `/api/v1/jobs/${jobId}/redactions/plan`],
    ['POST', `/api/v1/jobs/${jobId}/redactions`],
    ['POST', `/api/v1/answers/${randomUUID()}/redactions`],
  ] as const) {
    expect((await api.stranger(method, url, {})).status).toBe(401);
    expect((await rep(method, url, {})).status).toBe(403);
    if (!url.includes('/jobs/')) expect((await typist(method, url, {})).status).toBe(403);
  }
});

test('suggestions name the number, not the customer', async () => {
  const { reportId } = built;
  const { body } = await manager('GET', `/api/v1/reports/${reportId}/redactions/suggestions`);
  expect((body as { items: { start: number; end: number; label: string }[] }).items).toMatchObject([
    { label: 'phone number', start: TEXT.indexOf('602'), end: TEXT.indexOf('602') + 12 },
  ]);
});

describe('a name, redacted in a report', () => {
  let planned: Awaited<ReturnType<typeof plan>>;
  let before: { audioKey: string; recordings: string[] };

  beforeAll(async () => {
    const { platform } = api;
    before = await keysOf(built.dictationId);
    expect((await findWord(platform, 'quetzalmire')).length).toBeGreaterThan(8);
    expect(await findWord(platform, 'ketzelmeyer')).not.toEqual([]);
    planned = await plan(built.reportId, 'Orrin Quetzalmire');
    const { status, body } = await manager('POST', `/api/v1/reports/${built.reportId}/redactions`, {
      id: randomUUID(),
      version: 1,
      textLength: TEXT.length,
      places: planned.places.map((place) => ({ ...place, label: 'name' })),
    });
    expect({ status, body }).toEqual({ status: 200, body: { version: 2 } });
  });

  async function keysOf(dictationId: string) {
    const { audioKey, recordings } = await prisma().dictation.findUniqueOrThrow({
      where: { id: dictationId },
      select: { audioKey: true, recordings: { orderBy: { part: 'asc' }, select: { objectKey: true } } },
    });
    return { audioKey: audioKey ?? '', recordings: recordings.map(({ objectKey }) => objectKey ?? '') };
  }

  test('was planned in both places, with what else goes', () => {
    expect(planned.places.map(({ start, end }) => TEXT.slice(start, end))).toEqual([
      'Orrin Quetzalmire',
      'Orrin Quetzalmire',
    ]);
    expect(planned.values).toContainEqual({ field: 'new_contact', display: 'Orrin Quetzalmire' });
  });

  test('is in no table and in no object, however it was spelled, before and after the CRM has heard of it', async () => {
    const { platform } = api;
    for (const word of TRACES) expect([word, await findWord(platform, word)]).toEqual([word, []]);
    await deliver(platform, built.reportId);
    for (const word of TRACES) expect([word, await findWord(platform, word)]).toEqual([word, []]);
    const conflicts = await prisma().syncEntry.count({
      where: { reportId: built.reportId, status: { in: ['conflict', 'failed'] } },
    });
    expect(conflicts).toBe(0);
  });

  test('is not found, exported or read', async () => {
    const { platform } = api;
    const viewer = { id: manager.id, roles: ['manager' as const], timeZone: 'UTC' };
    const found = await searchUnits(platform, viewer as Parameters<typeof searchUnits>[1], {
      q: 'Quetzalmire',
    });
    expect(found.total.units).toBe(0);
    const all: ReportDetail[] = [];
    for await (const each of readAllReports(platform)) all.push(each);
    expect(JSON.stringify(all)).not.toMatch(/quetzal/i);
    expect(all[0]?.text).toBe(TEXT.replaceAll('Orrin Quetzalmire', '[name]'));
  });

  test('leaves units, offsets, codes and the rest of the report as they were', async () => {
    const { transcript, units, fields, contacts, nextSteps } = await prisma().report.findUniqueOrThrow({
      where: { id: built.reportId },
      include: {
        transcript: true,
        units: { include: { codes: true } },
        fields: true,
        contacts: true,
        nextSteps: true,
      },
    });
    expect(transcript.version).toBe(2);
    expect(units.every(({ transcriptId, retired }) => transcriptId === transcript.id && !retired)).toBe(true);
    for (const unit of units) {
      expect(transcript.text.slice(unit.startOffset, unit.endOffset)).toBe(unit.text);
      expect(unit.codes.length).toBeGreaterThan(0);
    }
    expect(fields.map(({ field }) => field)).toContain('product');
    expect(fields.map(({ field }) => field)).not.toContain('new_contact');
    expect(contacts.filter(({ newName }) => newName !== null)).toEqual([]);
    expect(nextSteps.map(({ text }) => text).join()).toContain('call [name] on Monday');
  });

  test('is a tone in the laid audio and in the recordings under it, and nowhere else', async () => {
    const { platform } = api;
    const now = await keysOf(built.dictationId);
    const laid = await samplesOf(platform, now.audioKey);
    expect(laid).toHaveLength(80_000);
    const parts = await Promise.all(now.recordings.map((key) => samplesOf(platform, key)));
    expect(parts.map(({ length }) => length)).toEqual([48_000, 32_000]);
    const joined = Int16Array.from(parts.flatMap((part) => [...part]));
    for (const samples of [laid, joined]) {
      for (const { audio } of planned.places) {
        const middle = (audio.startMs + audio.endMs) / 2;
        const inside: [number, number] = [middle - 100, middle + 100];
        expect(strengthAt(samples, MASK_HZ, ...inside)).toBeGreaterThan(3000);
        expect(strengthAt(samples, SPEECH_HZ, ...inside)).toBeLessThan(100);
      }
      const first = Math.min(...planned.places.map(({ audio }) => audio.startMs));
      expect(strengthAt(samples, SPEECH_HZ, first - 300, first - 100)).toBeGreaterThan(7000);
      expect(strengthAt(samples, MASK_HZ, first - 300, first - 100)).toBeLessThan(100);
    }
    const { recordings, peaks } = await prisma().dictation.findUniqueOrThrow({
      where: { id: built.dictationId },
      include: { recordings: { orderBy: { part: 'asc' } } },
    });
    expect(peaks).toHaveLength(1000);
    for (const { objectKey, sha256, bytes } of recordings)
      expect(await inspectObject(platform.objects, objectKey ?? '')).toMatchObject({ sha256, bytes });
  });

  test('is a tone in the copy that was typed again, and all that was said again to it is one', async () => {
    const { platform } = api;
    const span = planned.places[0]?.audio ?? { startMs: 0, endMs: 0 };
    const middle = (span.startMs + span.endMs) / 2;
    const copy = await samplesOf(platform, (await keysOf(built.copyId)).audioKey);
    expect(strengthAt(copy, MASK_HZ, middle - 100, middle + 100)).toBeGreaterThan(3000);
    expect(strengthAt(copy, SPEECH_HZ, middle - 100, middle + 100)).toBeLessThan(100);
    const answer = await keysOf(built.answerId);
    for (const key of [answer.audioKey, ...answer.recordings])
      expect(strengthAt(await samplesOf(platform, key), SPEECH_HZ, 100, 1900)).toBeLessThan(100);
  });

  test('keeps the originals for thirty days, then destroys them', async () => {
    const { platform } = api;
    const old = [before.audioKey, ...before.recordings];
    expect(await storedKeys(platform)).toEqual(expect.arrayContaining(old));
    await destroyDoomed(platform);
    expect(await storedKeys(platform)).toEqual(expect.arrayContaining(old));
    const later = {
      ...platform,
      clock: { now: () => new Date(platform.clock.now().getTime() + 31 * 86_400_000) },
    };
    const figures = await destroyDoomed(later as typeof platform);
    expect(figures.reduce((sum, { objects }) => sum + objects, 0)).toBeGreaterThanOrEqual(3);
    const left = await storedKeys(platform);
    for (const key of old) expect(left).not.toContain(key);
    expect(await destroyDoomed(later as typeof platform)).toEqual([]);
  });

  test('is in the audit log by number, and sent again does nothing', async () => {
    const redaction = await prisma().redaction.findFirstOrThrow({
      where: { dictationId: built.dictationId },
    });
    const again = await manager('POST', `/api/v1/reports/${built.reportId}/redactions`, {
      id: redaction.id,
      version: 1,
      textLength: TEXT.length,
      places: planned.places,
    });
    expect(again).toEqual({ status: 200, body: { version: 2 } });
    const entries = await prisma().auditEntry.findMany({ where: { action: 'redaction.made' } });
    expect(entries).toMatchObject([
      {
        actorId: manager.id,
        subjectId: built.dictationId,
        detail: { places: 2, audioPieces: 2, mask: 'tone' },
      },
    ]);
  });

  test('from another version it is refused, and nothing new is stored', async () => {
    const keys = (await storedKeys(api.platform)).toSorted();
    const { status } = await manager('POST', `/api/v1/reports/${built.reportId}/redactions`, {
      id: randomUUID(),
      version: 1,
      textLength: TEXT.length,
      places: planned.places,
    });
    expect(status).toBe(409);
    expect((await storedKeys(api.platform)).toSorted()).toEqual(keys);
  });
});
