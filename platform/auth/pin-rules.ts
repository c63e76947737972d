import { randomInt } from 'node:crypto';
import { COMMON_PINS } from './common-pins.ts';

/*
 * Which PINs somebody may choose. A guesser has few tries a day, and spends them on what most people choose; so what
 * most people choose is refused, with the reason.
 */
export const SHORTEST_PIN = 5;
export const LONGEST_PIN = 10;
const ISSUED_DIGITS = 6;

/** Why a PIN is refused. */
export type PinWeakness =
  | 'too_short'
  | 'too_long'
  /** 11111, 121212, 112233. */
  | 'repeats'
  /** 34567, 98765, 24680. */
  | 'sequence'
  /** 19847, 311284, 20010911. */
  | 'date'
  /** 14789, 147258: lines drawn on the keypad. */
  | 'keypad'
  /** The person's short number or the end of their phone's. */
  | 'own_number'
  /** Among those that most people choose. */
  | 'common';

/** What is known of the person to a guesser, too. */
export interface PinOwner {
  shortNumber: string | null;
  /** E.164. */
  phones: readonly string[];
}

/** The first reason why a PIN is too easily guessed, null when there is none. Pure. @param pin digits */
export function weaknessOf(pin: string, owner: PinOwner): PinWeakness | null {
  if (pin.length < SHORTEST_PIN) return 'too_short';
  if (pin.length > LONGEST_PIN) return 'too_long';
  if (isRepeated(pin)) return 'repeats';
  if (isSequence(pin)) return 'sequence';
  if (isOwnNumber(pin, owner)) return 'own_number';
  if (isDate(pin)) return 'date';
  if (isDrawn(pin)) return 'keypad';
  return COMMON_PINS.has(pin) ? 'common' : null;
}

/** A random PIN for somebody to begin with. Never one that they might not choose themselves. */
export function issuePin(owner: PinOwner): string {
  for (;;) {
    const pin = String(randomInt(10 ** ISSUED_DIGITS)).padStart(ISSUED_DIGITS, '0');
    if (weaknessOf(pin, owner) === null) return pin;
  }
}

/** At most two different digits, each digit doubled, or one piece over and over. */
function isRepeated(pin: string): boolean {
  return new Set(pin).size <= 2 || /^(?:(.)\1)+$/.test(pin) || /^(.+)\1+$/.test(pin);
}

/** The same step from digit to digit, over 9 to 0, too. */
function isSequence(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10);
  return new Set(steps).size === 1;
}

function isOwnNumber(pin: string, { shortNumber, phones }: PinOwner): boolean {
  if (shortNumber !== null && pin.includes(shortNumber)) return true;
  return phones.some((phone) => phone.includes(pin) || pin.endsWith(phone.slice(-4)));
}

const MONTH = '(?:0[1-9]|1[0-2])';
const DAY = '(?:0[1-9]|[12]\\d|3[01])';
const YEAR = '(?:19[3-9]\\d|20[0-3]\\d)';
const DATE = new RegExp(
  [
    // A year with one or two digits before or after it.
    `${YEAR}\\d{1,2}`,
    `\\d{1,2}${YEAR}`,
    // Day and month in either order, with a year of two or four digits before or after.
    `(?:${MONTH}${DAY}|${DAY}${MONTH})(?:\\d\\d|${YEAR})`,
    `(?:\\d\\d|${YEAR})(?:${MONTH}${DAY}|${DAY}${MONTH})`,
  ]
    .map((form) => `^${form}$`)
    .join('|'),
);

function isDate(pin: string): boolean {
  return DATE.test(pin);
}

/** Column and row of a key. */
const KEYS: readonly (readonly [number, number])[] = ['0', ...'123456789'].map((key, at) =>
  key === '0' ? [1, 3] : [(at - 1) % 3, Math.floor((at - 1) / 3)],
);
const LINES = ['123', '456', '789', '147', '258', '369', '159', '357', '580'].flatMap((line) => [
  line,
  [...line].reverse().join(''),
]);

/** From each key to one beside it, or lines of three keys one after another. */
function isDrawn(pin: string): boolean {
  const isWalk = [...pin].slice(1).every((digit, at) => areNeighbors(Number(pin[at]), Number(digit)));
  if (isWalk) return true;
  const pieces = pin.match(/.{1,3}/g) ?? [];
  return pieces.every((piece) => LINES.some((line) => line.startsWith(piece)));
}

function areNeighbors(one: number, other: number): boolean {
  const [x = 0, y = 0] = KEYS[one] ?? [];
  const [column = 0, row = 0] = KEYS[other] ?? [];
  return one !== other && Math.abs(x - column) <= 1 && Math.abs(y - row) <= 1;
}
