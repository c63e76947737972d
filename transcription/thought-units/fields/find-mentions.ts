/** Finds the vocabulary's accounts, products, competitors and people (by full name) in the words of a transcript. */
import type { Lexicon, Phrase, TermKind } from '../lexicon.ts';
import type { Token } from '../tokens.ts';

export interface Mention {
  kind: TermKind;
  id: string;
  from: number;
  to: number;
  full: boolean;
  /** Said only to tell it from another: "not Sonora Copper". */
  denied: boolean;
}

const ARTICLES = /^(?:the|our|their|his|her|my|your|that|this|those|these)$/;

/** Mentions in text order; where two overlap the longer one counts. */
export function findMentions(tokens: readonly Token[], lexicon: Lexicon): Mention[] {
  const found: Mention[] = [];
  for (let i = 0; i < tokens.length; ) {
    const match = longestAt(tokens, i, lexicon);
    if (match) found.push(match);
    i = match ? match.to : i + 1;
  }
  return found;
}

function longestAt(tokens: readonly Token[], i: number, lexicon: Lexicon): Mention | null {
  const token = tokens[i];
  if (!token) return null;
  let best: Mention | null = null;
  for (const key of forms(token)) {
    for (const phrase of lexicon.phrases.get(key) ?? []) {
      const to = matches(tokens, i, phrase);
      if (to === -1 || (best && to <= best.to)) continue;
      best = {
        kind: phrase.kind,
        id: phrase.id,
        from: i,
        to,
        full: phrase.full,
        denied: isDenied(tokens, i),
      };
    }
  }
  return best;
}

/** A word with its parts at hyphens, without possessive and plural endings. */
const bare = (token: Token): string => token.lower.replace(/'s$|s'$|'$/, '').replace(/'(?:ll|d|re|ve)$/, '');

function forms(token: Token): string[] {
  const word = bare(token);
  const first = word.split('-')[0] ?? word;
  return [
    ...new Set([
      token.lower,
      word,
      first,
      word.replace(/s$/, ''),
      word.replace(/ies$/, 'y'),
      word.replace(/es$/, ''),
    ]),
  ];
}

function matches(tokens: readonly Token[], from: number, phrase: Phrase): number {
  let i = from;
  for (let w = 0; w < phrase.words.length; ) {
    const token = tokens[i];
    if (!token) return -1;
    if (w > 0 && /[.,;:!?\n]/.test(tokens[i - 1]?.gap ?? '') && !/^[.] $/.test(tokens[i - 1]?.gap ?? ''))
      return -1;
    const parts = token.lower.split('-');
    if (
      parts.length > 1 &&
      parts.every((part, n) => part.replace(/s$/, '') === phrase.words[w + n]?.replace(/s$/, ''))
    ) {
      w += parts.length;
    } else if (sameWord(token, phrase.words[w] ?? '', phrase, w === phrase.words.length - 1)) w++;
    else return -1;
    i++;
  }
  if (
    phrase.proper &&
    !/^(?:\p{Lu}|\d)/u.test(tokens[from]?.text ?? '') &&
    !/\p{Lu}/u.test(tokens[from]?.text ?? '')
  )
    return -1;
  if (phrase.needsArticle && !ARTICLES.test(tokens[from - 1]?.lower ?? '')) return -1;
  if (isPartOfLongerName(tokens, i, phrase)) return -1;
  return i;
}

function sameWord(token: Token, word: string, phrase: Phrase, last: boolean): boolean {
  if (token.lower === word || bare(token) === word) return true;
  if (!last || phrase.kind === 'contact') return false;
  const singular = bare(token);
  return (
    singular === `${word}s` ||
    singular === `${word}es` ||
    singular === word.replace(/y$/, 'ies') ||
    (phrase.kind === 'product' && `${singular}s` === word)
  );
}

/** "Titan" in "Titan Street", an alias of one word inside a person's name, or "the ninety dollars". */
function isPartOfLongerName(tokens: readonly Token[], to: number, phrase: Phrase): boolean {
  if (phrase.full && phrase.words.length > 1) return false;
  const next = tokens[to];
  const joined = /^ $/.test(tokens[to - 1]?.gap ?? '');
  if (!joined || !next) return false;
  if (
    /^(?:street|avenue|road|drive|boulevard|lane|highway|county|river|lake|university|college|college's|hotel|airport)$/i.test(
      next.text,
    ) &&
    /^[A-Z]/.test(next.text)
  )
    return true;
  if (
    phrase.needsArticle &&
    phrase.kind === 'product' &&
    /^\w+ty$|hundred|thousand/.test(phrase.words.join(' '))
  )
    return next.tags.has('Noun') && !next.tags.has('Pronoun') && !next.tags.has('ProperNoun');
  return false;
}

function isDenied(tokens: readonly Token[], from: number): boolean {
  for (let i = from - 1; i >= Math.max(0, from - 5); i--) {
    const token = tokens[i];
    if (!token || /[.;!?]/.test(token.gap) || (/,/.test(token.gap) && i < from)) return false;
    if (token.lower === 'not') return true;
    if (token.tags.has('Verb') && !/^(?:be|confused)$/.test(token.lower)) return false;
  }
  return false;
}
