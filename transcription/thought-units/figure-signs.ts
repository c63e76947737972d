/**
 * What speaks for a number being money, for what was left out of it, and for what it is of: named signs that the
 * models of figures weigh. Words around it, how it was said, who it is said of, and how it stands to other figures.
 */
import type { Joint } from './code-features.ts';
import {
  type FigureUnit,
  formOf,
  isMultiple,
  near,
  type Reading,
  rateOf,
  saidBefore,
  sizeOf,
  surroundings,
  unitSigns,
  type Valued,
  wordSigns,
} from './figure-reading.ts';
import { EACH, MEASURE_AFTER, PRICED } from './is-money.ts';
import { amountKind, type KindOf, percentKind } from './money-kinds.ts';
import type { SpokenNumber } from './spoken-numbers.ts';
import type { AmountKind } from './types.ts';

/**
 * Signs of a number being money, or a percentage without the word.
 * @param found the amounts so far, with their values as they were meant
 * @param share the last percentage so far
 */
export function moneySigns(
  reading: Reading,
  n: number,
  found: readonly Valued[],
  share: Valued | undefined,
): string[] {
  const placed = reading.numbers[n];
  const unit = placed && reading.units[placed.unit];
  if (!placed || !unit) return [];
  const { number } = placed;
  const { tokens, plain } = reading;
  const after = number.to < unit.toToken ? (plain[number.to] ?? '') : '';
  const form = formOf(number, after);
  const size = sizeOf(number.value);
  const rate = rateOf(reading, number.to);
  const signs = ['bias', `form:${form}`, `size:${size}`, `${form} ${size}`];
  signs.push(`rate:${rate}`, `${form} rate:${rate}`);
  signs.push(...wordSigns(reading, unit, number.from, number.to, 4));
  signs.push(...surroundings(reading, placed.unit), ...saidBefore(reading, placed.unit));
  const next = tokens[number.to];
  const joined = number.to < unit.toToken && /^[ -]$/.test(tokens[number.to - 1]?.gap ?? '');
  if (joined && MEASURE_AFTER.test(after)) signs.push('measure', `${form} measure`);
  for (const tag of TAGS) if (joined && next?.tags.has(tag)) signs.push(`then ${tag}`, `${form} then ${tag}`);
  if (joined && next?.tags.has('Adjective') && tokens[number.to + 1]?.tags.has('Noun'))
    signs.push('then thing');
  if (!joined) signs.push(`${form} alone`);
  if (tokens[number.from - 1]?.gap === '-') signs.push('hyphen before');
  if (number.from - 1 > unit.fromToken && /^[A-Z]/.test(tokens[number.from - 1]?.text ?? ''))
    signs.push('capital before');
  if (/\d/.test(tokens[number.from]?.text ?? '')) signs.push('digits', `digits ${size}`);
  if (number.value % (number.value >= 1000 ? 100 : 5) === 0) signs.push('round', `${form} round`);
  if (couldBeTime(reading, number)) signs.push('time', `time ${plain[number.from - 1]}`);
  if (couldBeYear(reading, number)) signs.push('year', `year ${plain[number.from - 1]}`);
  if (PRICED.test(unitSigns(reading, placed.unit)?.text ?? '')) signs.push('priced', `${form} priced`);
  else if (PRICED.test(unitSigns(reading, placed.unit - 1)?.text ?? ''))
    signs.push('priced before', `${form} priced before`);
  if (reading.context.rival[placed.unit]) signs.push(`${form} rival`);
  signs.push(...besideFound(number, placed.unit, form, found));
  if (share && placed.unit - share.unit <= 2) {
    const like = near(number.value, share.value, 3) ? 'like ' : '';
    const here = share.unit === placed.unit ? 'here' : 'lately';
    signs.push(`${like}share ${here}`, `${form} ${like}share ${here}`);
    const closer = found.at(-1) && (found.at(-1)?.from ?? 0) > share.from ? 'money' : 'share';
    signs.push(`${form} last ${closer}`);
    if (!joined) signs.push(`${form} ${like}share, alone`);
  }
  const other = reading.numbers[n + 1];
  if (other && other.unit === placed.unit && other.number.from - number.to <= 2) {
    const next = formOf(other.number, plain[other.number.to] ?? '');
    signs.push(`next ${next}`, `next ${plain[number.to] ?? ''} ${next}`);
  }
  return [...new Set(signs)];
}

const TAGS = ['Noun', 'Adjective', 'Verb', 'Preposition', 'Date', 'Conjunction', 'Adverb', 'Pronoun'];

/** How a number stands to the amounts said before it. */
function besideFound(number: SpokenNumber, unit: number, form: string, found: readonly Valued[]): string[] {
  const last = found.at(-1);
  if (!last) return ['first money'];
  const gap = unit - last.unit;
  const signs = [gap === 0 ? 'money here' : gap <= 2 ? 'money lately' : 'money before'];
  signs.push(`${form} ${signs[0]}`);
  for (const factor of Object.values(SCALES_LEFT_OUT))
    if (gap <= 3 && near(number.value * factor, last.value, 1.6))
      signs.push(`like last x${factor}`, `${form} like last x${factor}`);
  if (found.some(({ value }) => value === number.value)) signs.push('said before', `${form} said before`);
  if (found.some(({ value }) => isMultiple(number.value, value))) signs.push('multiple');
  return signs;
}

function couldBeTime({ tokens }: Reading, number: SpokenNumber): boolean {
  if (tokens.slice(number.from, number.to).some((token) => token.tags.has('Time'))) return true;
  const minutes = number.value % 100;
  return number.short && number.value <= 1259 && minutes <= 59 && minutes % 5 === 0;
}

function couldBeYear({ tokens, context }: Reading, number: SpokenNumber): boolean {
  if (/^(?:19|20)\d\d$/.test(tokens[number.from]?.text ?? '')) return true;
  return number.short && number.value >= 1950 && number.value <= context.callYear + 30;
}

/** What may have been left out of an amount when it was said. */
export const SCALES_LEFT_OUT: Readonly<Record<string, number>> = { nothing: 1, thousands: 1000, cents: 0.01 };

/** What is sold for cents or a few dollars: "two fifteen a mile". */
const SMALL_MEASURE =
  /^(?:mile|pound|gallon|bushel|dozen|foot|yard|sheet|copy|minute|kilowatt|ounce|liter|egg|loaf|square|inch|page|piece)s?$/;

/** "four fifty" is 450 unless the thing is sold for cents or dollars, or other amounts are as small. */
export function mayBeCents({ numbers, plain }: Reading, n: number, found: readonly Valued[]): boolean {
  const number = numbers[n]?.number;
  if (!number || !Number.isInteger(number.value)) return false;
  if (!number.short) return found.some(({ value }) => value < 2);
  const thing = /^(?:a|an|per)$/.test(plain[number.to] ?? '') ? (plain[number.to + 1] ?? '') : '';
  const ahead = numbers.slice(n + 1).some(({ number: next }) => next.dollars && next.value < 100);
  return SMALL_MEASURE.test(thing) || ahead || found.some(({ value }) => value < 100);
}

/** What was left out of an amount by rule: by what it is said of, and by the amount said just before. */
function scaleByRule({ numbers, plain }: Reading, n: number, found: readonly Valued[]): string {
  const placed = numbers[n];
  if (!placed) return 'nothing';
  const { value, short, to, from } = placed.number;
  const thing = /^(?:a|an|per)$/.test(plain[to] ?? '') ? (plain[to + 1] ?? '') : '';
  if (SMALL_MEASURE.test(thing)) return 'cents';
  const recent = found.filter(({ unit }) => placed.unit - unit <= 1).at(-1)?.value;
  const limit = /^(?:over|under|above|past)$/.test(plain[from - 1] ?? '');
  const reference = recent ?? (limit ? Math.max(0, ...found.map((other) => other.value)) : 0);
  if (EACH.test(plain[to] ?? '')) return 'nothing';
  if (short && reference >= 10_000 && value * 1000 >= reference * 0.3 && value * 1000 <= reference * 20)
    return 'thousands';
  if (short && reference > value && /^(?:all|total|altogether)$/.test(plain[to] ?? '')) return 'thousands';
  if (short && reference > 0 && reference < 30 && value >= 100 && value < 3000) return 'cents';
  return 'nothing';
}

/** Signs of what was left out of an amount. */
export function scaleSigns(reading: Reading, n: number, found: readonly Valued[]): string[] {
  const placed = reading.numbers[n];
  if (!placed) return [];
  const { number } = placed;
  const { plain } = reading;
  const form = formOf(number, plain[number.to] ?? '');
  const rate = rateOf(reading, number.to);
  const signs = ['bias', `form:${form}`, `${form} ${sizeOf(number.value)}`, `${form} rate:${rate}`];
  const thing = /^(?:a|an|per)$/.test(plain[number.to] ?? '') ? (plain[number.to + 1] ?? '') : '';
  if (SMALL_MEASURE.test(thing)) signs.push('small measure', `${form} small measure`);
  if (/^(?:over|under|above|past|than|below)$/.test(plain[number.from - 1] ?? '')) signs.push('limit');
  if (/^(?:all|total|altogether)$/.test(plain[number.to] ?? '')) signs.push(`${form} total`);
  // Amounts said before and those still to come tell of what size the talk is.
  const ahead = reading.numbers
    .slice(n + 1)
    .filter(({ unit }) => unit - placed.unit <= 4)
    .filter(({ number: other }) => other.dollars || (other.large && other.value >= 1000))
    .map(({ number: { value } }) => value);
  const others = [...found.map(({ value }) => value), ...ahead];
  const lately = found.filter(({ unit }) => placed.unit - unit <= 4).map(({ value }) => value);
  for (const [name, factor] of Object.entries(SCALES_LEFT_OUT)) {
    const value = number.value * factor;
    if (lately.some((other) => near(value, other, 1.6)))
      signs.push(`lately ${name}`, `${form} lately ${name}`);
    if (others.some((other) => near(value, other, 1.3))) signs.push(`close ${name}`, `${form} close ${name}`);
    if (others.some((other) => near(value, other, 3))) signs.push(`like ${name}`, `${form} like ${name}`);
    if (found.length && near(value, found.at(-1)?.value ?? 0, 1.6)) signs.push(`last ${name}`);
    if (others.some((other) => isMultiple(other, value) || isMultiple(value, other)))
      signs.push(`part or whole ${name}`, `${form} part or whole ${name}`);
  }
  const most = sizeOf(Math.max(0, ...others));
  signs.push(`most ${most}`, `${form} most ${most}`);
  if (unitSigns(reading, placed.unit)?.says.includes('makes a whole')) signs.push(`${form} whole`);
  signs.push(`rule:${scaleByRule(reading, n, found)}`);
  return [...new Set(signs)];
}

/** Signs of what each amount of a report is of; `amounts` in text order. */
export function kindSigns(reading: Reading, amounts: readonly Valued[]): string[][] {
  const byRule: KindOf[] = [];
  for (const figure of amounts) byRule.push(ruleOf(reading, figure, amounts, byRule));
  return amounts.map((_, n) => {
    const { of = 'other', sure = false } = byRule[n] ?? {};
    return [...signsOfKind(reading, amounts, n), `rule:${of}`, `rule:${of} ${sure ? 'sure' : 'guess'}`];
  });
}

function ruleOf(
  reading: Reading,
  figure: Valued,
  amounts: readonly Valued[],
  before: readonly KindOf[],
): KindOf {
  const last = before.findLastIndex((_, i) => figure.unit - (amounts[i]?.unit ?? 0) <= 2);
  const lastOf = before[last];
  return amountKind(reading.tokens, figure, {
    lower: unitSigns(reading, figure.unit)?.text ?? '',
    before: unitSigns(reading, figure.unit - 1)?.text ?? '',
    rival: reading.context.rival[figure.unit] ?? false,
    last: lastOf ? { value: amounts[last]?.value ?? 0, of: lastOf.of } : null,
  });
}

function signsOfKind(reading: Reading, amounts: readonly Valued[], n: number): string[] {
  const figure = amounts[n];
  const unit = figure && reading.units[figure.unit];
  if (!figure || !unit) return [];
  const rate = rateOf(reading, figure.to);
  const size = sizeOf(figure.value);
  const signs = ['bias', `size:${size}`, `rate:${rate}`, `rate:${rate} ${size}`];
  signs.push(...figureSigns(reading, figure, unit));
  const others = amounts.filter((_, i) => i !== n);
  const earlier = amounts.slice(0, n);
  if (!others.length) signs.push('only');
  if (others.length && others.every(({ value }) => value < figure.value)) signs.push('most');
  if (others.length && others.every(({ value }) => value > figure.value)) signs.push('least');
  if (n === 0) signs.push('first');
  if (n === amounts.length - 1) signs.push('last');
  signs.push(`part${Math.min(3, Math.floor((figure.unit / reading.units.length) * 4))}`);
  if (earlier.some(({ value }) => isMultiple(figure.value, value))) signs.push('whole of earlier');
  if (amounts.slice(n + 1).some(({ value }) => isMultiple(figure.value, value))) signs.push('whole of later');
  if (others.some(({ value }) => isMultiple(value, figure.value))) signs.push('part of another');
  if (others.some(({ value }) => near(value, figure.value, 1.4))) signs.push('like another');
  const last = earlier.at(-1);
  if (last && figure.unit - last.unit <= 2)
    signs.push(
      near(last.value, figure.value, 1.6)
        ? 'like last'
        : last.value < figure.value
          ? 'above last'
          : 'below last',
    );
  return [...new Set(signs)];
}

/** Signs of what a percentage is of. */
export function shareSigns(reading: Reading, figure: Valued): string[] {
  const unit = reading.units[figure.unit];
  if (!unit) return [];
  const lower = unitSigns(reading, figure.unit)?.text ?? '';
  const rule = `rule:${percentKind(lower, reading.context.rival[figure.unit] ?? false)}`;
  return [...new Set(['bias', rule, `size:${sizeOf(figure.value)}`, ...figureSigns(reading, figure, unit)])];
}

function figureSigns(reading: Reading, figure: Valued, unit: FigureUnit): string[] {
  return [
    ...wordSigns(reading, unit, figure.from, figure.to, 5),
    ...surroundings(reading, figure.unit),
    ...kindPhrases(reading, figure),
  ];
}

/** Phrases right before or right behind a figure that tell much of what it is of. */
const BEFORE: [string, RegExp][] = [
  [
    'off',
    /\b(?:discount(?: of)?|knock(?:ed)?(?: off)?|t(?:ake|ook)(?: off)?|shaved?(?: off)?|(?:come|came) down(?: by)?)(?: about| another| around)?(?: a)? $/,
  ],
  ['limit', /\b(?:over|under|up to|above|past|than|beyond|below)(?: about)?(?: a)? $/],
  [
    'ours',
    /\b(?:we were|we are|we're|we came in|we'd come in|i was|i'm|i'd|i said|i told \w+|i quoted|our \w+(?: is| was)?|ours(?: is| was|'s)?)(?: in)?(?: there)?(?: at)?(?: about| around)? $/,
  ],
  ['from', /\bfrom(?: about)? $/],
  [
    'so',
    /\b(?:so|that's|that is|makes?|which is|comes? (?:out )?to|came to|works? out to|call it)(?: about| around| roughly)? $/,
  ],
  ['worth', /\bworth(?: about| around)? $/],
  [
    'has',
    /\b(?:has|have|had|got|they've|he's|she's|there's|keeps?|puts?)(?: got)?(?: about| around| only| just)?(?: a)? $/,
  ],
  [
    'is',
    /\b(?:they're|they are|they were|he's|she's|he was|she was|used to be|been|it's|that's|was)(?: about| around| only| just| a| an)* $/,
  ],
  ['another', /\b(?:another|extra|additional)(?: about| around)?(?: a)? $/],
  ['more than', /\b(?:instead of|up from|down from|versus|against|not)(?: about| around)?(?: our| their)? $/],
];
const BEHIND: [string, RegExp][] = [
  [
    'is off',
    /^(?:dollars? |bucks |percent )?(?:off(?! (?:us|of us|the top|him|her|them)\b)|in credit|credit|(?:in )?discount)\b/,
  ],
  [
    'gap',
    /^(?:dollars? |bucks )?(?:(?:below|under|above|over|more than|less than) (?:us|ours|theirs|them)|lower|higher|cheaper|less|more)\b/,
  ],
  ['with us', /^(?:dollars? )?(?:[\w~#]+ ){0,4}(?:with|from|off|through) us\b/],
  ['for whole', /^(?:dollars? )?(?:for|on) (?:the|all|both|everything|#)\b/],
  ['worth', /^(?:dollars?'? |bucks'? )?worth\b/],
  [
    'customer',
    /^(?:dollars? )?(?:a year )?(?:account|customer|client)\b|^(?:dollars? )?of (?:revenue|business)\b/,
  ],
  [
    'put by',
    /^(?:dollars? )?(?:put|set|left|to spend|to play|to work|in (?:the|a|his|her|their|this)|for (?:it|this))\b/,
  ],
  ['job', /^dollar (?:job|project|contract|order|deal|program|package)\b/],
  ['term', /^(?:dollars? )?(?:over|for) the (?:term|life|length|duration)\b/],
  ['on top', /^(?:dollars? )?(?:more|on top|extra)\b/],
];
const WHO =
  /\b(?:i|i'd|i'm|i've|we|we're|we'd|we've|our|ours|he|she|he's|she's|he'd|she'd|his|her|they|they're|they've|they'd|their|theirs|NAME)(?![\w'])/g;

/** What a figure is of where the words right beside it leave no choice: "off", "a ... dollar job". */
export function certainKind(reading: Reading, figure: Valued): AmountKind | null {
  const phrases = kindPhrases(reading, figure);
  if (phrases.includes('by:off') || phrases.includes('by:is off')) return 'discount';
  const rate = rateOf(reading, figure.to);
  const isRivals = phrases.includes('rival, theirs') && !phrases.includes('by:limit');
  // Of one thing: so they were annotated, all of them.
  if (rate === 'each' || (rate !== 'none' && isRivals)) return 'price';
  const whole = phrases.includes('by:job') || phrases.includes('by:term');
  return whole && !reading.context.rival[figure.unit] ? 'deal' : null;
}

/** The same of a percentage; one that "came down" need not be of money. */
export const certainShare = (reading: Reading, figure: Valued): AmountKind | null =>
  kindPhrases(reading, figure).includes('by:is off') ? 'discount' : null;

/** What stands right beside a figure, as signs. */
function kindPhrases(reading: Reading, figure: Valued): string[] {
  const unit = reading.units[figure.unit];
  if (!unit) return [];
  const { plain } = reading;
  const before = `${plain.slice(Math.max(unit.fromToken, figure.from - 7), figure.from).join(' ')} `;
  const after = plain.slice(figure.to, Math.min(unit.toToken, figure.to + 6)).join(' ');
  const signs = [
    ...BEFORE.filter(([, pattern]) => pattern.test(before)),
    ...BEHIND.filter(([, pattern]) => pattern.test(after)),
  ].map(([name]) => `by:${name}`);
  const says = unitSigns(reading, figure.unit)?.says ?? [];
  if (signs.includes('by:limit') && (says.includes('needs leave') || says.includes('any')))
    signs.push('by:leave');
  if (reading.context.rival[figure.unit])
    signs.push(signs.includes('by:ours') ? 'rival, ours' : 'rival, theirs');
  // Who is spoken of last before the figure is mostly whose it is.
  const who = [...before.matchAll(WHO)].at(-1)?.[0];
  if (who) signs.push(`who:${who.replace(/'.*/, '')}`);
  return signs;
}

/** How an amount joins the one before it: close by in the text and in size, close by, or far off. */
export function figureJoint(amounts: readonly Valued[], n: number): Joint {
  const figure = amounts[n];
  const last = amounts[n - 1];
  if (!figure || !last) return 'start';
  if (figure.unit - last.unit > 3) return 'paragraph';
  return near(figure.value, last.value, 1.6) ? 'clause' : 'sentence';
}
