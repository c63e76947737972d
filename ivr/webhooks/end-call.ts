import type pg from 'pg';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { CallDeps } from '../deps.ts';
import { type CallRow, lockCall, lockCallByKey, saveEnd } from './call-rows.ts';
import { carrierKey } from './keyed-hash.ts';
import { runFlow } from './run-flow.ts';
import { noWakes } from './wakes.ts';

/** Call statuses of the carrier after which nothing more comes. */
const ENDED = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

export function isEndStatus(callStatus: string | undefined): callStatus is string {
  return callStatus !== undefined && ENDED.has(callStatus);
}

/** The line broke, or the call was lost. */
function isFailure(reason: string): boolean {
  return reason !== 'completed';
}

/** The carrier says that a call is over: what was said is sent. A call unknown to us is no error (survey lines). */
export async function endCallOfCarrier(
  deps: CallDeps,
  { carrierCallId, reason }: { carrierCallId: string; reason: string },
): Promise<void> {
  const key = carrierKey(deps.platform.config.secret, carrierCallId);
  await endCall(deps, (client) => lockCallByKey(client, key), reason);
}

/** The same by our own id, for the sweep. Out: whether this ended it. */
export function endCallById(
  deps: CallDeps,
  { callId, reason }: { callId: string; reason: string },
): Promise<boolean> {
  return endCall(deps, (client) => lockCall(client, callId), reason);
}

async function endCall(
  deps: CallDeps,
  lock: (client: pg.ClientBase) => Promise<CallRow | undefined>,
  reason: string,
): Promise<boolean> {
  const { platform } = deps;
  const now = platform.clock.now();
  const wakes = noWakes();
  const ended = await inTransaction(platform.database.pool, async (client, along) => {
    const call = await lock(client);
    if (call === undefined || call.status === 'ended') return undefined;
    const input = { kind: 'hung_up', failed: isFailure(reason) } as const;
    const { state } = await runFlow(client, deps, { call, input, now, wakes, along });
    along(saveEnd(client, { callId: call.id, state, reason, now }));
    return call.id;
  });
  deps.waker.wake(wakes);
  if (ended === undefined) return false;
  platform.log.info({ callId: ended, reason }, 'call ended');
  return true;
}
