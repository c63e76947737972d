import type { Platform } from '../../platform/platform.ts';
import { settleDictation } from '../dictations/settle-dictation.ts';
import { copyRecording, type IngestDependencies } from '../ingest/copy-recording.ts';
import { deleteCarrierCopy } from '../ingest/delete-carrier-copy.ts';
import { destroyAudio, destroyOrphans, forgetRecordings } from './destroy-audio.ts';
import { withoutTraces } from './without-traces.ts';

export interface TendDependencies extends IngestDependencies {
  platform: Pick<Platform, 'clock' | 'database' | 'events' | 'log' | 'objects' | 'queues'>;
}

/** More are left for the next time. */
const AT_ONCE = 200;

/**
 * Everything that happens to what was said to surveys, from the carrier's announcement to its destruction: copied,
 * deleted at the carrier, laid end to end for whoever writes it down, destroyed. What a report's recording is woken
 * for step by step is looked for here, because nothing may name an answer beside a time.
 */
export async function tendAnonymousAudio(deps: TendDependencies): Promise<void> {
  const platform = withoutTraces(deps.platform);
  const ingest = { ...deps, platform };
  const { clock, database } = platform;
  const due = `
    from recording r join dictation d on d.id = r.dictation_id
    where d.answer_id is not null and (r.next_attempt_at is null or r.next_attempt_at <= $1)`;
  const toCopy = `select r.id ${due} and r.status = 'announced' limit ${AT_ONCE}`;
  await each(toCopy, [clock.now()], (id) => copyRecording(ingest, id));
  const toDelete = `
    select r.id ${due} and r.status in ('verified', 'empty') and r.carrier_deleted_at is null
      and r.carrier_recording_id is not null limit ${AT_ONCE}`;
  await each(toDelete, [clock.now()], (id) => deleteCarrierCopy(ingest, id));
  // In: nothing. Out: answers to be laid end to end, or anew. Locks nothing.
  const toSettle = `
    select d.id from dictation d join job j on j.dictation_id = d.id
    where d.answer_id is not null and (j.status = 'preparing'
      or exists (select from recording r where r.dictation_id = d.id and (
        (r.status = 'verified' and not r.dropped and r.audio_start_ms is null)
        or (r.dropped and r.audio_start_ms is not null and d.status = 'submitted'))))
    limit ${AT_ONCE}`;
  await each(toSettle, [], (id) => settleDictation(platform, id));
  await destroyAudio(ingest);
  await forgetRecordings(platform);
  await destroyOrphans(platform);

  /** One that fails must not keep the others waiting; it is tried again at the next time. */
  async function each(
    text: string,
    values: unknown[],
    work: (id: string) => Promise<unknown>,
  ): Promise<void> {
    const { rows } = await database.pool.query<{ id: string }>(text, values);
    for (const { id } of rows) {
      await work(id).catch((err) =>
        platform.log.error({ err }, 'an answer to a survey could not be worked on'),
      );
    }
  }
}
