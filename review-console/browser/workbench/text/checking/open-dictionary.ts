import nspell, { type Spelling } from 'nspell';
import { createWordList } from './word-list.ts';

/** What a word is that has no flags. */
const NO_FLAGS: readonly string[] = [];

/**
 * nspell over a packed dictionary (scripts/pack-dictionary.mjs), ready within a millisecond or two; to read the
 * original takes it a third of a second, and each opened job had to wait for that.
 */
export function openDictionary(packed: string): Spelling {
  const { aff, dic } = JSON.parse(packed.slice(0, packed.indexOf('\n'))) as { aff: string; dic: string };
  const spelling = nspell(aff, dic);
  const list = createWordList(packed);
  spelling.data = new Proxy(spelling.data, {
    get: (flagged, word) =>
      typeof word === 'string' ? (flagged[word] ?? (list.has(word) ? NO_FLAGS : undefined)) : undefined,
  });
  return spelling;
}
