import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepDictations } from '../../transcription/dictations/sweep-dictations.ts';
import { settleDictationTask } from '../../transcription/dictations/tasks.ts';
import { sweepRecordings } from '../../transcription/ingest/sweep-recordings.ts';
import { copyRecordingTask, deleteCarrierCopyTask } from '../../transcription/ingest/tasks.ts';
import { registerTranscriptionMetrics } from '../../transcription/job-metrics.ts';
import { startTranscriptionWorkers } from '../../transcription/workers.ts';
import { createTestPlatform, type TestPlatform } from '../support/test-platform.ts';
import { until } from '../support/until.ts';
import { buildDictation } from './support/build-dictation.ts';
import { toneWav } from './support/make-wav.ts';
import { createTestCarrier } from './support/test-carrier.ts';

const carrier = createTestCarrier();
let test: TestPlatform;

beforeAll(async () => {
  test = await createTestPlatform();
  registerTranscriptionMetrics(test.platform);
});
afterAll(() => test.close());

async function spoken(parts: number) {
  const built = await buildDictation(test.platform.database, {
    now: new Date(),
    job: { status: 'preparing' },
    parts: Array.from({ length: parts }, () => ({})),
  });
  for (const { mediaPath } of built.recordings) {
    carrier.media.set(mediaPath, ['missing', { body: toneWav(8000, 1.5) }]);
  }
  return built;
}

const job = (id: string) => test.platform.database.prisma.job.findUniqueOrThrow({ where: { id } });

describe('workers', () => {
  it('bring recordings from the carrier to a waiting job, also when the queue was emptied in mid-flow', async () => {
    const { platform } = test;
    const { queues, database } = platform;
    const first = await spoken(3);
    const forgotten = await spoken(2);
    for (const { id } of forgotten.recordings) await queues.wake(copyRecordingTask, { recordingId: id });
    await queues.clear();

    await startTranscriptionWorkers(platform, {
      carrierMedia: carrier,
      retryTimes: { firstDelayMs: 20, maxDelayMs: 100, attempts: 10 },
    });
    for (const { id } of first.recordings) await queues.wake(copyRecordingTask, { recordingId: id });
    await until(async () => (await job(first.jobId)).status === 'waiting', 'the first job');

    await sweepRecordings(platform);
    await until(async () => {
      await queues.clear(settleDictationTask);
      const copied = await database.prisma.recording.count({
        where: { dictationId: forgotten.dictationId, status: 'verified' },
      });
      return copied === 2;
    }, 'copies of the forgotten');
    await until(async () => {
      await sweepDictations(platform);
      return (await job(forgotten.jobId)).status === 'waiting';
    }, 'the forgotten job');

    await queues.clear(deleteCarrierCopyTask);
    await until(async () => {
      await sweepRecordings(platform);
      return carrier.deleted.length >= 5;
    }, 'deletions at the carrier');
    expect(new Set(carrier.deleted).size).toBe(5);
  });

  it('are seen in the metrics', async () => {
    const text = await test.platform.metrics.render();
    expect(text).toMatch(/dictaline_ingest_attempts_total\{outcome="verified"\} 5/);
    expect(text).toMatch(/dictaline_jobs\{status="waiting"\} 2/);
    expect(text).toMatch(/dictaline_oldest_job_age_seconds\{status="waiting"\} \d/);
    expect(text).toMatch(/dictaline_jobs_overdue 0/);
  });
});
