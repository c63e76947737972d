import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movePassage, movePassages } from '../../../transcription/doubts/move-passage.ts';
import { applySplice, type Splice } from '../../../transcription/jobs/text-splice.ts';

const TEXT = 'He wants fifty of them.';
const FIFTY = { start: 9, end: 14 };
const at = (start: number, removed: number, inserted: string): Splice => ({ start, removed, inserted });

describe('a passage', () => {
  it.each<[string, Splice, string]>([
    ['typed far before', at(0, 0, 'So. '), 'fifty'],
    ['typed far behind', at(23, 0, ' He said.'), 'fifty'],
    ['typed right before', at(9, 0, 'about '), 'fifty'],
    ['typed right behind', at(14, 0, ' or so'), 'fifty'],
    ['its last word typed on', at(14, 0, '-five or so'), 'fifty-five'],
    ['typed inside', at(12, 0, 'f'), 'fiffty'],
    ['all of it retyped', at(9, 5, 'fifteen'), 'fifteen'],
    ['its end retyped', at(12, 2, 'teen'), 'fifteen'],
    ['its beginning goes with what stands before', at(3, 8, 'got '), 'fty'],
    ['its end goes with what stands behind', at(11, 12, '.'), 'fi'],
    ['all of it goes', at(9, 5, ''), ''],
    ['more than it goes', at(3, 20, 'left.'), ''],
    ['all of the text goes', at(0, 23, ''), ''],
  ])('%s', (_name, splice, marked) => {
    const { start, end } = movePassage(FIFTY, splice);
    expect(applySplice(TEXT, splice).slice(start, end)).toBe(marked);
  });

  it.each<[string, Splice, number]>([
    ['stays where something is typed at it', at(8, 0, ' two'), 8],
    ['moves with what is typed before', at(2, 0, ' now'), 12],
    ['stays at what goes behind it', at(8, 15, ''), 8],
    ['goes to where the text around it went', at(2, 12, ''), 2],
  ])('that is a point %s', (_name, splice, expected) => {
    expect(movePassage({ start: 8, end: 8 }, splice)).toEqual({ start: expected, end: expected });
  });

  it('stays within the text and in order, and keeps its words unless they are touched', () => {
    const text = fc.string({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        text,
        fc.nat(),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        fc.string({ maxLength: 8 }),
        (before, ...random) => {
          const [a, b, c, d, inserted] = random;
          const [start = 0, end = 0] = [a % (before.length + 1), b % (before.length + 1)].toSorted(
            (x, y) => x - y,
          );
          const from = c % (before.length + 1);
          const splice = { start: from, removed: d % (before.length - from + 1), inserted };
          const after = applySplice(before, splice);
          const moved = movePassage({ start, end }, splice);
          expect(0 <= moved.start && moved.start <= moved.end && moved.end <= after.length).toBe(true);
          const untouched = splice.start > end || splice.start + splice.removed <= start;
          if (untouched) expect(after.slice(moved.start, moved.end)).toBe(before.slice(start, end));
        },
      ),
    );
  });

  it('is found again in a text that changed in one place', () => {
    const passages = [FIFTY, { start: 3, end: 8 }];
    const after = 'Well, he wants fifty of them.';
    expect(movePassages(passages, TEXT, after).map(({ start, end }) => after.slice(start, end))).toEqual([
      'fifty',
      'wants',
    ]);
    expect(movePassages(passages, TEXT, TEXT)).toEqual(passages);
  });
});
