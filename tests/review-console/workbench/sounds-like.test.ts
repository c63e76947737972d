import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  findSoundAlikes,
  indexTerms,
  matchedLength,
  type Term,
  type TermKind,
} from '../../../review-console/browser/workbench/text/sounds-like.ts';
import type { Vocabulary } from '../../../transcription/thought-units/types.ts';

const world: Vocabulary = JSON.parse(
  readFileSync(new URL('../../../app/demo/company/world.json', import.meta.url), 'utf8'),
);
const term = (kind: TermKind, name: string, aliases: readonly string[] = [], own = false): Term => ({
  kind,
  name,
  aliases,
  note: '',
  own,
});
const terms = [
  ...world.accounts.map(({ name, aliases }) => term('account', name, aliases)),
  ...world.contacts.map(({ name }) => term('contact', name)),
  ...world.products.map(({ name, aliases }) => term('product', name, aliases)),
  ...world.competitors.map(({ name, aliases }) => term('competitor', name, aliases)),
  term('account', 'Koehler Hydraulics'),
];
const index = indexTerms(terms);
const names = (typed: string) => findSoundAlikes(index, typed).map((match) => match.term.name);

describe('names that sound like what was typed', () => {
  it.each([
    ['I talked to the people at koler hidrolics', 'Koehler Hydraulics'],
    ['they buy from halverson', 'Halvorsen Pumps'],
    ['and Midstaits', 'Midstates Pump Supply'],
    ['spoke with Rosa Dellgado', 'Rosa Delgado'],
    ['asked about the Akwalift', 'AquaLift Submersible Pump'],
    ['saw Fister', 'Greg Pfister'],
    ['the kestrel', 'Kestrel Industrial'],
    ['we quoted the rancha', 'RanchMate Booster Pump'],
  ])('%s', (typed, name) => {
    expect(names(typed)[0]).toBe(name);
  });

  it.each(['', 'and then he said', 'I went to the', 'Rosa Delgado. ', 'so we will'])(
    'nothing for "%s"',
    (typed) => {
      expect(names(typed)).toEqual([]);
    },
  );

  it("puts the speaker's own first", () => {
    const two = indexTerms([term('account', 'Miller Farms'), term('account', 'Millar Foods', [], true)]);
    expect(findSoundAlikes(two, 'went to miler').map((match) => match.term.name)).toEqual([
      'Millar Foods',
      'Miller Farms',
    ]);
  });

  it.each([
    ['people at koler hidrolics', 'Koehler Hydraulics', 'koler hidrolics'],
    ['from halverson', 'Halvorsen Pumps', 'halverson'],
  ])('replaces in "%s" what was typed for the name', (typed, name, replaced) => {
    const match = findSoundAlikes(index, typed).find((one) => one.term.name === name);
    expect(match && matchedLength(index, typed, match.term)).toBe(replaced.length);
  });
});
