import { describe, expect, it } from 'vitest';
import { findFigures } from '../../../transcription/thought-units/figures/find-money.ts';
import { readNumbers } from '../../../transcription/thought-units/figures/spoken-numbers.ts';
import { splitUnits } from '../../../transcription/thought-units/splitting/split-units.ts';
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
    ['one sixty-four five', 164_500],
    ['two hundred thirty-one five', 231_500],
    ['thirty-two four fifty', 32_450],
    ['three nine twenty', 3920],
    ['one oh six', 106],
    ['twelve oh five', 1205],
    ['three point two million', 3_200_000],
    ['two point four', 2.4],
    ['a million six', 1_600_000],
    ['one million eight-forty', 1_840_000],
    ['fifty-odd thousand', 50_000],
    ['a dollar sixty-two', 1.62],
  ])('%s', (text, value) => expect(readNumbers(tokenize(text)).map((n) => n.value)).toEqual([value]));
});

it('takes shares of a whole, and what counts the next word, as numbers by themselves', () => {
  const values = (text: string) => readNumbers(tokenize(text)).map((n) => n.value);
  expect(values('a seventy-thirty mix')).toEqual([70, 30]);
  expect(values('two forty-two people')).toEqual([242]);
  expect(values('at three fifteen five people came')).toEqual([315, 5]);
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
    ['We quoted them between three and four hundred thousand dollars.', [300_000, 400_000]],
    ['I told her eight to nine dollars a plate.', [8, 9]],
    ['The room costs them fifty some dollars a minute.', [50]],
    ['I quoted $291,000, and he countered at two seventy-five.', [291_000, 275_000]],
    ['Our price is $4.10 a gallon, and Norvik quoted him three ninety-five.', [4.1, 3.95]],
  ])('%s', (text, values) => expect(figures(text).amounts.map((a) => a.value)).toEqual(values));

  it.each([
    'She wants six sinks at fourteen hundred dollars apiece.',
    'He asked about the cots, and those were $310 each.',
  ])('the price of one thing in: %s', (text) =>
    expect(figures(text).amounts.map(({ of }) => of)).toEqual(['price']),
  );

  it.each([
    'They have four hundred beds in two buildings.',
    'The line runs six hundred cases an hour.',
    'She has been there since 2019.',
    'He called our number at three fifteen.',
    'It drove two hundred miles.',
    'They farm about three thousand acres on both sides of the river.',
    'The plant opened in nineteen seventy-two and runs two shifts.',
    'She has four hundred employees in eleven branches.',
    'The building is sixty thousand square feet.',
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
