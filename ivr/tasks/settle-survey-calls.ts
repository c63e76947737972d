import type pg from 'pg';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { withoutTraces } from '../../transcription/anonymous/without-traces.ts';
import { submitDictation } from '../../transcription/intake/intake.ts';
import type { CarrierCall, CarrierClient } from '../carrier/carrier-client.ts';
import type { CallDeps } from '../deps.ts';
import { endCallById, isEndStatus } from '../webhooks/end-call.ts';
import { carrierKey } from '../webhooks/keyed-hash.ts';
import { settleCall } from './find-lost-recordings.ts';

/** A caller who says nothing and presses nothing makes a request at least this often, recording aside. */
const QUIET_MS = 2 * 60_000;
/** Where the carrier can't be asked: no call is quiet for longer. */
const LOST_MS = 75 * 60_000;
/** Callbacks usually come within seconds. */
const AFTER_END_MS = 60_000;
/** Between two questions to the carrier about one call. */
const AGAIN_MS = 2 * 60_000;
/** After this a call's row is given up, whatever has become of its recordings. */
const LATEST_MS = 24 * 3_600_000;
const AT_ONCE = 200;

interface SurveyCallRow {
  id: string;
  carrierKey: string;
  number: string;
  endedAt: Date | null;
  lastStepAt: Date;
  sweptAt: Date | null;
  /** Recordings of which nothing was heard. */
  expected: number;
  /** Recordings on their way here. */
  coming: number;
}

/**
 * What follows when a call to a survey line is over, and what others do for reports' calls: a lost end and lost
 * recordings are asked for at the carrier, which is found by its call's keyed hash, because its id is not kept. When
 * every recording is here or known not to exist, the answers are handed on to be written down and the call's row with
 * all its steps is destroyed.
 *
 * Done twice, or by two at once: the call's row is locked, the second finds it gone. Killed in between: it is found
 * again. Returns how many calls were destroyed.
 */
export async function settleSurveyCalls(
  deps: CallDeps,
  carrier: Pick<CarrierClient, 'listCalls' | 'listRecordings'>,
): Promise<number> {
  const platform = withoutTraces(deps.platform);
  const quiet = { ...deps, platform };
  const { clock, database, log } = platform;
  const calls = await readCalls(database.pool);
  const known = new Map<string, Map<string, CarrierCall> | null>();
  let destroyed = 0;
  for (const call of calls) {
    try {
      if (await settle(call)) destroyed += 1;
    } catch (err) {
      log.warn({ err }, 'a call to a survey line could not be settled; tried again');
    }
  }
  return destroyed;

  async function settle(call: SurveyCallRow): Promise<boolean> {
    const now = clock.now().getTime();
    if (call.endedAt === null) {
      const quietMs = now - call.lastStepAt.getTime();
      if (quietMs < QUIET_MS) return false;
      const reason = await findReason(call, quietMs);
      if (reason !== null) await endCallById(quiet, { callId: call.id, reason });
      return false;
    }
    const endedMs = now - call.endedAt.getTime();
    const isLate = endedMs > LATEST_MS;
    if (call.expected > 0 && !isLate) {
      if (endedMs < AFTER_END_MS || (call.sweptAt !== null && now - call.sweptAt.getTime() < AGAIN_MS))
        return false;
      const there = await askCarrier(call);
      if (there === null) return false;
      const recordings = there === undefined ? [] : await carrier.listRecordings(there.carrierCallId);
      await settleCall(platform, { id: call.id, endedAt: call.endedAt }, recordings);
      return false;
    }
    if (call.coming > 0 && !isLate) return false;
    return inTransaction(database.pool, (client) => destroyCall(client, call.id, clock.now()));
  }

  /** Why a quiet call is over, null while it isn't as far as anybody can tell. */
  async function findReason(call: SurveyCallRow, quietMs: number): Promise<string | null> {
    const there = await askCarrier(call);
    if (there === null) return quietMs > LOST_MS ? 'lost' : null;
    if (there === undefined) return 'unknown-to-carrier';
    return isEndStatus(there.status) ? there.status : null;
  }

  /** The call as the carrier has it: undefined when it has none, null when it can't be asked. */
  async function askCarrier({
    number,
    carrierKey: key,
  }: SurveyCallRow): Promise<CarrierCall | undefined | null> {
    if (!known.has(number)) known.set(number, await readCarrierCalls(number));
    const calls = known.get(number);
    return calls ? calls.get(key) : null;
  }

  async function readCarrierCalls(number: string): Promise<Map<string, CarrierCall> | null> {
    try {
      const calls = await carrier.listCalls(number);
      const { secret } = platform.config;
      return new Map(calls.map((call) => [carrierKey(secret, call.carrierCallId), call]));
    } catch (err) {
      log.warn({ err }, 'the carrier could not be asked for calls to a survey line');
      return null;
    }
  }
}

/** Out: calls to survey lines, all of which are under way or being settled. Locks nothing. */
async function readCalls(pool: pg.Pool): Promise<SurveyCallRow[]> {
  const { rows } = await pool.query<SurveyCallRow>(
    `select c.id, c.carrier_key as "carrierKey", l.number, c.ended_at as "endedAt", c.swept_at as "sweptAt",
       coalesce((select max(s.at) from call_step s where s.call_id = c.id), c.started_at) as "lastStepAt",
       (select count(*)::int from recording r where r.call_id = c.id and r.status = 'expected') as expected,
       (select count(*)::int from recording r where r.call_id = c.id and r.status = 'announced') as coming
     from call c join line l on l.id = c.line_id
     where c.state ->> 'purpose' = 'survey'
     order by c.started_at limit ${AT_ONCE}`,
  );
  return rows;
}

/**
 * Hands on what was said and destroys the call's row, its steps with it. Out: false when it was gone already. Locks
 * the call and the dictations said in it.
 */
async function destroyCall(client: pg.ClientBase, callId: string, now: Date): Promise<boolean> {
  const { rowCount } = await client.query('select from call where id = $1 for update', [callId]);
  if (rowCount === 0) return false;
  const { rows } = await client.query<{ id: string; status: string; holdsSpeech: boolean }>({
    name: 'survey-dictations-of-call',
    text: `
      select d.id, d.status, exists (
        select from recording r where r.dictation_id = d.id and not r.dropped
          and r.status in ('announced', 'verified', 'dead')
      ) as "holdsSpeech"
      from dictation d where d.id in (select dictation_id from recording where call_id = $1)
      order by d.id for update of d`,
    values: [callId],
  });
  // What the carrier never told of, not even when asked, was never made.
  await client.query(
    `update recording set status = 'empty' where call_id = $1 and status = 'expected' and carrier_recording_id is null`,
    [callId],
  );
  for (const { id, status, holdsSpeech } of rows) {
    if (holdsSpeech) {
      if (status === 'open') await submitDictation(client, { dictationId: id, now });
    } else if (status === 'open' || status === 'submitted') {
      await withdraw(client, id);
    }
  }
  await client.query('delete from call where id = $1', [callId]);
  return true;
}

/** Nothing was said, or all of it taken back: nobody has it to write down. Not under somebody's hands. */
async function withdraw(client: pg.ClientBase, dictationId: string): Promise<void> {
  await client.query(
    `with closed as (
       update job set status = 'closed', close_code = 'silent'
       where dictation_id = $1 and status in ('preparing', 'waiting')
     )
     update dictation set status = 'discarded', discard_reason = 'silent'
     where id = $1 and not exists (
       select from job where dictation_id = $1 and status not in ('preparing', 'waiting')
     )`,
    [dictationId],
  );
}
