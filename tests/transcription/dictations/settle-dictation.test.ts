import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { decodeAudio } from '../../../transcription/audio/decode-audio.ts';
import { settleDictation } from '../../../transcription/dictations/settle-dictation.ts';
import { sweepDictations } from '../../../transcription/dictations/sweep-dictations.ts';
import { settleDictationTask } from '../../../transcription/dictations/tasks.ts';
import { copyRecording } from '../../../transcription/ingest/copy-recording.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { type BuiltDictation, buildDictation, type DictationToBuild } from '../support/build-dictation.ts';
import { makeWav, toneWav } from '../support/make-wav.ts';
import { createTestCarrier } from '../support/test-carrier.ts';

const clock = createSettableClock();
const carrier = createTestCarrier();
let test: TestPlatform;

beforeAll(async () => {
  test = await createTestPlatform({ clock });
});
afterAll(() => test.close());

const prisma = () => test.platform.database.prisma;
const settle = (built: { dictationId: string }) => settleDictation(test.platform, built.dictationId);

function build(dictation: Partial<DictationToBuild> = {}): Promise<BuiltDictation> {
  return buildDictation(test.platform.database, {
    now: clock.now(),
    job: { status: 'preparing' },
    parts: [{}, {}],
    ...dictation,
  });
}

/** Lets the carrier have the part's media and ingest copy it, as in life. */
async function arrive(built: BuiltDictation, part: number, body: Buffer): Promise<void> {
  const recording = built.recordings[part - 1];
  if (!recording) throw new Error(`no part ${part}`);
  carrier.media.set(recording.mediaPath, { body });
  await copyRecording({ platform: test.platform, carrierMedia: carrier }, recording.id);
}

async function read(built: { dictationId: string }) {
  const dictation = await prisma().dictation.findUniqueOrThrow({
    where: { id: built.dictationId },
    include: {
      job: { include: { events: { orderBy: { id: 'asc' } } } },
      recordings: { orderBy: { part: 'asc' } },
    },
  });
  return { ...dictation, starts: dictation.recordings.map((recording) => recording.audioStartMs) };
}

/** Strongest frequency, in Hz, of each quarter second, by zero crossings. */
async function pitches(audioKey: string | null): Promise<number[]> {
  const { stream } = await test.platform.objects.get(audioKey ?? '');
  const decoded = await decodeAudio(stream);
  if (decoded.kind === 'unreadable') throw new Error(decoded.reason);
  const all: number[] = [];
  for await (const block of decoded.audio.samples) for (const sample of block) all.push(sample);
  const length = decoded.audio.sampleRate / 4;
  return Array.from({ length: Math.floor(all.length / length) }, (_, at) => {
    const piece = all.slice(at * length, (at + 1) * length);
    const crossings = piece.filter((sample, i) => i > 0 && sample >= 0 && (piece[i - 1] ?? 0) < 0).length;
    return Math.round((crossings * 4) / 100) * 100;
  });
}

describe('settling', () => {
  it('lays the parts end to end in their order, whatever order they came in', async () => {
    const built = await build();
    await arrive(built, 2, toneWav(8000, 1, 800));
    expect(await settle(built)).toBe('wait');
    await arrive(built, 1, toneWav(8000, 1.5, 400));
    expect(await settle(built)).toBe('settled');
    const dictation = await read(built);
    expect(dictation).toMatchObject({
      status: 'submitted',
      sampleRate: 8000,
      audioBytes: 44 + 2.5 * 16_000,
      durationSeconds: 2.5,
      peaksPerSecond: 50,
      starts: [0, 1500],
      job: { status: 'waiting', events: [{ kind: 'ready' }] },
    });
    expect(dictation.peaks?.length).toBe(250);
    expect(await pitches(dictation.audioKey)).toEqual([400, 400, 400, 400, 400, 400, 800, 800, 800, 800]);
  });

  it('brings different rates and codings to the highest', async () => {
    const built = await build();
    await arrive(built, 1, toneWav(16_000, 1, 400));
    const data = Buffer.from(Array.from({ length: 8000 }, (_, at) => (at % 10 < 5 ? 0x90 : 0x10)));
    await arrive(built, 2, makeWav({ coding: 'mu-law', data }));
    expect(await settle(built)).toBe('settled');
    const dictation = await read(built);
    expect(dictation).toMatchObject({ sampleRate: 16_000, durationSeconds: 2, starts: [0, 1000] });
    expect(await pitches(dictation.audioKey)).toEqual([400, 400, 400, 400, 800, 800, 800, 800]);
  });

  it('leaves out what is empty or dropped', async () => {
    const built = await build({ parts: [{}, {}, { dropped: true }] });
    await arrive(built, 1, toneWav(8000, 2, 440, 5));
    await arrive(built, 2, toneWav(8000, 1));
    await arrive(built, 3, toneWav(8000, 1));
    expect(await settle(built)).toBe('settled');
    expect(await read(built)).toMatchObject({ durationSeconds: 1, starts: [null, 0, null] });
  });

  it('done twice, and at once by three, is done once', async () => {
    const built = await build({ parts: [{}] });
    await arrive(built, 1, toneWav(8000, 1));
    const outcomes = await Promise.all([settle(built), settle(built), settle(built)]);
    expect(outcomes.filter((outcome) => outcome === 'settled')).toHaveLength(1);
    const before = await read(built);
    expect(await settle(built)).toBe('nothing');
    expect(await read(built)).toEqual(before);
    expect(before.job?.events).toHaveLength(1);
    const keys: string[] = [];
    for await (const key of test.platform.objects.list(`dictations/${built.dictationId}/`)) keys.push(key);
    expect(keys).toEqual([before.audioKey]);
  });

  it('closes the job when nothing was said, and opens it again when a late part holds speech', async () => {
    const built = await build();
    await arrive(built, 1, toneWav(8000, 3, 440, 5));
    const second = built.recordings[1];
    await prisma().recording.update({ where: { id: second?.id ?? '' }, data: { status: 'empty' } });
    expect(await settle(built)).toBe('silent');
    expect(await read(built)).toMatchObject({
      status: 'discarded',
      discardReason: 'silent',
      job: { status: 'closed', closeCode: 'silent' },
    });
    await prisma().recording.update({
      where: { id: second?.id ?? '' },
      data: { status: 'announced', nextAttemptAt: null },
    });
    await arrive(built, 2, toneWav(8000, 1));
    expect(await settle(built)).toBe('settled');
    expect(await read(built)).toMatchObject({
      status: 'submitted',
      discardReason: null,
      job: { status: 'waiting', closeCode: null },
      starts: [null, 0],
    });
  });
});

describe('a late part', () => {
  it('is laid in while the text is not final', async () => {
    const built = await build();
    await arrive(built, 2, toneWav(8000, 1, 800));
    clock.advance(31 * 60_000);
    expect(await settle(built)).toBe('settled');
    const before = await read(built);
    expect(before).toMatchObject({ durationSeconds: 1, starts: [null, 0] });
    await prisma().job.update({ where: { id: built.jobId }, data: { status: 'claimed' } });

    await arrive(built, 1, toneWav(8000, 1, 400));
    expect(await settle(built)).toBe('settled');
    const after = await read(built);
    expect(after).toMatchObject({ durationSeconds: 2, starts: [0, 1000], job: { status: 'claimed' } });
    expect(after.job?.events.map((event) => event.kind)).toEqual(['ready', 'audio_rebuilt']);
    expect(await pitches(after.audioKey)).toEqual([400, 400, 400, 400, 800, 800, 800, 800]);
    expect(await test.platform.objects.head(before.audioKey ?? '')).toBeUndefined();
  });

  it('moves what has been typed along with its part', async () => {
    const built = await build();
    await arrive(built, 2, toneWav(8000, 2, 800));
    clock.advance(31 * 60_000);
    await settle(built);
    await prisma().draft.create({
      data: {
        jobId: built.jobId,
        text: 'one two',
        anchors: [
          [0, 0],
          [4, 1200],
        ],
        audioPositionMs: 1500,
        revision: 3,
      },
    });
    await arrive(built, 1, toneWav(8000, 1, 400));
    await settle(built);
    expect(await prisma().draft.findUnique({ where: { jobId: built.jobId } })).toMatchObject({
      revision: 3,
      anchors: [
        [0, 1000],
        [4, 2200],
      ],
      audioPositionMs: 2500,
    });
  });

  it('becomes a dictation and a job of its own once the text is final', async () => {
    const built = await build({ urgent: true });
    await arrive(built, 1, toneWav(8000, 1));
    clock.advance(31 * 60_000);
    await settle(built);
    await prisma().job.update({ where: { id: built.jobId }, data: { status: 'finalized' } });
    await prisma().dictation.update({ where: { id: built.dictationId }, data: { status: 'transcribed' } });
    const before = await read(built);

    clock.advance(3 * 3_600_000);
    await arrive(built, 2, toneWav(8000, 1.5, 800));
    const outcomes = await Promise.all([settle(built), settle(built)]);
    expect(outcomes.toSorted()).toEqual(['continued', 'nothing']);
    const original = await read(built);
    expect(original).toMatchObject({ audioKey: before.audioKey, status: 'transcribed' });
    expect(original.recordings).toHaveLength(1);

    const late = await prisma().recording.findUniqueOrThrow({ where: { id: built.recordings[1]?.id ?? '' } });
    expect(late.part).toBe(1);
    const continuation = await read(late);
    expect(continuation).toMatchObject({
      status: 'submitted',
      speakerId: built.speakerId,
      urgent: true,
      startedAt: original.startedAt,
      job: {
        status: 'preparing',
        dueAt: new Date(clock.now().getTime() + 3_600_000),
        events: [{ kind: 'continuation', reason: built.reference }],
      },
    });
    expect(continuation.reference).toMatch(/^[1-9]\d{6}$/);
    expect(continuation.reference).not.toBe(built.reference);
    expect(await settle(late)).toBe('settled');
    expect(await read(late)).toMatchObject({ durationSeconds: 1.5, job: { status: 'waiting' } });
  });
});

it('the sweep wakes for what the queue forgot: in preparation, or with a part outside of the audio', async () => {
  const { queues, database } = test.platform;
  await database.pool.query('truncate dictation cascade');
  const preparing = await build({ parts: [{}] });
  await arrive(preparing, 1, toneWav(8000, 1));
  const late = await build();
  await arrive(late, 1, toneWav(8000, 1));
  clock.advance(31 * 60_000);
  await settle(late);
  await arrive(late, 2, toneWav(8000, 1));
  const done = await build({ parts: [{}] });
  await arrive(done, 1, toneWav(8000, 1));
  await settle(done);

  await queues.clear(settleDictationTask);
  expect(await sweepDictations(test.platform)).toBe(2);
  expect((await queues.counts(settleDictationTask)).waiting).toBe(2);
  expect([await settle(preparing), await settle(late)]).toEqual(['settled', 'settled']);
  expect(await sweepDictations(test.platform)).toBe(0);
});
