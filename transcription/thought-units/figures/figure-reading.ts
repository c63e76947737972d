/** A text as the signs of figures look at it: its numbers, its words as marks, and what its units speak of. */

import { stemOf, topicsOf } from '../coding/match-topics.ts';
import type { UnitSpan } from '../splitting/split-units.ts';
import type { Token } from '../tokens.ts';
import { CURRENCY, EACH, type MoneyContext } from './is-money.ts';
import { readNumbers, type SpokenNumber } from './spoken-numbers.ts';

export type FigureUnit = Pick<UnitSpan, 'fromToken' | 'toToken'>;

/** A number with the unit that it stands in. */
export interface Placed {
  number: SpokenNumber;
  unit: number;
}

/** A figure found, with its value as it was meant. */
export interface Valued {
  value: number;
  unit: number;
  from: number;
  to: number;
}

/** Made once for all numbers of a text. */
export interface Reading {
  tokens: readonly Token[];
  units: readonly FigureUnit[];
  context: MoneyContext;
  numbers: readonly Placed[];
  /** Words by token as the signs name them: endings off, names and numbers as marks. */
  words: readonly string[];
  /** The same with all endings on. */
  plain: readonly string[];
  /** Signs of whole units, made when first asked for. */
  ofUnit: Map<number, UnitSigns>;
}

interface UnitSigns {
  text: string;
  says: string[];
  topics: string[];
}

export function openReading(
  tokens: readonly Token[],
  units: readonly FigureUnit[],
  context: MoneyContext,
): Reading {
  const numbers = units.flatMap((unit, index) =>
    readNumbers(tokens, unit.fromToken, unit.toToken).map((number) => ({ number, unit: index })),
  );
  const inNumber = new Set<number>();
  for (const { number } of numbers) for (let i = number.from; i < number.to; i++) inNumber.add(i);
  const mark = (token: Token, i: number, word: (token: Token) => string): string => {
    if (inNumber.has(i) || /\d/.test(token.lower)) return '#';
    if (context.isName?.(i)) return 'NAME';
    if (token.tags.has('Month')) return 'MONTH';
    if (token.tags.has('WeekDay')) return 'WEEKDAY';
    return word(token);
  };
  return {
    tokens,
    units,
    context,
    numbers,
    words: tokens.map((token, i) => mark(token, i, ({ lower }) => stemOf(lower) || lower)),
    plain: tokens.map((token, i) => mark(token, i, ({ lower }) => lower)),
    ofUnit: new Map(),
  };
}

/** What units say in whole phrases. */
const SAYS: [string, RegExp][] = [
  [
    'spent with us',
    /\b(?:spent|spend|spends|bought|buys?|purchased?|did|do|does|done|ran|runs?|worth)\b.*\b(?:with|from|of|off|through|to) us\b|\b(?:with|off) us (?:last|this|a|the whole) year\b|\baccount\b.*\ba year\b/,
  ],
  [
    'needs leave',
    /\b(?:sign(?:s|ed|ing|ature)?|approv\w+|authority|limit|threshold|without|vote[sd]?|(?:has|have|had|goes|go|needs?|gets?|takes?) (?:up |back )?(?:to|before|past|through)|(?:two|three|both|all) (?:bids|quotes|signatures)|on (?:his|her|their) own|alone|himself|herself)\b/,
  ],
  ['any', /\b(?:anything|nothing|any|every|whatever|everything)\b/],
  [
    'has money',
    /\b(?:budget\w*|left in|fund(?:s|ed|ing)?|loan|grant|bond|levy|capital|set aside|earmark\w*|appropriat\w+|to spend|available|money (?:in|for)|allocat\w+|released|line item|draw|lend\w*|lent|bank\w*|put by|to play with|to work with|put (?:in|by|away|aside)|in the plan)\b/,
  ],
  [
    'loses',
    /\b(?:loss\w*|lost|los(?:e|es|ing)|damages|claims?|cost(?:s|ing)? (?:him|her|them|us|me|the \w+)|overtime|penalt\w+|fine[ds]?|rebate|expenses?|cover(?:s|ed|ing)?|eat|eating|ate|absorb\w*|write off|wrote off|deductibles?|past due|overdue|owe[sd]?|owing|salar\w+|wages?|labor|scrap\w*|wast(?:e|ed|ing)|downtime|idle|idling|out of pocket|paid|paying|ruined|spoiled|threw (?:out|away)|rework\w*)\b/,
  ],
  [
    'takes off',
    /\b(?:discount\w*|off|knock\w*|credit\w*|waiv\w+|shav\w+|concession|thr[eo]w(?:ing|s|n)?|free|allow\w*|trade-?in|old one)\b/,
  ],
  [
    'bargains',
    /\b(?:wants?|wanted|asked|ask|asks|counter\w*|come down|came down|got (?:me|us) (?:down )?to|meet|match\w*|settled|landed|split)\b/,
  ],
  ['quotes', /\b(?:quot\w+|pric\w+|bid|bids|proposal|offer\w*|list|estimate\w*|rate)\b/],
  [
    'makes a whole',
    /\b(?:total|altogether|all in|all told|comes? (?:out )?to|came to|works? out|figures out|so that's|for the (?:year|lot|whole|job|set|pair|term)|for (?:all|both|everything)|contract|order|job|project|deal|program|package)\b/,
  ],
  ['renews', /\b(?:renew\w*|agreement|contract|term|year one|multi-year|three-year|five-year)\b/],
  [
    'orders',
    /\b(?:signed|ordered|order|agreed|approved|yes|accepted|award\w*|won|placed|going ahead|got it|we got)\b/,
  ],
  ['past year', /\b(?:last year|this year|so far|to date|a year ago|since)\b/],
  ['ours', /\b(?:our|ours|we|we're|we've|we'd|us|i|i'd|i've|i'm|my)\b/],
  ['theirs', /\b(?:they|they're|they've|they'd|their|theirs)\b/],
  ['person', /\b(?:he|she|he's|she's|he'd|she'd|his|her|him)\b/],
  ['would', /\b(?:would|could|might|if|maybe|it'd|that'd|i'd)\b/],
  ['negated', /\b(?:not|no|never|without|nothing)\b|n't\b/],
];

export function unitSigns(reading: Reading, index: number): UnitSigns | undefined {
  const unit = reading.units[index];
  if (!unit) return undefined;
  const known = reading.ofUnit.get(index);
  if (known) return known;
  const tokens = reading.tokens.slice(unit.fromToken, unit.toToken);
  const text = tokens.map(({ lower }) => lower).join(' ');
  const isName = (at: number) => reading.context.isName?.(unit.fromToken + at) ?? false;
  const signs = {
    text,
    says: SAYS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name),
    topics: [...topicsOf(tokens, isName).keys()],
  };
  reading.ofUnit.set(index, signs);
  return signs;
}

/** What the unit before speaks of. */
export function saidBefore(reading: Reading, index: number): string[] {
  const before = unitSigns(reading, index - 1);
  return [
    ...(before?.says ?? []).map((each) => `said:${each}`),
    ...(before?.topics ?? []).map((each) => `topic before:${each}`),
  ];
}

/** What the unit of a figure speaks of. */
export function surroundings(reading: Reading, index: number): string[] {
  const own = unitSigns(reading, index);
  const { rival } = reading.context;
  const named = rival[index] ? ['rival'] : rival[index - 1] ? ['rival before'] : [];
  return [
    ...(own?.says ?? []).map((each) => `says:${each}`),
    ...(own?.topics ?? []).map((each) => `topic:${each}`),
    ...named,
    ...(rival[index + 1] ? ['rival after'] : []),
  ];
}

const STEPS = [1, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 1e5, 1e6];

export const sizeOf = (value: number): string => `<${STEPS.find((step) => value < step) ?? 'more'}`;

/** How a number was said. */
export function formOf(number: SpokenNumber, after: string): string {
  if (number.dollars) return 'dollars';
  if (CURRENCY.test(after)) return 'currency';
  if (number.short) return 'short';
  if (number.large) return number.value >= 1000 ? 'large' : 'hundreds';
  return Number.isInteger(number.value) ? 'plain' : 'decimal';
}

const TIME_UNIT = /^(?:year|month|week|quarter|day|hour|minute|night|shift|season|visit|trip)s?$/;

/** What a figure goes by: "a month", "apiece", "per" something. */
export function rateOf(reading: Reading, to: number): string {
  const at = CURRENCY.test(reading.plain[to] ?? '') ? to + 1 : to;
  const word = reading.plain[at] ?? '';
  if (/^(?:annually|yearly)$/.test(word)) return 'year';
  if (word === 'monthly') return 'month';
  if (!EACH.test(word) || !/^[ -]$/.test(reading.tokens[at - 1]?.gap ?? '')) return 'none';
  if (/^(?:apiece|each)$/.test(word)) return 'each';
  const thing = reading.plain[at + 1] ?? '';
  return TIME_UNIT.test(thing) ? thing.replace(/s$/, '') : 'thing';
}

/** Words right around a figure, and those a little further off whatever their order. */
export function wordSigns(
  { words, plain, tokens }: Reading,
  unit: FigureUnit,
  from: number,
  to: number,
  reach: number,
): string[] {
  const word = (i: number) =>
    i < unit.fromToken ? 'START' : i >= unit.toToken ? 'END' : (plain[i] ?? 'END');
  const signs = [
    `b1:${word(from - 1)}`,
    `b2:${word(from - 2)}_${word(from - 1)}`,
    `a1:${word(to)}`,
    `a2:${word(to)}_${word(to + 1)}`,
  ];
  for (let i = Math.max(unit.fromToken, from - reach); i < from; i++) signs.push(`before:${words[i]}`);
  for (let i = to; i < Math.min(unit.toToken, to + reach); i++) signs.push(`behind:${words[i]}`);
  const gap = tokens[to - 1]?.gap ?? '';
  const ends = to >= unit.toToken ? 'end' : /[,;:.?!]/.test(gap) ? 'stop' : /-/.test(gap) ? 'hyphen' : 'word';
  return [...new Set([...signs, `then:${ends}`])];
}

/** Whether two values are within so many times of each other. */
export const near = (a: number, b: number, times: number): boolean => a <= b * times && b <= a * times;

/** A whole number of times, more than once: a total beside the price of one. */
export function isMultiple(whole: number, part: number): boolean {
  const times = whole / part;
  const off = Math.abs(times - Math.round(times));
  return part >= 5 && times >= 1.9 && times <= 2000 && off < 0.002 * Math.min(times, 20);
}
