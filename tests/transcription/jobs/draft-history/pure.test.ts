import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyChange,
  changeBetween,
  type DraftState,
} from '../../../../transcription/jobs/draft-history/change.ts';
import type { KeptMark } from '../../../../transcription/jobs/draft-history/kept-mark.ts';
import { packChanges, unpackChanges } from '../../../../transcription/jobs/draft-history/pack.ts';
import { diffWords } from '../../../../transcription/jobs/draft-history/word-diff.ts';

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', '.'), maxLength: 30 }),
  fc.string({ unit: fc.constantFrom('😀', '😁', '𝒳', 'é', 'a'), maxLength: 12 }),
);
const state: fc.Arbitrary<DraftState> = text.chain((words) =>
  fc.record({
    text: fc.constant(words),
    anchors: fc
      .array(fc.tuple(fc.nat(words.length), fc.nat(9_000)), { maxLength: 6 })
      .map((list) => list.toSorted(([a], [b]) => a - b)),
    marks: fc.array(
      fc.tuple(fc.nat(words.length), fc.nat(words.length)).map(
        ([a, b]): KeptMark => ({
          id: '0199e0a0-0000-4000-8000-000000000000',
          start: Math.min(a, b),
          end: Math.max(a, b),
          kind: 'inaudible',
          audioMs: 0,
          audioEndMs: null,
          note: null,
        }),
      ),
      { maxLength: 2 },
    ),
  }),
);

describe('a change', () => {
  it('makes the one state the other, and cuts no character in two', () => {
    fc.assert(
      fc.property(state, state, (before, after) => {
        const change = changeBetween(before, after);
        expect(applyChange(before, change)).toEqual(after);
        expect(/\p{Surrogate}/u.test(change.inserted)).toBe(false);
      }),
    );
  });

  it('of plain typing is small: what moves along with the text is not told', () => {
    const before: DraftState = {
      text: 'One. Two.',
      anchors: [
        [0, 100],
        [5, 900],
      ],
      marks: [],
    };
    const after: DraftState = { text: 'And one. Two.', anchors: [[9, 900]], marks: [] };
    expect(changeBetween(before, after)).toMatchObject({
      at: 0,
      removed: 1,
      inserted: 'And o',
      anchors: null,
    });
  });

  it('comes out of a pack as it went in', async () => {
    const changes = fc.sample(
      fc.tuple(state, state).map(([a, b]) => changeBetween(a, b)),
      { numRuns: 50, seed: 4 },
    );
    const [june, omar] = [randomUUID(), randomUUID()];
    const kept = changes.map((change, index) => ({
      ...change,
      revision: 7 + index * 2,
      userId: index % 7 === 0 ? null : index % 3 ? june : omar,
      windowKey: index > 20 ? 'ab12' : null,
      restoredFrom: index === 30 ? 9 : null,
      savedAt: new Date(1_790_000_000_000 + index * 811),
    }));
    expect(await unpackChanges(await packChanges(kept))).toEqual(kept);
  });
});

describe('the difference of two texts, word by word', () => {
  const sides = (before: string, after: string) => {
    const pieces = diffWords(before, after);
    const of = (kind: string) => pieces.filter((piece) => piece.kind !== kind).map((piece) => piece.text);
    return { pieces, before: of('added').join(''), after: of('removed').join('') };
  };

  it('tells words that went and came', () => {
    expect(diffWords('We met Rosa at noon.', 'We met Mr. Delgado at noon today.')).toEqual([
      { kind: 'same', text: 'We met' },
      { kind: 'removed', text: ' Rosa' },
      { kind: 'added', text: ' Mr. Delgado' },
      { kind: 'same', text: ' at noon' },
      { kind: 'added', text: ' today' },
      { kind: 'same', text: '.' },
    ]);
  });

  it('makes up both texts from its pieces, whatever they are', () => {
    const words = fc
      .array(fc.constantFrom('a', 'b', 'c', ' ', '\n', 'de', '.'), { maxLength: 25 })
      .map((w) => w.join(''));
    fc.assert(
      fc.property(words, words, (before, after) => {
        const told = sides(before, after);
        expect(told).toMatchObject({ before, after });
      }),
    );
  });

  it('takes no more steps than are needed', () => {
    const changed = (pieces: ReturnType<typeof diffWords>) =>
      pieces.filter(({ kind }) => kind !== 'same').length;
    expect(changed(diffWords('a b c d e f', 'a x c d f'))).toBe(3);
  });

  it('gives up on texts that have nothing in common, without losing either', () => {
    const before = Array.from({ length: 3_000 }, (_, index) => `a${index}`).join(' ');
    const after = Array.from({ length: 3_000 }, (_, index) => `b${index}`).join('-');
    expect(sides(before, after)).toMatchObject({ before, after });
  });
});
