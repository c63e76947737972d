/** Whether a number that is said is money, a percentage, or something else: a count, a time of day, a year. */

import type { Token } from '../tokens.ts';
import type { AmountKind } from '../types.ts';
import type { SpokenNumber } from './spoken-numbers.ts';

export interface Figure {
  value: number;
  of: AmountKind;
  unit: number;
  from: number;
  to: number;
  confidence: number;
  why: string;
}

export interface Figures {
  amounts: Figure[];
  percents: Figure[];
}

/** What the units around a figure are about. */
export interface MoneyContext {
  /** For each unit whether it names a competitor. */
  rival: readonly boolean[];
  callYear: number;
  /** Whether a token is part of a name. */
  isName?: (token: number) => boolean;
}

export const CURRENCY = /^(?:dollars?|bucks|usd)$/;
export const EACH = /^(?:apiece|each|per|a|an|every)$/;
/** Words that go with money. */
export const PRICED =
  /\b(?:\$|dollars?|bucks|grand|pric\w*|quot\w*|cost\w*|pay\w*|paid|bids?|budget\w*|spen[dt]\w*|money|worth|charg\w*|discount\w*|cheap\w*|expensive|afford|rebate|fund\w*|invoice\w*|fees?|signs?|sign(?:ed|ing)?|approv\w*|capital|estimate\w*|figure|loan|grant|rate|list|offer\w*|number|credit|salary|revenue|loss|losses|savings?|saves?|saved|total|contract|authority|order|deal|under us|below|apiece|each|for the (?:lot|pair|set|whole|year|job)|card|told (?:him|her|them)|threw out|said i'd go|ours|rental|lease|off|fine[ds]?|penalt\w*|damages|retainer|subscription|licen[sc]e\w*|seat|negotiat\w*|at a|renew\w*|increase|purchase\w*|came in at|comes? (?:out )?(?:to|at)|works? out to|we're at|knock\w* off|deductible|premium|countered|(?:came|come) back (?:at|with)|splits?)\b/;
/** What is counted or measured, and is not money. */
export const MEASURE_AFTER =
  /^(?:percent|%|hours?|hour|minutes?|days?|weeks?|months?|years?|miles?|feet|foot|inch|inches|gallons?|tons?|pounds?|degrees|people|a\.m\.?|p\.m\.?|o'clock|hundred|thousand|am|pm|times|square|horsepower|volts?|amps?|watts?|acres?|head|beds|units?|cases|patients|employees|of|or)$/;

/** "ten percent", "5%", and the first end of "five or six percent". */
export function isPercent(
  tokens: readonly Token[],
  number: SpokenNumber,
  next: SpokenNumber | undefined,
): boolean {
  const last = tokens[number.to - 1];
  const after = tokens[number.to];
  if (
    last?.gap.startsWith('%') ||
    /%$/.test(last?.text ?? '') ||
    /^(?:percent|pct)$/.test(after?.lower ?? '')
  )
    return true;
  // "five or six percent", "ten to fifteen percent"
  return (
    !!next &&
    !number.dollars &&
    next.from - number.to <= 1 &&
    /^(?:or|to|and)$/.test(after?.lower ?? '') &&
    /^percent$/.test(tokens[next.to]?.lower ?? '')
  );
}

/** Money by what is said with it: a dollar sign, the name of the currency. */
export function saysMoney(tokens: readonly Token[], number: SpokenNumber): boolean {
  return (
    number.dollars ||
    isCurrency(tokens, number.to) ||
    tokens.slice(number.from, number.to).some(({ lower }) => lower === 'grand')
  );
}

/** "1998", "since nineteen eighty-five": a year by its shape and the word before it. */
export function isYear(tokens: readonly Token[], number: SpokenNumber): boolean {
  if (/^(?:19|20)\d\d$/.test(tokens[number.from]?.text ?? '')) return true;
  const shaped = number.short && number.value >= 1950 && number.value < 2060;
  return shaped && /^(?:in|since|of|by|until|from|back)$/.test(tokens[number.from - 1]?.lower ?? '');
}

/** "He called at three fifteen": a time of day by its shape, the word before it and what the unit tells. */
export function isTimeOfDay(tokens: readonly Token[], number: SpokenNumber, unitText: string): boolean {
  const minutes = number.value % 100;
  return (
    number.short &&
    number.value <= 1259 &&
    minutes <= 59 &&
    minutes % 5 === 0 &&
    /^(?:at|by|around|until|till|before|after)$/.test(tokens[number.from - 1]?.lower ?? '') &&
    /\b(?:morning|afternoon|evening|call(?:ed)?|meeting|phoned|arrived|got there)\b/.test(unitText)
  );
}

/** "dollars", "some dollars" */
export const isCurrency = (tokens: readonly Token[], at: number): boolean =>
  CURRENCY.test(tokens[at]?.lower ?? '') ||
  (/^(?:odd|some|something)$/.test(tokens[at]?.lower ?? '') && CURRENCY.test(tokens[at + 1]?.lower ?? ''));

/**
 * By how much the first end of a range is to be multiplied that takes its scale from the second: "seventeen, eighteen
 * thousand", "four or five hundred thousand", "between thirty and thirty-five thousand". One for "eleven to
 * thirteen dollars"; null where it is no such range.
 */
export function rangeScale(
  tokens: readonly Token[],
  number: SpokenNumber,
  next: SpokenNumber | undefined,
): number | null {
  if (!next || number.large || number.dollars || number.value >= next.value || number.value < 1) return null;
  const between = tokens[number.to]?.lower ?? '';
  const isRange =
    next.from === number.to
      ? /^, $/.test(tokens[number.to - 1]?.gap ?? '')
      : next.from - number.to === 1 &&
        (/^(?:to|or|maybe|perhaps)$/.test(between) ||
          (between === 'and' && tokens[number.from - 1]?.lower === 'between'));
  if (!isRange) return null;
  // "eleven to thirteen dollars"
  if (!next.large) return isCurrency(tokens, next.to) ? 1 : null;
  const scale = [100, 1000, 100_000, 1_000_000].find(
    (each) => number.value * each < next.value && number.value * each >= next.value * 0.25,
  );
  return scale ?? null;
}
