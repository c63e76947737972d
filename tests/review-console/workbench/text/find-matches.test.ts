import { describe, expect, it } from 'vitest';
import {
  findMatches,
  placeFrom,
  replacements,
} from '../../../../review-console/browser/workbench/text/finding/find-matches.ts';
import { spliceMany } from '../../../../review-console/browser/workbench/text/many-edits.ts';

const any = { matchCase: false, wholeWord: false };

describe('finding', () => {
  it.each([
    ['The pump, the pumps', 'pump', any, 2],
    ['The pump, the pumps', 'pump', { ...any, wholeWord: true }, 1],
    ['Pump and pump', 'pump', { ...any, matchCase: true }, 1],
    ['aaaa', 'aa', any, 2],
    ['costs $4.50 (net)', '$4.50 (', any, 1],
    ['a.b axb', 'a.b', any, 1],
    ['two  blanks', 'two blanks', any, 1],
    ["it's and it’s", "it's", any, 2],
    ['Ñandú ñandú', 'ñandú', { ...any, wholeWord: true }, 2],
    ['nothing', '', any, 0],
    ['-- and --', '--', { ...any, wholeWord: true }, 2],
  ])('in %j of %j', (text, wanted, options, count) => {
    expect(findMatches(text, wanted, options)).toHaveLength(count);
  });

  it('replaces only what stands otherwise', () => {
    const text = 'Koler, Koehler, koler';
    const places = findMatches(text, 'koler', any);
    const splices = replacements(text, [...places, { start: 7, end: 14 }], 'Koehler');
    expect(spliceMany({ text, anchors: [] }, splices).text).toBe('Koehler, Koehler, Koehler');
    expect(splices).toHaveLength(2);
  });

  it('goes on from the caret and begins again at the end', () => {
    const places = findMatches('one two one two', 'two', any);
    expect([0, 4, 5, 13].map((from) => placeFrom(places, from))).toEqual([0, 0, 1, 0]);
    expect(placeFrom([], 3)).toBe(-1);
  });
});
