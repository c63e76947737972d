import type pg from 'pg';
import { newId } from '../../platform/new-id.ts';
import { reopenIfSilent } from './reopen-if-silent.ts';

export interface AnnounceRecording {
  /** The row made by expectRecording, which the carrier was told to name. */
  recordingId: string;
  carrierRecordingId: string;
  /** Path at the carrier's API origin. */
  mediaPath: string;
  /** What the carrier says; null when it says nothing. */
  seconds: number | null;
  now: Date;
}

export interface AnnouncedRecording {
  /** The row that holds this carrier's recording now. */
  recordingId: string;
  /** First time that we hear of it: wake `copy-recording`. */
  isNew: boolean;
}

interface RecordingRow {
  id: string;
  dictation_id: string;
  call_id: string | null;
  carrier_recording_id: string | null;
}

/**
 * The carrier has made a recording. Told by its callback or by the next request of the call, whichever comes
 * first, once or often: idempotent by the carrier's recording id.
 *
 * Should the carrier have recorded twice for one part (an answer of ours was delivered twice), the second one
 * becomes a part of its own at the end: rather a part too many than one lost. A dictation that was taken for
 * silent comes back to life.
 *
 * Out: null when there is no such row. Locks the dictation's row, then the recording's.
 */
export async function announceRecording(
  client: pg.ClientBase,
  announced: AnnounceRecording,
): Promise<AnnouncedRecording | null> {
  const { recordingId, carrierRecordingId, seconds, now } = announced;
  await client.query({
    name: 'intake-lock-dictation-of-recording',
    text: `
      select d.id from dictation d join recording r on r.dictation_id = d.id
      where r.id = $1 for no key update of d`,
    values: [recordingId],
  });
  const { rows } = await client.query<RecordingRow>({
    name: 'intake-find-recording',
    text: `
      select id, dictation_id, call_id, carrier_recording_id from recording
      where id = $1 or carrier_recording_id = $2 for update`,
    values: [recordingId, carrierRecordingId],
  });
  const known = rows.find((row) => row.carrier_recording_id === carrierRecordingId);
  if (known !== undefined) {
    await noteSeconds(client, known.id, seconds);
    return { recordingId: known.id, isNew: false };
  }
  const row = rows.find((each) => each.id === recordingId);
  if (row === undefined) return null;
  const boundId =
    row.carrier_recording_id === null ? await bind(client, announced) : await append(client, row, announced);
  if (seconds === null || seconds >= 1) await reopenIfSilent(client, row.dictation_id, now);
  return { recordingId: boundId, isNew: true };
}

async function bind(client: pg.ClientBase, announced: AnnounceRecording): Promise<string> {
  const { recordingId, carrierRecordingId, mediaPath, seconds, now } = announced;
  await client.query({
    name: 'intake-bind-recording',
    text: `
      update recording set status = 'announced', carrier_recording_id = $2, media_path = $3,
        announced_seconds = $4, announced_at = $5, next_attempt_at = $5
      where id = $1`,
    values: [recordingId, carrierRecordingId, mediaPath, seconds, now],
  });
  return recordingId;
}

async function append(
  client: pg.ClientBase,
  row: RecordingRow,
  announced: AnnounceRecording,
): Promise<string> {
  const { carrierRecordingId, mediaPath, seconds, now } = announced;
  const id = newId();
  await client.query({
    name: 'intake-append-recording',
    text: `
      insert into recording (id, dictation_id, call_id, part, status, carrier_recording_id, media_path,
        announced_seconds, created_at, announced_at, next_attempt_at)
      select $1, $2, $3, max(part) + 1, 'announced', $4, $5, $6, $7, $7, $7
      from recording where dictation_id = $2`,
    values: [id, row.dictation_id, row.call_id, carrierRecordingId, mediaPath, seconds, now],
  });
  return id;
}

/** The callback's length is exact where the request's was not there yet. */
async function noteSeconds(
  client: pg.ClientBase,
  recordingId: string,
  seconds: number | null,
): Promise<void> {
  if (seconds === null) return;
  await client.query({
    name: 'intake-note-seconds',
    text: 'update recording set announced_seconds = $2 where id = $1 and announced_seconds is distinct from $2',
    values: [recordingId, seconds],
  });
}
