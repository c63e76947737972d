import { type ThrottlePolicy, throttleKey } from '../../platform/auth/throttle.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** From the rep's own phone: short waits, because the one who mistypes there is nearly always the rep. */
const OWN_PHONE: ThrottlePolicy = {
  free: 5,
  firstWaitMs: MINUTE,
  longestWaitMs: 15 * MINUTE,
  forgetAfterMs: DAY,
};
/** Any stranger's tries at one rep together, wherever they call from. */
const REP: ThrottlePolicy = { free: 5, firstWaitMs: MINUTE, longestWaitMs: 60 * MINUTE, forgetAfterMs: DAY };
/** One phone's tries at whatever rep. */
const CALLER: ThrottlePolicy = {
  free: 8,
  firstWaitMs: MINUTE,
  longestWaitMs: 60 * MINUTE,
  forgetAfterMs: DAY,
};
/** All strangers on one line: many phones trying many reps. */
const LINE: ThrottlePolicy = {
  free: 60,
  firstWaitMs: MINUTE / 2,
  longestWaitMs: 10 * MINUTE,
  forgetAfterMs: 60 * MINUTE,
};

export interface PinAttempt {
  lineId: string;
  /** E.164, null when withheld. */
  fromNumber: string | null;
  /** The rep whose registered phone calls and whose PIN is tried. */
  phoneOwnerId: string | null;
  /** As keyed in; whether a rep has it doesn't matter. */
  shortNumber: string;
}

export interface ThrottledSubject {
  key: string;
  policy: ThrottlePolicy;
}

export interface PinSubjects {
  /** Who is guessed at; one attempt at a time. */
  target: ThrottledSubject;
  /** Who guesses, and where. */
  around: ThrottledSubject[];
  /**
   * What a right PIN clears: the target, and the line, or a large company's honest mistakes would add up on it.
   * Not the caller, who may know one PIN and be after another.
   */
  clearedKeys: string[];
}

/**
 * What a wrong PIN counts against. A rep's own phone is counted by itself, so that strangers who try the rep's
 * short number slow each other down and never lock the rep out.
 */
export function pinSubjects(secret: string, attempt: PinAttempt): PinSubjects {
  const { lineId, fromNumber, phoneOwnerId, shortNumber } = attempt;
  if (phoneOwnerId !== null) {
    const key = throttleKey(secret, 'pin-own-phone', `${phoneOwnerId}\0${fromNumber}`);
    return { target: { key, policy: OWN_PHONE }, around: [], clearedKeys: [key] };
  }
  const line: ThrottledSubject = { key: throttleKey(secret, 'pin-line', lineId), policy: LINE };
  const caller: ThrottledSubject[] =
    fromNumber === null ? [] : [{ key: throttleKey(secret, 'pin-caller', fromNumber), policy: CALLER }];
  const target: ThrottledSubject = { key: throttleKey(secret, 'pin-rep', shortNumber), policy: REP };
  return { target, around: [...caller, line], clearedKeys: [target.key, line.key] };
}
