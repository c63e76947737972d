import { createHmac, randomInt } from 'node:crypto';

/**
 * An anonymous ID: twelve digits, of which the last is a check digit, keyed in on the phone. Eleven random digits:
 * with a thousand invitations out, one blind guess in a hundred million is right, and guessing is slowed besides.
 */
const RANDOM_DIGITS = 11;
const GROUP_DIGITS = 4;

/**
 * Damm's quasigroup of order 10: unlike a weighted sum it finds every single wrong digit and every swap of two
 * neighbors, which are what people do on a keypad.
 */
const DAMM: readonly (readonly number[])[] = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

function interim(digits: string): number {
  let state = 0;
  for (const digit of digits) state = DAMM[state]?.[Number(digit)] ?? 0;
  return state;
}

/** Whether twelve digits came from here, as far as their check digit tells. */
export function isAnonymousId(digits: string): boolean {
  return /^\d{12}$/.test(digits) && interim(digits) === 0;
}

/** A new anonymous ID, digits only. */
export function makeAnonymousId(): string {
  let digits = '';
  for (let i = 0; i < RANDOM_DIGITS; i++) digits += randomInt(10);
  return withCheckDigit(digits);
}

/** Eleven digits as an anonymous ID. */
export function withCheckDigit(digits: string): string {
  return digits + interim(digits);
}

/** As it is printed on an invitation: `4821 0937 5516`. */
export function displayAnonymousId(digits: string): string {
  return digits.replace(new RegExp(`\\d{${GROUP_DIGITS}}(?=\\d)`, 'g'), '$& ');
}

/**
 * What is stored of an anonymous ID: HMAC-SHA256 under the deployment's secret, base64url. The survey is part of it,
 * so that the same digits in two surveys can't be told to be the same.
 */
export function hashAnonymousId(secret: string, surveyId: string, digits: string): string {
  return createHmac('sha256', secret).update(`invitation\0${surveyId}\0${digits}`).digest('base64url');
}
