import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asOne,
  createEditMemory,
  inverseOf,
  spliceMany,
} from '../../../../review-console/browser/workbench/text/many-edits.ts';
import type { Typed } from '../../../../review-console/browser/workbench/text/typing.ts';
import { applySplice, type Splice } from '../../../../transcription/jobs/text-splice.ts';

const text = fc
  .array(fc.constantFrom('koler', 'the', 'pump', 'a', '\n', 'went.'), { maxLength: 30 })
  .map((words) => words.join(' '));
const typed = text.chain((value) =>
  fc
    .record({
      cuts: fc.uniqueArray(fc.nat(value.length), { maxLength: 12 }),
      anchorsAt: fc.uniqueArray(fc.nat(value.length), { maxLength: 10 }),
      mark: fc.tuple(fc.nat(value.length), fc.nat(value.length)),
      inserted: fc.constantFrom('', 'Koehler', 'x', 'pump'),
    })
    .map(({ cuts, anchorsAt, mark, inserted }) => {
      const places = cuts.toSorted((a, b) => a - b);
      const splices: Splice[] = [];
      for (let at = 0; at + 1 < places.length; at += 2) {
        const [start = 0, end = 0] = places.slice(at, at + 2);
        splices.push({ start, removed: end - start, inserted });
      }
      const [from, to] = mark;
      const before: Typed = {
        text: value,
        anchors: anchorsAt.toSorted((a, b) => a - b).map((char, index) => [char, index * 500] as const),
        marks: [{ id: 'm', start: Math.min(from, to), end: Math.max(from, to) }],
      };
      return { before, splices };
    }),
);

describe('many replacements at once', () => {
  it('make the text that they make one by one, and as the one that the field is told', () => {
    fc.assert(
      fc.property(typed, ({ before, splices }) => {
        const after = spliceMany(before, splices);
        let expected = before.text;
        for (const splice of splices.toReversed()) expected = applySplice(expected, splice);
        expect(after.text).toBe(expected);
        const one = asOne(before.text, splices);
        if (one) expect(applySplice(before.text, one)).toBe(expected);
        else expect(splices).toEqual([]);
      }),
    );
  });

  it('leave anchors in order, at the same words, and marks within the text', () => {
    fc.assert(
      fc.property(typed, ({ before, splices }) => {
        const after = spliceMany(before, splices);
        let last = -1;
        for (const [char, ms] of after.anchors) {
          expect(char).toBeGreaterThanOrEqual(last);
          expect(char).toBeLessThanOrEqual(after.text.length);
          last = char;
          // What stood behind an anchor outside of all replacements stands there still.
          const was = before.anchors.find((anchor) => anchor[1] === ms)?.[0] ?? -1;
          const isOutside = splices.every(({ start, removed }) => was < start || was >= start + removed);
          const next = splices.find(({ start }) => start >= was)?.start ?? before.text.length;
          if (isOutside) expect(after.text.slice(char)).toContain(before.text.slice(was, next));
          if (isOutside) expect(after.text.startsWith(before.text.slice(was, next), char)).toBe(true);
        }
        for (const { start, end } of after.marks ?? []) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(after.text.length);
        }
      }),
    );
  });

  it('are undone by their inverse, and the memory gives back anchors and marks as they were', () => {
    fc.assert(
      fc.property(typed, ({ before, splices }) => {
        const after = spliceMany(before, splices);
        expect(spliceMany(after, inverseOf(before.text, splices)).text).toBe(before.text);
        const memory = createEditMemory();
        memory.made(before, after, splices);
        expect(memory.recall(after, before.text)).toEqual(before);
        expect(memory.recall(before, after.text)?.text).toBe(after.text);
        expect(memory.recall(after, `${after.text} and another`)).toBeNull();
      }),
    );
  });
});
