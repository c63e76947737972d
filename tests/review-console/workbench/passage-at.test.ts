import { describe, expect, it } from 'vitest';
import {
  passageAfter,
  passageAt,
  passageUnder,
} from '../../../review-console/browser/workbench/doubts/passage-at.ts';
import { quote } from '../../../review-console/browser/workbench/doubts/words.ts';

/** `[` and `]` are the ends of the selection; alone, `|` is the cursor. */
function marked(drawn: string): string {
  const from = drawn.search(/[[|]/);
  const to = drawn.includes('[') ? drawn.indexOf(']') - 1 : from;
  const text = drawn.replace(/[[\]|]/g, '');
  const { start, end } = passageAt(text, from, to);
  return start === end ? `point at ${start}` : text.slice(start, end);
}

describe('what is marked', () => {
  it.each([
    ['He wants [fifty of] them.', 'fifty of'],
    ['He wants[ fifty ]of them.', 'fifty'],
    ['He wants fi|fty of them.', 'fifty'],
    ['He wants fifty| of them.', 'fifty'],
    ['|He wants', 'He'],
    ['He wants fifty|.', 'fifty'],
    ['He wants  |  fifty', 'point at 10'],
    ['He wants fifty. |', 'point at 16'],
    ['|', 'point at 0'],
    ['He wants[  ]fifty', 'point at 8'],
    ["She said O’Br|ien's farm", "O’Brien's"],
    ["the ‘north’ si|de'", 'side'],
    ['twenty-fi|ve', 'twenty-five'],
    ['señor Nú|ñez', 'Núñez'],
  ])('%s: %s', (drawn, expected) => {
    expect(marked(drawn)).toBe(expected);
  });
});

describe('the passage at the cursor', () => {
  const passages = [
    { name: 'long', start: 0, end: 20 },
    { name: 'short', start: 5, end: 8 },
    { name: 'point', start: 30, end: 30 },
  ];
  it.each([
    [6, 6, 'short'],
    [8, 8, 'short'],
    [12, 12, 'long'],
    [30, 30, 'point'],
    [25, 25, undefined],
    [18, 28, 'long'],
  ])('%i to %i: %s', (from, to, expected) => {
    expect(passageUnder(passages, from, to)?.name).toBe(expected);
  });

  it('follows from one to the next and round', () => {
    const { name } = passageAfter(passages, 0) ?? {};
    expect([name, passageAfter(passages, 5)?.name, passageAfter(passages, 30)?.name]).toEqual([
      'short',
      'point',
      'long',
    ]);
    expect(passageAfter([], 0)).toBeUndefined();
  });
});

it('a passage is told by its words, a point by those before it', () => {
  const text = 'I went by Double T yesterday and sat with Travis Teague. He wants fifty of them.';
  expect(quote(text, { start: 66, end: 71 })).toBe('“fifty”');
  expect(quote(text, { start: 0, end: 80 })).toMatch(/^“I went by .*…”$/);
  expect(quote(text, { start: 71, end: 71 })).toBe('after “sat with Travis Teague. He wants fifty”');
  expect(quote(text, { start: 0, end: 0 })).toBe('at the beginning');
});
