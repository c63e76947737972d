import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutAtLabels, LABELS, labelText } from '../../../transcription/redaction/labels.ts';
import { planRedaction, widenToWords } from '../../../transcription/redaction/redaction-input.ts';
import { findPhrase, scrubJson, scrubText } from '../../../transcription/redaction/text/phrases.ts';
import { placesInCopy } from '../../../transcription/redaction/text/redact-copy.ts';
import {
  joinPlaces,
  moveOffset,
  replacePlaces,
  type TextPlace,
} from '../../../transcription/redaction/text/replace-spans.ts';

function placeOf(text: string, words: string, label: TextPlace['label'] = 'name'): TextPlace {
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`no "${words}"`);
  return { start, end: start + words.length, label };
}

describe('the same words elsewhere', () => {
  test.each([
    ['Met Dana Kowalski today.', 'Dana Kowalski', 1],
    ['Met dana  kowalski, and DANA-KOWALSKI again.', 'Dana Kowalski', 2],
    ["It is Dana Kowalski's call.", 'Dana Kowalski', 1],
    ['It is Kowalski.', "Kowalski's", 1],
    ['Kowalskis are many.', 'Kowalski', 0],
    ['Card 4111 1111-1111 1111 on file', '4111111111111111', 1],
    ['Card 4111111111111111 on file', '4111 1111 1111 1111', 1],
    ['Card 41111111111111112 on file', '4111 1111 1111 1111', 0],
    ['Room 12 and 125', '12', 1],
    ['Zoë came', 'zoë', 1],
    ['What?', '?!', 0],
    ['a.b (c) a+b', 'a+b', 2],
  ])('in "%s": %s', (text, words, count) => {
    expect(findPhrase(text, words)).toHaveLength(count);
  });

  test('are taken out of texts and of JSON, whose own words stay', () => {
    const phrases = [{ words: 'Dana Kowalski', label: 'name' as const }];
    expect(scrubText("Dana Kowalski's price", phrases)).toBe("[name]'s price");
    expect(scrubJson({ kind: 'Dana Kowalski', list: ['with Dana Kowalski', 4, null] }, phrases)).toEqual({
      kind: 'Dana Kowalski',
      list: ['with [name]', 4, null],
    });
  });
});

describe('places', () => {
  test('are widened to whole words', () => {
    const text = "It's O'Neill's card, truly.";
    const at = text.indexOf('Neill');
    const { start, end } = widenToWords(text, { start: at, end: at + 3 });
    expect(text.slice(start, end)).toBe("O'Neill's");
  });

  test('that overlap are one; what is between two that touch goes with neither', () => {
    const text = 'one two three';
    const joined = joinPlaces(
      [
        { start: 4, end: 7, label: 'number' },
        { start: 0, end: 5, label: 'name' },
        { start: 8, end: 8, label: 'name' },
      ],
      text,
    );
    expect(joined).toEqual([{ start: 0, end: 7, label: 'name' }]);
    expect(replacePlaces(text, joined)).toBe('[name] three');
  });

  test('offsets move with the text, whatever is replaced', () => {
    const gap = fc.record({
      skip: fc.nat(12),
      take: fc.integer({ min: 1, max: 9 }),
      label: fc.constantFrom(...LABELS),
    });
    fc.assert(
      fc.property(
        fc.array(gap, { maxLength: 6 }),
        fc.string({ minLength: 130, maxLength: 160 }),
        (gaps, text) => {
          let at = 0;
          const places = gaps.map(({ skip, take, label }) => {
            const start = at + skip + 1;
            at = start + take;
            return { start, end: at, label };
          });
          const after = replacePlaces(text, places);
          for (let offset = 0; offset <= text.length; offset += 1) {
            const inside = places.find(({ start, end }) => offset > start && offset < end);
            if (!inside)
              expect(after.slice(moveOffset(offset, places))).toBe(
                replacePlaces(
                  text.slice(offset),
                  places
                    .filter(({ start }) => start >= offset)
                    .map((place) => ({ ...place, start: place.start - offset, end: place.end - offset })),
                ),
              );
            else
              expect(after.slice(moveOffset(offset, places)).startsWith(labelText(inside.label))).toBe(true);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test('a label is told from other brackets', () => {
    expect(cutAtLabels('Met [name] of [sic] fame')).toEqual([
      { text: 'Met ', label: null },
      { text: '[name]', label: 'name' },
      { text: ' of [sic] fame', label: null },
    ]);
  });
});

describe('a plan', () => {
  const input = (text: string, places: TextPlace[]) => ({
    id: crypto.randomUUID(),
    mask: 'tone' as const,
    textLength: text.length,
    places: places.map((place) => ({ ...place, audio: null })),
  });

  test('names words that are nowhere left, and not those that the person left', () => {
    const text = 'Rose came. Prices rose. Dana came.';
    const plan = planRedaction(text, input(text, [placeOf(text, 'Rose'), placeOf(text, 'Dana')]));
    expect(plan.redacted).toBe('[name] came. Prices rose. [name] came.');
    expect(plan.phrases.map(({ words }) => words)).toEqual(['Dana']);
  });

  test('is refused for another text, and for nothing', () => {
    expect(() => planRedaction('short', input('longer text', [placeOf('longer text', 'longer')]))).toThrow();
    expect(() => planRedaction('a  b', input('a  b', [{ start: 1, end: 3, label: 'name' }]))).toThrow();
  });
});

describe('the same passage in another version', () => {
  const reference = 'We met Dana Kowalski at noon. She wants two pumps by March.';
  const places = [placeOf(reference, 'Dana Kowalski')];
  const phrases = [{ words: 'Dana Kowalski', label: 'name' as const }];
  const redact = (copy: string) => replacePlaces(copy, placesInCopy(copy, { reference, places, phrases }));

  test.each([
    ['the same text', reference, 'We met [name] at noon. She wants two pumps by March.'],
    [
      'spelled otherwise',
      'We met Dana Kovalsky at noon. She wants two pumps.',
      'We met [name] at noon. She wants two pumps.',
    ],
    [
      'both words otherwise',
      'We met Donna Kovalsky at noon. She wants pumps.',
      'We met [name] at noon. She wants pumps.',
    ],
    ['before it was typed', 'We met', 'We met'],
    ['in the middle of it', 'We met Dana Kowal', 'We met [name]'],
    [
      'with more words around',
      'So today we met with Dana Kowalski at about noon.',
      'So today we met with [name] at about noon.',
    ],
    [
      'said again elsewhere',
      'Dana Kowalski. We met Dana Kowalski at noon.',
      '[name]. We met [name] at noon.',
    ],
    ['another text altogether', 'Nothing of the kind was said here.', 'Nothing of the kind was said here.'],
    ['nothing', '', ''],
  ])('%s', (_what, copy, expected) => {
    expect(redact(copy)).toBe(expected);
  });

  test('what is taken out already stays so', () => {
    const once = redact('We met Dana Kovalsky at noon. She wants two pumps.');
    expect(redact(once)).toBe(once);
  });

  test('a passage that was left elsewhere is found by its place alone', () => {
    const copy = 'Dana Kowalski called. We met Dana Kowalski at noon. She wants two pumps by March.';
    const found = placesInCopy(copy, { reference, places, phrases: [] });
    expect(replacePlaces(copy, found)).toBe(
      'Dana Kowalski called. We met [name] at noon. She wants two pumps by March.',
    );
  });

  test('whatever is typed before and behind, the words are gone', () => {
    const words = fc.array(fc.constantFrom('we', 'met', 'noon', 'pumps', 'She', 'by', 'March', 'x'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(words, words, (before, behind) => {
        const copy = [...before, 'Dana', 'Kowalski', ...behind].join(' ');
        expect(redact(copy)).not.toMatch(/kowalski/i);
      }),
    );
  });
});
