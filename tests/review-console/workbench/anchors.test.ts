import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Anchor,
  addAnchor,
  audioAt,
  compactAnchors,
  shiftAnchors,
} from '../../../review-console/browser/workbench/audio/anchors.ts';
import { typeInto } from '../../../review-console/browser/workbench/text/typing.ts';
import { applySplice, findSplice } from '../../../transcription/jobs/text-splice.ts';

const staircase = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 3000 })), { maxLength: 60 })
  .map((steps) => {
    let char = 0;
    let ms = 0;
    return steps.map(([chars, time]): Anchor => {
      char += chars;
      ms += time;
      return [char, ms];
    });
  });

function expectStaircase(anchors: readonly Anchor[]): void {
  anchors.forEach(([char, ms], index) => {
    const before = anchors[index - 1];
    if (!before) return;
    expect(char).toBeGreaterThan(before[0]);
    expect(ms).toBeGreaterThan(before[1]);
  });
}

describe('anchors', () => {
  it.each<[string, Anchor[], [number, number], Anchor[]]>([
    ['the first', [], [0, 900], [[0, 900]]],
    [
      'further on',
      [[0, 900]],
      [5, 1400],
      [
        [0, 900],
        [5, 1400],
      ],
    ],
    [
      'typed on while paused: all of it was heard by then',
      [
        [0, 900],
        [5, 1400],
      ],
      [9, 1400],
      [
        [0, 900],
        [9, 1400],
      ],
    ],
    [
      'after a small step back the later word bounds the earlier',
      [
        [0, 900],
        [5, 2400],
      ],
      [9, 2000],
      [
        [0, 900],
        [9, 2000],
      ],
    ],
    [
      'a correction in the middle while the audio is further on tells nothing',
      [
        [0, 900],
        [9, 2000],
      ],
      [4, 8000],
      [
        [0, 900],
        [9, 2000],
      ],
    ],
    [
      'something in the middle heard again',
      [
        [0, 900],
        [9, 5000],
      ],
      [4, 3000],
      [
        [0, 900],
        [4, 3000],
        [9, 5000],
      ],
    ],
    [
      'listening far back while typing on is no bound',
      [
        [0, 900],
        [9, 60_000],
      ],
      [12, 2000],
      [
        [0, 900],
        [9, 60_000],
      ],
    ],
  ])('adds %s', (_name, before, [char, ms], after) => {
    expect(addAnchor(before, char, ms)).toEqual(after);
  });

  it('ascend in both numbers whatever is typed where', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(500), fc.nat(100_000)), { maxLength: 80 }), (typed) => {
        let anchors: Anchor[] = [];
        for (const [char, ms] of typed) anchors = addAnchor(anchors, char, ms);
        expectStaircase(anchors);
      }),
    );
  });

  it('stay with their words when text before them changes, and go with words that are removed', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 10, maxLength: 60 }),
        fc.nat(),
        fc.nat(),
        fc.string({ maxLength: 8 }),
        (text, at, length, inserted) => {
          const start = at % text.length;
          const removed = length % (text.length - start + 1);
          const splice = { start, removed, inserted };
          const after = applySplice(text, splice);
          const anchors =
            [...text].length === text.length ? text.split('').map((_, i): Anchor => [i, i * 100]) : [];
          for (const [char, ms] of shiftAnchors(anchors, splice)) expect(after[char]).toBe(text[ms / 100]);
        },
      ),
    );
  });

  it('tell the same within the tolerance when compacted', () => {
    fc.assert(
      fc.property(staircase, (anchors) => {
        const compact = compactAnchors(anchors, 150);
        expectStaircase(compact);
        for (const [char, ms] of anchors)
          expect(Math.abs((audioAt(compact, char) ?? Number.NaN) - ms)).toBeLessThanOrEqual(151);
      }),
    );
  });

  it('of an hour of even typing become few', () => {
    const anchors = Array.from({ length: 9000 }, (_, i): Anchor => [i * 6, i * 400]);
    expect(compactAnchors(anchors).length).toBeLessThan(200);
  });

  it.each<[number, number | null]>([
    [0, 1000],
    [10, 1000],
    [15, 1500],
    [20, 2000],
    [99, 2000],
  ])('give the audio of character %i', (char, ms) => {
    expect(
      audioAt(
        [
          [10, 1000],
          [20, 2000],
        ],
        char,
      ),
    ).toBe(ms);
  });

  it('give nothing when nothing was heard', () => {
    expect(audioAt([], 3)).toBeNull();
  });
});

describe('typing', () => {
  const type = (letters: string, msPerLetter: number) => {
    let typed = { text: '', anchors: [] as readonly Anchor[] };
    for (let index = 0; index < letters.length; index += 1)
      typed = typeInto(typed, letters.slice(0, index + 1), index + 1, (index + 1) * msPerLetter);
    return typed;
  };

  it('gives each word an anchor where it begins', () => {
    expect(type('We met Rosa', 100).anchors).toEqual([
      [0, 100],
      [3, 400],
      [7, 800],
    ]);
  });

  it('keeps words and audio together when something is put in before them', () => {
    const typed = type('We met Rosa', 100);
    const after = typeInto(typed, 'Yesterday We met Rosa', 10, 1100);
    expect(after.anchors).toEqual([
      [10, 100],
      [13, 400],
      [17, 800],
    ]);
  });

  it('gives none before anything was played, nor to what is pasted', () => {
    expect(type('We met', 0).anchors).toEqual([]);
    const pasted = 'Something long that was copied from elsewhere and put in at once.';
    expect(typeInto({ text: '', anchors: [] }, pasted, pasted.length, 5000).anchors).toEqual([]);
  });
});

describe('findSplice', () => {
  it('gives a change that turns one text into the other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(40), (before, after, caret) => {
        const splice = findSplice(before, after, caret);
        expect(splice ? applySplice(before, splice) : before).toBe(after);
        if (before === after) expect(splice).toBeNull();
      }),
    );
  });

  it('puts a doubled letter where the caret is', () => {
    expect(findSplice('aaa', 'aaaa', 2)).toEqual({ start: 1, removed: 0, inserted: 'a' });
  });
});
