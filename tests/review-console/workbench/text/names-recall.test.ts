import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BY_HAND, EXTRA_NAMES, hardNames } from '../../../../bench/support/names/hard-names.ts';
import { measureRecall, termsOf } from '../../../../bench/support/names/measure-recall.ts';
import {
  findSoundAlikes,
  indexTerms,
  matchedLength,
} from '../../../../review-console/browser/workbench/text/sounds-like.ts';

const names = [...hardNames(), ...EXTRA_NAMES];
const index = indexTerms(termsOf(names));

it.each(BY_HAND)('%j calls up %j', (typed, name) => {
  const [first] = findSoundAlikes(index, typed);
  if (name === '') expect(first).toBeUndefined();
  else expect(first?.term.name).toContain(name);
});

it.each([
  ['that is K O E H L E R', 'Koehler Hydraulics', 'K O E H L E R'],
  ['from three em', '3M', 'three em'],
  ['over at mid states', 'Midstates Pump Supply', 'mid states'],
  ['people at koler hidrolics', 'Koehler Hydraulics', 'koler hidrolics'],
  ['spoke with Rosa koler', 'Rosa Koehler', 'Rosa koler'],
  ['people at koler. Then', 'Koehler Hydraulics', ''],
])('in %j the name %j takes the place of %j', (typed, name, replaced) => {
  const term = termsOf(names).find((one) => one.name === name);
  const own = indexTerms(term ? [term] : []);
  expect(term && matchedLength(own, typed, term)).toBe(replaced.length);
});

it('a likely name goes before one that sounds the same', () => {
  const [meyer, meier] = termsOf([
    { name: 'Meyer Farms', said: [] },
    { name: 'Meier Farms', said: [] },
  ]);
  if (!meyer || !meier) throw new Error('two names were made');
  const likely = indexTerms([meyer, meier], (term) => (term === meyer ? 0.45 : 0));
  expect(findSoundAlikes(likely, 'went to mayer')[0]?.term.name).toBe('Meyer Farms');
  expect(findSoundAlikes(likely, 'went to meier farms')[0]?.term.name).toBe('Meier Farms');
});

it('names typed by ear are among the first five in 19 of 20 cases', () => {
  const { atOne, atFive, count } = measureRecall(names, (typed) =>
    findSoundAlikes(index, typed, 5).map(({ term }) => term.name),
  );
  expect(count).toBeGreaterThan(500);
  expect(atOne).toBeGreaterThan(0.88);
  expect(atFive).toBeGreaterThan(0.95);
});

it('the demo company’s names, too', () => {
  const world: Record<'accounts' | 'contacts' | 'products' | 'competitors', { name: string }[]> = JSON.parse(
    readFileSync(new URL('../../../../app/demo/company/world.json', import.meta.url), 'utf8'),
  );
  const own = [world.accounts, world.products, world.competitors].flat().map(({ name }) => ({
    name,
    said: name.replace(/^The /, '').split(' '),
  }));
  const all = [...own, ...world.contacts.map(({ name }) => ({ name, said: [name] }))];
  const demo = indexTerms(termsOf(all));
  const { atFive } = measureRecall(all, (typed) =>
    findSoundAlikes(demo, typed, 5).map(({ term }) => term.name),
  );
  expect(atFive).toBeGreaterThan(0.95);
});
