import { type ThrottledSubject, type ThrottlePolicy, throttleKey } from '../../platform/auth/throttle.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/*
 * What wrong PINs count against. The figures keep a guesser who may use any number of phones below one chance in a
 * hundred a day to open one account of 500 with random PINs of six digits: docs/SECURITY.md computes it,
 * `npm run bench guessing` measures it.
 */

/** Tries from a rep's own phone: three a call, so after a call of nothing but mistakes the first wait comes. */
const OWN_PHONE: ThrottlePolicy = { free: 2, firstWaitMs: 2 * MINUTE, longestWaitMs: 4 * HOUR };
/** All strangers' tries at one rep together, wherever they call from. */
const REP: ThrottlePolicy = { free: 5, firstWaitMs: MINUTE, longestWaitMs: 4 * HOUR };
/** One phone's tries at whatever rep: a phone in an office is lent to several. */
const CALLER: ThrottlePolicy = { free: 8, firstWaitMs: MINUTE, longestWaitMs: 4 * HOUR };
/** All phones together that withhold their number, on one line. */
const WITHHELD: ThrottlePolicy = { free: 15, firstWaitMs: MINUTE, longestWaitMs: HOUR / 2 };
/** All strangers on one line: many phones trying many reps. */
const LINE: ThrottlePolicy = { free: 60, firstWaitMs: MINUTE / 2, longestWaitMs: 6 * MINUTE };

export const PIN_POLICIES = { OWN_PHONE, REP, CALLER, WITHHELD, LINE } as const;

/** The first part of a subject's key; says what kind of subject it is. */
export const PIN_SCOPES = {
  provenPhone: 'pin-proven-phone',
  ownPhone: 'pin-own-phone',
  rep: 'pin-rep',
  caller: 'pin-caller',
  withheld: 'pin-withheld',
  line: 'pin-line',
} as const;

export interface PinAttempt {
  lineId: string;
  /** E.164, null when withheld. */
  fromNumber: string | null;
  /** The carriers vouch for the number (STIR/SHAKEN, full attestation). */
  fromIsProven: boolean;
  /** The rep whose registered phone calls and whose PIN is tried. */
  phoneOwnerId: string | null;
  /** As keyed in; whether a rep has it doesn't matter. */
  shortNumber: string;
}

/**
 * From a rep's own phone only that rep's own bucket counts, so strangers who try the rep's short number, fill up
 * the line, or call in thousands slow each other down and never the rep.
 *
 * A caller's number can be forged. Where the carriers vouch for it the tries have a bucket of their own, out of a
 * forger's reach. Where they don't, forger and rep share one; the rep's way round it is the short number.
 *
 * From elsewhere a try counts against the rep, the phone and the line, and all three must be free.
 */
export function pinSubjects(secret: string, attempt: PinAttempt): ThrottledSubject[] {
  const { lineId, fromNumber, fromIsProven, phoneOwnerId, shortNumber } = attempt;
  if (phoneOwnerId !== null) {
    const scope = fromIsProven ? PIN_SCOPES.provenPhone : PIN_SCOPES.ownPhone;
    return [{ key: throttleKey(secret, scope, phoneOwnerId), policy: OWN_PHONE }];
  }
  const caller: ThrottledSubject =
    fromNumber === null
      ? { key: throttleKey(secret, PIN_SCOPES.withheld, lineId), policy: WITHHELD }
      : { key: throttleKey(secret, PIN_SCOPES.caller, fromNumber), policy: CALLER };
  return [
    { key: throttleKey(secret, PIN_SCOPES.rep, shortNumber), policy: REP },
    caller,
    { key: throttleKey(secret, PIN_SCOPES.line, lineId), policy: LINE },
  ];
}

/** Their keys, kept in the call's state while a PIN is awaited. */
export function pinKeys(secret: string, attempt: PinAttempt): string[] {
  return pinSubjects(secret, attempt).map(({ key }) => key);
}
