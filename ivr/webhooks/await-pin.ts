import type { CallState } from '../flow/types.ts';
import { type PinAttempt, pinKeys } from '../pins/pin-throttle.ts';
import type { IvrUrls } from '../urls.ts';

export interface Caller {
  lineId: string;
  /** E.164, null when withheld. */
  fromNumber: string | null;
}

/** What a PIN keyed in now would count against. */
export function pinAttempt(state: CallState, { lineId, fromNumber }: Caller): PinAttempt {
  return {
    lineId,
    fromNumber,
    fromIsProven: state.callerIsProven,
    phoneOwnerId: state.phoneOwnerId,
    shortNumber: state.shortNumber ?? '',
  };
}

/**
 * Prepares for the PIN that the flow waits for: the state keeps what is to be locked, and the next request says in
 * its address that it brings a PIN, so that the locks are taken in the round trip that reads the call.
 */
export function awaitPin(
  { state, urls }: { state: CallState; urls: IvrUrls },
  secret: string,
  caller: Caller,
): { state: CallState; urls: IvrUrls } {
  if (state.at !== 'enter_pin') return { state: { ...state, pinKeys: null }, urls };
  return {
    state: { ...state, pinKeys: pinKeys(secret, pinAttempt(state, caller)) },
    urls: { ...urls, step: (callId, step) => `${urls.step(callId, step)}?pin=1` },
  };
}
