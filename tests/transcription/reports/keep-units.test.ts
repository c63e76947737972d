import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keepUnits, type UnitSpan } from '../../../transcription/reports/keep-units.ts';
import { matchUnits } from '../../../transcription/reports/match-units.ts';

interface Cut {
  text: string;
  units: UnitSpan[];
}

/** A text of these units, with a space between. */
function layOut(units: readonly string[]): Cut {
  let text = '';
  return {
    units: units.map((words, at) => {
      if (at > 0) text += ' ';
      const start = text.length;
      text += words;
      return { start, end: text.length, para: at === 0 };
    }),
    get text() {
      return text;
    },
  };
}

/** As software would cut it: at each full stop. Units that a person cut otherwise must not care. */
function suggest(text: string): UnitSpan[] {
  return [...text.matchAll(/[^.]+\.?/g)].flatMap(({ 0: piece, index }) => {
    const lead = piece.length - piece.trimStart().length;
    return piece.trim() === ''
      ? []
      : [{ start: index + lead, end: index + lead + piece.trim().length, para: index === 0 }];
  });
}

function cut(before: readonly string[], after: string): string[] {
  return keepUnits(layOut(before), { text: after, suggested: suggest(after) }).map(({ start, end }) =>
    after.slice(start, end),
  );
}

/** Numbers as a correction gives them: of the unit that it was, null for a new one. */
function numbers(before: readonly string[], after: string): (number | null)[] {
  return matchUnits(before, cut(before, after)).map((match) => (match === null ? null : match + 1));
}

describe('a corrected text', () => {
  const UNITS = ['We met Ann. She was in', 'good spirits', 'and she wants four pumps.', 'I will call.'];
  const TEXT = UNITS.join(' ');

  test.each([
    ['nothing changed', TEXT, [1, 2, 3, 4]],
    ['a word in one unit', TEXT.replace('four', 'five'), [1, 2, null, 4]],
    ['the first word of one', TEXT.replace('good', 'high'), [1, null, 3, 4]],
    ['the last word of one', TEXT.replace('spirits', 'shape'), [1, null, 3, 4]],
    ['a unit taken out', TEXT.replace(' and she wants four pumps.', ''), [1, 2, 4]],
    ['a sentence between two', TEXT.replace(' I will', ' Bob was there. I will'), [1, 2, 3, null, 4]],
    ['sentences at the end', `${TEXT} Or write. Soon.`, [1, 2, 3, 4, null, null]],
    ['one in front', `Hello. ${TEXT}`, [null, 1, 2, 3, 4]],
    ['only spaces', TEXT.replaceAll(' ', '  '), [1, 2, 3, 4]],
  ])('%s', (_, after, expected) => {
    expect(numbers(UNITS, after)).toEqual(expected);
  });

  test('two mended units that stand side by side stay two', () => {
    expect(cut(UNITS, TEXT.replace('spirits and', 'spirit but'))).toEqual([
      'We met Ann. She was in',
      'good spirit',
      'but she wants four pumps.',
      'I will call.',
    ]);
  });

  test('a unit into which much was written is cut again', () => {
    const after = TEXT.replace(
      'good spirits',
      'good spirits. She spoke of the new line at length. They will build it in spring, she thinks.',
    );
    expect(cut(UNITS, after).length).toBeGreaterThan(UNITS.length);
    expect(numbers(UNITS, after).filter((number) => number !== null)).toEqual([1, 3, 4]);
  });
});

const word = fc.stringMatching(/^[a-d]{1,2}[.]?$/);
const aUnit = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
const someUnits = fc.array(aUnit, { minLength: 1, maxLength: 8 });

describe('whatever is written', () => {
  test('every word is in one unit, in order', () => {
    fc.assert(
      fc.property(someUnits, fc.array(word, { minLength: 1, maxLength: 30 }), (before, words) => {
        const after = words.join(' ');
        expect(cut(before, after).join(' ')).toBe(after);
      }),
      { numRuns: 120 },
    );
  });

  test('a mended word changes its unit and no other', () => {
    fc.assert(
      fc.property(someUnits, fc.nat(), fc.nat(), (before, at, which) => {
        const index = at % before.length;
        const words = before[index]?.split(' ') ?? [];
        words[which % words.length] = 'MENDED';
        const after = before.with(index, words.join(' ')).join(' ');
        expect(numbers(before, after)).toEqual(before.map((_, each) => (each === index ? null : each + 1)));
      }),
      { numRuns: 120 },
    );
  });

  test('a unit that is put in or taken out leaves all others their numbers', () => {
    fc.assert(
      fc.property(someUnits, fc.nat(), (before, at) => {
        const place = at % (before.length + 1);
        const more = before.toSpliced(place, 0, 'PUT IN');
        expect(numbers(before, more.join(' '))).toEqual(
          before.map((_, each): number | null => each + 1).toSpliced(place, 0, null),
        );
        expect(numbers(more, before.join(' '))).toEqual(
          before.map((_, each) => (each < place ? each + 1 : each + 2)),
        );
      }),
      { numRuns: 120 },
    );
  });
});
