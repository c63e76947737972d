import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currentIndex,
  mergeNext,
  moveSentence,
  moveTo,
  moveUnit,
  moveWords,
  openCoding,
  openUnits,
  recode,
  splitHere,
  toUnits,
  unitsOf,
} from '../../../review-console/browser/agreement/coding.ts';
import { audioMsAt } from '../../../review-console/browser/agreement/place-words.ts';
import { faultOf } from '../../../transcription/coding/double/check-units.ts';

const TEXT = 'They need two more. The price is  too high.\n\nI call back on Friday.';

describe('coding from nothing', () => {
  it('begins as one unit without a code, and never saves what the server would refuse', () => {
    const coding = openCoding(TEXT, []);
    expect(toUnits(coding)).toEqual([{ start: 0, end: TEXT.length, codes: [] }]);
    expect(openUnits(coding)).toEqual([0]);
    const step = fc.constantFrom<'right' | 'left' | 'down' | 'up' | 's' | 'm' | 'j' | 'k' | 'c'>(
      ...(['right', 'left', 'down', 'up', 's', 'm', 'j', 'k', 'c'] as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let now = coding;
        for (const key of steps) {
          if (key === 'right') now = moveWords(now, 1);
          if (key === 'left') now = moveWords(now, -1);
          if (key === 'down') now = moveSentence(now, 1);
          if (key === 'up') now = moveSentence(now, -1);
          if (key === 's') now = splitHere(now);
          if (key === 'm') now = mergeNext(now);
          if (key === 'j') now = moveUnit(now, 1);
          if (key === 'k') now = moveUnit(now, -1);
          if (key === 'c') now = recode(now, currentIndex(now), ['need']);
          const units = toUnits(now);
          expect(faultOf(TEXT, units)).toBeNull();
          // Opened again it is the same, but for the cursor.
          expect(toUnits(openCoding(TEXT, units))).toEqual(units);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('moves by sentences, splits before the cursor, keeps codes with the words before', () => {
    let coding = moveSentence(openCoding(TEXT, []), 1);
    expect(coding.cursor).toBe(4);
    coding = recode(splitHere(coding), 0, ['need']);
    coding = splitHere(moveSentence(coding, 1));
    expect(toUnits(coding).map(({ start, end, codes }) => [TEXT.slice(start, end), codes])).toEqual([
      ['They need two more.', ['need']],
      ['The price is  too high.', []],
      ['I call back on Friday.', []],
    ]);
    expect(currentIndex(coding)).toBe(2);
    expect(openCoding(TEXT, toUnits(coding)).cursor).toBe(4);
    coding = mergeNext(recode(moveTo(coding, 1), 1, ['pricing', 'need']));
    expect(unitsOf(coding).map(({ codes }) => codes)).toEqual([['need'], ['pricing', 'need']]);
    expect(moveSentence(moveSentence(coding, 1), 1).cursor).toBe(14);
    expect(currentIndex(moveWords(coding, 99))).toBe(1);
  });

  it('survives a text without a word', () => {
    const empty = openCoding('  ', []);
    expect(unitsOf(moveSentence(splitHere(moveWords(empty, 1)), 1))).toEqual([]);
  });
});

describe('where a word is said', () => {
  const whole = { textLength: 100, durationMs: 10_000 };
  it('lies on the line between the places around it', () => {
    expect(
      audioMsAt(
        [
          [20, 1000],
          [40, 3000],
        ],
        30,
        whole,
      ),
    ).toBe(2000);
    expect(audioMsAt([[20, 1000]], 10, whole)).toBe(500);
    expect(audioMsAt([[50, 4000]], 75, whole)).toBe(7000);
    expect(audioMsAt([], 25, whole)).toBe(2500);
  });
  it('passes over a place that leads back', () => {
    expect(
      audioMsAt(
        [
          [20, 4000],
          [30, 1000],
          [40, 6000],
        ],
        30,
        whole,
      ),
    ).toBe(5000);
  });
});
