/** One place of a text and what is to stand there. UTF-16 offsets; where both are the same, a point between words. */
export interface Replacement {
  start: number;
  end: number;
  /** As written; empty: nothing. */
  words: string;
}

/**
 * A text with words in place of others: spaces stay single, punctuation stays where it is, sentences go on beginning
 * with a capital. Replacements must not overlap. Pure.
 */
export function replaceWords(text: string, replacements: readonly Replacement[]): string {
  const ordered = replacements.toSorted((a, b) => b.start - a.start || b.end - a.end);
  return ordered.reduce((so, replacement) => replaceOne(so, replacement), text);
}

function replaceOne(text: string, { start, end, words }: Replacement): string {
  const before = text.slice(0, start);
  const behind = text.slice(end);
  const beginsSentence = before.trim() === '' || /[.!?]["”’)]*\s*$/.test(before) || /\n\s*$/.test(before);
  if (words === '') {
    if (start === end) return text;
    const isLast = /^\s*$/.test(behind) || /^[^\p{L}\p{N}\s]/u.test(behind);
    // The words go with one of the spaces around them: the one before, so that punctuation behind moves up.
    const left = isLast || /^\s/.test(behind) ? before.replace(/ $/, '') : before;
    const right = left === before ? behind.replace(/^ /, '') : behind;
    return left + (beginsSentence ? capitalized(right) : right);
  }
  if (start === end) {
    const lead = before === '' || /\s$/.test(before) ? '' : ' ';
    const trail = /^[\p{L}\p{N}]/u.test(behind) ? ' ' : '';
    // A point lies behind a word, so only that of an empty beginning begins a sentence.
    return `${before}${lead}${before.trim() === '' ? capitalized(words) : words}${trail}${behind}`;
  }
  return `${before}${beginsSentence ? capitalized(words) : words}${behind}`;
}

function capitalized(text: string): string {
  return text.replace(/^\s*\p{Ll}/u, (letter) => letter.toUpperCase());
}
