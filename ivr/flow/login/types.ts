/** Who is calling. `checking_pin` is never stored: it lasts while a question of the flow is being answered. */
export type LoginStep = 'enter_short_number' | 'enter_pin' | 'checking_pin';

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

export type LoginQuestion = { kind: 'check_pin'; pin: string };

export type LoginInput =
  | { kind: 'pin_right'; speaker: Speaker }
  | { kind: 'pin_wrong' }
  | { kind: 'pin_slowed'; waitSeconds: number };
