import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { sliceWav } from '../../../transcription/audio/slice-wav.ts';
import { settleDictation } from '../../../transcription/dictations/settle-dictation.ts';
import { copyRecording } from '../../../transcription/ingest/copy-recording.ts';
import { deleteCarrierCopy } from '../../../transcription/ingest/delete-carrier-copy.ts';
import { type S3Server, startS3Server } from '../../support/s3-server.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildDictation } from '../support/build-dictation.ts';
import { toneWav } from '../support/make-wav.ts';
import { createTestCarrier } from '../support/test-carrier.ts';

const clock = createSettableClock();
const carrier = createTestCarrier();
let server: S3Server;
let test: TestPlatform;

beforeAll(async () => {
  server = await startS3Server();
  const { bucket, endpoint, region, credentials } = server.options;
  test = await createTestPlatform({
    clock,
    env: {
      S3_BUCKET: bucket,
      S3_ENDPOINT: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials?.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey,
    },
  });
});
afterAll(async () => {
  await test.close();
  await server.stop();
});

it('from the carrier to a piece of the audio, all of it in S3', async () => {
  const { platform } = test;
  const { prisma } = platform.database;
  const built = await buildDictation(platform.database, {
    now: clock.now(),
    job: { status: 'preparing' },
    parts: [{}, {}],
  });
  // Ten minutes are more than one part of a multipart upload.
  const bodies = [toneWav(8000, 600, 400), toneWav(8000, 2, 800)];
  for (const [at, { id, mediaPath }] of built.recordings.entries()) {
    const body = bodies[at];
    if (body) carrier.media.set(mediaPath, { body });
    expect(await copyRecording({ platform, carrierMedia: carrier }, id)).toBe('verified');
    expect(await deleteCarrierCopy({ platform, carrierMedia: carrier }, id)).toBe('deleted');
  }
  expect(await settleDictation(platform, built.dictationId)).toBe('settled');
  const dictation = await prisma.dictation.findUniqueOrThrow({ where: { id: built.dictationId } });
  expect(dictation).toMatchObject({ durationSeconds: 602, sampleRate: 8000, audioBytes: 44 + 602 * 16_000 });

  const slice = sliceWav({ sampleRate: 8000, bytes: dictation.audioBytes ?? 0 }, 600_000, 601_000);
  if (!slice.range) throw new Error('nothing there');
  const { stream } = await platform.objects.get(dictation.audioKey ?? '', slice.range);
  const piece = Buffer.concat(await stream.toArray());
  expect(piece.equals((bodies[1] ?? Buffer.alloc(0)).subarray(44, 44 + 16_000))).toBe(true);
});
