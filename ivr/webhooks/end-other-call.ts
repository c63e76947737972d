import type pg from 'pg';
import { applyInput } from '../flow/call-flow.ts';
import { type CallRow, lockCallIfFree, saveEnd } from './call-rows.ts';
import type { EffectContext } from './effects/perform-effects.ts';
import { performEffects } from './effects/perform-effects.ts';
import { freshIds } from './fresh-ids.ts';

/**
 * The caller calls anew and goes on with what an earlier call still holds, whose end the carrier has not told yet: a
 * phone that lost its network is connected for half a minute longer. That call is ended as if the line had failed,
 * which submits its dictation; what it is recording at this moment has its part and arrives as ever.
 *
 * Only a call of the same speaker. One that is at work at this moment is left alone (two calls that end each other would
 * wait for each other); then its dictation is not to be had. Locks the other call's row.
 */
export async function endOtherCall(
  client: pg.ClientBase,
  callId: string,
  {
    state,
    ...context
  }: Pick<EffectContext, 'deps' | 'now' | 'wakes' | 'along'> & { state: CallRow['state'] },
): Promise<void> {
  const other = await lockCallIfFree(client, callId);
  if (other === undefined || other.status === 'ended' || other.state.speakerId !== state.speakerId) return;
  const { deps, now, wakes, along } = context;
  const left = applyInput(other.state, { kind: 'hung_up', failed: true }, freshIds(other.state.purpose));
  await performEffects(client, left.effects, {
    call: other,
    speakerId: other.state.speakerId,
    deps,
    now,
    wakes,
    along,
  });
  along(saveEnd(client, { callId, state: left.state, reason: 'gone-on-elsewhere', now }));
}
