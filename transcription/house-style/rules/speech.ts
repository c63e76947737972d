import { beginsSentence, type Found, type HouseRule, patternRule } from '../change.ts';

const FILLER = /(,?)( ?)\b(?:um+|uh+|uhm+|erm|er)\b(,?)(\s*)(\p{L}?)/giu;

export const fillersRule: HouseRule = {
  key: 'fillers',
  title: 'Um, uh and er are left out',
  section: 'mended',
  examples: [
    ['Um, we went there.', 'We went there.'],
    ['So we, um, sold it.', 'So we sold it.'],
    ['So we um sold it.', 'So we sold it.'],
    ['We sold it, uh.', 'We sold it.'],
    ['The umbrella is here.', 'The umbrella is here.'],
    ['He sold it. Uh, they paid.', 'He sold it. They paid.'],
  ],
  find(text) {
    const found: Found[] = [];
    for (const match of text.matchAll(FILLER)) {
      const [all, comma = '', blank = '', , space = '', letter = ''] = match;
      const start = match.index;
      const end = start + all.length;
      if (beginsSentence(text, start + comma.length + blank.length))
        found.push({ start: start + comma.length + blank.length, end, after: letter.toUpperCase() });
      else if (letter === '') found.push({ start, end: end - space.length, after: '' });
      else found.push({ start, end, after: `${space.includes('\n') ? '\n' : ' '}${letter}` });
    }
    return found;
  },
};

const REDUCED: Readonly<Record<string, string>> = {
  gonna: 'going to',
  wanna: 'want to',
  gotta: 'got to',
  kinda: 'kind of',
  sorta: 'sort of',
  gimme: 'give me',
  lemme: 'let me',
  dunno: "don't know",
  cuz: 'because',
  ok: 'okay',
  alright: 'all right',
};

const likeCase = (said: string, written: string) =>
  /^\p{Lu}/u.test(said) ? written.charAt(0).toUpperCase() + written.slice(1) : written;

export const reducedRule: HouseRule = patternRule(
  {
    key: 'reduced-words',
    title: 'Words run together are written out',
    section: 'mended',
    examples: [
      ["We're gonna call.", "We're going to call."],
      ['OK, call him.', 'Okay, call him.'],
      ["Y'all come.", "Y'all come."],
      ["It ain't so.", "It ain't so."],
    ],
  },
  new RegExp(`(?<![\\p{L}-])(?:${Object.keys(REDUCED).join('|')})(?![\\p{L}'’-])`, 'giu'),
  ([said]) => likeCase(said, REDUCED[said.toLowerCase()] ?? said),
);

/** Words that stand twice on purpose. */
const TWICE = /^(that|had|very|really|no|so|bye|is|many|far|ha|well|now|there|out|in|on|\d+)$/i;

export const doubledRule: HouseRule = patternRule(
  {
    key: 'doubled-words',
    title: 'A word said twice by mistake stands once',
    section: 'mended',
    examples: [
      ['We we sold the the pump.', 'We sold the pump.'],
      ['He said that that works.', 'He said that that works.'],
      ['In Walla Walla.', 'In Walla Walla.'],
      ['I went I went home.', 'I went I went home.'],
    ],
  },
  /(?<![\p{L}\p{N}'’-])([\p{L}'’]+)(?: \1)+(?![\p{L}\p{N}'’-])/giu,
  ([all, word = ''], text) => {
    if (TWICE.test(word)) return null;
    // A name: both with a capital, and no sentence begins there.
    const [, second = ''] = all.split(' ');
    if (/^\p{Lu}/u.test(word) && /^\p{Lu}/u.test(second) && word !== 'I') return null;
    return text ? word : null;
  },
);

export const pronounRule: HouseRule = patternRule(
  {
    key: 'capital-i',
    title: 'I is a capital',
    section: 'punctuation',
    examples: [
      ['and i said', 'and I said'],
      ["and i'm glad", "and I'm glad"],
      ['part i.e. this', 'part i.e. this'],
    ],
  },
  /(?<![\p{L}\p{N}.'’-])i(?=['’](?:m|ll|d|ve)\b|[\s,;:?!]|$)/gu,
  () => 'I',
);
