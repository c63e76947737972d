/**
 * Words of a transcript with their offsets and grammatical tags.
 *
 * compromise/two tags about ten times as many words a second as compromise/three and gives all that is
 * needed here; its own clauses and sentences are not used (they break at other places than the guide wants).
 */
import { createRequire } from 'node:module';

// The library as one file: its modules are over three hundred, and take half a second to load.
const nlp: typeof import('compromise/two').default = createRequire(import.meta.url)('compromise/two');

/** One word as written; a contraction ("he'll") is one token of several `words`. */
export interface Token {
  text: string;
  lower: string;
  /** Offsets of the word itself, without the punctuation around it. */
  start: number;
  end: number;
  /** What stands between this word and the next: punctuation and white space. */
  gap: string;
  /** What the contraction stands for ("can't": can, not); otherwise the word itself. */
  words: string[];
  tags: ReadonlySet<string>;
}

interface Term {
  pre: string;
  text: string;
  post: string;
  implicit?: string;
  tags?: Set<string>;
}

/** Tags a text. The tokens with their gaps spell the text again, save for what stands before the first. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const sentences: Term[][] = nlp(text).docs;
  let at = 0;
  for (const sentence of sentences) {
    for (const term of sentence) {
      const previous = tokens.at(-1);
      const implied = term.implicit?.toLowerCase();
      if (term.text === '' && previous) {
        if (implied) previous.words.push(implied);
        for (const tag of term.tags ?? []) (previous.tags as Set<string>).add(tag);
        previous.gap += term.pre + term.post;
        at += term.pre.length + term.post.length;
        continue;
      }
      if (previous) previous.gap += term.pre;
      const start = at + term.pre.length;
      const lower = term.text.toLowerCase().replaceAll('’', "'");
      tokens.push({
        text: term.text,
        lower,
        start,
        end: start + term.text.length,
        gap: term.post,
        words: [implied ?? lower],
        tags: new Set(term.tags),
      });
      at = start + term.text.length + term.post.length;
    }
  }
  return tokens;
}

/** A word that starts with a capital letter. */
export const isCapitalized = (token: Token | undefined): boolean => !!token && /^\p{Lu}/u.test(token.text);
