import { expect, test } from 'vitest';
import { matchAccount, matchPerson, matchProduct } from '../../../crm-sync/import/match.ts';
import { coreLetters, letters } from '../../../crm-sync/import/name-keys.ts';

const account = (id: string, name: string, city = '', aliases: string[] = []) => ({
  id,
  name,
  city,
  aliases,
});

test.each([
  ['Wabash Canning Co.', 'wabashcanning'],
  ['The Wabash Canning Company, Inc.', 'wabashcanning'],
  ['Müller & Söhne GmbH', 'mullersohne'],
  ['The Company', 'thecompany'],
  ['3M', '3m'],
])('the core of “%s” is “%s”', (name, core) => {
  expect(coreLetters(name)).toBe(core);
});

test('letters leave out what spellings differ in', () => {
  expect(letters('O’Brien-Lee, S.A.')).toBe(letters('OBRIEN lee sa'));
});

test.each([
  ['same name and city', { name: 'wabash canning', city: 'Peru' }, 1, { is: 'same', id: 'a' }],
  ['another legal form', { name: 'Wabash Canning Co', city: 'Peru' }, 1, { is: 'doubtful', ids: ['a'] }],
  ['no city told', { name: 'Wabash Canning' }, 1, { is: 'doubtful', ids: ['a', 'b'] }],
  [
    'a city that none of ours is in',
    { name: 'Wabash Canning', city: 'Gary' },
    1,
    { is: 'doubtful', ids: ['a', 'b'] },
  ],
  ['two of them at once', { name: 'Wabash Canning', city: 'Peru' }, 2, { is: 'doubtful', ids: ['a'] }],
  ['an alias', { name: 'The Cannery', city: 'Peru' }, 1, { is: 'doubtful', ids: ['a'] }],
  ['an alias in another city', { name: 'The Cannery', city: 'Gary' }, 1, { is: 'new' }],
  ['somebody else', { name: 'Wabash Cartons', city: 'Peru' }, 1, { is: 'new' }],
])('an account: %s', (_, record, namesakes, match) => {
  const ours = [
    account('a', 'Wabash Canning', 'Peru', ['the cannery']),
    account('b', 'Wabash Canning', 'Muncie'),
  ];
  expect(matchAccount(record, ours, namesakes)).toEqual(match);
});

test.each([
  ['Robert Tanaka', { is: 'same', id: 'a' }],
  ['R. Tanaka', { is: 'doubtful', ids: ['a'] }],
  ['Rick Tanaka', { is: 'doubtful', ids: ['a'] }],
  ['Yuki Tanaka', { is: 'new' }],
  ['Robert Miller', { is: 'new' }],
])('a person: %s', (name, match) => {
  expect(matchPerson({ name }, [{ id: 'a', name: 'Robert Tanaka' }], 1)).toEqual(match);
});

test('a product is ours by name or alias, never by likeness', () => {
  const ours = [{ id: 'a', name: 'AquaSeal 200', aliases: ['the sealer'] }];
  expect(matchProduct({ name: 'aqua-seal 200' }, ours, 1)).toEqual({ is: 'same', id: 'a' });
  expect(matchProduct({ name: 'The Sealer' }, ours, 1)).toEqual({ is: 'same', id: 'a' });
  expect(matchProduct({ name: 'AquaSeal 2000' }, ours, 1)).toEqual({ is: 'new' });
});
