import { randomBytes } from 'node:crypto';
import { DEMO_LINES } from '../../app/demo/demo-people.ts';
import { newCallState } from '../../ivr/flow/call-flow.ts';
import type { CallState } from '../../ivr/flow/types.ts';
import { carrierKey } from '../../ivr/webhooks/keyed-hash.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';

const REPORT_LINE = { purpose: 'report', language: 'en-US', keyMap: 'standard', holdHours: 24 } as const;

/** A call whose caller is speaking: the carrier records. */
export interface RecordingCall {
  carrierCallId: string;
  callId: string;
  recordingId: string;
  step: number;
}

/** As many calls as asked for, as they are after the PIN; written at once, because the PIN is slow on purpose. */
export async function prepareRecordings(
  { config, database }: Pick<Platform, 'config' | 'database'>,
  count: number,
): Promise<RecordingCall[]> {
  const { pool } = database;
  const { rows } = await pool.query<{ lineId: string; speakerId: string }>(
    `select l.id as "lineId", u.id as "speakerId" from line l, app_user u
     where l.number = $1 and u.pin_hash is not null limit 1`,
    [DEMO_LINES.report.number],
  );
  const [found] = rows;
  if (found === undefined) throw new Error('The demo company has no report line');
  const { lineId, speakerId } = found;
  const { rows: used } = await pool.query<{ most: number }>(
    'select coalesce(max(reference::int), 1000000) as most from dictation',
  );
  const step = 2;
  const calls = Array.from({ length: count }, (_, index) => {
    const [dictationId, recordingId] = [newId(), newId()];
    const part = { recordingId, part: 1, seconds: null, empty: false, dropped: false };
    const state: CallState = {
      ...newCallState(REPORT_LINE, speakerId),
      at: 'recording',
      speakerId,
      dictation: { dictationId, parts: [part], urgent: false },
    };
    const carrierCallId = `CA${randomBytes(16).toString('hex')}`;
    const key = carrierKey(config.secret, carrierCallId);
    const reference = String((used[0]?.most ?? 0) + index + 1);
    return { callId: newId(), carrierCallId, key, state, dictationId, recordingId, reference };
  });
  await pool.query(
    `with made as (
       select * from jsonb_to_recordset($1::jsonb) as made("callId" uuid, "carrierCallId" text, key text,
         state jsonb, "dictationId" uuid, "recordingId" uuid, reference text)
     ), new_call as (
       insert into call (id, carrier_key, carrier_call_id, line_id, user_id, state, step)
       select "callId", key, "carrierCallId", $2, $3, state, $4 from made
     ), new_dictation as (
       insert into dictation (id, reference, line_id, speaker_id)
       select "dictationId", reference, $2, $3 from made
     )
     insert into recording (id, dictation_id, call_id, part)
     select "recordingId", "dictationId", "callId", 1 from made`,
    [JSON.stringify(calls), lineId, speakerId, step],
  );
  return calls.map(({ carrierCallId, callId, recordingId }) => ({
    carrierCallId,
    callId,
    recordingId,
    step,
  }));
}
