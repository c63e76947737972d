import type { IngestDependencies } from './copy-recording.ts';
import { nextDelayMs, RETRY_TIMES } from './retry-times.ts';
import { deleteCarrierCopyTask } from './tasks.ts';

/** While one worker asks the carrier, others leave the row alone for so long. */
const CLAIM_MS = 60_000;

/**
 * Deletes the carrier's copy of a recording that is verified here, after one more look whether the object is
 * there in full. Never given up: the carrier's copy costs money and is people's speech. Asking twice does no harm.
 */
export async function deleteCarrierCopy(
  { platform, carrierMedia, retryTimes = RETRY_TIMES }: IngestDependencies,
  recordingId: string,
): Promise<'deleted' | 'retry' | 'nothing'> {
  const { clock, database, log, objects, queues } = platform;
  const now = clock.now();
  // In: id, time. Out: what to delete, nothing when done or somebody is at it. Locks the row.
  const { rows } = await database.pool.query<{
    carrierRecordingId: string;
    objectKey: string;
    bytes: number;
    attempts: number;
  }>(
    `update recording set attempts = attempts + 1, next_attempt_at = $3
     where id = $1 and status in ('verified', 'empty') and carrier_deleted_at is null
       and carrier_recording_id is not null and object_key is not null and next_attempt_at <= $2
     returning carrier_recording_id as "carrierRecordingId", object_key as "objectKey", bytes, attempts`,
    [recordingId, now, new Date(now.getTime() + CLAIM_MS)],
  );
  const recording = rows[0];
  if (!recording) return 'nothing';
  try {
    const here = await objects.head(recording.objectKey);
    if (here?.bytes !== recording.bytes)
      throw new Error('The verified copy is not in object storage any more');
    await carrierMedia.deleteRecording(recording.carrierRecordingId);
  } catch (err) {
    const delayMs = nextDelayMs(retryTimes, recording.attempts, Math.random());
    await database.pool.query(
      `update recording set next_attempt_at = $2, last_error = 'carrier_copy_not_deleted'
       where id = $1 and carrier_deleted_at is null`,
      [recordingId, new Date(clock.now().getTime() + delayMs)],
    );
    log.warn({ err, recordingId, attempt: recording.attempts, delayMs }, 'copy at the carrier not deleted');
    await queues.wake(deleteCarrierCopyTask, { recordingId }, { delayMs: delayMs + 50, key: recordingId });
    return 'retry';
  }
  await database.pool.query(
    `update recording set carrier_deleted_at = $2, next_attempt_at = null, attempts = 0, last_error = null
     where id = $1`,
    [recordingId, clock.now()],
  );
  return 'deleted';
}
