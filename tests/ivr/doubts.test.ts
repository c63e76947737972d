import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { urlsOf } from '../../ivr/webhooks/part-token.ts';
import { createPeaks, PEAKS_PER_SECOND } from '../../transcription/audio/peaks.ts';
import { writeWav } from '../../transcription/audio/write-wav.ts';
import { settleDictation } from '../../transcription/dictations/settle-dictation.ts';
import { askSpeaker } from '../../transcription/doubts/ask-speaker.ts';
import { markDoubt } from '../../transcription/doubts/mark-doubt.ts';
import { copyRecording } from '../../transcription/ingest/copy-recording.ts';
import { claimJob } from '../../transcription/jobs/claim-job.ts';
import { readJob } from '../../transcription/jobs/job-detail.ts';
import { saveDraft } from '../../transcription/jobs/save-draft.ts';
import { buildDictation, buildTranscriptionist } from '../transcription/support/build-dictation.ts';
import { heard } from './heard.ts';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE, speech, startIvrServer } from './server.ts';

const TEXT = 'He wants fifty of them.';
let server: IvrServer;
let june: string;

beforeAll(async () => {
  server = await startIvrServer();
  june = await buildTranscriptionist(server.platform.database);
});
afterAll(() => server.close());

/** What was said: half a second low, half a second high, and so on, so that a piece of it can be told. */
const [LOW, HIGH] = [speech(0.5, 200), speech(0.5, 800)];
const SAID = Int16Array.from(
  { length: 20 * 8000 },
  (_, at) => (Math.floor(at / 4000) % 2 ? HIGH : LOW)[at % 4000] ?? 0,
);

async function asked() {
  const { platform, fullPlatform, repId: speakerId } = server;
  const built = await buildDictation(platform.database, {
    now: platform.clock.now(),
    job: { status: 'waiting' },
    speakerId,
    durationSeconds: 20,
  });
  const { dictationId, jobId } = built;
  const wav = writeWav(8000, SAID);
  const audioKey = `dictations/${dictationId}/audio.wav`;
  await platform.objects.put(audioKey, wav, { contentType: 'audio/wav' });
  const peaks = createPeaks(8000);
  peaks.push(SAID);
  await platform.database.prisma.dictation.update({
    where: { id: dictationId },
    data: {
      audioKey,
      audioBytes: wav.length,
      sampleRate: 8000,
      peaks: new Uint8Array(peaks.finish()),
      peaksPerSecond: PEAKS_PER_SECOND,
    },
  });
  const leaseToken = (await claimJob(fullPlatform, { userId: june, jobId }))?.leaseToken ?? '';
  const held = { jobId, leaseToken, userId: june };
  await saveDraft(fullPlatform, { ...held, revision: 0, text: TEXT, anchors: [], audioPositionMs: 0 });
  const place = { start: 9, end: 14, audioMs: 3000, audioEndMs: 4500 };
  const { id } = await markDoubt(fullPlatform, { ...held, id: randomUUID(), kind: 'unsure_word', ...place });
  await askSpeaker(fullPlatform, { ...held, doubtId: id });
  return { ...built, ...held, doubtId: id };
}

async function signedIn() {
  const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
  await call.press(`${PIN}#`);
  return call;
}

async function arrive(): Promise<void> {
  const { fullPlatform: platform, carrier } = server;
  const recordings = await platform.database.prisma.recording.findMany({ where: { status: 'announced' } });
  for (const { id } of recordings) await copyRecording({ platform, carrierMedia: carrier }, id);
  const dictations = await platform.database.prisma.dictation.findMany({ where: { audioKey: null } });
  for (const { id } of dictations) await settleDictation(platform, id);
}

const doubtOf = async ({ jobId }: { jobId: string }) => (await readJob(server.fullPlatform, jobId)).doubts[0];

test('a passage is heard at the next log-in, said again, and the answer is at its place', async () => {
  const job = await asked();
  const call = await signedIn();
  expect(heard(call)).toContain('One passage was unclear in the report you made today.');
  await call.press('1');
  expect(call.listening()).toMatchObject({ kind: 'recording' });
  await call.speak(speech(3, 300));
  await call.press('#');
  expect(heard(call)).toMatch(/Thank you\. \| Please say your report/);
  await call.hangUp();
  await arrive();
  const doubt = await doubtOf(job);
  expect(doubt).toMatchObject({ id: job.doubtId, state: 'answered' });
  expect(doubt?.answers).toHaveLength(1);
  expect(doubt?.answers[0]?.durationSeconds).toBeCloseTo(3, 1);
  const next = await signedIn();
  expect(heard(next)).not.toContain('unclear');
  await next.hangUp();
});

test('the caller hears the passage with two seconds around it, and nobody else can', async () => {
  const { dictationId } = await asked();
  const clip = { dictationId, fromMs: 1000, toMs: 6500 };
  const { publicUrl } = server.platform.config;
  const call = await signedIn();
  const played = call.events().flatMap((event) => (event.kind === 'play' ? [event.url] : []));
  const path = urlsOf(server.platform.config).clip(clip).slice(publicUrl.length);
  expect(played).toEqual([path]);
  const answer = await server.app.inject(path);
  expect(answer.headers['content-type']).toBe('audio/wav');
  expect(answer.headers['cache-control']).toContain('no-store');
  expect(answer.rawPayload).toEqual(writeWav(8000, SAID.slice(8000, 52_000)));
  for (const other of [
    path.replace(/token=.*/, 'token=x'),
    path.replace('1000-6500', '0-6500'),
    path.replace(dictationId, randomUUID()),
  ])
    expect((await server.app.inject(other)).statusCode).toBe(403);
  for (const wrong of ['1000-x', '-', '99999999999-1'])
    expect((await server.app.inject(path.replace('1000-6500', wrong))).statusCode).toBeLessThan(500);
  // What can't be had is a second of silence: missing media would end the call.
  await server.platform.database.prisma.dictation.update({
    where: { id: dictationId },
    data: { audioKey: null },
  });
  expect((await server.app.inject(path)).rawPayload).toEqual(writeWav(8000, new Int16Array(8000)));
  await call.press('3');
  await call.hangUp();
});

test('"not now" comes again, "I don\'t know any more" does not and is told', async () => {
  const job = await asked();
  const call = await signedIn();
  await call.press('2');
  await call.hangUp();
  expect(await doubtOf(job)).toMatchObject({ state: 'asked' });
  const next = await signedIn();
  expect(heard(next)).toContain('unclear');
  await next.press('*');
  expect(next.events().filter((event) => event.kind === 'play')).toHaveLength(2);
  await next.press('3');
  await next.hangUp();
  expect(await doubtOf(job)).toMatchObject({ state: 'unknown' });
  const last = await signedIn();
  expect(heard(last)).not.toContain('unclear');
  await last.hangUp();
});

test('hanging up in the middle of the answer sends it; hanging up before it does not', async () => {
  const job = await asked();
  const call = await signedIn();
  await call.hangUp();
  expect(await doubtOf(job)).toMatchObject({ state: 'asked' });
  const next = await signedIn();
  await next.press('1');
  await next.speak(speech(2, 300));
  await next.hangUp();
  await arrive();
  expect(await doubtOf(job)).toMatchObject({ state: 'answered' });
});
