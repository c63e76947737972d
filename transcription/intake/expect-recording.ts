import type pg from 'pg';

export interface ExpectRecording {
  recordingId: string;
  dictationId: string;
  /** Null on survey lines. */
  callId: string | null;
  /** Its place in the dictation, fixed now so that announcements may come in any order. */
  part: number;
  /** The first one after a broken line. */
  seam?: boolean;
  now: Date;
}

/**
 * Before the carrier is told to record. Inserts one row in status `expected`; done twice it changes nothing.
 *
 * Its part is the one asked for, or the next that is free: a recording that the carrier made twice has become a part
 * of its own meanwhile. Should that happen at this very moment the unique index refuses, and the carrier's next try
 * finds the next part.
 */
export async function expectRecording(
  client: pg.ClientBase,
  { recordingId, dictationId, callId, part, seam = false, now }: ExpectRecording,
): Promise<void> {
  await client.query({
    name: 'intake-expect-recording',
    text: `
      insert into recording (id, dictation_id, call_id, part, seam, created_at)
      select $1, $2, $3, greatest($4, coalesce(max(part), 0) + 1), $5, $6 from recording where dictation_id = $2
      on conflict (id) do nothing`,
    values: [recordingId, dictationId, callId, part, seam, now],
  });
}
