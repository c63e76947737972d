/** Where sentences end: the punctuation that ends one, told from abbreviations, initials, decimals and quotations. */
import { isCapitalized, type Token } from '../tokens.ts';

const TITLES = new Set('mr mrs ms dr prof rev hon gov sen rep capt lt col gen sgt st mt ft'.split(' '));
const ABBREVIATIONS = new Set(
  'no nos vs inc corp co ltd llc bros dept approx est ave blvd rd hwy jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ext fig vol p pp lb lbs oz in ft sq etc n°'.split(
    ' ',
  ),
);
/** Words that open sentences and are never a name's second part. */
const OPENERS = new Set(
  "i i'm i've i'll he she it we they you the a an this that these those there and but so or now then anyway okay ok well also my our his her their its no yes if when as at in on for what who how where why after before because".split(
    ' ',
  ),
);

/** "They" and "they'll" alike. */
const isOpener = ({ lower }: Token): boolean => OPENERS.has(lower) || OPENERS.has(lower.replace(/'\w+$/, ''));

const TIMES = /^[ap]\.m\.$/i;

/**
 * Index of the last token of each sentence, the last token of the text included.
 * A blank line always ends one.
 */
export function sentenceEnds(tokens: readonly Token[]): number[] {
  const ends: number[] = [];
  let from = 0;
  let marker = 0;
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (i === from && isListMarker(token, marker)) {
      marker++;
      if (next) return;
    }
    const over = !next || token.gap.includes('\n\n');
    if (!over && !endsSentence(token, next, tokens[i - 1])) return;
    // "At 5 a.m. Mr. Smith went": where nothing has happened yet the sentence goes on.
    if (!over && TIMES.test(token.text) && !tokens.slice(from, i).some(({ tags }) => tags.has('Verb')))
      return;
    ends.push(i);
    from = i + 1;
  });
  return ends;
}

/** "1." or "2.)" before an item: the first, or the one after the marker before. */
function isListMarker(token: Token, before: number): boolean {
  return token.text === String(before + 1) && /^\.\)?\s/.test(token.gap);
}

function endsSentence(token: Token, next: Token, previous: Token | undefined): boolean {
  const closing = /^["'”’)\]]*([.?!…]+)["'”’)\]]*\s/.exec(token.gap);
  const dotted = /\.$/.test(token.text); // "a.m.", "J.B.", "U.S."
  if (!closing && !(dotted && /^["'”’)\]]*\s/.test(token.gap))) return false;
  const opens = isCapitalized(next) || /^[\d$]/.test(next.text) || /["“'(]$/.test(token.gap);
  if (closing && /[?!…]/.test(closing[1] ?? '')) return isCapitalized(next) || /["“]$/.test(token.gap);
  if (!opens) return false;
  if (TITLES.has(token.lower) || isInitial(token, next, previous)) return false;
  if (TIMES.test(token.text)) return isOpener(next) || TITLES.has(next.lower);
  if (dotted) return isOpener(next) && !/^[A-Z]\.$/.test(token.text);
  if (ABBREVIATIONS.has(token.lower) && /^[\d$]/.test(next.text)) return false;
  if (/^(?:inc|corp|co|ltd|bros|vs)$/.test(token.lower)) return isOpener(next);
  return true;
}

/** "Jonas E. Smith"; "I" is one only between two names: "Albert I. Jones", but "you and I. Did you". */
function isInitial(token: Token, next: Token, previous: Token | undefined): boolean {
  if (!/^[A-Z]$/.test(token.text)) return false;
  if (token.text !== 'I') return true;
  return isCapitalized(previous) && previous?.gap === ' ' && !isOpener(next);
}
