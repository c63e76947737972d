import type pg from 'pg';
import type { Along } from '../../platform/database/in-transaction.ts';
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
  /** Copied; the carrier's id of an answer to a survey is forgotten then. */
  is_here: boolean;
}

/** What there is of a recording before it is announced; locked. */
export interface FoundRecordings {
  rows: readonly RecordingRow[];
  /** Its dictation was taken for one without speech. */
  isDiscarded: boolean;
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
  const found = await lockRecordings(client, announced);
  const saving: Promise<unknown>[] = [];
  const result = saveAnnounced(client, (sent) => saving.push(sent), { found, announced });
  await Promise.all(saving);
  return result;
}

/** The first half: a round trip, together with what else is sent with it. */
export async function lockRecordings(
  client: pg.ClientBase,
  { recordingId, carrierRecordingId }: Pick<AnnounceRecording, 'recordingId' | 'carrierRecordingId'>,
): Promise<FoundRecordings> {
  const [dictations, { rows }] = await Promise.all([
    client.query<{ status: string }>({
      name: 'intake-lock-dictation-of-recording',
      text: `
        select d.status from dictation d join recording r on r.dictation_id = d.id
        where r.id = $1 for no key update of d`,
      values: [recordingId],
    }),
    client.query<RecordingRow>({
      name: 'intake-find-recording',
      text: `
        select id, dictation_id, call_id, carrier_recording_id, verified_at is not null as is_here from recording
        where id = $1 or carrier_recording_id = $2 for update`,
      values: [recordingId, carrierRecordingId],
    }),
  ]);
  return { rows, isDiscarded: dictations.rows[0]?.status === 'discarded' };
}

/** The second half: what follows from the rows that were found and are still locked. Its statements go `along`. */
export function saveAnnounced(
  client: pg.ClientBase,
  along: Along,
  { found, announced }: { found: FoundRecordings; announced: AnnounceRecording },
): AnnouncedRecording | null {
  const { recordingId, carrierRecordingId, seconds, now } = announced;
  const known = found.rows.find((row) => row.carrier_recording_id === carrierRecordingId);
  if (known !== undefined) {
    // The callback's length is exact where the request's was not there yet.
    if (seconds !== null) along(noteSeconds(client, known.id, seconds));
    return { recordingId: known.id, isNew: false };
  }
  const row = found.rows.find((each) => each.id === recordingId);
  if (row === undefined) return null;
  if (row.carrier_recording_id === null && row.is_here) return { recordingId: row.id, isNew: false };
  const boundId = row.carrier_recording_id === null ? recordingId : newId();
  along(
    boundId === recordingId ? bind(client, announced) : append(client, row, { ...announced, id: boundId }),
  );
  const mayHoldSpeech = seconds === null || seconds >= 1;
  if (found.isDiscarded && mayHoldSpeech) along(reopenIfSilent(client, row.dictation_id, now));
  return { recordingId: boundId, isNew: true };
}

async function bind(client: pg.ClientBase, announced: AnnounceRecording): Promise<void> {
  const { recordingId, carrierRecordingId, mediaPath, seconds, now } = announced;
  await client.query({
    name: 'intake-bind-recording',
    text: `
      update recording set status = 'announced', carrier_recording_id = $2, media_path = $3,
        announced_seconds = $4, announced_at = $5, next_attempt_at = $5
      where id = $1`,
    values: [recordingId, carrierRecordingId, mediaPath, seconds, now],
  });
}

async function append(
  client: pg.ClientBase,
  row: RecordingRow,
  { id, carrierRecordingId, mediaPath, seconds, now }: AnnounceRecording & { id: string },
): Promise<void> {
  await client.query({
    name: 'intake-append-recording',
    text: `
      insert into recording (id, dictation_id, call_id, part, status, carrier_recording_id, media_path,
        announced_seconds, created_at, announced_at, next_attempt_at)
      select $1, $2, $3, max(part) + 1, 'announced', $4, $5, $6, $7, $7, $7
      from recording where dictation_id = $2`,
    values: [id, row.dictation_id, row.call_id, carrierRecordingId, mediaPath, seconds, now],
  });
}

async function noteSeconds(client: pg.ClientBase, recordingId: string, seconds: number): Promise<void> {
  await client.query({
    name: 'intake-note-seconds',
    text: 'update recording set announced_seconds = $2 where id = $1 and announced_seconds is distinct from $2',
    values: [recordingId, seconds],
  });
}
