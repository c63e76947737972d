import type { Platform } from '../../platform/platform.ts';
import type { CarrierMedia } from '../ingest/carrier-media.ts';
import { ANONYMOUS_PREFIX } from './object-keys.ts';

export interface AnonymousAudioDependencies {
  platform: Pick<Platform, 'clock' | 'database' | 'log' | 'objects'>;
  carrierMedia: Pick<CarrierMedia, 'deleteRecording'>;
}

/** A person who closes a job without a text may have slipped: until then somebody can ask for it back. */
const KEEP_CLOSED_MS = 7 * 24 * 3_600_000;
/**
 * A callback may still come for a recording that the carrier denied having; and what was taken back by a slip of the
 * finger may be asked for.
 */
const KEEP_UNUSED_MS = 2 * 24 * 3_600_000;
const AT_ONCE = 200;

/**
 * Destroys the audio of answers whose text is final, with what their respondents took back. In order: the object,
 * then the row's knowledge of it, the carrier's copy, the row. Killed in between it goes on at the next time; done
 * twice it finds nothing to do. Returns how many recordings and dictations lost their audio.
 */
export async function destroyAudio({ platform, carrierMedia }: AnonymousAudioDependencies): Promise<number> {
  const { clock, database, log, objects } = platform;
  const closedBefore = new Date(clock.now().getTime() - KEEP_CLOSED_MS);
  // In: a moment. Out: recordings of answers whose audio nobody needs any more. Locks nothing.
  const { rows: recordings } = await database.pool.query<{ id: string; objectKey: string }>(
    `select r.id, r.object_key as "objectKey"
     from recording r join dictation d on d.id = r.dictation_id
     where d.answer_id is not null and r.object_key is not null
       and ((r.dropped and (d.status = 'transcribed' or d.started_at < $2))
         or (d.status = 'transcribed' and (r.audio_start_ms is not null or r.status = 'empty'))
         or (d.status = 'discarded' and d.started_at < $1))
     limit ${AT_ONCE}`,
    [closedBefore, new Date(clock.now().getTime() - KEEP_UNUSED_MS)],
  );
  for (const { id, objectKey } of recordings) {
    await objects.delete(objectKey);
    await database.pool.query(
      `update recording set status = 'destroyed', object_key = null, peaks = null, sha256 = null, media_path = null,
         destroyed_at = $3, next_attempt_at = null
       where id = $1 and object_key = $2`,
      [id, objectKey, clock.now()],
    );
  }
  // In: a moment. Out: answers laid end to end. Locks nothing.
  const { rows: dictations } = await database.pool.query<{ id: string; audioKey: string }>(
    `select id, audio_key as "audioKey" from dictation
     where answer_id is not null and audio_key is not null
       and (status = 'transcribed' or (status = 'discarded' and started_at < $1))
     limit ${AT_ONCE}`,
    [closedBefore],
  );
  for (const { id, audioKey } of dictations) {
    await objects.delete(audioKey);
    await database.pool.query(
      `update dictation set audio_key = null, audio_bytes = null, peaks = null where id = $1 and audio_key = $2`,
      [id, audioKey],
    );
  }
  await deleteAtCarrier();
  return recordings.length + dictations.length;

  /** What is destroyed here is of no use there, whether the carrier's copy was verified or not. */
  async function deleteAtCarrier(): Promise<void> {
    const { rows } = await database.pool.query<{ id: string; carrierRecordingId: string }>(
      `select r.id, r.carrier_recording_id as "carrierRecordingId"
       from recording r join dictation d on d.id = r.dictation_id
       where d.answer_id is not null and r.status = 'destroyed' and r.carrier_recording_id is not null
         and r.carrier_deleted_at is null
       limit ${AT_ONCE}`,
    );
    for (const { id, carrierRecordingId } of rows) {
      try {
        await carrierMedia.deleteRecording(carrierRecordingId);
      } catch (err) {
        log.warn({ err }, 'copy of a destroyed recording not deleted at the carrier; tried again');
        return;
      }
      await database.pool.query('update recording set carrier_deleted_at = $2 where id = $1', [
        id,
        clock.now(),
      ]);
    }
  }
}

/**
 * Forgets by what the carrier knew a recording, as soon as its call is over and the carrier has none of it left; and forgets recordings
 * altogether that have no audio any more: the carrier's own log may name them.
 */
export async function forgetRecordings({
  clock,
  database,
}: Pick<Platform, 'clock' | 'database'>): Promise<void> {
  await database.pool.query(
    `update recording r set carrier_recording_id = null, media_path = null
     from dictation d
     where d.id = r.dictation_id and d.answer_id is not null and r.call_id is null
       and r.carrier_deleted_at is not null and (r.carrier_recording_id is not null or r.media_path is not null)`,
  );
  await database.pool.query(
    `delete from recording r using dictation d
     where d.id = r.dictation_id and d.answer_id is not null and r.call_id is null
       and r.carrier_recording_id is null
       and (r.status = 'destroyed'
         or (r.status = 'empty' and r.object_key is null and d.status in ('transcribed', 'discarded')
           and d.started_at < $1))`,
    [new Date(clock.now().getTime() - KEEP_UNUSED_MS)],
  );
}

/**
 * Destroys objects that nobody points to: of an attempt that was killed. Those that somebody may be writing at this
 * moment are left for the next time. Returns how many.
 */
export async function destroyOrphans({
  database,
  objects,
}: Pick<Platform, 'database' | 'objects'>): Promise<number> {
  let destroyed = 0;
  for await (const key of objects.list(ANONYMOUS_PREFIX)) {
    const [, kind = '', id = ''] = key.split('/');
    // In: a key, and the id in it. Out: whether it is used, or may be about to be. Locks nothing.
    const { rows } = await database.pool.query<{ isNeeded: boolean }>(
      kind === 'recordings'
        ? `select exists (
             select from recording where object_key = $1 or (id = $2::uuid and status in ('expected', 'announced'))
           ) as "isNeeded"`
        : `select exists (
             select from dictation d left join job j on j.dictation_id = d.id
             where d.audio_key = $1
               or (d.id = $2::uuid and d.audio_key is null and (j.status = 'preparing' or d.status = 'submitted'))
           ) as "isNeeded"`,
      [key, id],
    );
    if (rows[0]?.isNeeded) continue;
    await objects.delete(key);
    destroyed += 1;
  }
  return destroyed;
}
