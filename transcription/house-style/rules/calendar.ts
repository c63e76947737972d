import { type HouseRule, patternRule } from '../change.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const MONTH = MONTHS.join('|');
const UNITS = 'first second third fourth fifth sixth seventh eighth ninth'.split(' ');
const TEENS =
  'tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  );
/** "first" to "thirty-first", with its day. */
const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...UNITS.map((word, n): [string, number] => [word, n + 1]),
  ...TEENS.map((word, n): [string, number] => [word, n + 10]),
  ['twentieth', 20],
  ...UNITS.map((word, n): [string, number] => [`twenty-${word}`, n + 21]),
  ['thirtieth', 30],
  ['thirty-first', 31],
]);
const SAID = `(?:(?:twenty|thirty)[- ](?:${UNITS.join('|')})|${[...UNITS, ...TEENS, 'twentieth', 'thirtieth'].join('|')})`;

/** "3rd", "third", "twenty first" as a day of a month; null for what is none. */
function dayOf(text: string): number | null {
  const written = /^(\d{1,2})(?:st|nd|rd|th)?$/i.exec(text);
  const day = written ? Number(written[1]) : ORDINALS.get(text.toLowerCase().replace(' ', '-'));
  return day !== undefined && day >= 1 && day <= 31 ? day : null;
}

const asMonth = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
/** "may" and "march" in small letters are verbs as often as not. */
const isVerb = (month: string) => month === 'may' || month === 'march';

export const datesRule: HouseRule = patternRule(
  {
    key: 'dates',
    title: 'Month, then the day in figures without an ending',
    section: 'dates',
    examples: [
      ['Call her on June 3rd.', 'Call her on June 3.'],
      ['Call her June third.', 'Call her June 3.'],
      ['by september twenty-first', 'by September 21'],
      ['on June 3rd, 2026', 'on June 3, 2026'],
      ['on June 3 2026', 'on June 3, 2026'],
      ['He may second that.', 'He may second that.'],
      ['The March third-party deal.', 'The March third-party deal.'],
      ['In June 2026 we start.', 'In June 2026 we start.'],
      ['In May the first calf came.', 'In May the first calf came.'],
    ],
  },
  new RegExp(
    `\\b(${MONTH}) (?:the )?(\\d{1,2}(?:st|nd|rd|th)?|${SAID})(?![\\d\\p{L}:-]|,\\d)(,? (?:19|20)\\d\\d\\b)?`,
    'giu',
  ),
  ([all, month = '', said = '', year = ''], text) => {
    if (isVerb(month)) return null;
    const day = dayOf(said);
    // "In May the first calf came": an ordinal that counts something else.
    if (day === null || (/ the /i.test(all) && isCounting(text, all))) return null;
    return `${asMonth(month)} ${day}${year ? `, ${year.replace(/\D/g, '')}` : ''}`;
  },
);

function isCounting(text: string, match: string): boolean {
  return /^ \p{L}/u.test(text.slice(text.indexOf(match) + match.length));
}

export const dayFirstRule: HouseRule = patternRule(
  {
    key: 'dates-day-first',
    title: 'The month goes first',
    section: 'dates',
    examples: [
      ['by the 3rd of June', 'by June 3'],
      ['by the third of June', 'by June 3'],
      ['on 3 June 2026', 'on June 3, 2026'],
      ['the first of May flowers', 'May 1 flowers'],
      ['the first of many', 'the first of many'],
    ],
  },
  new RegExp(
    `\\b(?:the (\\d{1,2}(?:st|nd|rd|th)|${SAID}) of (${MONTH})|(\\d{1,2}) (${MONTH}))\\b(,? (?:19|20)\\d\\d\\b)?`,
    'gu',
  ),
  ([, said = '', of = '', figure = '', month = '', year = '']) => {
    const day = dayOf(said || figure);
    if (day === null) return null;
    return `${of || month} ${day}${year ? `, ${year.replace(/\D/g, '')}` : ''}`;
  },
);

export const numericDatesRule: HouseRule = patternRule(
  {
    key: 'dates-numeric',
    title: 'Dates with the name of the month',
    section: 'dates',
    examples: [
      ['due 6/3/2026', 'due June 3, 2026'],
      ['due 06/03/26', 'due June 3, 2026'],
      ['due 13/3/2026', 'due 13/3/2026'],
      ['about 1/2 of it', 'about 1/2 of it'],
    ],
  },
  /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(20\d\d|\d\d)(?![\d/])/g,
  ([, month = '', day = '', year = '']) => {
    const name = MONTHS[Number(month) - 1];
    if (!name || Number(day) < 1 || Number(day) > 31) return null;
    return `${name} ${Number(day)}, ${year.length === 2 ? `20${year}` : year}`;
  },
);

const HOURS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const MINUTES: Readonly<Record<string, string>> = {
  fifteen: '15',
  thirty: '30',
  'forty-five': '45',
  'forty five': '45',
};

export const timesRule: HouseRule = patternRule(
  {
    key: 'times',
    title: 'Times with AM and PM, without empty minutes',
    section: 'times',
    examples: [
      ['at 3pm today', 'at 3 PM today'],
      ['at 3 p.m. today', 'at 3 PM today'],
      ['at 3:00 pm today', 'at 3 PM today'],
      ['at 3:30pm', 'at 3:30 PM'],
      ['at three thirty pm sharp', 'at 3:30 PM sharp'],
      ['at ten a.m. We left.', 'at 10 AM. We left.'],
      ['at 3 p.m.', 'at 3 PM.'],
      ['at 3:30 PM.', 'at 3:30 PM.'],
      ['number 3 am I', 'number 3 am I'],
      ['at 25 pm', 'at 25 pm'],
    ],
  },
  new RegExp(
    `\\b(\\d{1,2}|${HOURS.join('|')})(?::(\\d\\d)| (${Object.keys(MINUTES).join('|')}))? ?(am|pm|a\\.m\\.?|p\\.m\\.?)(?![\\p{L}\\d])`,
    'giu',
  ),
  (match, text) => {
    const [all, hour = '', minutes, saidMinutes, half = ''] = match;
    const hours = /^\d/.test(hour) ? Number(hour) : HOURS.indexOf(hour.toLowerCase()) + 1;
    if (hours < 1 || hours > 12 || Number(minutes ?? 0) > 59) return null;
    const rest = text.slice((match.index ?? 0) + all.length);
    // "Number 3 am I": the verb.
    if (half === 'am' && / am$/.test(all) && /^ (I|not)\b/.test(rest)) return null;
    const past = minutes ?? MINUTES[(saidMinutes ?? '').toLowerCase()] ?? '00';
    const stop = half.endsWith('.') && /^["')\]]*(\s+["'(]?\p{Lu}|\s*$|\n)/u.test(rest) ? '.' : '';
    return `${hours}${past === '00' ? '' : `:${past}`} ${half.charAt(0).toUpperCase()}M${stop}`;
  },
);

const DIGIT_WORDS = 'zero one two three four five six seven eight nine'.split(' ');
const DIGIT = `(?:${DIGIT_WORDS.join('|')}|oh|\\d)`;

/** Ten digits (or eleven with the country's one, or the local seven) with hyphens; null for any other number of digits. */
function writePhone(digits: string): string | null {
  const own = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  if (own.length === 10) return `${own.slice(0, 3)}-${own.slice(3, 6)}-${own.slice(6)}`;
  return own.length === 7 ? `${own.slice(0, 3)}-${own.slice(3)}` : null;
}

export const phonesRule: HouseRule = patternRule(
  {
    key: 'phones',
    title: 'Phone numbers in figures with hyphens',
    section: 'phones',
    examples: [
      ['Call (806) 555-0142 today.', 'Call 806-555-0142 today.'],
      ['Call 806.555.0142 today.', 'Call 806-555-0142 today.'],
      ['Call 806 555 0142 today.', 'Call 806-555-0142 today.'],
      ['Call 1-800-555-0142.', 'Call 800-555-0142.'],
      ['Call +1 806 555 0142.', 'Call 806-555-0142.'],
      ['Call 806-555-0142.', 'Call 806-555-0142.'],
    ],
  },
  /(?<![\d-])(?:\+?1[-. ])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\d-])/g,
  ([all]) => writePhone(all.replace(/\D/g, '')),
);

export const spokenPhonesRule: HouseRule = patternRule(
  {
    key: 'phones-spoken',
    title: 'Phone numbers said digit by digit',
    section: 'phones',
    examples: [
      ['It is eight oh six, five five five, oh one four two.', 'It is 806-555-0142.'],
      ['It is five five five oh one four two.', 'It is 555-0142.'],
      ['one two three', 'one two three'],
    ],
  },
  new RegExp(`\\b${DIGIT}(?:,? ${DIGIT}){6,10}\\b`, 'gi'),
  ([all]) =>
    writePhone(
      all
        .toLowerCase()
        .split(/,? /)
        .map((word) => (word === 'oh' ? '0' : /\d/.test(word) ? word : String(DIGIT_WORDS.indexOf(word))))
        .join(''),
    ),
);
