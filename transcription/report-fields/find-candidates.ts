/** What a stretch of text holds that a field of some type could take. */

import { resolveDueDate, resolveMonth, resolvePastDate } from '../thought-units/fields/resolve-dates.ts';
import { readNumbers, type SpokenNumber } from '../thought-units/figures/spoken-numbers.ts';
import type { Lexicon } from '../thought-units/lexicon.ts';
import type { ReportFacts } from '../thought-units/read-report.ts';
import type { FieldDefinition } from './field-definition.ts';
import { findWords } from './match-words.ts';

/** A possible value, and the tokens that say it. */
export interface Candidate {
  value: string | number;
  from: number;
  to: number;
  /** Taken off how sure one may be: "a month is all that is said". */
  doubt: number;
  /** Added to the evidence in words. */
  note?: string;
}

export type Facts = Pick<
  ReportFacts,
  'transcript' | 'callDate' | 'tokens' | 'units' | 'mentions' | 'people' | 'newContacts'
>;

const MEASURES =
  /^(?:percent|hours?|minutes?|days?|weeks?|months?|years?|miles?|feet|inches|gallons?|tons?|pounds?|degrees|people|a\.m\.?|p\.m\.?|o'clock|seats?|users?|units?|beds?|trucks?|stores?|sites?|locations?)$/;
const CURRENCY = /^(?:dollars?|bucks)$/;
const CORRECTION = /\b(?:no|sorry|i mean|make that|wait|rather|scratch that|strike that|actually)\b/;

/** Candidates of the field's type among the tokens `from`..`to` (exclusive), in text order. */
export function findCandidates(
  facts: Facts,
  lexicon: Lexicon,
  { type, options }: Pick<FieldDefinition, 'type' | 'options'>,
  from: number,
  to: number,
): Candidate[] {
  switch (type) {
    case 'number':
    case 'money':
      return numbers(facts, type === 'money', from, to);
    case 'date':
      return dates(facts, from, to);
    case 'choice':
      return chosen(facts, options, from, to);
    case 'person':
      return persons(facts, from, to);
    case 'product':
      return products(facts, lexicon, from, to);
    case 'list':
      return options.length > 0 ? chosen(facts, options, from, to) : items(facts, from, to);
    case 'text':
      return text(facts, from, to);
  }
}

/** A corrected number counts only as it was put right. */
function numbers({ tokens }: Facts, money: boolean, from: number, to: number): Candidate[] {
  const found = readNumbers(tokens, from, to);
  return found.flatMap((number, n): Candidate[] => {
    const next = found[n + 1];
    if (next && CORRECTION.test(said(tokens, number.to, next.from)) && next.from - number.to <= 6) return [];
    const after = tokens[number.to]?.lower ?? '';
    const share = after === 'percent' || /^%/.test(tokens[number.to - 1]?.gap ?? '');
    const dollars = number.dollars || CURRENCY.test(after);
    const { value } = number;
    const place = { value, from: number.from, to: number.to + (CURRENCY.test(after) ? 1 : 0) };
    if (!money) return dollars ? [] : [{ ...place, doubt: share ? 0.1 : 0 }];
    if (share || (!dollars && MEASURES.test(after)) || tokens[number.from]?.tags.has('Time')) return [];
    return [{ ...place, doubt: dollars || isLarge(number) ? 0 : 0.15 }];
  });
}

const isLarge = ({ large, short }: SpokenNumber): boolean => large || short;

const said = (tokens: Facts['tokens'], from: number, to: number): string =>
  tokens
    .slice(from, to)
    .map((token) => token.lower)
    .join(' ');

function dates(facts: Facts, from: number, to: number): Candidate[] {
  const start = facts.tokens[from]?.start ?? 0;
  const end = facts.tokens[to - 1]?.end ?? start;
  const stretch = facts.transcript.slice(start, end);
  const past = /\b(?:last|yesterday|ago)\b/i.test(stretch) ? resolvePastDate(stretch, facts.callDate) : null;
  const day = past ?? resolveDueDate(stretch, facts.callDate);
  const month = day ? null : resolveMonth(stretch, facts.callDate);
  const found = day ?? month;
  if (!found) return [];
  const at = start + found.index;
  const until = at + found.words.length;
  const first = facts.tokens.findIndex((token) => token.end > at);
  let last = first;
  while ((facts.tokens[last]?.end ?? until) < until) last++;
  return [
    {
      value: found.date,
      from: first,
      to: last + 1,
      doubt: month ? 0.4 : 0,
      note: month ? 'only the month is said' : `reckoned from ${facts.callDate}`,
    },
  ];
}

/** Options that are said, the longest wording first where two overlap. */
function chosen(
  { tokens }: Facts,
  options: FieldDefinition['options'],
  from: number,
  to: number,
): Candidate[] {
  const all = options.flatMap(({ value, words }) =>
    [value, ...words].flatMap((wording) =>
      findWords(tokens, wording.toLowerCase().split(/[\s-]+/), from, to).map((place) => ({
        value,
        ...place,
        doubt: 0,
      })),
    ),
  );
  return all
    .filter((one) => !all.some((other) => other.to - other.from > one.to - one.from && overlaps(one, other)))
    .sort((a, b) => a.from - b.from);
}

const overlaps = (a: { from: number; to: number }, b: { from: number; to: number }): boolean =>
  a.from < b.to && b.from < a.to;

const within = (from: number, to: number) => (place: { from: number; to: number }) =>
  place.from >= from && place.to <= to;

function persons({ people, newContacts }: Facts, from: number, to: number): Candidate[] {
  return [
    ...people.map((person) => ({ value: person.name, from: person.from, to: person.to, doubt: 0 })),
    ...newContacts.map((person) => ({ value: person.name, from: person.from, to: person.to, doubt: 0.1 })),
  ]
    .filter(within(from, to))
    .sort((a, b) => a.from - b.from);
}

function products({ mentions }: Facts, lexicon: Lexicon, from: number, to: number): Candidate[] {
  return mentions
    .filter((mention) => mention.kind === 'product' && !mention.denied)
    .filter(within(from, to))
    .map((mention) => ({
      value: lexicon.vocabulary.products.find(({ id }) => id === mention.id)?.name ?? mention.id,
      from: mention.from,
      to: mention.to,
      doubt: 0,
    }));
}

/** Words that lead up to what is said and are no part of it. */
const LEADING =
  /^(?:is|are|was|were|be|to|that|of|in|on|at|for|by|with|from|it|it's|they|they're|he|she|a|an|the|like|about|because|as|so|and|or|but|we|would)$/;

function text({ tokens, transcript }: Facts, from: number, to: number): Candidate[] {
  let first = from;
  while (first < to && LEADING.test(tokens[first]?.lower ?? '')) first++;
  const [start, end] = [tokens[first]?.start, tokens[to - 1]?.end];
  if (first >= to || start === undefined || end === undefined) return [];
  return [{ value: transcript.slice(start, end), from: first, to, doubt: 0 }];
}

/** "the dock, the freezer and two offices": each part of a list of things. */
function items(facts: Facts, from: number, to: number): Candidate[] {
  const found: Candidate[] = [];
  let start = from;
  for (let i = from; i < to; i++) {
    const ends = i === to - 1 || /,/.test(facts.tokens[i]?.gap ?? '');
    const joins = /^(?:and|or|plus)$/.test(facts.tokens[i + 1]?.lower ?? '') && i + 1 < to;
    if (!ends && !joins) continue;
    found.push(...text(facts, start, i + 1));
    start = i + 1;
  }
  return found;
}
