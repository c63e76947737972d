import type { CallState } from '../flow/types.ts';
import { idCallerKey } from '../pins/id-throttle.ts';

/**
 * Who calls a survey line is nowhere kept; for guessing to be slowed a keyed hash stays with the call's state, which
 * is destroyed when the call is over. Calls on other lines stay as they are.
 */
export function noteRespondent(
  state: CallState,
  secret: string,
  { fromNumber, now }: { fromNumber: string | null; now: Date },
): CallState {
  if (state.survey === null || fromNumber === null) return state;
  return { ...state, survey: { ...state.survey, callerKey: idCallerKey(secret, fromNumber, now) } };
}
