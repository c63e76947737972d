import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { Conflict, NotFound } from '../../../platform/errors.ts';
import { newId } from '../../../platform/new-id.ts';
import type { ObjectStorage } from '../../../platform/object-storage/object-storage.ts';
import { copyRecording, type IngestDependencies } from '../../../transcription/ingest/copy-recording.ts';
import { listDeadRecordings, restartRecording } from '../../../transcription/ingest/dead-recordings.ts';
import { deleteCarrierCopy } from '../../../transcription/ingest/delete-carrier-copy.ts';
import { sweepRecordings } from '../../../transcription/ingest/sweep-recordings.ts';
import { copyRecordingTask, deleteCarrierCopyTask } from '../../../transcription/ingest/tasks.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildDictation } from '../support/build-dictation.ts';
import { makeWav, pcm16, tone, toneWav } from '../support/make-wav.ts';
import { createTestCarrier, type Media, type TestCarrier } from '../support/test-carrier.ts';

const clock = createSettableClock();
const RETRIES = { firstDelayMs: 1000, maxDelayMs: 60_000, attempts: 4 };
let test: TestPlatform;
let carrier: TestCarrier;
let deps: IngestDependencies;

beforeAll(async () => {
  test = await createTestPlatform({ clock });
});
afterAll(() => test.close());
beforeEach(async () => {
  carrier = createTestCarrier();
  deps = { platform: test.platform, carrierMedia: carrier, retryTimes: RETRIES };
  await test.platform.database.pool.query('truncate dictation cascade');
});

async function announced(...media: (Media | 'missing' | 'down')[]) {
  const built = await buildDictation(test.platform.database, {
    now: clock.now(),
    job: { status: 'preparing' },
    parts: [{}],
  });
  const recording = built.recordings[0];
  if (!recording) throw new Error('no recording');
  if (media.length > 0) carrier.media.set(recording.mediaPath, media);
  return recording;
}

const row = (id: string) => test.platform.database.prisma.recording.findUniqueOrThrow({ where: { id } });

async function storedKeys(recordingId: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of test.platform.objects.list(`recordings/${recordingId}/`)) keys.push(key);
  return keys;
}

async function bytesOf(key: string | null): Promise<Buffer> {
  const { stream } = await test.platform.objects.get(key ?? '');
  return Buffer.concat(await stream.toArray());
}

describe('a copy', () => {
  it('is verified, measured and the same byte for byte', async () => {
    const body = toneWav(8000, 2.5);
    const { id } = await announced({ body });
    expect(await copyRecording(deps, id)).toBe('verified');
    const copied = await row(id);
    expect(copied).toMatchObject({
      status: 'verified',
      bytes: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
      durationSeconds: 2.5,
      peaksPerSecond: 50,
      attempts: 0,
      lastError: null,
      verifiedAt: clock.now(),
    });
    expect(copied.peaks?.length).toBe(250);
    expect((await bytesOf(copied.objectKey)).equals(body)).toBe(true);
  });

  it.each([
    ['silent', toneWav(8000, 5, 440, 10)],
    ['under a second', toneWav(8000, 0.9)],
    ['without samples', makeWav({ data: Buffer.alloc(0) })],
  ])('that is %s is empty, and kept', async (_name, body) => {
    const { id } = await announced({ body });
    expect(await copyRecording(deps, id)).toBe('empty');
    const copied = await row(id);
    expect(copied).toMatchObject({ status: 'empty', bytes: body.length });
    expect((await bytesOf(copied.objectKey)).equals(body)).toBe(true);
  });

  it('reads mu-law at 8 kHz', async () => {
    const data = Buffer.from(Array.from({ length: 16_000 }, (_, at) => (at % 40 < 20 ? 0x90 : 0x10)));
    const { id } = await announced({ body: makeWav({ coding: 'mu-law', data }) });
    expect(await copyRecording(deps, id)).toBe('verified');
    expect((await row(id)).durationSeconds).toBe(2);
  });

  it('done twice is done once', async () => {
    const { id, mediaPath } = await announced({ body: toneWav(8000, 2) });
    await copyRecording(deps, id);
    const before = await row(id);
    expect(await copyRecording(deps, id)).toBe('nothing');
    expect(await row(id)).toEqual(before);
    expect(carrier.fetches.get(mediaPath)).toBe(1);
  });

  it('of a recording that has vanished is success', async () => {
    expect(await copyRecording(deps, newId())).toBe('nothing');
  });

  it('at once by eight is made by one', async () => {
    const { id, mediaPath } = await announced({ body: toneWav(8000, 2) });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => copyRecording(deps, id)));
    expect(outcomes.toSorted()).toEqual([...Array(7).fill('nothing'), 'verified']);
    expect(carrier.fetches.get(mediaPath)).toBe(1);
  });
});

describe('what goes wrong', () => {
  const whole = toneWav(8000, 2);

  it.each([
    ['not there yet', 'missing', 'not_ready'],
    ['an outage', 'down', 'carrier_unavailable'],
    ['a connection that breaks', { body: whole, breaksAfter: 8000 }, 'truncated'],
    ['fewer bytes than announced', { body: whole.subarray(0, 20_000), bytes: whole.length }, 'truncated'],
    ['less than the header promises', { body: whole.subarray(0, 20_000) }, 'shorter_than_header'],
    [
      'the same without an announced length',
      { body: whole.subarray(0, 20_000), bytes: null },
      'shorter_than_header',
    ],
    ['an error page', { body: Buffer.from('<html>Sorry</html>') }, 'unreadable'],
    ['nothing at all', { body: Buffer.alloc(0) }, 'unreadable'],
  ] as [string, Media | 'missing' | 'down', string][])(
    '%s is tried again later',
    async (_name, first, reason) => {
      const { id } = await announced(first, { body: whole });
      expect(await copyRecording(deps, id)).toBe('retry');
      const failed = await row(id);
      expect(failed).toMatchObject({ status: 'announced', lastError: reason, attempts: 1, objectKey: null });
      expect(failed.nextAttemptAt?.getTime()).toBeGreaterThan(clock.now().getTime());
      expect(await storedKeys(id)).toEqual([]);
      expect(await copyRecording(deps, id)).toBe('nothing');

      clock.advance(RETRIES.firstDelayMs);
      expect(await copyRecording(deps, id)).toBe('verified');
      expect(await storedKeys(id)).toEqual([(await row(id)).objectKey]);
    },
  );

  it('is given up after so many attempts, listed, and restarted by a person', async () => {
    const { id, mediaPath } = await announced('down');
    for (let attempt = 1; attempt < RETRIES.attempts; attempt++) {
      expect(await copyRecording(deps, id)).toBe('retry');
      clock.advance(RETRIES.maxDelayMs);
    }
    expect(await copyRecording(deps, id)).toBe('dead');
    clock.advance(24 * 3_600_000);
    expect(await copyRecording(deps, id)).toBe('nothing');
    expect(await sweepRecordings(test.platform)).toEqual({ toCopy: 0, toDelete: 0 });
    expect(await listDeadRecordings(test.platform)).toMatchObject([
      {
        recordingId: id,
        part: 1,
        attempts: 4,
        lastError: 'carrier_unavailable',
        speakerName: 'Dale Hutchins',
      },
    ]);

    carrier.media.set(mediaPath, { body: whole });
    await restartRecording(test.platform, { recordingId: id, userId: null });
    await restartRecording(test.platform, { recordingId: id, userId: null });
    expect(await listDeadRecordings(test.platform)).toEqual([]);
    expect(await copyRecording(deps, id)).toBe('verified');
    await expect(restartRecording(test.platform, { recordingId: id, userId: null })).rejects.toThrow(
      Conflict,
    );
    await expect(restartRecording(test.platform, { recordingId: newId(), userId: null })).rejects.toThrow(
      NotFound,
    );
  });

  it('is given up as well when worker after worker dies over it', async () => {
    const { id, mediaPath } = await announced({ body: whole });
    const { prisma } = test.platform.database;
    await prisma.recording.update({ where: { id }, data: { attempts: RETRIES.attempts } });
    expect(await copyRecording(deps, id)).toBe('dead');
    expect((await row(id)).lastError).toBe('never_finished');
    expect(carrier.fetches.get(mediaPath)).toBeUndefined();
  });

  it('takes a recording that stays shorter than its header as it is after a restart', async () => {
    const { id } = await announced({ body: whole.subarray(0, 20_044) });
    for (let attempt = 0; attempt < RETRIES.attempts; attempt++) {
      await copyRecording(deps, id);
      clock.advance(RETRIES.maxDelayMs);
    }
    expect((await row(id)).status).toBe('dead');
    await restartRecording(test.platform, { recordingId: id, userId: null });
    expect(await copyRecording(deps, id)).toBe('verified');
    expect(await row(id)).toMatchObject({ bytes: 20_044, durationSeconds: 1.25 });
  });

  it('storage that changes a byte is found out', async () => {
    const { id } = await announced({ body: whole });
    const objects: ObjectStorage = {
      ...test.platform.objects,
      async get(key) {
        const content = await test.platform.objects.get(key);
        const bytes = Buffer.concat(await content.stream.toArray());
        bytes[1000] = (bytes[1000] ?? 0) ^ 1;
        return { ...content, stream: Readable.from([bytes], { objectMode: false }) };
      },
    };
    expect(await copyRecording({ ...deps, platform: { ...test.platform, objects } }, id)).toBe('retry');
    expect(await row(id)).toMatchObject({ status: 'announced', lastError: 'mismatch' });
  });

  it('a worker that was killed is succeeded by another when its claim has run out', async () => {
    const { id } = await announced({ body: whole });
    let entered: () => void = () => {};
    const inside = new Promise<void>((resolve) => {
      entered = resolve;
    });
    let release: () => void = () => {};
    const stuck = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = {
      ...deps,
      carrierMedia: {
        ...carrier,
        async fetchMedia(path: string) {
          entered();
          await stuck;
          return carrier.fetchMedia(path);
        },
      },
    };
    const late = copyRecording(slow, id);
    await inside;
    expect(await copyRecording(deps, id)).toBe('nothing');
    expect((await sweepRecordings(test.platform)).toCopy).toBe(0);

    clock.advance(120_001);
    expect((await sweepRecordings(test.platform)).toCopy).toBe(1);
    expect(await copyRecording(deps, id)).toBe('verified');
    const verified = await row(id);
    release();
    expect(await late).toBe('nothing');
    expect(await row(id)).toEqual(verified);
    expect((await bytesOf(verified.objectKey)).equals(whole)).toBe(true);
  });
});

describe('the copy at the carrier', () => {
  it('is deleted once it is verified here, and only then', async () => {
    const { id, carrierRecordingId } = await announced('down', { body: toneWav(8000, 2) });
    await copyRecording(deps, id);
    expect(await deleteCarrierCopy(deps, id)).toBe('nothing');
    expect(carrier.deleted).toEqual([]);
    clock.advance(60_000);
    await copyRecording(deps, id);
    expect(await deleteCarrierCopy(deps, id)).toBe('deleted');
    expect(carrier.deleted).toEqual([carrierRecordingId]);
    expect((await row(id)).carrierDeletedAt).toEqual(clock.now());
    expect(await deleteCarrierCopy(deps, id)).toBe('nothing');
    expect(carrier.deleted).toHaveLength(1);
  });

  it('stays when ours has gone', async () => {
    const { id } = await announced({ body: toneWav(8000, 2) });
    await copyRecording(deps, id);
    await test.platform.objects.delete((await row(id)).objectKey ?? '');
    expect(await deleteCarrierCopy(deps, id)).toBe('retry');
    expect(carrier.deleted).toEqual([]);
  });

  it('is asked for again and again while the carrier is down', async () => {
    const { id } = await announced({ body: toneWav(8000, 2) });
    await copyRecording(deps, id);
    carrier.down = true;
    for (let attempt = 0; attempt < 6; attempt++) {
      expect(await deleteCarrierCopy(deps, id)).toBe('retry');
      clock.advance(60_000);
    }
    expect(await row(id)).toMatchObject({ status: 'verified', lastError: 'carrier_copy_not_deleted' });
    carrier.down = false;
    expect((await sweepRecordings(test.platform)).toDelete).toBe(1);
    expect(await deleteCarrierCopy(deps, id)).toBe('deleted');
    expect(await row(id)).toMatchObject({ lastError: null, nextAttemptAt: null });
  });
});

it('the sweep wakes again for what the queue forgot', async () => {
  const { queues } = test.platform;
  await announced({ body: toneWav(8000, 2) });
  const second = await announced({ body: makeWav({ data: pcm16(tone(8000, 2)) }) });
  await copyRecording(deps, second.id);
  await queues.clear(copyRecordingTask);
  await queues.clear(deleteCarrierCopyTask);
  expect(await sweepRecordings(test.platform)).toEqual({ toCopy: 1, toDelete: 1 });
  expect((await queues.counts(copyRecordingTask)).waiting).toBe(1);
  expect((await queues.counts(deleteCarrierCopyTask)).waiting).toBe(1);
});
