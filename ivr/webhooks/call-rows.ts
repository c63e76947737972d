import type pg from 'pg';
import type { CallState } from '../flow/types.ts';

/** The statements of the phone's path: few, prepared, each by a unique key. */

export interface LineRow {
  id: string;
  purpose: 'report' | 'survey' | 'proposal';
  name: string;
  language: string;
  surveyId: string | null;
  /** The line's own, see line-settings.ts. */
  settings: unknown;
  /** The company's, under the key `phone`; null while there are none. */
  companySettings: unknown;
  /** Whose registered phone calls; only somebody who may use the phone. */
  phoneOwnerId: string | null;
  /** Its first answer when this call has been answered before. */
  firstAnswer: string | null;
}

/** In: the numbers called and calling, the call's key. Out: the line that answers, if one does. Locks nothing. */
export async function findLine(
  client: pg.Pool | pg.ClientBase,
  { to, from, key }: { to: string; from: string | null; key: string },
): Promise<LineRow | undefined> {
  const { rows } = await client.query<LineRow>({
    name: 'ivr-find-line',
    text: `
      select l.id, l.purpose, l.name, l.language, l.survey_id as "surveyId",
        l.settings, company.value as "companySettings",
        u.id as "phoneOwnerId", s.response as "firstAnswer"
      from line l
      left join setting company on company.key = 'phone'
      left join user_phone p on p.number = $2
      left join app_user u on u.id = p.user_id and u.active and u.pin_hash is not null
      left join call c on c.carrier_key = $3
      left join call_step s on s.call_id = c.id and s.step = 0
      where l.number = $1 and l.active`,
    values: [to, from, key],
  });
  return rows[0];
}

export interface NewCall {
  callId: string;
  carrierKey: string;
  /** Null on survey lines. */
  carrierCallId: string | null;
  lineId: string;
  /** E.164; null on survey lines and when withheld. */
  fromNumber: string | null;
  state: CallState;
  now: Date;
  fingerprint: string;
  response: string;
}

/** Inserts the call and its first answer. Out: false when this call has been answered before. */
export async function insertCall(client: pg.Pool | pg.ClientBase, call: NewCall): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'ivr-insert-call',
    text: `
      with new_call as (
        insert into call (id, carrier_key, carrier_call_id, line_id, from_number, state, step, started_at)
        values ($1, $2, $3, $4, $5, $6, 1, $7)
        on conflict (carrier_key) do nothing
        returning id
      )
      insert into call_step (call_id, step, fingerprint, response, at)
      select id, 0, $8, $9, $7 from new_call`,
    values: [
      call.callId,
      call.carrierKey,
      call.carrierCallId,
      call.lineId,
      call.fromNumber,
      call.state,
      call.now,
      call.fingerprint,
      call.response,
    ],
  });
  return rowCount === 1;
}

/** The first answer of a call that was answered at the same moment. */
export async function findFirstAnswer(
  client: pg.Pool | pg.ClientBase,
  key: string,
): Promise<string | undefined> {
  const { rows } = await client.query<{ response: string }>({
    name: 'ivr-first-answer',
    text: `
      select s.response from call c join call_step s on s.call_id = c.id and s.step = 0
      where c.carrier_key = $1`,
    values: [key],
  });
  return rows[0]?.response;
}

export interface CallRow {
  id: string;
  carrierKey: string;
  lineId: string;
  fromNumber: string | null;
  status: 'in_progress' | 'ended';
  state: CallState;
  step: number;
  /** Of the dictation that is open, null when none is. Never changes, so no lock is needed for it. */
  openReference: string | null;
}

const CALL_COLUMNS = `
  c.id, c.carrier_key as "carrierKey", c.line_id as "lineId",
  c.from_number as "fromNumber", c.status, c.state, c.step,
  (select d.reference from dictation d
    where d.id = (c.state -> 'dictation' ->> 'dictationId')::uuid) as "openReference"`;

/** In: our id of a call. Out: the row, locked until the transaction ends. */
export async function lockCall(client: pg.ClientBase, callId: string): Promise<CallRow | undefined> {
  const { rows } = await client.query<CallRow>({
    name: 'ivr-lock-call',
    text: `select ${CALL_COLUMNS} from call c where c.id = $1 for update of c`,
    values: [callId],
  });
  return rows[0];
}

/** The same by the keyed hash of the carrier's id. */
export async function lockCallByKey(client: pg.ClientBase, key: string): Promise<CallRow | undefined> {
  const { rows } = await client.query<CallRow>({
    name: 'ivr-lock-call-by-key',
    text: `
      select ${CALL_COLUMNS} from call c
      where c.carrier_key = $1 for update of c`,
    values: [key],
  });
  return rows[0];
}

/** The same by our id, if nobody else is at work on it. */
export async function lockCallIfFree(client: pg.ClientBase, callId: string): Promise<CallRow | undefined> {
  const { rows } = await client.query<CallRow>({
    name: 'ivr-lock-call-if-free',
    text: `select ${CALL_COLUMNS} from call c where c.id = $1 for update of c skip locked`,
    values: [callId],
  });
  return rows[0];
}

export interface StoredStep {
  step: number;
  fingerprint: string;
  response: string;
}

/** The answers to the step asked for and to the newest one (which may be the same). Locks nothing. */
export async function findSteps(
  client: pg.ClientBase,
  { callId, step, newest }: { callId: string; step: number; newest: number },
): Promise<StoredStep[]> {
  const { rows } = await client.query<StoredStep>({
    name: 'ivr-find-steps',
    text: 'select step, fingerprint, response from call_step where call_id = $1 and step in ($2, $3)',
    values: [callId, step, newest],
  });
  return rows;
}

/** Saves state and answer of one step. The call's row must be locked and stand at `step`. */
export async function saveStep(
  client: pg.ClientBase,
  saved: { callId: string; step: number; state: CallState; fingerprint: string; response: string; now: Date },
): Promise<void> {
  await client.query({
    name: 'ivr-save-step',
    text: `
      with saved as (
        insert into call_step (call_id, step, fingerprint, response, at) values ($1, $2, $3, $4, $5)
      )
      update call set state = $6, step = $2 + 1, user_id = coalesce($7, user_id) where id = $1`,
    values: [
      saved.callId,
      saved.step,
      saved.fingerprint,
      saved.response,
      saved.now,
      saved.state,
      saved.state.speakerId,
    ],
  });
}

/** The call is over. The row must be locked. */
export async function saveEnd(
  client: pg.ClientBase,
  { callId, state, reason, now }: { callId: string; state: CallState; reason: string; now: Date },
): Promise<void> {
  await client.query({
    name: 'ivr-save-end',
    text: `update call set state = $2, status = 'ended', ended_at = $3, end_reason = $4 where id = $1`,
    values: [callId, state, now, reason],
  });
}
