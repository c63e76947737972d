/**
 * What counts as the same word when two typings of one dictation are compared. Ways of writing are no errors: who
 * types "can't" and who types "cannot" have heard the same. docs/ACCURACY.md shows this table to people.
 *
 * A contraction equals one full form. Where there are two ("it's": it is, it has; "I'd": I would, I had) it is the one
 * in the table, and the other counts as a difference, which a reviewer can let pass.
 */
const CONTRACTIONS: Readonly<Record<string, string>> = {
  "can't": 'can not',
  cannot: 'can not',
  "won't": 'will not',
  "shan't": 'shall not',
  "let's": 'let us',
  "y'all": 'you all',
  "'cause": 'because',
  gonna: 'going to',
  wanna: 'want to',
  gotta: 'got to',
  kinda: 'kind of',
  sorta: 'sort of',
  gimme: 'give me',
  lemme: 'let me',
};

/** Words before `'s` that stand for "is"; behind any other word it is a possessive and belongs to the word. */
const IS_AFTER = new Set(
  'it he she that this there here what who where when how why everything something nothing everyone one'.split(
    ' ',
  ),
);

const ENDINGS: readonly (readonly [string, string])[] = [
  ["n't", 'not'],
  ["'re", 'are'],
  ["'ve", 'have'],
  ["'ll", 'will'],
  ["'m", 'am'],
  ["'d", 'would'],
];

/** Ways of writing one word. */
const SAME: Readonly<Record<string, string>> = {
  okay: 'ok',
  mister: 'mr',
  missus: 'mrs',
  doctor: 'dr',
  versus: 'vs',
  incorporated: 'inc',
  '&': 'and',
  '%': 'percent',
  alright: 'all right',
};

/** Written together, apart or with a hyphen. A hyphen separates words; these are put together again. */
const TOGETHER: Readonly<Record<string, string>> = {
  'e mail': 'email',
  'e mails': 'emails',
  'web site': 'website',
  'follow up': 'followup',
  'follow ups': 'followups',
  'set up': 'setup',
  'start up': 'startup',
  'back up': 'backup',
  'sign off': 'signoff',
  'kick off': 'kickoff',
  'o k': 'ok',
  'a m': 'am',
  'p m': 'pm',
  'per cent': 'percent',
};

/** Sounds that house style leaves out. */
const FILLERS = new Set('um uh er erm ah hm hmm mm mhm uhm'.split(' '));

/** The words that a written word stands for, lower case; none for a filler. */
export function wordForms(written: string): string[] {
  const word = written.toLowerCase().replaceAll('’', "'").normalize('NFKC');
  if (FILLERS.has(word)) return [];
  const whole = CONTRACTIONS[word] ?? SAME[word];
  if (whole !== undefined) return whole.split(' ');
  for (const [ending, means] of ENDINGS) {
    const stem = word.slice(0, -ending.length);
    if (word.endsWith(ending) && stem !== '') return [stem, means];
  }
  if (word.endsWith("'s")) {
    const stem = word.slice(0, -2);
    return IS_AFTER.has(stem) ? [stem, 'is'] : [word];
  }
  return [word];
}

/** One word for two that may also be written together; undefined for any other two. */
export function writtenTogether(first: string, second: string): string | undefined {
  return TOGETHER[`${first} ${second}`];
}

const ORDINALS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth ' +
    'fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
  )
    .split(' ')
    .map((word, at) => [word, at + 1]),
);

/** "third" as 3, "thirtieth" as 30; undefined for what is no ordinal. */
export function ordinalOf(word: string): number | undefined {
  return ORDINALS[word] ?? (word === 'thirtieth' ? 30 : undefined);
}
