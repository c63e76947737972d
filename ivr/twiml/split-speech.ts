import type { Fragment } from '../prompts/forms/value-forms.ts';

/**
 * The carrier's voices take 3,000 bytes at a time, and 4,500 characters as part of an address; beyond that it says
 * nothing at all. With room to spare.
 */
const MOST_BYTES = 2500;
const MOST_ENCODED = 4000;

/** Fragments in pieces that the carrier takes, parted at the end of a sentence or between words. Pure. */
export function splitSpeech(fragments: readonly Fragment[]): Fragment[][] {
  if (fits(textOf(fragments))) return [[...fragments]];
  const pieces: Fragment[][] = [];
  let piece: Fragment[] = [];
  for (const fragment of fragments) {
    for (const part of 'text' in fragment ? splitText(fragment.text) : [fragment]) {
      if (piece.length > 0 && !fits(textOf([...piece, part]))) {
        pieces.push(piece);
        piece = [];
      }
      piece.push(part);
    }
  }
  return [...pieces, piece];
}

function textOf(fragments: readonly Fragment[]): string {
  return fragments.map((fragment) => ('text' in fragment ? fragment.text : '')).join('');
}

function fits(text: string): boolean {
  // Most texts are short; a character has at most 3 bytes, and 9 characters as part of an address.
  if (text.length * 9 <= MOST_BYTES) return true;
  return Buffer.byteLength(text) <= MOST_BYTES && encodeURIComponent(text).length <= MOST_ENCODED;
}

function splitText(text: string): Fragment[] {
  const parts: Fragment[] = [];
  let rest = text;
  while (!fits(rest)) {
    const end = longestThatFits(rest);
    parts.push({ text: rest.slice(0, end).trim() });
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, { text: rest }];
}

/** Where to part: after the last sentence that fits, else after the last word, else anywhere but within a character. */
function longestThatFits(text: string): number {
  let low = 1;
  let high = Math.min(text.length, MOST_BYTES);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(wellFormed(text.slice(0, middle)))) low = middle;
    else high = middle - 1;
  }
  const head = text.slice(0, low);
  const sentence = Math.max(head.lastIndexOf('. '), head.lastIndexOf('? '), head.lastIndexOf('! ')) + 1;
  if (sentence > low / 2) return sentence;
  const word = head.lastIndexOf(' ') + 1;
  return word > 0 ? word : wellFormed(head).length;
}

/** Without the first half of a character at its end. */
function wellFormed(head: string): string {
  return /[\u{d800}-\u{dbff}]$/u.test(head) ? head.slice(0, -1) : head;
}
