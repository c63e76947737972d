import { expect, test } from 'vitest';
import { parseQuery } from '../../insight/search/parse-query.ts';

const TODAY = '2026-03-10';
const nothing = { words: '', filters: [], from: null, until: null, problems: [] };
const filter = (key: string, values: string[], negated = false) => ({ key, values, negated });

test.each([
  ['', nothing],
  ['   ', nothing],
  ['lead time', { ...nothing, words: 'lead time' }],
  ['"lead time" or delay -rain', { ...nothing, words: '"lead time" or delay -rain' }],
  ['"never closed', { ...nothing, words: '"never closed' }],
  ['-"not this"', { ...nothing, words: '-"not this"' }],
  ['code:pricing', { ...nothing, filters: [filter('code', ['pricing'])] }],
  ['CODE:Pricing', { ...nothing, filters: [filter('code', ['Pricing'])] }],
  ['-code:admin', { ...nothing, filters: [filter('code', ['admin'], true)] }],
  ['code:pricing,need', { ...nothing, filters: [filter('code', ['pricing', 'need'])] }],
  ['rep:"Dale Hutchins"', { ...nothing, filters: [filter('rep', ['Dale Hutchins'])] }],
  ['customer:"Hill, Mill",Other', { ...nothing, filters: [filter('customer', ['Hill, Mill', 'Other'])] }],
  ['product:"never closed', { ...nothing, filters: [filter('product', ['never closed'])] }],
  ['code:""', nothing],
  ['code:', { ...nothing, words: 'code:' }],
  ['ratio:3 note:x', { ...nothing, words: 'ratio:3 note:x' }],
  ['at 10:30', { ...nothing, words: 'at 10:30' }],
  ['after:2026-01-01', { ...nothing, from: '2026-01-01' }],
  ['before:2026-02-01', { ...nothing, until: '2026-02-01' }],
  ['on:2026-02-28', { ...nothing, from: '2026-02-28', until: '2026-03-01' }],
  ['on:2026-02', { ...nothing, from: '2026-02-01', until: '2026-03-01' }],
  ['on:2025', { ...nothing, from: '2025-01-01', until: '2026-01-01' }],
  ['after:7d', { ...nothing, from: '2026-03-03' }],
  ['after:2w', { ...nothing, from: '2026-02-24' }],
  ['after:1m after:2026-03-01', { ...nothing, from: '2026-03-01' }],
  [
    'code:pricing rep:"Dale Hutchins" after:2026-01-01 "lead time"',
    {
      ...nothing,
      words: '"lead time"',
      filters: [filter('code', ['pricing']), filter('rep', ['Dale Hutchins'])],
      from: '2026-01-01',
    },
  ],
])('%s', (typed, expected) => {
  expect(parseQuery(typed, TODAY)).toEqual(expected);
});

test.each(['after:yesterday', 'before:2026-02-30', 'on:2026-13', 'after:"1 1"'])(
  '%s is left out, and said so',
  (typed) => {
    const parsed = parseQuery(`${typed} words`, TODAY);
    expect(parsed).toMatchObject({ words: 'words', from: null, until: null });
    expect(parsed.problems).toHaveLength(1);
    expect(parsed.problems[0]).toContain('2026-03-10');
  },
);
