import { describe, expect, it } from 'vitest';
import { formFor } from '../../../../review-console/browser/workbench/text/names-helper.ts';
import {
  findSoundAlikes,
  indexTerms,
  type Term,
} from '../../../../review-console/browser/workbench/text/sounds-like.ts';

const term = (name: string, ...aliases: string[]): Term => ({
  kind: 'product',
  name,
  aliases,
  note: '',
  own: false,
});
const RANCH_MATE = term('RanchMate Booster Pump', 'the RanchMate', 'RanchMate', 'the booster');

describe('how a name is put in', () => {
  it.each([
    ['He wants the Ranc', 'RanchMate'],
    ['he wants the ranchm', 'RanchMate'],
    // The short one stands there: once more, and it is written in full.
    ['He wants the RanchMate', 'RanchMate Booster Pump'],
    ['He wants the RanchMate Boo', 'RanchMate Booster Pump'],
    ['He wants the boos', 'booster'],
    // Typed by ear.
    ['He wants the rantch mait', 'RanchMate Booster Pump'],
    ['He wants the Pranc', 'RanchMate Booster Pump'],
    ['Ra', 'RanchMate Booster Pump'],
  ])('%s: %s', (text, form) => {
    expect(formFor(RANCH_MATE, text)).toBe(form);
  });
});

describe('days', () => {
  const index = indexTerms([term('Luis Montoya'), term('Llano Estacado Water Supply'), term('Marcus Eddy')]);
  const names = (typed: string) => findSoundAlikes(index, typed).map(({ term: { name } }) => name);

  it.each(['I will call on Monday', 'I will call on Mond', 'in Janua', 'in January'])(
    '%s calls up no name',
    (text) => {
      expect(names(text)).toEqual([]);
    },
  );

  it('leave a name that begins alike', () => {
    expect(names('I met Marc')).toEqual(['Marcus Eddy']);
    expect(names('I met Montoy')).toEqual(['Luis Montoya']);
  });
});
