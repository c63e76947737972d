import { expect, test } from 'vitest';
import { readQuestionText } from '../../../transcription/standing-questions/question-text.ts';

test.each([
  ['any reaction to the price change', 'any reaction to the price change?'],
  ['  Any   reaction\n to the price change? ', 'Any reaction to the price change?'],
  ['Tell us who offers free trials.', 'Tell us who offers free trials.'],
  ['One two three four five six seven eight?', 'One two three four five six seven eight?'],
  ['Prices / terms – any follow-up on the 3rd?', 'Prices / terms – any follow-up on the 3rd?'],
])('%j is asked as %j', (typed, text) => {
  expect(readQuestionText(typed)).toEqual({ ok: true, text });
});

test.each([
  ['', /at most eight words/],
  [' ?! ', /at most eight words/],
  ['One two three four five six seven eight nine?', /That is 9 words.*at most eight/],
  [`${'long'.repeat(30)}?`, /100 letters/],
])('%j is refused', (typed, fault) => {
  expect(readQuestionText(typed)).toEqual({ ok: false, fault: expect.stringMatching(fault) });
});
