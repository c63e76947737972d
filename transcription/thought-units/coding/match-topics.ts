/** Which topics the words of a unit belong to. */

import type { Token } from '../tokens.ts';
import { TOPICS } from './topics.ts';

/** A word without the endings of number, person and tense, where that is safe. Crude, and the same on both sides. */
export function stemOf(given: string): string {
  let word = given.replace(/'s$|s'$/, '').replace(/[^a-z'-]/g, '');
  if (word.length > 4)
    word = word
      .replace(/ies$/, 'y')
      .replace(/(?<=[^aeious])s$/, '')
      .replace(/(?<=(?:ss|sh|ch|x))es$/, '')
      .replace(/(?<=[aeou])s$/, '');
  if (word.length > 5)
    word = word
      .replace(/(?<=[a-z]{3})ing$/, '')
      .replace(/(?<=[a-z]{3})ed$/, '')
      .replace(/(?<=[a-z]{3})e$/, '');
  return word;
}

/** Topics by stemmed phrase. */
const index: ReadonlyMap<string, readonly string[]> = indexTopics();
const LONGEST = 4;

function indexTopics(): Map<string, string[]> {
  const byPhrase = new Map<string, string[]>();
  for (const [topic, list] of Object.entries(TOPICS)) {
    for (const phrase of list.split(',')) {
      const key = phrase.trim().split(/\s+/).map(stemOf).join(' ');
      const topics = byPhrase.get(key);
      if (!topics) byPhrase.set(key, [topic]);
      else if (!topics.includes(topic)) topics.push(topic);
    }
  }
  return byPhrase;
}

/**
 * Topics of the words, with how many words or phrases belong to each.
 * @param isName whether the word at a place is part of a name, which is about nothing
 */
export function topicsOf(tokens: readonly Token[], isName: (at: number) => boolean): Map<string, number> {
  const counts = new Map<string, number>();
  const stems = tokens.map((token, at) => (isName(at) ? '' : stemOf(token.lower)));
  for (let from = 0; from < stems.length; from++) {
    let key = '';
    for (let to = from; to < Math.min(stems.length, from + LONGEST); to++) {
      if (!stems[to]) break;
      key = key ? `${key} ${stems[to]}` : (stems[to] ?? '');
      for (const topic of index.get(key) ?? []) counts.set(topic, (counts.get(topic) ?? 0) + 1);
    }
  }
  return counts;
}
