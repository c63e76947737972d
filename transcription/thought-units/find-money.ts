/** Amounts of money and percentages, and what each is of. */

import { amountKind, percentKind } from './money-kinds.ts';
import type { UnitSpan } from './split-units.ts';
import type { SpokenNumber } from './spoken-numbers.ts';
import { readNumbers } from './spoken-numbers.ts';
import type { Token } from './tokens.ts';
import type { AmountKind } from './types.ts';

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
}

const CURRENCY = /^(?:dollars?|bucks|usd)$/;
const EACH = /^(?:apiece|each|per|a|an|every)$/;
const MONEY_WORDS =
  /\b(?:\$|dollars?|bucks|grand|pric\w*|quot\w*|cost\w*|pay\w*|paid|bids?|budget\w*|spen[dt]\w*|money|worth|charg\w*|discount\w*|cheap\w*|expensive|afford|rebate|fund\w*|invoice\w*|fees?|signs?|sign(?:ed|ing)?|approv\w*|capital|estimate\w*|figure|loan|grant|rate|list|offer\w*|number|credit|salary|revenue|loss|losses|savings?|saves?|saved|total|contract|authority|order|deal|under us|below|apiece|each|for the (?:lot|pair|set|whole|year|job)|card|told (?:him|her|them)|threw out|said i'd go|ours|rental|lease|off|fine[ds]?|penalt\w*|damages|retainer|subscription|licen[sc]e\w*|seat|negotiat\w*|at a|renew\w*|increase|purchase\w*|came in at|comes? (?:out )?(?:to|at)|works? out to|we're at|knock\w* off|deductible|premium|countered|(?:came|come) back (?:at|with)|splits?)\b/;
const MEASURE_AFTER =
  /^(?:percent|%|hours?|hour|minutes?|days?|weeks?|months?|years?|miles?|feet|foot|inch|inches|gallons?|tons?|pounds?|degrees|people|a\.m\.?|p\.m\.?|o'clock|hundred|thousand|am|pm|times|square|horsepower|volts?|amps?|watts?|acres?|head|beds|units?|cases|patients|employees|of|or)$/;

/** Figures in text order, each value once; a corrected figure only at its final value. */
export function findFigures(
  tokens: readonly Token[],
  units: readonly UnitSpan[],
  context: MoneyContext,
): Figures {
  const amounts: Figure[] = [];
  const percents: Figure[] = [];
  units.forEach((unit, index) => {
    const numbers = readNumbers(tokens, unit.fromToken, unit.toToken);
    const lower = tokens
      .slice(unit.fromToken, unit.toToken)
      .map((t) => t.lower)
      .join(' ');
    const money: Figure[] = [];
    const shares: Figure[] = [];
    numbers.forEach((number, n) => {
      const after = tokens[number.to];
      const lastAmount = amounts.at(-1);
      const recent = money.at(-1) ?? (lastAmount && index - lastAmount.unit <= 1 ? lastAmount : undefined);
      const lastShare = shares.at(-1) ?? percents.at(-1);
      const answers = isShareCounter(
        tokens,
        number,
        unit,
        lastShare && index - lastShare.unit <= 2 ? lastShare : undefined,
      );
      if (answers || isPercent(tokens, number, numbers[n + 1])) {
        shares.push({
          value: number.value,
          of: answers ? 'discount' : percentKind(lower, context.rival[index] ?? false),
          unit: index,
          from: number.from,
          to: number.to,
          confidence: answers ? 0.75 : 0.93,
          why: answers
            ? `"${wordsOf(tokens, number, 0)}" answers a percentage`
            : `says "${wordsOf(tokens, number, 1)}"`,
        });
        return;
      }
      const nearby = lower + (units[index - 1] ? ` ${unitText(tokens, units[index - 1])}` : '');
      const rival = context.rival[index] ?? false;
      if (!isMoney(tokens, number, unit, lower, nearby, context, rival, numbers[n + 1])) {
        if (!isCounter(tokens, number, unit, recent)) return;
      }
      let value = number.value;
      if (number.short && value >= 100 && value < 1000 && SMALL_MEASURE.test(unitAfter(tokens, number)))
        value /= 100;
      const bare = !number.dollars && !number.large && !EACH.test(after?.lower ?? '');
      const large =
        !number.dollars &&
        value < 1000 &&
        !EACH.test(after?.lower ?? '') &&
        !CURRENCY.test(after?.lower ?? '');
      const reference = recent?.value ?? (isLimit(tokens, number) ? largest(amounts) : undefined);
      if (
        large &&
        reference &&
        reference >= 10_000 &&
        value * 1000 >= reference * 0.3 &&
        value * 1000 <= reference * 20
      )
        value *= 1000;
      // "eleven hundred a station, so two sixty-four all in": a whole is more than one of its parts.
      else if (
        number.short &&
        reference &&
        value < reference &&
        /^(?:all|total|altogether)$/.test(after?.lower ?? '')
      )
        value *= 1000;
      else if (number.short && reference && reference < 30 && value >= 100 && value < 3000) value /= 100;
      else if (bare && number.value < 100) {
        // "seventeen, eighteen thousand", "between thirty and thirty-five thousand": the first end takes the scale of the second.
        const next = numbers[n + 1];
        if (next?.large && next.value >= 1000 && next.from - number.to <= 1)
          value = number.value * (next.value >= 1e6 ? 1e6 : 1000);
        else if (isCounter(tokens, number, unit, recent)) value *= 1000;
        else if (!CURRENCY.test(after?.lower ?? '')) return;
      }
      money.push({
        value,
        of: 'other',
        unit: index,
        from: number.from,
        to: number.to,
        // What was not said as it is written here: "sixteen" for sixteen thousand.
        confidence: value === number.value ? 0.93 : 0.8,
        why: `says "${wordsOf(tokens, number, CURRENCY.test(after?.lower ?? '') ? 1 : 0)}"`,
      });
    });
    for (const figure of dropCorrected(tokens, money, lower)) {
      const kind = amountKind(tokens, figure, {
        lower,
        before: unitText(tokens, units[index - 1]),
        rival: context.rival[index] ?? false,
        last: amounts.findLast((other) => index - other.unit <= 2) ?? null,
      });
      figure.of = kind.of;
      if (!kind.sure) figure.confidence -= 0.18;
      if (!amounts.some((other) => other.value === figure.value)) amounts.push(figure);
    }
    for (const figure of dropCorrected(tokens, shares, lower))
      if (!percents.some((other) => other.value === figure.value)) percents.push(figure);
  });
  return { amounts, percents };
}

const unitText = (tokens: readonly Token[], unit: UnitSpan | undefined): string =>
  unit
    ? tokens
        .slice(unit.fromToken, unit.toToken)
        .map((t) => t.lower)
        .join(' ')
    : '';

const wordsOf = (tokens: readonly Token[], number: SpokenNumber, more: number): string =>
  tokens
    .slice(number.from, number.to + more)
    .map((t, i, all) => t.text + (i < all.length - 1 ? t.gap : ''))
    .join('');

function isPercent(tokens: readonly Token[], number: SpokenNumber, next: SpokenNumber | undefined): boolean {
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

function isMoney(
  tokens: readonly Token[],
  number: SpokenNumber,
  unit: UnitSpan,
  lower: string,
  nearby: string,
  context: MoneyContext,
  rival: boolean,
  next: SpokenNumber | undefined,
): boolean {
  const after = tokens[number.to];
  const word = number.to < unit.toToken ? (after?.lower ?? '') : '';
  const last = tokens[number.to - 1];
  const before = tokens[number.from - 1];
  const adjoining = / $/.test(last?.gap ?? '') && !/[,;:.]/.test(last?.gap ?? '');
  if (number.dollars || CURRENCY.test(word)) return true;
  if (tokens.slice(number.from, number.to).some((t) => t.lower === 'grand')) return true;
  if (last?.gap === '-' || before?.gap === '-') return false;
  if (
    next &&
    CURRENCY.test(tokens[next.to]?.lower ?? '') &&
    next.from - number.to === 1 &&
    /^(?:or|to)$/.test(word)
  )
    return true;
  if (next?.dollars && next.from - number.to === 1 && /^(?:or|to)$/.test(word)) return false;
  if (isYear(tokens, number, context)) return false;
  const thing = tokens[number.to + 1];
  const counted =
    !!thing?.tags.has('Noun') ||
    (thing?.lower === 'square' && /^(?:foot|yard)$/.test(tokens[number.to + 2]?.lower ?? ''));
  const rated =
    adjoining &&
    EACH.test(word) &&
    (counted || !/^an?$/.test(word)) &&
    !/^(?:morning|afternoon|evening|night|\w+day)$/.test(thing?.lower ?? '');
  if (rated && !Number.isInteger(number.value)) return MONEY_WORDS.test(nearby);
  if (rated && number.value >= 20 && (number.large || number.short || word === 'apiece')) return true;
  if (!rival && isTime(tokens, number, nearby)) return false;
  if (rated) return number.value >= 20 && MONEY_WORDS.test(nearby);
  if (next && isRangeEnd(tokens, number, next))
    return isMoney(tokens, next, unit, lower, nearby, context, rival, undefined);
  if (/^(?:about|only|just) \w+ (?:of|feet)/.test(word)) return false;
  if (adjoining && after && number.to < unit.toToken) {
    if (MEASURE_AFTER.test(word)) return false;
    if (
      after.tags.has('Noun') &&
      !after.tags.has('Pronoun') &&
      !/^(?:total|delivered|installed|cash|annually|monthly|yearly|max|tops|flat|today|yesterday|now|either|apiece|net|all-in|plus|more|less|under|over|below|above|lower|higher|cheaper)$/.test(
        word,
      ) &&
      !after.tags.has('Date') &&
      !after.tags.has('ProperNoun')
    )
      return false;
    if (
      after.tags.has('Adjective') &&
      !/^(?:under|over|below|above|lower|higher|cheaper)$/.test(word) &&
      tokens[number.to + 1]?.tags.has('Noun')
    )
      return false;
  }
  if (
    /^(?:line|number|unit|room|station|building|route|highway|suite|level|phase|version|model|page|section|gate|dock|bay|floor|extension)$/.test(
      before?.lower ?? '',
    ) ||
    (before?.lower === 'no' && /^\./.test(before.gap))
  )
    return false;
  const cue = rival || MONEY_WORDS.test(nearby);
  if (number.large && number.value >= 1000) return cue || number.value % 100 === 0;
  if (number.short && number.value >= 100) return cue;
  if (number.large && number.value >= 100)
    return MONEY_WORDS.test(lower) && !/^(?:about|some|like|over|every|another)$/.test(before?.lower ?? '');
  return false;
}

/** What is sold for cents or a few dollars: "two fifteen a mile". */
const SMALL_MEASURE =
  /^(?:mile|pound|gallon|bushel|dozen|foot|yard|sheet|copy|minute|kilowatt|ounce|liter|egg|loaf)s?$/;

const unitAfter = (tokens: readonly Token[], number: SpokenNumber): string =>
  /^(?:a|an|per)$/.test(tokens[number.to]?.lower ?? '')
    ? (tokens[number.to + (tokens[number.to + 1]?.lower === 'square' ? 2 : 1)]?.lower ?? '')
    : '';

/** "over two fifty it goes to the board" */
const isLimit = (tokens: readonly Token[], number: SpokenNumber): boolean =>
  number.short && /^(?:over|under|above|past)$/.test(tokens[number.from - 1]?.lower ?? '');

const largest = (figures: readonly Figure[]): number | undefined =>
  figures.length > 0 ? Math.max(...figures.map(({ value }) => value)) : undefined;

/** "I was at eighteen four each, and she came back with sixteen": a bare number beside a figure of thousands. */
function isCounter(
  tokens: readonly Token[],
  number: SpokenNumber,
  unit: UnitSpan,
  recent: Figure | undefined,
): boolean {
  if (!recent || number.large || number.short || number.dollars || number.value < 2 || number.value >= 1000)
    return false;
  const ends = number.to === unit.toToken || /[,.;?!]/.test(tokens[number.to - 1]?.gap ?? '');
  const offered = tokens.slice(Math.max(unit.fromToken, number.from - 4), number.from);
  return (
    ends &&
    offered.some((token) => /^(?:with|said|countered|offered|wants|asked|back|meet)$/.test(token.lower)) &&
    number.value * 1000 >= recent.value * 0.5 &&
    number.value * 1000 <= recent.value * 1.5
  );
}

/** "She asked for fifteen percent. I offered her ten.": a bare number that answers a percentage. */
function isShareCounter(
  tokens: readonly Token[],
  number: SpokenNumber,
  unit: UnitSpan,
  recent: Figure | undefined,
): boolean {
  if (recent?.of !== 'discount' || number.large || number.short || number.dollars || number.value > 50)
    return false;
  const ends = number.to === unit.toToken || /[,.;?!]/.test(tokens[number.to - 1]?.gap ?? '');
  const offered = tokens.slice(Math.max(unit.fromToken, number.from - 3), number.from);
  return (
    ends &&
    offered.some((token) => /^(?:said|offered|gave|countered|wants|do|did|got|at|to)$/.test(token.lower))
  );
}

/** "seventeen, eighteen thousand", "sixty to seventy thousand", "between thirty and thirty-five thousand". */
function isRangeEnd(tokens: readonly Token[], number: SpokenNumber, next: SpokenNumber): boolean {
  if (number.large || number.dollars || number.value >= 1000 || !next.large || next.value < 1000)
    return false;
  if (next.from === number.to) return /,/.test(tokens[number.to - 1]?.gap ?? '');
  const between = tokens[number.to]?.lower ?? '';
  if (next.from - number.to !== 1) return false;
  return (
    /^(?:to|or|maybe|perhaps)$/.test(between) ||
    (between === 'and' && tokens[number.from - 1]?.lower === 'between')
  );
}

function isYear(tokens: readonly Token[], number: SpokenNumber, context: MoneyContext): boolean {
  const text = tokens[number.from]?.text ?? '';
  if (/^(?:19|20)\d\d$/.test(text)) return true;
  const year = number.value >= 1950 && number.value <= context.callYear + 30 && number.short;
  return year && /^(?:in|since|of|by|until|from|back)$/.test(tokens[number.from - 1]?.lower ?? '');
}

function isTime(tokens: readonly Token[], number: SpokenNumber, nearby: string): boolean {
  // "due August eleventh at fourteen hundred"
  const day = tokens[number.from - 2];
  if (
    number.value <= 2400 &&
    tokens[number.to - 1]?.lower === 'hundred' &&
    tokens[number.from - 1]?.lower === 'at' &&
    day &&
    ['Ordinal', 'WeekDay', 'Date', 'Month'].some((tag) => day.tags.has(tag))
  )
    return true;
  if (tokens.slice(number.from, number.to).some((t) => t.tags.has('Time'))) return true;
  if (!number.short || number.value > 1259) return false;
  const minutes = number.value % 100;
  const before = tokens[number.from - 1]?.lower ?? '';
  if (
    minutes > 59 ||
    minutes % 5 !== 0 ||
    !/^(?:at|by|around|about|until|till|before|after|from|to|running)$/.test(before)
  )
    return false;
  return (
    !/\b(?:price|quoted?|offered|cost|sells?|bid)\b/.test(nearby) ||
    /\b(?:morning|afternoon|evening|call(?:ed)?|meeting|phoned)\b/.test(nearby)
  );
}

/** "four fifty, no, five hundred": only the last value counts. */
function dropCorrected(tokens: readonly Token[], figures: readonly Figure[], lower: string): Figure[] {
  const kept: Figure[] = [];
  figures.forEach((figure, n) => {
    const next = figures[n + 1];
    if (next) {
      const between = tokens
        .slice(figure.to, next.from)
        .map((t) => t.lower)
        .join(' ');
      const mark =
        /(?:^|\b)(?:no|sorry|i mean|make that|wait|correction|rather|scratch that|strike that|actually|let me correct|hold on)\b/;
      if (mark.test(between) && next.from - figure.to <= 6) return;
      if (/\b(?:corrected|misspoke|wrong)\b/.test(lower)) return;
    }
    kept.push(figure);
  });
  return kept;
}
