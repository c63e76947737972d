import type pg from 'pg';

export interface ExpectRecording {
  recordingId: string;
  dictationId: string;
  /** Null on survey lines. */
  callId: string | null;
  /** Its place in the dictation, fixed now so that announcements may come in any order. */
  part: number;
  now: Date;
}

/** Before the carrier is told to record. Inserts one row in status `expected`; done twice it changes nothing. */
export async function expectRecording(
  client: pg.ClientBase,
  { recordingId, dictationId, callId, part, now }: ExpectRecording,
): Promise<void> {
  await client.query({
    name: 'intake-expect-recording',
    text: `
      insert into recording (id, dictation_id, call_id, part, created_at)
      values ($1, $2, $3, $4, $5)
      on conflict (id) do nothing`,
    values: [recordingId, dictationId, callId, part, now],
  });
}
