import type { Change, HouseRule } from './change.ts';
import {
  datesRule,
  dayFirstRule,
  numericDatesRule,
  phonesRule,
  spokenPhonesRule,
  timesRule,
} from './rules/calendar.ts';
import { dollarsRule, signRule } from './rules/money.ts';
import { belowTenRule, fromTenRule, measuresRule, percentRule } from './rules/numbers.ts';
import {
  blanksRule,
  capitalsRule,
  commaBlankRule,
  dashRule,
  quotesRule,
  twiceRule,
} from './rules/punctuation.ts';
import { doubledRule, fillersRule, pronounRule, reducedRule } from './rules/speech.ts';

/** Rises when a rule comes, goes or writes otherwise. */
export const RULES_VERSION = 1;

/** Where two rules claim the same words the earlier one has them. */
export const HOUSE_RULES: readonly HouseRule[] = [
  phonesRule,
  spokenPhonesRule,
  numericDatesRule,
  dayFirstRule,
  datesRule,
  timesRule,
  dollarsRule,
  signRule,
  percentRule,
  measuresRule,
  fromTenRule,
  belowTenRule,
  fillersRule,
  reducedRule,
  doubledRule,
  pronounRule,
  blanksRule,
  commaBlankRule,
  twiceRule,
  dashRule,
  quotesRule,
  capitalsRule,
];

export interface HouseStyleOptions {
  /** Keys of rules that are not gone by. */
  off?: readonly string[];
  /** Names in which nothing is changed ("RanchMate 4500"), as they are written. */
  names?: readonly string[];
}

/**
 * Where a text is written in another way than the house does, in order, not overlapping. Nothing is changed by it: what
 * was said is for the person who heard it to decide. Pure; linear in the length of the text.
 */
export function findChanges(text: string, { off = [], names = [] }: HouseStyleOptions = {}): Change[] {
  const taken: Change[] = [];
  const kept = namesIn(text, names);
  for (const { key, find } of HOUSE_RULES) {
    if (off.includes(key)) continue;
    for (const { start, end, after } of find(text)) {
      const before = text.slice(start, end);
      if (before === after || taken.some((other) => start < other.end && other.start < end)) continue;
      if (kept.some((name) => start < name.end && name.start < end)) continue;
      taken.push({ start, end, before, after, rule: key });
    }
  }
  return taken.sort((a, b) => a.start - b.start);
}

function namesIn(text: string, names: readonly string[]): { start: number; end: number }[] {
  const places: { start: number; end: number }[] = [];
  for (const name of names) {
    if (name === '') continue;
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
      places.push({ start: at, end: at + name.length });
  }
  return places;
}

/** The text with these changes made; they must not overlap. */
export function applyChanges(
  text: string,
  changes: readonly Pick<Change, 'start' | 'end' | 'after'>[],
): string {
  let result = '';
  let at = 0;
  for (const { start, end, after } of changes.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(at, start) + after;
    at = end;
  }
  return result + text.slice(at);
}
