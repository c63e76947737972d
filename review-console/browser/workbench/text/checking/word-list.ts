/** Words that are looked up in the text that they came in: nothing is made of it before somebody asks. */
export interface WordList {
  has(word: string): boolean;
}

/** Whose first letter is no letter of the word before; '0' is how many it shares. */
const WRITTEN_OUT = '\n0';
const ZERO = '0'.charCodeAt(0);
/** Single words are found in the text; who asks for so many is looking for suggestions and asks for ten thousand. */
const SEARCHES = 3000;

/**
 * The words that scripts/pack-dictionary.mjs wrote, from `text`, which begins with a line that is not one of them. A
 * word takes some microseconds; after thousands they go into a set, which takes 50 ms once.
 */
export function createWordList(text: string): WordList {
  let searches = 0;
  let all: Set<string> | null = null;
  return {
    has(word) {
      searches += 1;
      if (searches > SEARCHES) all ??= new Set(wordsIn(text, text.indexOf(WRITTEN_OUT), text.length));
      if (all) return all.has(word);
      const { start, end } = blockOf(text, word);
      for (const each of wordsIn(text, start, end)) if (each === word) return true;
      return false;
    },
  };
}

/** Where the word is if it is anywhere: from a word that is written out to the next. */
function blockOf(text: string, word: string): { start: number; end: number } {
  let start = text.indexOf(WRITTEN_OUT);
  let end = text.length;
  for (;;) {
    const middle = (start + end) >> 1;
    let head = text.lastIndexOf(WRITTEN_OUT, middle);
    if (head <= start) head = text.indexOf(WRITTEN_OUT, middle + 1);
    if (head <= start || head >= end) return { start, end };
    const written = text.slice(head + WRITTEN_OUT.length, text.indexOf('\n', head + 1));
    if (written <= word) start = head;
    else end = head;
  }
}

function* wordsIn(text: string, start: number, end: number): Generator<string> {
  let word = '';
  // Each line with the break before it.
  for (let at = start + 1; at > 0 && at < end; ) {
    const stop = text.indexOf('\n', at);
    word = word.slice(0, text.charCodeAt(at) - ZERO) + text.slice(at + 1, stop);
    yield word;
    at = stop + 1;
  }
}
