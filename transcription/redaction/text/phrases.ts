import type { Label } from '../labels.ts';
import { joinPlaces, replacePlaces, type TextPlace } from './replace-spans.ts';

/** Words that were taken out, wherever else they stand. */
export interface Phrase {
  words: string;
  label: Label;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** So many digits are known again however they are grouped. */
const LONG_NUMBER = 5;

/**
 * Finds the same words in a text: whole words, in any case, with whatever spaces or signs lie between them; a long
 * number however its digits are grouped. Pure.
 */
export function findPhrase(text: string, words: string): { start: number; end: number }[] {
  const pattern = patternOf(words);
  if (!pattern) return [];
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function patternOf(words: string): RegExp | null {
  const parts = words.normalize('NFC').match(WORD) ?? [];
  // "Kowalski's" is Kowalski.
  if (parts.length > 1 && /^s$/i.test(parts.at(-1) ?? '') && /['’]s$/i.test(words.trim())) parts.pop();
  if (parts.length === 0) return null;
  const digits = parts.join('');
  const isNumber = /^\d+$/.test(digits) && digits.length >= LONG_NUMBER;
  const pieces = isNumber ? [...digits] : parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const between = isNumber ? '[^\\p{L}\\p{N}]{0,3}' : '[^\\p{L}\\p{N}]{1,4}';
  return new RegExp(`(?<![\\p{L}\\p{N}])${pieces.join(between)}(?![\\p{L}\\p{N}])`, 'giu');
}

export function placesOf(text: string, phrases: readonly Phrase[]): TextPlace[] {
  const found = phrases.flatMap(({ words, label }) =>
    findPhrase(text, words).map((place) => ({ ...place, label })),
  );
  return joinPlaces(found, text);
}

/** The text without the phrases. Pure. */
export function scrubText(text: string, phrases: readonly Phrase[]): string {
  return replacePlaces(text, placesOf(text, phrases));
}

/** Keys of our own JSON whose strings are words of the program, never of a speaker. */
const PROGRAM_KEYS = new Set([
  'source',
  'kind',
  'field',
  'code',
  'codeKey',
  'codes',
  'status',
  'state',
  'certainty',
  'owner',
  'of',
  'currency',
  'policy',
  'objectType',
  'type',
  'purpose',
]);

/** The same of every string in a JSON value. Pure. */
export function scrubJson(value: unknown, phrases: readonly Phrase[]): unknown {
  if (typeof value === 'string') return scrubText(value, phrases);
  if (Array.isArray(value)) return value.map((each) => scrubJson(each, phrases));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      PROGRAM_KEYS.has(key) ? each : scrubJson(each, phrases),
    ]),
  );
}
