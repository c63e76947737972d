import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applySplice, findSplice } from '../../../transcription/jobs/text-splice.ts';

/** Letter by letter, as one would do it by hand. */
function byHand(before: string, after: string, caret = after.length) {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  const fromEnd = (end: number) => before.at(-1 - end) === after.at(-1 - end);
  let end = 0;
  while (end < Math.min(shorter, Math.max(0, after.length - caret)) && fromEnd(end)) end += 1;
  let start = 0;
  while (start < shorter - end && before[start] === after[start]) start += 1;
  while (end < shorter - start && fromEnd(end)) end += 1;
  return { start, removed: before.length - start - end, inserted: after.slice(start, after.length - end) };
}

// Few letters, so that much is alike.
const text = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 60 });

it('finds the same change as going through it letter by letter, and the change makes the text', () => {
  fc.assert(
    fc.property(text, text, text, text, fc.nat(200), (head, old, typed, tail, caret) => {
      const [before, after] = [head + old + tail, head + typed + tail];
      for (const at of [undefined, head.length + typed.length, caret]) {
        const splice = findSplice(before, after, at);
        expect(splice).toEqual(byHand(before, after, at));
        expect(splice ? applySplice(before, splice) : before).toBe(after);
      }
    }),
    { numRuns: 2000 },
  );
});
