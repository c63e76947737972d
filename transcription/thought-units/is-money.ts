/** Whether a number that is said is money, a percentage, or something else: a count, a time of day, a year. */
import type { UnitSpan } from './split-units.ts';
import type { SpokenNumber } from './spoken-numbers.ts';
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

export const CURRENCY = /^(?:dollars?|bucks|usd)$/;
export const EACH = /^(?:apiece|each|per|a|an|every)$/;
const MONEY_WORDS =
  /\b(?:\$|dollars?|bucks|grand|pric\w*|quot\w*|cost\w*|pay\w*|paid|bids?|budget\w*|spen[dt]\w*|money|worth|charg\w*|discount\w*|cheap\w*|expensive|afford|rebate|fund\w*|invoice\w*|fees?|signs?|sign(?:ed|ing)?|approv\w*|capital|estimate\w*|figure|loan|grant|rate|list|offer\w*|number|credit|salary|revenue|loss|losses|savings?|saves?|saved|total|contract|authority|order|deal|under us|below|apiece|each|for the (?:lot|pair|set|whole|year|job)|card|told (?:him|her|them)|threw out|said i'd go|ours|rental|lease|off|fine[ds]?|penalt\w*|damages|retainer|subscription|licen[sc]e\w*|seat|negotiat\w*|at a|renew\w*|increase|purchase\w*|came in at|comes? (?:out )?(?:to|at)|works? out to|we're at|knock\w* off|deductible|premium|countered|(?:came|come) back (?:at|with)|splits?)\b/;
const MEASURE_AFTER =
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

/** Money by its sign, by what is counted after it, or by what its unit and the one before speak of. */
export function isMoney(
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
