import { expect, it } from 'vitest';
import { cutUnclear } from '../../review-console/report/unclear-passages.ts';

const TEXT = 'I went by. He wants fifty of them. I will call.';
const UNIT = { text: 'He wants fifty of them.', startOffset: 11, endOffset: 34, until: 35 };

/** Unclear passages in brackets. */
function drawn(...passages: [number, number][]): string {
  const marks = passages.map(([startOffset, endOffset]) => ({
    startOffset,
    endOffset,
    kind: 'unsure_word' as const,
    askedAt: null,
  }));
  return cutUnclear(UNIT, marks)
    .map(({ text, unclear }) => (unclear ? `<${text}>` : text))
    .join('');
}

it.each<[string, [number, number][], string]>([
  ['none', [], 'He wants fifty of them.'],
  ['a word', [[20, 25]], 'He wants <fifty> of them.'],
  [
    'two',
    [
      [20, 25],
      [11, 13],
    ],
    '<He> wants <fifty> of them.',
  ],
  ['the whole unit and more', [[5, 40]], '<He wants fifty of them.>'],
  ['from the unit before', [[2, 13]], '<He> wants fifty of them.'],
  ['into the next unit', [[29, 40]], 'He wants fifty of <them.>'],
  [
    'overlapping ones',
    [
      [14, 25],
      [20, 28],
    ],
    'He <wants fifty>< of> them.',
  ],
  ['a point behind it', [[34, 34]], 'He wants fifty of them.<[…]>'],
  [
    'points of its neighbors',
    [
      [10, 10],
      [35, 35],
    ],
    'He wants fifty of them.',
  ],
  ['a point', [[19, 19]], 'He wants<[…]> fifty of them.'],
  [
    'of other units',
    [
      [0, 10],
      [36, 40],
    ],
    'He wants fifty of them.',
  ],
])('%s', (_name, passages, expected) => {
  expect(TEXT.slice(UNIT.startOffset, UNIT.endOffset)).toBe(UNIT.text);
  expect(drawn(...passages)).toBe(expected);
});

it('says why, and that the speaker has been asked', () => {
  const passage = { startOffset: 20, endOffset: 25, kind: 'lost_signal' as const, askedAt: new Date() };
  expect(cutUnclear(UNIT, [passage])[1]).toEqual({
    text: 'fifty',
    unclear: 'The line was lost here; the speaker has been asked.',
  });
});
