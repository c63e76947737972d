import { describe, expect, test } from 'vitest';
import { quoteUnit, shorten, tidy, wordsIn } from '../../../transcription/briefing/quote-unit.ts';
import { unit } from './facts-kit.ts';

describe('a unit as it can be told by itself', () => {
  const units = [
    unit(3, 'He called our number at three,'),
    unit(4, 'and nobody called back until nine.'),
    unit(7, 'The pump stood still.'),
  ];
  test.each([
    [3, 'He called our number at three, and nobody called back until nine.', [3, 4]],
    [4, 'He called our number at three, and nobody called back until nine.', [3, 4]],
    [7, 'The pump stood still.', [7]],
  ])('unit %i', (number, text, numbers) => {
    expect(quoteUnit({ units }, number)).toEqual({ text, units: numbers });
  });
  test('a unit that is not there any more', () => {
    expect(quoteUnit({ units }, 5)).toBeNull();
  });
  test('of a long sentence the unit alone, without its conjunction', () => {
    const long = [unit(1, `${'word '.repeat(30)}`), unit(2, 'and the seals leak,'), unit(3, 'so they said.')];
    expect(quoteUnit({ units: long }, 2)).toEqual({ text: 'The seals leak.', units: [2] });
  });
});

test.each([
  ['and nobody called back until nine.', 'Nobody called back until nine.'],
  ['but, well, it leaks,', 'Well, it leaks.'],
  ['pero no llamó', 'No llamó.'],
  ['Andrew called.', 'Andrew called.'],
  ['She asked, "Why?"', 'She asked, "Why?"'],
  ['and', 'And.'],
  ['', ''],
])('%s', (said, told) => {
  expect(tidy(said)).toBe(told);
});

test('a unit longer than a breath loses its end, at a word', () => {
  const told = shorten('word '.repeat(60).trim());
  expect(wordsIn(told)).toBe(34);
  expect(told.endsWith('word …')).toBe(true);
  expect(shorten('A short one.')).toBe('A short one.');
});
