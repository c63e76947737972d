import { describe, expect, test } from 'vitest';
import { suggestRedactions } from '../../../transcription/redaction/suggest/suggest-redactions.ts';

const people = ['Dana Kowalski', 'Bill Price', 'Jo Ann Reyes'];
const found = (text: string) =>
  suggestRedactions(text, { people }).map(({ start, end, label }) => `${label}: ${text.slice(start, end)}`);

describe('suggested', () => {
  test.each([
    ['Her card is 4111 1111 1111 1111, good until May.', ['card number: 4111 1111 1111 1111']],
    ['Card 4012888888881881.', ['card number: 4012888888881881']],
    ['Call (602) 555-0134 or 555-0199.', ['phone number: (602) 555-0134', 'phone number: 555-0199']],
    ['Reach me at +49 30 901820.', ['phone number: +49 30 901820']],
    ['Her social is 078-05-1120.', ['number: 078-05-1120']],
    ['Policy 88231 4471 09', ['number: 88231 4471 09']],
    ['Write to dana.k@example.com today', ['e-mail: dana.k@example.com']],
    ['It is dana dot k at example dot com', ['e-mail: dana dot k at example dot com']],
    [
      'My number is six oh two, five five five, oh one three four.',
      ['phone number: six oh two, five five five, oh one three four'],
    ],
    ['The PIN is four seven one nine', ['number: four seven one nine']],
    ['It is double five, triple zero, one', ['number: double five, triple zero, one']],
    [
      'fifty five, fifty two, ninety one, oh four',
      ['phone number: fifty five, fifty two, ninety one, oh four'],
    ],
    ['Mi número es seis cero dos cinco cinco cinco', ['number: seis cero dos cinco cinco cinco']],
    ['I spoke with Dana Kowalski and later with Kowalski alone.', ['name: Dana Kowalski', 'name: Kowalski']],
    ['Mr. Price was rude.', ['name: Price']],
    ['My name is Ines Ortega and I am angry', ['name: Ines Ortega']],
    ['Me llamo Ines', ['name: Ines']],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('not suggested', () => {
  test.each([
    'They pay $2,800,000 a year.',
    'We agreed on 2026-03-12 and 12-03-2026.',
    'The price went up by one or two percent.',
    'Four thousand five hundred and sixty dollars.',
    'One two three hundred.',
    'Between 2019 and 2024, or 2019 - 2024.',
    'This is the third time, and this is not right.',
    'Order 10045 came late.',
    'I met one customer. Two came later. Three left. Four stayed.',
  ])('%s', (text) => {
    expect(found(text)).toEqual([]);
  });
});
