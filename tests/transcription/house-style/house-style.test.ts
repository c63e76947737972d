import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, findChanges, HOUSE_RULES } from '../../../transcription/house-style/house-style.ts';

const write = (text: string) => applyChanges(text, findChanges(text));

describe.each(HOUSE_RULES)('$key', ({ key, examples, find }) => {
  it.each(examples)('%s', (typed, written) => {
    expect(
      applyChanges(
        typed,
        find(typed).map((found) => ({ ...found, before: '', rule: key })),
      ),
    ).toBe(written);
  });
});

describe('the house style of a whole text', () => {
  it.each([
    [
      'um, he paid forty five hundred dollars on june 3rd , about ten percent down',
      'He paid $4,500 on June 3, about 10% down',
    ],
    ['call 806.555.0142 at 3:00 p.m. He will be there.', 'Call 806-555-0142 at 3 PM. He will be there.'],
    ['The 3,000 of them.', 'The 3,000 of them.'],
    ['', ''],
  ])('%s', (typed, written) => {
    expect(write(typed)).toBe(written);
  });

  it('leaves names alone', () => {
    expect(findChanges('We sold the Gonna 4500 gallons.', { names: ['Gonna 4500 gallons'] })).toEqual([]);
  });

  it('leaves out the rules that are off', () => {
    expect(findChanges('We paid 4500 dollars.', { off: ['money-dollars'] })).toEqual([]);
  });

  const fragment = fc.oneof(
    fc.constantFrom(...HOUSE_RULES.flatMap(({ examples }) => examples.map(([typed]) => typed))),
    fc.constantFrom(
      'um',
      '$5k',
      'ten',
      'June third',
      ' ,',
      '--',
      '3 pm',
      '.',
      '\n',
      'percent',
      'dollars',
      '12000',
    ),
    fc.string({ maxLength: 6 }),
  );
  const text = fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join(' '));

  it('finds places in order that do not overlap and say what stands there', () => {
    fc.assert(
      fc.property(text, (typed) => {
        let at = 0;
        for (const { start, end, before } of findChanges(typed)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(typed.slice(start, end)).toBe(before);
          at = end;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('comes to rest: what is written in it is not changed again', () => {
    fc.assert(
      fc.property(text, (typed) => {
        let written = write(typed);
        // One change may uncover another beside it; each time there must be less to do.
        for (let round = 0; round < 4; round += 1) written = write(written);
        expect(write(written)).toBe(written);
      }),
      { numRuns: 200 },
    );
  });
});
