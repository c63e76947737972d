import type { CallDeps } from '../deps.ts';
import type { CallState } from '../flow/types.ts';
import { speakingTo } from '../prompts/speaking.ts';
import { renderGoodbye, renderTryAgain } from '../twiml/render-trouble.ts';
import { type Form, fieldOf } from './form.ts';
import { carrierKey } from './keyed-hash.ts';

interface FailedCall {
  id: string;
  status: 'in_progress' | 'ended';
  state: CallState;
  step: number;
  newest: string;
}

/**
 * The carrier could not have an answer within a call (the server was away, the answer came too late) and asks at the
 * number's fallback address, which is the voice address once more. The caller is led on from where the call is:
 *
 *     the step was applied, its answer got lost   that answer
 *     the request never came                      the step's question again
 *
 * Out: null when this is about no call that we know. One statement; locks nothing.
 */
export async function resumeCall({ platform, recorded, urls }: CallDeps, form: Form): Promise<string | null> {
  const failedUrl = fieldOf(form, 'ErrorUrl');
  const carrierCallId = fieldOf(form, 'CallSid');
  if (failedUrl === undefined || carrierCallId === undefined) return null;
  const { rows } = await platform.database.pool.query<FailedCall>({
    name: 'ivr-find-failed-call',
    text: `
      select c.id, c.status, c.state, c.step, s.response as newest
      from call c join call_step s on s.call_id = c.id and s.step = c.step - 1
      where c.carrier_key = $1`,
    values: [carrierKey(platform.config.secret, carrierCallId)],
  });
  const [call] = rows;
  if (call === undefined) return null;
  platform.log.warn({ callId: call.id, callStep: call.step }, 'the carrier fell back');
  const to = { speaking: speakingTo({ ...call.state, now: platform.clock.now() }, recorded), urls };
  if (call.status === 'ended') return renderGoodbye(to, 'goodbye');
  const failedStep = Number(/\/steps\/(\d{1,9})/.exec(failedUrl)?.[1] ?? 0);
  if (failedStep === call.step - 1) return call.newest;
  return renderTryAgain(to, 'trouble_kept', urls.resume(call.id, call.step, 1));
}
