import { expect, test } from 'vitest';
import { cutForSpeech } from '../../../proposals/phone/read-aloud.ts';

const words = (text: string) => text.split(/\s+/).filter(Boolean).join(' ');

test('a short text stays whole, an empty one is nothing', () => {
  expect(cutForSpeech(' Short. ', 50)).toEqual(['Short.']);
  expect(cutForSpeech('  ', 50)).toEqual([]);
});

test('a long text is cut between paragraphs, else between sentences, else between words', () => {
  const first = 'One two three four. Five six seven.';
  const second = 'Eight nine ten eleven twelve.';
  expect(cutForSpeech(`${first}\n\n${second}`, 50)).toEqual([first, second]);
  expect(cutForSpeech('Aaaa bbbb cccc dddd. Eeee ffff gggg. Hhhh iiii.', 40)).toEqual([
    'Aaaa bbbb cccc dddd. Eeee ffff gggg.',
    'Hhhh iiii.',
  ]);
  expect(cutForSpeech('aaaa bbbb cccc dddd eeee', 12)).toEqual(['aaaa bbbb', 'cccc dddd', 'eeee']);
  expect(cutForSpeech('x'.repeat(25), 10)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]);
});

test('no word is lost and no piece is too long', () => {
  const text = Array.from(
    { length: 400 },
    (_, n) => `word${n}${n % 7 === 0 ? '.' : ''}${n % 50 === 0 ? '\n\n' : ''}`,
  ).join(' ');
  for (const longest of [30, 100, 999]) {
    const pieces = cutForSpeech(text, longest);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(longest);
    expect(words(pieces.join(' '))).toBe(words(text));
  }
});
