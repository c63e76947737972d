import type { Platform } from '../../platform/platform.ts';
import { copyRecordingTask, deleteCarrierCopyTask } from './tasks.ts';

/** More than this are left for the next sweep. */
const AT_ONCE = 500;

/** Wakes for recordings that are due and, perhaps, forgotten by the queue. Returns how many of each kind. */
export async function sweepRecordings(
  platform: Pick<Platform, 'clock' | 'database' | 'queues'>,
): Promise<{ toCopy: number; toDelete: number }> {
  const { clock, database, queues } = platform;
  const now = clock.now();
  // In: time. Out: recordings whose turn it is, by the index on (status, next_attempt_at). Locks nothing. Answers to
  // surveys are left to tend-anonymous-audio: no queue may hold their ids beside a time.
  const { rows } = await database.pool.query<{ id: string; announced: boolean }>(
    `select id, status = 'announced' as announced from recording
     where ((status = 'announced' and (next_attempt_at is null or next_attempt_at <= $1))
        or (status in ('verified', 'empty') and next_attempt_at <= $1 and carrier_deleted_at is null
            and carrier_recording_id is not null))
       and not is_anonymous(dictation_id)
     limit ${AT_ONCE}`,
    [now],
  );
  let toCopy = 0;
  for (const { id: recordingId, announced } of rows) {
    if (announced) toCopy += 1;
    await queues.wake(
      announced ? copyRecordingTask : deleteCarrierCopyTask,
      { recordingId },
      { key: recordingId },
    );
  }
  return { toCopy, toDelete: rows.length - toCopy };
}
