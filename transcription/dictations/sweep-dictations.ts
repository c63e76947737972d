import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import { settleDictationTask } from './tasks.ts';

/** A recording's copy may come so long after the recording was made and still be noticed by the sweep. */
const LATEST_MS = 14 * 24 * 3_600_000;
const AT_ONCE = 500;

/** Wakes for dictations whose audio is not, or not any more, what their recordings say. Returns how many. */
export async function sweepDictations(
  platform: Pick<Platform, 'clock' | 'database' | 'queues'>,
): Promise<number> {
  const { clock, database, queues } = platform;
  // Ids grow with time, so an id made of a moment bounds the search by the primary key.
  const oldest = newId(clock.now().getTime() - LATEST_MS);
  // In: an id. Out: dictations with a job in preparation, answers to doubts (which have no job) without audio, and
  // dictations with a verified part outside of their audio; but for answers to surveys, see tend-anonymous-audio.
  // Locks nothing.
  const { rows } = await database.pool.query<{ dictationId: string }>(
    `select dictation_id as "dictationId" from job where status = 'preparing' and not is_anonymous(dictation_id)
     union
     select d.id from dictation d
     where d.id > $1 and d.doubt_id is not null and d.status = 'submitted' and d.audio_key is null
       and not exists (select from job where job.dictation_id = d.id)
     union
     select recording.dictation_id from recording
     left join job on job.dictation_id = recording.dictation_id
     left join dictation answer on answer.id = recording.dictation_id and answer.doubt_id is not null
       and answer.status not in ('open', 'held')
     where recording.id > $1 and recording.status = 'verified' and not recording.dropped
       and recording.audio_start_ms is null and (job.id is not null or answer.id is not null)
       and not is_anonymous(recording.dictation_id)
     limit ${AT_ONCE}`,
    [oldest],
  );
  for (const { dictationId } of rows) {
    await queues.wake(settleDictationTask, { dictationId }, { key: dictationId });
  }
  return rows.length;
}
