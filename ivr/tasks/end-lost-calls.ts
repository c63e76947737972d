import type { CarrierClient } from '../carrier/carrier-client.ts';
import type { CallDeps } from '../deps.ts';
import { LONGEST_RECORDING_SECONDS } from '../flow/dictating/types.ts';
import { endCallById, isEndStatus } from '../webhooks/end-call.ts';

/** A caller who says nothing and presses nothing makes a request at least this often, recording aside. */
const QUIET_MS = 2 * 60_000;
/** No call is quiet for longer than its longest recording and some minutes of menus. */
const LOST_MS = (LONGEST_RECORDING_SECONDS + 15 * 60) * 1000;
const AT_ONCE = 200;

interface QuietCall {
  id: string;
  carrierCallId: string | null;
  lastStepAt: Date;
}

/**
 * Calls that are in progress here, but have been quiet: the carrier is asked. Ended or unknown there, they are ended
 * here; where the carrier can't be asked, only when they have been quiet for longer than any call can. Returns how
 * many were ended.
 */
export async function endLostCalls(
  deps: CallDeps,
  carrier: Pick<CarrierClient, 'callStatus'>,
): Promise<number> {
  const { clock, database, log } = deps.platform;
  const now = clock.now().getTime();
  // In: a moment. Out: calls in progress without a step since. Locks nothing.
  const { rows } = await database.pool.query<QuietCall>(
    `select c.id, c.carrier_call_id as "carrierCallId", s.at as "lastStepAt"
     from call c join call_step s on s.call_id = c.id and s.step = c.step - 1
     where c.status = 'in_progress' and s.at < $1
     order by s.at limit ${AT_ONCE}`,
    [new Date(now - QUIET_MS)],
  );
  let ended = 0;
  for (const { id: callId, carrierCallId, lastStepAt } of rows) {
    const isLost = now - lastStepAt.getTime() > LOST_MS;
    const reason = (await findReason(callId, carrierCallId)) ?? (isLost ? 'lost' : null);
    if (reason !== null && (await endCallById(deps, { callId, reason }))) ended += 1;
  }
  return ended;

  /** Why the call is over, null while it isn't as far as anybody can tell. */
  async function findReason(callId: string, carrierCallId: string | null): Promise<string | null> {
    if (carrierCallId === null) return null;
    try {
      const status = await carrier.callStatus(carrierCallId);
      if (status === null) return 'unknown-to-carrier';
      return isEndStatus(status) ? status : null;
    } catch (err) {
      log.warn({ err, callId }, 'the carrier could not be asked for a call');
      return null;
    }
  }
}
