import type pg from 'pg';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { NotFound } from '../../platform/errors.ts';
import { loggableId } from '../../platform/new-id.ts';
import { lockRecordings, markEmpty, saveAnnounced } from '../../transcription/intake/intake.ts';
import type { CallDeps } from '../deps.ts';
import { readAnnouncedMedia } from './announced-media.ts';
import { type Form, fieldOf } from './form.ts';
import { readSeconds } from './read-input.ts';
import { noWakes, type Wakes } from './wakes.ts';

/**
 * The carrier's callback about a recording: it is there (`completed`), or there is none (`absent`, `failed`).
 * Before or after the call's own request, once or twice, hours late: all the same.
 *
 * @throws NotFound we never told the carrier to record this
 */
export async function takeRecording(
  { platform, waker }: CallDeps,
  { recordingId, form }: { recordingId: string; form: Form },
): Promise<void> {
  const wakes = noWakes();
  const status = fieldOf(form, 'RecordingStatus') ?? 'completed';
  const media = readAnnouncedMedia(form, platform.config.carrier);
  const isThere = status === 'completed' && media !== null;
  await inTransaction(platform.database.pool, async (client, along) => {
    if (!isThere) {
      if (status === 'absent' || status === 'failed') along(markMissing(client, recordingId, wakes));
      return;
    }
    const seconds = readSeconds(fieldOf(form, 'RecordingDuration'));
    const recording = { recordingId, ...media, seconds, now: platform.clock.now() };
    const found = await lockRecordings(client, recording);
    const announced = saveAnnounced(client, along, { found, announced: recording });
    if (announced === null) throw new NotFound(`No recording ${loggableId(recordingId) ?? ''} was expected`);
    if (announced.isNew) wakes.recordingIds.add(announced.recordingId);
  });
  if (!isThere)
    platform.log.info({ recordingId: loggableId(recordingId), status }, 'the carrier has no recording');
  waker.wake(wakes);
}

async function markMissing(client: pg.ClientBase, recordingId: string, wakes: Wakes): Promise<void> {
  const changed = await markEmpty(client, { recordingId });
  if (changed) wakes.dictationIds.add(changed.dictationId);
}
