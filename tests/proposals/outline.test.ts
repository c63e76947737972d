import { expect, test } from 'vitest';
import { arrangeOutline } from '../../proposals/outline.ts';

const section = (number: string) => ({ number, title: `Title of ${number}` });

test('sections are put in the order of their numbers, as numbers, each under its parent', () => {
  const { sections } = arrangeOutline(['2', '1.10', '1.2', '1', '1.2.1'].map(section));
  expect(sections?.map(({ number, parentNumber, position }) => [position, number, parentNumber])).toEqual([
    [1, '1', null],
    [2, '1.2', '1'],
    [3, '1.2.1', '1.2'],
    [4, '1.10', '1'],
    [5, '2', null],
  ]);
});

test.each([
  [['0'], 'no section number'],
  [['1', '1.'], 'no section number'],
  [['1', '1.0'], 'no section number'],
  [['100'], 'no section number'],
  [['A'], 'no section number'],
  [['1', '1.1', '1.1.1', '1.1.1.1', '1.1.1.1.1'], 'no section number'],
  [['1', '1'], 'there twice'],
  [['1', '2.1'], 'needs a section 2 above'],
])('%j is refused: %s', (numbers, problem) => {
  expect(arrangeOutline(numbers.map(section)).problem).toContain(problem);
});
