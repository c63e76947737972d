import { describe, expect, test } from 'vitest';
import { nearby, numberOfKeys, sectionAfter, walkOutline } from '../../proposals/outline-walk.ts';

const outline = ['1', '1.1', '1.2', '1.2.1', '1.10', '2', '3', '3.1'].map((number) => ({
  id: `id ${number}`,
  number,
  title: `Title of ${number}`,
}));

describe('going through the outline', () => {
  test.each([
    ['1', 'next', '2'],
    ['1.2', 'next', '1.10'],
    ['1.10', 'next', undefined],
    ['3', 'next', undefined],
    ['2', 'previous', '1'],
    ['1.1', 'previous', undefined],
    ['1', 'into', '1.1'],
    ['1.2', 'into', '1.2.1'],
    ['2', 'into', undefined],
    ['1.2.1', 'out', '1.2'],
    ['1.10', 'out', '1'],
    ['1', 'out', undefined],
    ['9', 'next', undefined],
  ] as const)('from %s %s: %s', (from, move, to) => {
    expect(walkOutline(outline, from, move)?.number).toBe(to);
  });

  test('the next section of the document is one’s own first part, then what follows', () => {
    const order = ['1', '1.1', '1.2', '1.2.1', '1.10', '2', '3', '3.1'];
    for (const [at, number] of order.entries())
      expect(sectionAfter(outline, number)?.number).toBe(order[at + 1]);
    expect(sectionAfter(outline, '7')).toBeNull();
  });
});

test.each([
  ['1.7', '1', '1.1', '1.10'],
  ['1.2.9', '1.2', '1.2.1', '1.2.1'],
  ['1.2.9.4', '1.2', '1.2.1', '1.2.1'],
  ['2.1', '2', null, null],
  ['9', undefined, '1', '3'],
  ['9.1.1', undefined, '1', '3'],
])('near the missing section %s: parts of %s, %s to %s', (wanted, above, first, last) => {
  const found = nearby(outline, wanted);
  expect([found.above?.number, found.first, found.last]).toEqual([above, first, last]);
});

test('near anything in an empty outline is nothing', () => {
  expect(nearby([], '1')).toEqual({ above: null, first: null, last: null });
});

test.each([
  ['1*2', '1.2'],
  ['1', '1'],
  ['01*02', '1.2'],
  ['1*2*', '1.2'],
  ['*1**2', '1.2'],
  ['1*10*3*4', '1.10.3.4'],
  ['', null],
  ['*', null],
  ['12345', null],
])('keys %s are section %s', (keys, number) => {
  expect(numberOfKeys(keys)).toBe(number);
});
