/** Finds a codebook's cues in the words of a unit. */
import type { CodeDefinition } from '../types.ts';

export interface CueMatcher {
  key: string;
  pattern: RegExp;
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** One alternation a code. A `*` inside a phrase stands for one or two words, at a word's end for any ending. */
function cuePattern(cue: string): string {
  return cue
    .toLowerCase()
    .trim()
    .split(/\s+/)
    .map((word) =>
      word === '*'
        ? "[\\w'$.,-]+(?: [\\w'$.,-]+)?"
        : word.endsWith('*')
          ? `${literal(word.slice(0, -1))}[\\w']*`
          : literal(word),
    )
    .join('\\s+');
}

/** Compiles a codebook's cues; done once for any number of texts. */
export function prepareCues(codebook: readonly CodeDefinition[]): CueMatcher[] {
  return codebook.map(({ key, cues }) => ({
    key,
    pattern: new RegExp(
      cues.length
        ? `(?<![\\w'])(?:${[...cues]
            .sort((a, b) => b.length - a.length)
            .map(cuePattern)
            .join('|')})(?![\\w'])`
        : '(?!)',
      'g',
    ),
  }));
}

/** The cues that the text says, in its own words, by code. */
export function matchCues(text: string, matchers: readonly CueMatcher[]): Map<string, string[]> {
  const lower = text.toLowerCase().replaceAll('’', "'");
  const found = new Map<string, string[]>();
  for (const { key, pattern } of matchers) {
    const words = [...lower.matchAll(pattern)].map((match) => match[0]);
    if (words.length) found.set(key, [...new Set(words)]);
  }
  return found;
}
