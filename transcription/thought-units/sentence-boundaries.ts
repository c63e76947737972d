/** Where sentences end: the punctuation that ends one, told from abbreviations, initials, decimals and quotations. */
import { isCapitalized, type Token } from './tokens.ts';

const TITLES = new Set('mr mrs ms dr prof rev hon gov sen rep capt lt col gen sgt st mt ft'.split(' '));
const ABBREVIATIONS = new Set(
  'no nos vs inc corp co ltd llc bros dept approx est ave blvd rd hwy jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ext fig vol p pp lb lbs oz in ft sq etc'.split(
    ' ',
  ),
);
/** Words that open sentences and are never a name's second part. */
const OPENERS = new Set(
  "i i'm i've i'll he she it we they you the a an this that these those there and but so or now then anyway okay ok well also my our his her their its no yes if when as at in on for what who after before because".split(
    ' ',
  ),
);

/**
 * Index of the last token of each sentence, the last token of the text included.
 * A blank line always ends one.
 */
export function sentenceEnds(tokens: readonly Token[]): number[] {
  const ends: number[] = [];
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (!next || token.gap.includes('\n\n') || endsSentence(token, next)) ends.push(i);
  });
  return ends;
}

function endsSentence(token: Token, next: Token): boolean {
  const closing = /^["'”’)\]]*([.?!…]+)["'”’)\]]*\s/.exec(token.gap);
  const dotted = /\.$/.test(token.text); // "a.m.", "J.B.", "U.S."
  if (!closing && !(dotted && /^["'”’)\]]*\s/.test(token.gap))) return false;
  const opens = isCapitalized(next) || /^[\d$]/.test(next.text) || /["“'(]$/.test(token.gap);
  if (closing && /[?!…]/.test(closing[1] ?? '')) return isCapitalized(next) || /["“]$/.test(token.gap);
  if (!opens) return false;
  if (TITLES.has(token.lower) || (token.text.length === 1 && token.text !== 'I' && /[A-Z]/.test(token.text)))
    return false;
  if (dotted) return OPENERS.has(next.lower) && !/^(?:[A-Z]\.)+$/.test(token.text);
  if (ABBREVIATIONS.has(token.lower) && /^[\d$]/.test(next.text)) return false;
  if (/^(?:inc|corp|co|ltd|bros|vs)$/.test(token.lower)) return OPENERS.has(next.lower);
  return true;
}
