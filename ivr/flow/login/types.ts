import type { PinWeakness } from '../../../platform/auth/pin-rules.ts';
import type { HandOver } from '../types.ts';

/**
 * Who is calling. `checking_pin`, `checking_new_pin` and `saving_pin` are never stored: they last while a question
 * of the flow is being answered.
 */
export type LoginStep =
  | 'enter_short_number'
  | 'enter_pin'
  | 'checking_pin'
  | 'choose_pin'
  | 'checking_new_pin'
  | 'repeat_pin'
  | 'saving_pin';

/** A new PIN that was keyed in once: no digits, for the state is stored. */
export interface ChosenPin {
  /** As `app_user.pin_hash` will be. */
  pinHash: string;
  /** Tells whether the person's PIN is still the one that it is to replace. */
  replaces: string;
}

export interface PinChange {
  /** Where the call goes on afterwards. */
  afterwards: HandOver;
  /** New PINs of this call that were not taken. */
  bad: number;
  chosen: ChosenPin | null;
}

export interface LoginState {
  /** Whose registered phone this is. Spares the short number, proves nothing. */
  phoneOwnerId: string | null;
  /** As keyed in, on a phone that is nobody's. */
  shortNumber: string | null;
  /** The carriers vouch for the number that calls. */
  callerIsProven: boolean;
  /** Whose PINs were wrong in this call, one entry a time: an own phone's owner or a short number. */
  wrongPins: string[];
  /** While a PIN is awaited: what it would count against; see pins/pin-throttle.ts. */
  pinKeys: string[] | null;
  /** Known once the PIN was right. */
  speakerId: string | null;
  /** While the caller chooses a PIN. */
  pinChange: PinChange | null;
}

/** Whoever the PIN belongs to, as far as the call needs to know. */
export interface Speaker {
  speakerId: string;
  /** What the line speaks from now on. */
  language: string;
  /** IANA name: when "yesterday" was. */
  timeZone: string;
  /** By name; unknown ones mean the standard one. */
  keyMap: string;
}

/** Why a new PIN is not taken; `same`: it is the old one. */
export type PinRefusal = PinWeakness | 'same';

export type LoginQuestion =
  | { kind: 'check_pin'; pin: string }
  | { kind: 'check_new_pin'; pin: string }
  | { kind: 'save_new_pin'; pin: string; chosen: ChosenPin };

export type LoginInput =
  | { kind: 'pin_right'; speaker: Speaker; mustChange: boolean }
  | { kind: 'pin_wrong' }
  | { kind: 'pin_slowed'; waitSeconds: number }
  | { kind: 'new_pin_fine'; chosen: ChosenPin }
  | { kind: 'new_pin_refused'; refusal: PinRefusal }
  | { kind: 'pin_saved' }
  | { kind: 'pin_differs' }
  | { kind: 'pin_not_saved' };
