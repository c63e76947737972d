import { describe, expect, it } from 'vitest';
import { findFigures } from '../../../transcription/thought-units/find-money.ts';
import { splitUnits } from '../../../transcription/thought-units/split-units.ts';
import { readNumbers } from '../../../transcription/thought-units/spoken-numbers.ts';
import { tokenize } from '../../../transcription/thought-units/tokens.ts';

describe('spoken numbers', () => {
  it.each([
    ['$3,800', 3800],
    ['$1.4 million', 1_400_000],
    ['61k', 61_000],
    ['thirty-eight thousand', 38_000],
    ['four hundred and twelve thousand', 412_000],
    ['twelve thousand four hundred', 12_400],
    ['fifteen hundred', 1500],
    ['twenty-nine fifty', 2950],
    ['four fifty', 450],
    ['one ninety-five', 195],
    ['nineteen five', 19_500],
    ['fourteen two', 14_200],
    ['one million, one ninety', 1_190_000],
    ['half a million', 500_000],
    ['two and a half million', 2_500_000],
    ['a hundred and twenty-six grand', 126_000],
    ['three hundred and two thousand five hundred', 302_500],
  ])('%s', (text, value) => expect(readNumbers(tokenize(text)).map((n) => n.value)).toEqual([value]));
});

function figures(text: string) {
  const tokens = tokenize(text);
  return findFigures(tokens, splitUnits(text, tokens), { rival: [], callYear: 2026 });
}

describe('amounts', () => {
  it.each([
    ['I quoted $48,500 a unit.', [48_500]],
    ['We are at thirty-one hundred each, installed.', [3100]],
    ['I told him twenty-nine fifty apiece.', [2950]],
    ['She can sign up to twenty thousand by herself.', [20_000]],
    ['The price was four fifty, no, five hundred dollars.', [500]],
    ['It would be seventeen, eighteen thousand with the labor.', [17_000, 18_000]],
    ['The bid was $364,000 and she wants it under three fifty.', [364_000, 350_000]],
    ['It is $900 a month, and I said $900 twice.', [900]],
  ])('%s', (text, values) => expect(figures(text).amounts.map((a) => a.value)).toEqual(values));

  it.each([
    'They have four hundred beds in two buildings.',
    'The line runs six hundred cases an hour.',
    'She has been there since 2019.',
    'He called our number at three fifteen.',
    'It drove two hundred miles.',
  ])('none in: %s', (text) => expect(figures(text).amounts).toEqual([]));

  it('knows a discount, a budget, a yearly spend and a limit', () => {
    const kinds = (text: string) => figures(text).amounts.map((a) => a.of);
    expect(kinds('I took $500 off the invoice.')).toEqual(['discount']);
    expect(kinds('There is $75,000 left in the budget.')).toEqual(['budget']);
    expect(kinds('They spent $142,000 with us last year.')).toEqual(['volume-spend']);
    expect(kinds('Anything over $10,000 needs her signature.')).toEqual(['other']);
  });
});

describe('percents', () => {
  it.each([
    ['I offered eight percent off.', [{ value: 8, of: 'discount' }]],
    ['They were cheaper by nine percent.', [{ value: 9, of: 'price' }]],
    ['I put this at sixty percent.', [{ value: 60, of: 'other' }]],
    ['A 20% discount would do it.', [{ value: 20, of: 'discount' }]],
  ])('%s', (text, expected) => {
    expect(figures(text).percents.map(({ value, of }) => ({ value, of }))).toEqual(expected);
    expect(figures(text).amounts).toEqual([]);
  });
});
