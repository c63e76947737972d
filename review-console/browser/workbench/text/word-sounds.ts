import { doubleMetaphone } from 'double-metaphone';

/** How a word may sound, the likeliest first: as English, as names of other languages are said, as Spanish. */
export type Sounds = readonly string[];

const DIGITS: Readonly<Record<string, string>> = {
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
};
const TENS: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};

/** A word of a text and where it stands there. */
export interface PlacedWord {
  word: string;
  start: number;
  end: number;
}

/**
 * Words of a name or of what was typed: letters and digits, accents and apostrophes folded, numbers as figures
 * ("Forty-Seven" and 47), "3M" as 3 and m, "&" as and.
 */
export function placedWords(text: string): PlacedWord[] {
  const words: PlacedWord[] = [];
  for (const match of text.matchAll(/&|\d+|[\p{L}\p{M}'’]+/gu)) {
    const end = match.index + match[0].length;
    const folded = match[0]
      .normalize('NFD')
      .replace(/\p{M}|['’]/gu, '')
      .toLowerCase();
    const word = folded === '&' ? 'and' : (DIGITS[folded] ?? String(TENS[folded] ?? folded));
    const last = words.at(-1);
    const gap = last ? text.slice(last.end, match.index) : '';
    if (
      last &&
      /^[1-9]$/.test(word) &&
      /^[ -]$/.test(gap) &&
      /^[2-9]0$/.test(last.word) &&
      !/\d/.test(match[0])
    )
      words[words.length - 1] = { word: String(Number(last.word) + Number(word)), start: last.start, end };
    else if (folded !== '') words.push({ word, start: match.index, end });
  }
  return words;
}

export const wordsOf = (text: string): string[] => placedWords(text).map(({ word }) => word);

/** How a word sounds; what has no sound, such as a figure, stands for itself. */
export function soundsOf(word: string): Sounds {
  if (/\d/.test(word)) return [word];
  // The P of "Pf" and of "Ps" is hardly heard.
  const [usual, other] = doubleMetaphone(
    word.replace(/^p(?=[fst][^aeiou]?)/, (p) => (/^p[fs]/.test(word) ? '' : p)),
  );
  const spanish = doubleMetaphone(asSpanish(word))[0];
  const sounds = [usual, other, spanish].filter((sound) => sound !== '').map(withoutInitialBreath);
  return sounds.length > 0 ? [...new Set(sounds)] : [word];
}

/** As an English ear writes Spanish: "Jimenez" is "himenes", "Villa" is "viya", "Guadalupe" is "wadalupe". */
function asSpanish(word: string): string {
  return word
    .replace(/eaux?$/, 'o')
    .replace(/^h/, '')
    .replace(/j|ge|gi/g, (part) => (part === 'j' ? 'h' : `h${part.charAt(1)}`))
    .replace(/^x/, 'h')
    .replace(/ll/g, 'y')
    .replace(/gua/g, 'wa')
    .replace(/z/g, 's')
    .replace(/v/g, 'b')
    .replace(/qu/g, 'k');
}

/** A vowel or an H at the beginning is easily missed and easily put there. */
const withoutInitialBreath = (sound: string) => (sound.length > 2 ? sound.replace(/^[AH]+/, 'A') : sound);

/**
 * How alike two spellings (of `plainSpelling`) are, 0 to 1: what tells names apart that have the same consonants.
 */
export function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const longer = Math.max(one.length, other.length);
  return longer === 0 ? 0 : 1 - distance(one, other) / longer;
}

/** A word with letters that sound alike taken for one. */
export function plainSpelling(word: string): string {
  return word
    .replace(/^(kn|gn|pn)/, 'n')
    .replace(/^ps/, 's')
    .replace(/^wr/, 'r')
    .replace(/^pf|ph/g, 'f')
    .replace(/eaux?$/, 'o')
    .replace(/x/g, 'ks')
    .replace(/tch|ch/g, 'c')
    .replace(/ck|qu|q|c(?![eiy])/g, 'k')
    .replace(/c|z/g, 's')
    .replace(/ght?/g, (part) => (part === 'ght' ? 't' : 'g'))
    .replace(/[ae]?[iy]|ea|ee/g, 'i')
    .replace(/ou|ow|oe|oa|oo|au|aw/g, 'o')
    .replace(/(.)\1+/g, '$1')
    .replace(/e$/, '');
}

/** Letters by their names, as they are typed when somebody says "three M" or "double T". */
export const LETTER_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ay: 'a',
    bee: 'b',
    cee: 'c',
    see: 'c',
    dee: 'd',
    ef: 'f',
    eff: 'f',
    gee: 'g',
    aitch: 'h',
    jay: 'j',
    kay: 'k',
    el: 'l',
    em: 'm',
    en: 'n',
    oh: 'o',
    pee: 'p',
    cue: 'q',
    ar: 'r',
    ess: 's',
    tee: 't',
    vee: 'v',
    ex: 'x',
    why: 'y',
    zee: 'z',
  }),
);

/** The number of letters added, left out, replaced or swapped with their neighbor. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
