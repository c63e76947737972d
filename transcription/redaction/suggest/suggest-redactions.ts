import type { Label } from '../labels.ts';
import { findPhrase } from '../text/phrases.ts';
import { findSpokenNumbers } from './spoken-numbers.ts';

/** A passage that a person may want to take out. */
export interface SuggestedRedaction {
  start: number;
  end: number;
  label: Label;
  /** For the person, after the passage: "looks like a card number". */
  why: string;
}

/** Letters, signs and numbers around an at-sign; or spoken. */
const EMAIL = /[\p{L}\p{N}][\p{L}\p{N}._%+-]*@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const SPOKEN_EMAIL =
  /\b[\p{L}\p{N}]+(?:(?:\s+dot\s+|\s+underscore\s+|[._-])[\p{L}\p{N}]+)*\s+at\s+[\p{L}\p{N}-]+\s+dot\s+(?:com|org|net|edu|gov|us|io|biz|info)\b/giu;
/** Digits in one row, however they are grouped; no thousands (commas), no decimals. */
const DIGITS = /(?<![\p{L}\p{N}$€£.,/])[+(]?\d(?:[\s().-]{0,2}\d){5,24}(?![\p{L}\p{N}%]|[.,]\d)/gu;
const DAY = /^(?:\d{4}-\d{2}-\d{2}|\d{1,2}[.-]\d{1,2}[.-]\d{2,4})$/;
const YEARS = /^(?:19|20)\d\d[\s-]+(?:19|20)\d\d$/;
const PHONE = /^(?:\+?1[\s.-]*)?\(?\d{3}\)?[\s.-]*\d{3}[\s.-]*\d{4}$|^\d{3}[\s.-]\d{4}$|^\+\d/;
/** Somebody says who they are. */
const INTRODUCED =
  /\b(?:my name is|this is|name's|me llamo|mi nombre es|habla)\s+((?:(?:Mr|Mrs|Ms|Dr)\.?\s+)?\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){0,2})/giu;
/** Capitalized, and no name. */
const NO_NAMES = new Set([
  'the',
  'my',
  'our',
  'a',
  'an',
  'not',
  'about',
  'for',
  'what',
  'how',
  'why',
  'monday',
  'tuesday',
]);

/**
 * What in a text looks like something that should not be in it: e-mail addresses, card, phone and other long numbers,
 * in digits or spoken, and people: those that the company knows by name, and whoever says their own. Pure. It misses
 * things and finds too much: a person decides.
 * @param people full names
 */
export function suggestRedactions(
  text: string,
  { people = [] }: { people?: readonly string[] } = {},
): SuggestedRedaction[] {
  const found: SuggestedRedaction[] = [];
  const add = (start: number, end: number, label: Label, why: string) => {
    if (!found.some((other) => other.start < end && other.end > start))
      found.push({ start, end, label, why });
  };
  for (const pattern of [EMAIL, SPOKEN_EMAIL]) {
    for (const { index, 0: match } of text.matchAll(pattern))
      add(index, index + match.length, 'e-mail', 'looks like an e-mail address');
  }
  for (const { index, 0: match } of text.matchAll(DIGITS)) {
    const kind = kindOfDigits(match);
    if (kind) add(index, index + match.length, kind.label, kind.why);
  }
  for (const { start, end, digits } of findSpokenNumbers(text)) {
    const label: Label =
      digits >= 13 ? 'card number' : digits >= 7 && digits <= 11 ? 'phone number' : 'number';
    add(start, end, label, 'is a number spoken digit by digit');
  }
  for (const { start, end } of findPeople(text, people))
    add(start, end, 'name', 'is the name of somebody you know');
  for (const match of text.matchAll(INTRODUCED)) {
    const name = match[1] ?? '';
    // Under the flag for any case a capital is any letter: it is looked at here.
    const words = name.split(/\s+/);
    const capitals = words.findIndex((word) => !/^\p{Lu}/u.test(word));
    const kept = capitals < 0 ? words : words.slice(0, capitals);
    if (kept.length === 0 || NO_NAMES.has((kept[0] ?? '').toLowerCase())) continue;
    const start = match.index + match[0].length - name.length;
    const end = start + lengthOf(name, kept.length);
    add(start, end, 'name', 'is how somebody introduces themselves');
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** Of the first so many words. */
function lengthOf(words: string, count: number): number {
  return new RegExp(`^\\S+(?:\\s+\\S+){${count - 1}}`).exec(words)?.[0].length ?? words.length;
}

function kindOfDigits(match: string): { label: Label; why: string } | null {
  const text = match.trim();
  const digits = text.replace(/\D/g, '');
  if (DAY.test(text) || YEARS.test(text)) return null;
  if (
    digits.length >= 13 &&
    digits.length <= 19 &&
    (passesLuhn(digits) || /^(?:\d{4}[\s-]){3}\d{1,7}$/.test(text))
  )
    return { label: 'card number', why: 'looks like a card number' };
  if (/^\d{3}[\s-]\d{2}[\s-]\d{4}$/.test(text))
    return { label: 'number', why: 'looks like a social security number' };
  if (PHONE.test(text) && digits.length >= 7 && digits.length <= 15)
    return { label: 'phone number', why: 'looks like a phone number' };
  return digits.length >= 8 ? { label: 'number', why: 'is a long number' } : null;
}

/** The check digit of payment cards (ISO/IEC 7812). */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Whole names first, then family names alone where the whole name was known. */
function findPeople(text: string, people: readonly string[]): { start: number; end: number }[] {
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const here = people.filter((name) => {
    const last = name
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.at(-1);
    return last !== undefined && words.has(last);
  });
  const whole = here.flatMap((name) => findPhrase(text, name));
  const alone = here.flatMap((name) => {
    const last = name.trim().split(/\s+/).at(-1) ?? '';
    // A family name that is a word, too, is only one where it is capitalized.
    return findPhrase(text, last).filter(({ start }) => /\p{Lu}/u.test(text[start] ?? ''));
  });
  return [...whole, ...alone];
}
