// Expands a Hunspell dictionary for the spell check: every form of every word, so that a page need not make them anew
// each time that somebody opens a job. Read by review-console/browser/workbench/text/checking/word-list.ts.
import nspell from 'nspell';

/** So that the words between two that are written out are soon read through. */
const BLOCK = 32;
/** Where the count of letters that a word shares with the one before begins: '0' shares none. */
const ZERO = '0'.charCodeAt(0);
const MOST_SHARED = 60;

/**
 * The whole dictionary as one text. First a line of JSON: the affix file `aff`, and as `dic` those words whose flags
 * nspell looks at later (parts of compounds, what is not to be suggested). Then all words, sorted, a line each: how
 * many letters it shares with the word before, as one character, and the rest of it. Every 32nd is written out.
 *
 * @param {string} aff
 * @param {string} dic
 * @param {string} made what it was made of and by; stands in the first line
 * @returns {string}
 */
export function packDictionary(aff, dic, made) {
  const whole = nspell(aff, dic);
  const { ONLYINCOMPOUND = '', NOSUGGEST = '' } = whole.flags;
  const special = new Set([...Object.keys(whole.compoundRuleCodes), ONLYINCOMPOUND, NOSUGGEST]);
  const flagged = dic
    .split('\n')
    .filter((line) => [...(line.split('/')[1] ?? '')].some((flag) => special.has(flag)));
  // nspell takes the first line for a count.
  const lines = [JSON.stringify({ made, aff, dic: [flagged.length, ...flagged].join('\n') })];
  let before = '';
  for (const [index, word] of Object.keys(whole.data).sort().entries()) {
    const shared = index % BLOCK === 0 ? 0 : countShared(before, word);
    lines.push(String.fromCharCode(ZERO + shared) + word.slice(shared));
    before = word;
  }
  return `${lines.join('\n')}\n`;
}

function countShared(one, other) {
  const most = Math.min(one.length, other.length, MOST_SHARED);
  let shared = 0;
  while (shared < most && one[shared] === other[shared]) shared += 1;
  return shared;
}
