import { expect, it } from 'vitest';
import { leaveOutUnclear, markUnclear } from '../../../transcription/doubts/unclear-text.ts';

const unit = { text: 'He wants fifty of them.', startOffset: 100, endOffset: 123 };
const at = (startOffset: number, endOffset = startOffset) => [{ startOffset, endOffset }];

it.each([
  ['nothing', [], 'He wants fifty of them.', 'He wants fifty of them.'],
  ['a word', at(109, 114), 'He wants fifty [?] of them.', 'He wants … of them.'],
  ['a gap', at(108), 'He wants […] fifty of them.', 'He wants … fifty of them.'],
  ['a gap at its end', at(123), 'He wants fifty of them. […]', 'He wants fifty of them. …'],
  ['a passage that ends in it', at(90, 108), 'He wants [?] fifty of them.', '… fifty of them.'],
  ['a passage that only touches it', at(123, 140), 'He wants fifty of them.', 'He wants fifty of them.'],
  ['one elsewhere', at(10, 20), 'He wants fifty of them.', 'He wants fifty of them.'],
  [
    'two that overlap',
    [...at(109, 114), ...at(112, 117)],
    'He wants fifty [?] of [?] them.',
    'He wants …… them.',
  ],
])('%s that is unclear is told to readers, and left out for listeners', (_, places, read, heard) => {
  expect(markUnclear(unit, places)).toBe(read);
  expect(leaveOutUnclear(unit, places)).toBe(heard);
});
