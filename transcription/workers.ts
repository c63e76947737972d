import type { Platform } from '../platform/platform.ts';
import { tendChecks } from './accuracy/checks/tend-checks.ts';
import { reckonWork } from './accuracy/figures/reckon-work.ts';
import { tendChecksTask } from './accuracy/tasks.ts';
import { startAlignment } from './alignment/start-alignment.ts';
import { tendAnonymousAudioTask } from './anonymous/tasks.ts';
import { tendAnonymousAudio } from './anonymous/tend-anonymous-audio.ts';
import { sendHeldDictations } from './dictations/send-held-dictations.ts';
import { settleDictation } from './dictations/settle-dictation.ts';
import { sweepDictations } from './dictations/sweep-dictations.ts';
import { sendHeldDictationsTask, settleDictationTask, sweepDictationsTask } from './dictations/tasks.ts';
import { returnHeldJobs, tellAnswered } from './doubts/hold-job.ts';
import { returnHeldJobsTask, tellAnsweredTask } from './doubts/tasks.ts';
import type { CarrierMedia } from './ingest/carrier-media.ts';
import { copyRecording } from './ingest/copy-recording.ts';
import { deleteCarrierCopy } from './ingest/delete-carrier-copy.ts';
import type { RetryTimes } from './ingest/retry-times.ts';
import { sweepRecordings } from './ingest/sweep-recordings.ts';
import { copyRecordingTask, deleteCarrierCopyTask, sweepRecordingsTask } from './ingest/tasks.ts';
import { returnLostJobs } from './jobs/return-lost-jobs.ts';
import { returnLostJobsTask } from './jobs/tasks.ts';

/** How often what the queue forgot is looked for. Cheap: each is one statement over an index. */
const SWEEP_EVERY_MS = 30_000;
/** What is on hold is so for hours. */
const SEND_HELD_EVERY_MS = 60_000;
/** Nobody is woken for what is said to surveys. */
const TEND_EVERY_MS = 15_000;
const TEND_CHECKS_EVERY_MS = 30_000;
/** A lost lease keeps a caller's words from everybody else. */
const LOST_JOBS_EVERY_MS = 15_000;

/** Takes up the work of this part: copies, deletions at the carrier, settling, lost leases. `queues.close()` ends it. */
export async function startTranscriptionWorkers(
  platform: Pick<Platform, 'clock' | 'database' | 'events' | 'log' | 'metrics' | 'objects' | 'queues'>,
  { carrierMedia, retryTimes }: { carrierMedia: CarrierMedia; retryTimes?: RetryTimes },
): Promise<void> {
  const { metrics, queues } = platform;
  const ingest = { platform, carrierMedia, ...(retryTimes && { retryTimes }) };
  const attempts = metrics.counter('ingest_attempts_total', 'Attempts at copying a recording, by outcome', [
    'outcome',
  ]);
  const deletions = metrics.counter('carrier_deletions_total', 'Deletions at the carrier, by outcome', [
    'outcome',
  ]);
  const settled = metrics.counter('dictations_settled_total', 'Settlings of a dictation, by outcome', [
    'outcome',
  ]);

  await queues.work(
    copyRecordingTask,
    async ({ recordingId }) => {
      const outcome = await copyRecording(ingest, recordingId);
      if (outcome !== 'nothing') attempts.inc({ outcome });
    },
    { concurrency: 4 },
  );
  await queues.work(
    deleteCarrierCopyTask,
    async ({ recordingId }) => {
      const outcome = await deleteCarrierCopy(ingest, recordingId);
      if (outcome !== 'nothing') deletions.inc({ outcome });
    },
    { concurrency: 2 },
  );
  await queues.work(
    settleDictationTask,
    async ({ dictationId }) => {
      const outcome = await settleDictation(platform, dictationId);
      if (outcome !== 'nothing') settled.inc({ outcome });
    },
    { concurrency: 2 },
  );
  await queues.work(sweepRecordingsTask, async () => {
    await sweepRecordings(platform);
  });
  await queues.work(sweepDictationsTask, async () => {
    await sweepDictations(platform);
  });
  await queues.work(sendHeldDictationsTask, async () => {
    await sendHeldDictations(platform);
  });
  await queues.work(tendAnonymousAudioTask, async () => {
    await tendAnonymousAudio(ingest);
  });
  await queues.work(returnLostJobsTask, async () => {
    await returnLostJobs(platform);
  });
  await queues.work(tellAnsweredTask, ({ doubtId }) => tellAnswered(platform, doubtId));
  await queues.work(returnHeldJobsTask, async () => {
    await returnHeldJobs(platform);
  });
  await queues.work(tendChecksTask, async () => {
    await tendChecks(platform);
    await reckonWork(platform);
  });
  await queues.schedule(tendChecksTask, TEND_CHECKS_EVERY_MS);
  await startAlignment(platform);
  await queues.schedule(sweepRecordingsTask, SWEEP_EVERY_MS);
  await queues.schedule(sweepDictationsTask, SWEEP_EVERY_MS);
  await queues.schedule(sendHeldDictationsTask, SEND_HELD_EVERY_MS);
  await queues.schedule(returnHeldJobsTask, SWEEP_EVERY_MS);
  await queues.schedule(tendAnonymousAudioTask, TEND_EVERY_MS);
  await queues.schedule(returnLostJobsTask, LOST_JOBS_EVERY_MS);
}
