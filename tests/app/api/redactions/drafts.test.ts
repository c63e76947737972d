import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBasics } from '../../../../app/ensure-basics.ts';
import { MASK_HZ } from '../../../../transcription/audio/mask-samples.ts';
import { type ApiKit, createApiKit } from '../../support/api-kit.ts';
import {
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
let typist: Awaited<ReturnType<ApiKit['person']>>;

beforeAll(async () => {
  api = await createApiKit();
  await ensureBasics(api.platform.database);
  typist = await api.person('transcriptionist');
});
afterAll(() => api.close());

const prisma = () => api.platform.database.prisma;

const TEXT = 'I am very happy with it. My name is Wilhelmina Xanthopoulos and I live in';
const NAME = 'Wilhelmina Xanthopoulos';

/** What a respondent said, half typed, with its history. */
async function answered() {
  const { platform } = api;
  const survey = await prisma().survey.create({
    data: {
      name: 'Customers',
      minimumGroup: 1,
      questions: { create: { position: 1, text: 'How are we?' } },
      responses: { create: { day: new Date('2026-11-01'), complete: true } },
    },
    include: { questions: true, responses: true },
  });
  const answer = await prisma().answer.create({
    data: { responseId: survey.responses[0]?.id ?? '', questionId: survey.questions[0]?.id ?? '' },
  });
  const built = await dictate(platform, [8], { purpose: 'survey', status: 'submitted' });
  const versions = [TEXT.slice(0, 41), TEXT.slice(0, 52), TEXT];
  const anchors: [number, number][] = [0, 20, 40, 60, TEXT.length].map((char) => [char, char * 100]);
  const held = await type(platform, { jobId: built.jobId, userId: typist.id, versions, anchors });
  return { ...built, ...held, answerId: answer.id, surveyId: survey.id };
}

describe('words that are being typed', () => {
  test('go from the draft, its whole history and the audio, for whoever holds the job alone', {
    timeout: 60_000,
  }, async () => {
    const { platform } = api;
    const job = await answered();
    const url = `/api/v1/jobs/${job.jobId}/redactions`;
    const start = TEXT.indexOf(NAME);
    const held = { leaseToken: job.leaseToken };
    const passages = [{ start, end: start + NAME.length }];
    const foreign = await typist('POST', `${url}/plan`, { leaseToken: randomUUID(), passages });
    expect(foreign.status).toBe(409);
    const planned = await typist('POST', `${url}/plan`, { ...held, passages });
    expect(planned.status).toBe(200);
    const { places, revision, textLength } = planned.body as {
      places: { start: number; end: number; audio: { startMs: number; endMs: number } }[];
      revision: number;
      textLength: number;
    };
    expect({ revision, textLength }).toEqual({ revision: job.revision, textLength: TEXT.length });
    const [place] = places;
    // Typed from 3.6 s on: said a little before that.
    expect(place?.audio.startMs).toBeLessThan(3600);
    expect(place?.audio.endMs).toBeGreaterThan(5900);

    expect((await findWord(platform, 'xanthopoulos')).length).toBeGreaterThan(0);
    const body = {
      id: randomUUID(),
      ...held,
      revision,
      textLength,
      mask: 'silence',
      places: places.map((each) => ({ ...each, label: 'name' })),
    };
    expect((await typist('POST', url, { ...body, leaseToken: randomUUID() })).status).toBe(409);
    expect(
      (await typist('POST', url, { ...body, places: body.places.map((each) => ({ ...each, audio: null })) }))
        .status,
    ).toBe(400);
    const before = await storedKeys(platform);
    const done = await typist('POST', url, body);
    expect(done).toMatchObject({
      status: 200,
      body: { revision: revision + 1, text: TEXT.replace(NAME, '[name]') },
    });
    for (const word of ['xanthop', 'wilhelm'])
      expect([word, await findWord(platform, word)]).toEqual([word, []]);
    expect(await typist('POST', url, body)).toEqual(done);

    const { audioKey } = await prisma().dictation.findUniqueOrThrow({ where: { id: job.dictationId } });
    const samples = await samplesOf(platform, audioKey);
    expect(samples).toHaveLength(64_000);
    const span = place?.audio ?? { startMs: 0, endMs: 0 };
    const middle = (span.startMs + span.endMs) / 2;
    for (const hz of [MASK_HZ, SPEECH_HZ])
      expect(strengthAt(samples, hz, middle - 200, middle + 200)).toBe(0);
    expect(strengthAt(samples, SPEECH_HZ, span.startMs - 400, span.startMs - 100)).toBeGreaterThan(7000);
    // Two objects anew beside two originals.
    expect((await storedKeys(platform)).length).toBe(before.length + 2);

    const history = await typist('GET', `/api/v1/jobs/${job.jobId}/history`);
    const { versions } = history.body as { versions: { revision: number }[] };
    expect(versions.map((version) => version.revision)).toEqual([1, 2, 3, revision + 1]);
    const texts = await Promise.all(
      versions.map((version) => typist('GET', `/api/v1/jobs/${job.jobId}/history/${version.revision}`)),
    );
    expect(texts.map(({ body: told }) => (told as { text: string }).text)).toEqual([
      // Half a name is followed back to where it began.
      'I am very happy with it. My name is [name]',
      'I am very happy with it. My name is [name]',
      TEXT.replace(NAME, '[name]'),
      TEXT.replace(NAME, '[name]'),
    ]);
    const text = `${TEXT.replace(NAME, '[name]')} Ames.`;
    const saved = await typist('PUT', `/api/v1/jobs/${job.jobId}/draft`, {
      ...held,
      revision: revision + 1,
      text,
    });
    expect(saved.status).toBe(200);
  });
});

describe('an answer to a survey', () => {
  test('is redacted with the text it was put together from; its originals go at once', {
    timeout: 60_000,
  }, async () => {
    const { platform } = api;
    const job = await answered();
    const { answerId } = job;
    // As the phone makes it: nobody is its speaker.
    await prisma().dictation.update({ where: { id: job.dictationId }, data: { speakerId: null, answerId } });
    const text = `${TEXT} Ames.`;
    await finalize(platform, { jobId: job.jobId, userId: typist.id, leaseToken: job.leaseToken, text });
    const { audioKey } = await prisma().dictation.findUniqueOrThrow({ where: { id: job.dictationId } });
    const manager = await api.person('manager');
    const start = text.indexOf(NAME);
    const body = {
      id: randomUUID(),
      textLength: text.length,
      places: [{ start, end: start + NAME.length, label: 'name', audio: null }],
    };
    const url = `/api/v1/answers/${answerId}/redactions`;
    expect((await typist('POST', url, body)).status).toBe(403);
    expect((await manager('POST', url, { ...body, textLength: 3 })).status).toBe(400);
    expect((await manager('POST', url, body)).status).toBe(204);
    expect((await manager('POST', url, body)).status).toBe(204);
    for (const word of ['xanthop', 'wilhelm'])
      expect([word, await findWord(platform, word)]).toEqual([word, []]);
    const { text: answer } = await prisma().answer.findUniqueOrThrow({ where: { id: answerId } });
    expect(answer).toBe(text.replace(NAME, '[name]'));
    // Kept not a day: the audio is masked whole, and what it was is gone.
    expect(await storedKeys(platform)).not.toContain(audioKey);
    expect(await prisma().doomedObject.count({ where: { objectKey: audioKey ?? '' } })).toBe(0);
    const [redaction] = await prisma().redaction.findMany({ where: { dictationId: job.dictationId } });
    expect(redaction?.at.toISOString()).toMatch(/T00:00:00.000Z$/);
  });
});
