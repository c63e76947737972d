/**
 * Days that words name, reckoned from the call's date. Weeks run Monday to Sunday. Explicit dates ("March third",
 * "6/15") are read by chrono; the rest follows how people speak of the days to come and those gone by.
 */
import * as chrono from 'chrono-node/en';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const DAY = '(monday|tuesday|wednesday|thursday|friday|saturday|sunday)';
const NUMBER =
  'a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|sixty|ninety|\\d+';
const NUMBERS: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fourteen: 14,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  sixty: 60,
  ninety: 90,
};
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first'.split(
    ' ',
  );
const MONTH = '(january|february|march|april|may|june|july|august|september|october|november|december)';

export interface ResolvedDate {
  date: string;
  words: string;
  /** Offset of the words in the text. */
  index: number;
}

const toDate = (iso: string): Date => new Date(`${iso}T12:00:00Z`);
const toIso = (date: Date): string => date.toISOString().slice(0, 10);
export const addDays = (iso: string, days: number): string => {
  const date = toDate(iso);
  date.setUTCDate(date.getUTCDate() + days);
  return toIso(date);
};
/** 0 for Monday to 6 for Sunday. */
const weekday = (iso: string): number => (toDate(iso).getUTCDay() + 6) % 7;
const weekdayNumber = (name: string): number => (DAYS.indexOf(name) + 6) % 7;
const count = (word: string): number => NUMBERS[word] ?? Number(word);

/** The next such weekday after the date. */
const coming = (iso: string, name: string): string =>
  addDays(iso, ((weekdayNumber(name) - weekday(iso) + 6) % 7) + 1);
/** That weekday of the calendar week that is `weeks` away. On a weekend the coming week is "next week". */
const inWeek = (iso: string, name: string, weeks: number): string =>
  addDays(iso, weekdayNumber(name) - weekday(iso) + 7 * weeks);
const gone = (iso: string, name: string): string =>
  addDays(iso, -(((weekday(iso) - weekdayNumber(name) + 6) % 7) + 1));

function endOfMonth(iso: string, months: number): string {
  const date = toDate(iso);
  return toIso(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0, 12)));
}

/** The next such day of a month. */
function comingDayOfMonth(iso: string, day: number): string | null {
  const from = toDate(iso);
  for (let n = 0; n < 4; n++) {
    const date = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + n, day, 12));
    if (date.getUTCDate() === day && date > from) return toIso(date);
  }
  return null;
}

/** The last such day of a month, the call's own included. */
function goneDayOfMonth(iso: string, day: number): string | null {
  const from = toDate(iso);
  for (let n = 0; n < 4; n++) {
    const date = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() - n, day, 12));
    if (date.getUTCDate() === day && date <= from) return toIso(date);
  }
  return null;
}

/** The n-th weekday (0 for Monday) of a month counted from 0; the last for -1. */
function nthWeekday(year: number, month: number, day: number, n: number): string {
  if (n < 0) {
    const last = toIso(new Date(Date.UTC(year, month + 1, 0, 12)));
    return addDays(last, -((weekday(last) - day + 7) % 7));
  }
  const first = toIso(new Date(Date.UTC(year, month, 1, 12)));
  return addDays(first, ((day - weekday(first) + 7) % 7) + 7 * (n - 1));
}

/** Holidays by which people promise things, in a year. */
const HOLIDAYS: [string, (year: number) => string][] = [
  ["new year's(?: day)?", (year) => `${year}-01-01`],
  ['memorial day', (year) => nthWeekday(year, 4, 0, -1)],
  ['(?:the )?fourth of july|independence day', (year) => `${year}-07-04`],
  ['labor day', (year) => nthWeekday(year, 8, 0, 1)],
  ['halloween', (year) => `${year}-10-31`],
  ['thanksgiving', (year) => nthWeekday(year, 10, 3, 4)],
  ['christmas eve', (year) => `${year}-12-24`],
  ['christmas', (year) => `${year}-12-25`],
  ["new year's eve", (year) => `${year}-12-31`],
];

function comingHoliday(iso: string, of: (year: number) => string): string {
  const year = Number(iso.slice(0, 4));
  const own = of(year);
  return own > iso ? own : of(year + 1);
}

function holidayAfter(iso: string, name: string): string {
  const wanted = name === 'the fourth' ? 'the fourth of july' : name;
  const of = HOLIDAYS.find(([pattern]) => new RegExp(`^(?:${pattern})$`, 'i').test(wanted))?.[1];
  return of ? comingHoliday(iso, of) : iso;
}

/** The Friday before Easter of the year, or of the next when it is past (Gauss's reckoning). */
function goodFriday(iso: string): string {
  const inYear = (year: number): string => {
    const a = year % 19;
    const century = Math.floor(year / 100);
    const k = (19 * a + century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 15) % 30;
    const correction = Math.floor(k / 28) * (1 - Math.floor(29 / (k + 1)) * Math.floor((21 - a) / 11));
    const moon = k - correction;
    const rest = (year + Math.floor(year / 4) + moon + 2 - century + Math.floor(century / 4)) % 7;
    return addDays(`${year}-03-28`, moon - rest - 2);
  };
  return comingHoliday(iso, inYear);
}

type Rule = [RegExp, (match: RegExpExecArray, call: string) => string | null];
const rule = (pattern: string, date: Rule[1]): Rule => [new RegExp(`\\b(?:${pattern})\\b`, 'i'), date];
const g = (match: RegExpExecArray, n: number): string => (match[n] ?? '').toLowerCase();

/** Most particular first: the first rule that matches a stretch of words has it. */
const FUTURE: Rule[] = [
  rule(`(${NUMBER}) weeks? from (today|tomorrow|now|${DAY})`, (m, c) => {
    const from = g(m, 2);
    const start =
      from === 'today' || from === 'now' ? c : from === 'tomorrow' ? addDays(c, 1) : coming(c, from);
    return addDays(start, 7 * count(g(m, 1)));
  }),
  rule(`(${NUMBER}) days? from (today|tomorrow|now)`, (m, c) =>
    addDays(c, count(g(m, 1)) + (g(m, 2) === 'tomorrow' ? 1 : 0)),
  ),
  rule('(?:the )?day after tomorrow', (_, c) => addDays(c, 2)),
  rule(`(?:the )?end of (?:next week|the week coming|the coming week|the following week)`, (_, c) =>
    inWeek(c, 'friday', 1),
  ),
  rule("(?:the )?end of (?:the|this) week|week's end", (_, c) =>
    weekday(c) > 4 ? inWeek(c, 'friday', 1) : inWeek(c, 'friday', 0),
  ),
  rule("(?:the )?end of (?:the|this) month|month's end|month-end", (_, c) => endOfMonth(c, 0)),
  rule('(?:the )?end of next month', (_, c) => endOfMonth(c, 1)),
  rule(`(?:the )?end of (?:the )?(?:month of )?${MONTH}`, (m, c) => endOfNamedMonth(c, g(m, 1))),
  rule("(?:the )?end of (?:the|this) quarter|quarter's end", (_, c) =>
    endOfMonth(c, 2 - (toDate(c).getUTCMonth() % 3)),
  ),
  rule("(?:the )?end of (?:the|this) year|year's end|year-end", (_, c) => `${c.slice(0, 4)}-12-31`),
  rule(`${DAY},? (?:of )?next week`, (m, c) => inWeek(c, g(m, 1), 1)),
  rule(`next week,? (?:on )?${DAY}`, (m, c) => inWeek(c, g(m, 1), 1)),
  rule(`${DAY},? (?:of )?(?:the )?week after next`, (m, c) => inWeek(c, g(m, 1), 2)),
  rule(`${DAY} (?:a|one) week`, (m, c) => addDays(coming(c, g(m, 1)), 7)),
  rule(
    `${DAY} after (?:the )?(memorial day|the fourth|fourth of july|labor day|thanksgiving|christmas|new year's)`,
    (m, c) => coming(holidayAfter(c, g(m, 2)), g(m, 1)),
  ),
  rule(`good friday`, (_, c) => goodFriday(c)),
  rule(`${DAY} after next`, (m, c) => addDays(coming(c, g(m, 1)), 7)),
  rule(`${DAY},? the (\\d{1,2})(?:st|nd|rd|th)`, (m, c) => comingDayOfMonth(c, Number(m[2]))),
  rule(`${DAY},? the (${[...ORDINALS].reverse().join('|')})`, (m, c) =>
    comingDayOfMonth(c, ORDINALS.indexOf(g(m, 2)) + 1),
  ),
  rule(`next ${DAY}`, (m, c) => inWeek(c, g(m, 1), 1)),
  rule(`(?:a|one) week (?:from )?(?:on )?${DAY}`, (m, c) => addDays(coming(c, g(m, 1)), 7)),
  rule(`in (?:about )?(${NUMBER}) (day|week|month)s?(?:' time)?`, (m, c) =>
    later(c, count(g(m, 1)), g(m, 2)),
  ),
  rule(`within (?:the )?(?:next )?(${NUMBER}) (day|week)s?`, (m, c) => later(c, count(g(m, 1)), g(m, 2))),
  rule('in (?:a couple of|a couple) weeks', (_, c) => addDays(c, 14)),
  rule(
    `(?:the )?(${[...ORDINALS].reverse().join('|')}|\\d{1,2}(?:st|nd|rd|th)) of ${MONTH}|${MONTH} (?:the )?(?:${[...ORDINALS].reverse().join('|')}|\\d{1,2}(?:st|nd|rd|th)?)(?:,? (?:\\d{4}))?|\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?`,
    (m, c) => explicit(m[0], c, true),
  ),
  rule(
    `(?:today|tonight|this (?:afternoon|evening)|(?:the )?end of (?:the )?(?:day|business)(?: today)?|as soon as I (?:hang up|get off))(?! tomorrow)`,
    (_, c) => c,
  ),
  rule(
    '(?:by |before |until )?(?:the end of the day )?tomorrow|in the morning|first thing in the morning',
    (_, c) => addDays(c, 1),
  ),
  rule(`(?:this (?:coming )?|on |by |before |until |come |first thing )?${DAY}`, (m, c) =>
    coming(c, g(m, 1)),
  ),
  ...HOLIDAYS.map(([name, of]) =>
    rule(`(?:by|before|on|until) (?:${name})(?! (?:party|week|weekend|season|rush))`, (_, c) =>
      comingHoliday(c, of),
    ),
  ),
  rule(
    `(?:on|by|before|for|of|until|,) the (${[...ORDINALS].reverse().join('|')}|\\d{1,2}(?:st|nd|rd|th))(?! (?:time|one|floor|call|visit|meeting|quarter|half|round|of|thing|order|week|phase|person|year))`,
    (m, c) => comingDayOfMonth(c, dayNumber(g(m, 1))),
  ),
];

function dayNumber(word: string): number {
  return /^\d/.test(word) ? Number.parseInt(word, 10) : ORDINALS.indexOf(word) + 1;
}

function later(iso: string, n: number, unit: string): string {
  if (unit === 'day') return addDays(iso, n);
  if (unit === 'week') return addDays(iso, 7 * n);
  const date = toDate(iso);
  date.setUTCMonth(date.getUTCMonth() + n);
  return toIso(date);
}

function endOfNamedMonth(iso: string, month: string): string | null {
  const date = explicit(`${month} 1`, iso, true);
  return date ? endOfMonth(date, 0) : null;
}

function explicit(words: string, call: string, forward: boolean): string | null {
  const result = chrono.parse(words.replace(/-/g, '-'), toDate(call), { forwardDate: forward })[0];
  if (!result?.start.isCertain('day')) return null;
  const year = result.start.get('year');
  const month = result.start.get('month');
  const day = result.start.get('day');
  if (!year || !month || !day) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Something of this is in whatever a rule above reads; most units have nothing of it and are done with at once. */
const DATE_WORD =
  /day|week|month|quarter|year|morrow|tonight|noon|evening|morning|business|hang up|get off|\d|first|second|third|th\b|halloween|christmas|thanksgiving|january|february|march|april|may|june|july|august|september|october|november|december/i;

/** The first day to come that the text names; vague words ("soon", "next month") name none. */
export function resolveDueDate(text: string, callDate: string): ResolvedDate | null {
  if (!DATE_WORD.test(text)) return null;
  let best: (ResolvedDate & { rank: number }) | null = null;
  for (const [rank, [pattern, date]] of FUTURE.entries()) {
    const match = pattern.exec(text);
    if (!match) continue;
    // An earlier rule is more particular: it keeps words that a later one only reads in part.
    if (best && match.index >= best.index) continue;
    if (best && match.index + match[0].length >= best.index - 2) continue;
    if (/\b(?:about|since|last)\s*$/i.test(text.slice(0, match.index))) continue;
    const iso = date(match, callDate);
    if (iso) best = { date: iso, words: match[0], index: match.index, rank };
  }
  return best && { date: best.date, words: best.words, index: best.index };
}

const PAST: Rule[] = [
  rule(`last ${DAY}`, (m, c) => inWeek(c, g(m, 1), -1)),
  rule('(?:the )?day before yesterday', (_, c) => addDays(c, -2)),
  rule(`(${NUMBER}) days ago`, (m, c) => addDays(c, -count(g(m, 1)))),
  rule('(?:a|one) week ago(?: today)?', (_, c) => addDays(c, -7)),
  rule(
    `${MONTH} (?:the )?(?:${[...ORDINALS].reverse().join('|')}|\\d{1,2}(?:st|nd|rd|th)?)|(?:the )?(?:${[...ORDINALS].reverse().join('|')}|\\d{1,2}(?:st|nd|rd|th)) of ${MONTH}`,
    (m, c) => {
      const iso = explicit(m[0], c, false);
      return iso && iso > c ? `${Number(iso.slice(0, 4)) - 1}${iso.slice(4)}` : iso;
    },
  ),
  rule(`${DAY},? the (${[...ORDINALS].reverse().join('|')}|\\d{1,2}(?:st|nd|rd|th))`, (m, c) =>
    goneDayOfMonth(c, dayNumber(g(m, 2))),
  ),
  rule('yesterday|last (?:night|evening)', (_, c) => addDays(c, -1)),
  rule(
    `(?:${NUMBER}|half an|a couple(?: of)?|a few) (?:hours?|minutes?) ago|since (?:breakfast|lunch|seven|eight|nine|ten)(?: this morning)?|all (?:morning|afternoon)`,
    (_, c) => c,
  ),
  rule(
    `(?:back )?on the (${[...ORDINALS].reverse().join('|')}|\\d{1,2}(?:st|nd|rd|th))(?! (?:floor|call|visit|meeting|time|one|day|phone|line))`,
    (m, c) => goneDayOfMonth(c, dayNumber(g(m, 1))),
  ),
  rule(
    `(?:on |this past |this |(?<!\\b(?:ash|good|black|palm|easter|cyber|fat|super|casual) ))${DAY}`,
    (m, c) => (weekdayNumber(g(m, 1)) === weekday(c) ? c : gone(c, g(m, 1))),
  ),
  rule(
    "today|tonight|this (?:morning|afternoon|evening|noon)|just now|sitting in (?:the|my)|just (?:hung up|got off|left|leaving|finished|wrapped up|came out|walked out|got out|got back|met|had|spoke|talked|visited|saw|finishing)|(?:'m|am) (?:just )?(?:leaving|sitting in|walking out|in the (?:parking|car|lot)|in my car|out in the)",
    (_, c) => c,
  ),
];

/** The day gone by that the text names, with the words that do. */
export function resolvePastDate(text: string, callDate: string): ResolvedDate | null {
  for (const [pattern, date] of PAST) {
    const match = pattern.exec(text);
    const iso = match && date(match, callDate);
    if (match && iso) return { date: iso, words: match[0], index: match.index };
  }
  return null;
}

/** Every day gone by that the text names, in text order; of words that overlap the more particular rule has them. */
export function resolvePastDates(text: string, callDate: string): ResolvedDate[] {
  const found: ResolvedDate[] = [];
  for (const [pattern, date] of PAST) {
    for (const match of text.matchAll(new RegExp(pattern, 'gi'))) {
      const end = match.index + match[0].length;
      if (found.some((other) => match.index < other.index + other.words.length && end > other.index))
        continue;
      const iso = date(match, callDate);
      if (iso) found.push({ date: iso, words: match[0], index: match.index });
    }
  }
  return found.sort((a, b) => a.index - b.index);
}

const IN_MONTH = new RegExp(
  `\\b(?:(?:the )?end of |(?:in|by|of|until|through|this|next) )?${MONTH}(?:,? (?:of )?((?:19|20)\\d\\d|next year))?(?! (?:the )?\\d)`,
  'i',
);

/**
 * The first day of the month to come that a text names without a day, or its last after "end of", "until", "through".
 * Next steps and meetings don't take such a date; a company's own field may offer it.
 */
export function resolveMonth(text: string, callDate: string): ResolvedDate | null {
  const match = IN_MONTH.exec(text);
  // "may" the verb is not the month.
  if (!match || (match[1] ?? '') === 'may') return null;
  const year = match[2] ?? '';
  const words = match[0];
  const first = explicit(`${match[1]} 1${/^\d/.test(year) ? `, ${year}` : ''}`, callDate, true);
  if (!first) return null;
  const own = /^next/i.test(year) ? `${Number(callDate.slice(0, 4)) + 1}${first.slice(4)}` : first;
  // The month that the call is in is still to come.
  const begins = year === '' && own.slice(5, 7) === callDate.slice(5, 7) ? `${callDate.slice(0, 7)}-01` : own;
  const last = /^(?:(?:the )?end of|until|through)/i.test(words);
  return { date: last ? endOfMonth(begins, 0) : begins, words, index: match.index };
}
