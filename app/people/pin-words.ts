import type { PinWeakness } from '../../platform/auth/pin-rules.ts';

/** Why a PIN is refused, for a person. */
export const WEAKNESS_WORDS: Readonly<Record<PinWeakness, string>> = {
  too_short: 'it has fewer than five digits',
  too_long: 'it has more than ten digits',
  repeats: 'its digits repeat',
  sequence: 'its digits follow each other',
  date: 'it is a year or a date',
  keypad: 'it is a line on the keypad',
  own_number: 'it is in the short number or phone number',
  common: 'many people choose it',
};
