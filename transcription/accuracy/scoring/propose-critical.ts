import type { Word } from '../words/normalize-words.ts';

/** Why a difference is taken for critical until a reviewer says otherwise. */
export type CriticalReason = 'name' | 'number' | 'negation' | 'omitted' | 'added';

const NEGATIONS = new Set(
  'not no never none nothing nobody nowhere neither nor without hardly barely cannot'.split(' '),
);
const DATES = new Set(
  (
    'monday tuesday wednesday thursday friday saturday sunday january february march april june july august ' +
    'september october november december today tomorrow yesterday noon midnight am pm'
  ).split(' '),
);
const MONEY = new Set(
  'dollar dollars cent cents percent hundred thousand million billion half quarter dozen'.split(' '),
);
/** Words that may be missing without anything of the report missing. */
const SMALL_WORDS = new Set(
  (
    'a an the and or but so of to in on at for from by with as is are was were be been being am do does did have has ' +
    'had will would can could shall should may might must that this these those there here it its he him his she her ' +
    'they them their we us our you your i me my which who whom what when where then than just also very really well ' +
    'now up out off over about into if because some any all like kind sort too still only even going got get'
  ).split(' '),
);

const isNumber = (key: string) => /^\d/.test(key) || MONEY.has(key) || DATES.has(key);

/**
 * Whether a difference between two typings may change what the report says: names, figures (also money and dates),
 * negations, and words with a meaning of their own that only one side has. `names` holds the words of the company's
 * vocabulary. Null for anything else. Pure.
 */
export function proposeCritical(
  { first, second }: { first: readonly Word[]; second: readonly Word[] },
  names: ReadonlySet<string>,
): CriticalReason | null {
  const keys = (words: readonly Word[]) => new Set(words.map(({ key }) => key));
  const [a, b] = [keys(first), keys(second)];
  const differing = [...[...a].filter((key) => !b.has(key)), ...[...b].filter((key) => !a.has(key))];
  if (differing.some((key) => NEGATIONS.has(key))) return 'negation';
  if (differing.some(isNumber)) return 'number';
  if (differing.some((key) => names.has(key.replace(/'s$/, '')))) return 'name';
  const hasMeaning = (words: readonly Word[]) => words.some(({ key }) => !SMALL_WORDS.has(key));
  if (first.length === 0 && hasMeaning(second)) return 'omitted';
  if (second.length === 0 && hasMeaning(first)) return 'added';
  return null;
}

/** The words of names that are no everyday words: "Koehler", "Hydraulics" of "Koehler Hydraulics and Supply". */
export function nameWords(names: Iterable<string>): Set<string> {
  const words = new Set<string>();
  for (const name of names) {
    for (const [word] of name
      .toLowerCase()
      .replaceAll('’', "'")
      .matchAll(/[\p{L}\p{N}][\p{L}\p{N}']+/gu)) {
      if (!SMALL_WORDS.has(word)) words.add(word);
    }
  }
  return words;
}
