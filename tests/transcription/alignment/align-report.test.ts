import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alignReport } from '../../../transcription/alignment/align-report.ts';
import type { SpeechSynthesizer } from '../../../transcription/alignment/speech-synthesizer.ts';
import { alignReportTask } from '../../../transcription/alignment/tasks.ts';
import { createWakeAlignment, sweepAlignment } from '../../../transcription/alignment/wake-alignment.ts';
import { createPeaks, PEAKS_PER_SECOND } from '../../../transcription/audio/peaks.ts';
import { writeWav } from '../../../transcription/audio/write-wav.ts';
import { claimJob } from '../../../transcription/jobs/claim-job.ts';
import { correctTranscript } from '../../../transcription/reports/correct-transcript.ts';
import { finalizeJob } from '../../../transcription/reports/finalize-job.ts';
import { correctInput, finalizeInput } from '../../../transcription/reports/finalize-schema.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildDictation, buildTranscriptionist } from '../support/build-dictation.ts';
import { sayText, toneSynthesizer } from './tone-speech.ts';

const TEXT = 'We met the mayor at noon. The old pump is failing. They want six more by summer.';
const UNITS = ['We met the mayor at noon.', 'The old pump is failing.', 'They want six more by summer.'];
const HOOKS = { afterFinalize: [] };
const voice = toneSynthesizer({ letterMs: 95, amplitude: 4000 });
const withVoice = () => voice;

let test: TestPlatform;
let june: string;

beforeAll(async () => {
  test = await createTestPlatform();
  june = await buildTranscriptionist(test.platform.database);
});
afterAll(() => test.close());

const prisma = () => test.platform.database.prisma;

/** A finished report over real audio, typed 1.5 s behind it; with where each of its units is said. */
async function finished({ withAudio = true } = {}) {
  const { database, objects } = test.platform;
  const { samples, words } = sayText(
    TEXT,
    { letterMs: 70, amplitude: 9000 },
    { leadMs: 700, sentenceMs: 900, commaMs: 300 },
  );
  const built = await buildDictation(database, {
    now: new Date(),
    job: { status: 'waiting' },
    durationSeconds: samples.length / 8000,
  });
  const peaks = createPeaks(8000);
  peaks.push(samples);
  const audioKey = `dictations/${randomUUID()}`;
  const wav = writeWav(8000, samples);
  if (withAudio) await objects.put(audioKey, wav, { contentType: 'audio/wav' });
  await prisma().dictation.update({
    where: { id: built.dictationId },
    data: {
      audioKey,
      audioBytes: wav.length,
      sampleRate: 8000,
      peaks: new Uint8Array(peaks.finish()),
      peaksPerSecond: PEAKS_PER_SECOND,
    },
  });
  const job = await claimJob(test.platform, { userId: june, jobId: built.jobId });
  const input = finalizeInput.parse({
    text: TEXT,
    leaseToken: job?.leaseToken,
    units: UNITS.map((text) => ({ text, codes: [] })),
    anchors: words.map(({ start, startMs }) => [start, Math.min(samples.length / 8, startMs + 1500)]),
  });
  const { reportId } = await finalizeJob(test.platform, HOOKS, {
    ...input,
    jobId: built.jobId,
    userId: june,
  });
  const startsMs = UNITS.map((unit) => words.find(({ start }) => start === TEXT.indexOf(unit))?.startMs ?? 0);
  return { reportId: reportId ?? '', dictationId: built.dictationId, startsMs };
}

async function read(reportId: string) {
  return prisma().report.findUniqueOrThrow({
    where: { id: reportId },
    include: {
      transcript: true,
      units: { where: { retired: false }, orderBy: { startOffset: 'asc' } },
    },
  });
}

const shift = (reportId: string) =>
  prisma().thoughtUnit.updateMany({ where: { reportId }, data: { audioStartMs: 1, audioEndMs: 2 } });

const expectPlaced = async (reportId: string, startsMs: readonly number[]) => {
  const { units } = await read(reportId);
  for (const [at, startMs] of startsMs.entries())
    expect(Math.abs((units[at]?.audioStartMs ?? 0) - startMs)).toBeLessThanOrEqual(150);
};

describe('a finished report', () => {
  it('has its units placed when it is finished, and placed by listening afterwards, in the same version', async () => {
    const { reportId, startsMs } = await finished();
    await expectPlaced(reportId, startsMs);

    await shift(reportId);
    expect(await alignReport(test.platform, withVoice, reportId)).toBe('aligned');
    await expectPlaced(reportId, startsMs);
    const { transcript, alignedTranscriptId } = await read(reportId);
    expect(transcript).toMatchObject({ version: 1, text: TEXT });
    expect(alignedTranscriptId).toBe(transcript.id);
    const places = transcript.places as [number, number][];
    expect(places.map(([char]) => char)).toEqual([...TEXT.matchAll(/\S+/g)].map(({ index }) => index));
  });

  it('is listened to once', async () => {
    const { reportId } = await finished();
    await alignReport(test.platform, withVoice, reportId);
    await shift(reportId);
    expect(await alignReport(test.platform, withVoice, reportId)).toBe('nothing');
    expect((await read(reportId)).units[0]?.audioStartMs).toBe(1);
  });

  it.each<[string, () => Promise<string>]>([
    ['whose audio was destroyed', async () => (await finished({ withAudio: false })).reportId],
    [
      'without audio',
      async () => {
        const { reportId, dictationId } = await finished();
        await prisma().dictation.update({ where: { id: dictationId }, data: { audioKey: null } });
        return reportId;
      },
    ],
  ])('%s keeps the places of the typing, and is done', async (_name, build) => {
    const reportId = await build();
    const before = (await read(reportId)).units;
    expect(await alignReport(test.platform, withVoice, reportId)).toBe('unaligned');
    expect((await read(reportId)).units).toEqual(before);
    expect(await alignReport(test.platform, withVoice, reportId)).toBe('nothing');
  });

  it('keeps the places of the typing when the synthesizer fails', async () => {
    const { reportId, startsMs } = await finished();
    const broken: SpeechSynthesizer = { speak: () => Promise.reject(new Error('no such voice')) };
    expect(await alignReport(test.platform, () => broken, reportId)).toBe('unaligned');
    await expectPlaced(reportId, startsMs);
  });

  it('that was corrected while it was listened to is left as corrected', async () => {
    const { reportId } = await finished();
    let corrects: Promise<unknown> | null = null;
    const slow: SpeechSynthesizer = {
      async speak(text) {
        corrects ??= correct(reportId);
        await corrects;
        return voice.speak(text);
      },
    };
    expect(await alignReport(test.platform, () => slow, reportId)).toBe('nothing');
    const { transcript, alignedTranscriptId } = await read(reportId);
    expect([transcript.version, transcript.places, alignedTranscriptId]).toEqual([2, null, null]);
  });

  it('that is corrected keeps the places of what stayed, and is listened to again', async () => {
    const { reportId, startsMs } = await finished();
    await alignReport(test.platform, withVoice, reportId);
    const before = (await read(reportId)).units;
    await correct(reportId);
    const after = (await read(reportId)).units;
    for (const at of [0, 2]) {
      expect(after[at]?.audioStartMs).toBe(before[at]?.audioStartMs);
      expect(after[at]?.audioEndMs).toBe(before[at]?.audioEndMs);
    }
    await expectPlaced(reportId, startsMs);
    await shift(reportId);
    await prisma().thoughtUnit.updateMany({
      where: { reportId, number: 1 },
      data: { audioStartMs: 600, audioEndMs: 2000 },
    });
    expect(await alignReport(test.platform, withVoice, reportId)).toBe('aligned');
    await expectPlaced(reportId, startsMs);
  });

  it('that vanished is done', async () => {
    expect(await alignReport(test.platform, withVoice, randomUUID())).toBe('nothing');
  });
});

describe('the sweep', () => {
  it('wakes for what was finished and not listened to, and for nothing else', async () => {
    const { queues } = test.platform;
    await prisma().$executeRaw`update report set aligned_transcript_id = transcript_id`;
    expect(await sweepAlignment(test.platform)).toBe(0);
    const { reportId } = await finished();
    expect(await sweepAlignment(test.platform)).toBe(1);
    await queues.clear(alignReportTask);
    await createWakeAlignment(test.platform)({ reportId, transcriptVersion: 1, kind: 'finalized' });
    await alignReport(test.platform, withVoice, reportId);
    expect(await sweepAlignment(test.platform)).toBe(0);
  });
});

function correct(reportId: string) {
  const text = TEXT.replace('old pump', 'older pump');
  const input = correctInput.parse({ text, version: 1 });
  return correctTranscript(test.platform, HOOKS, {
    ...input,
    units: UNITS.map((unit) => ({ text: unit.replace('old pump', 'older pump'), para: false, codes: [] })),
    reportId,
    userId: june,
  });
}
