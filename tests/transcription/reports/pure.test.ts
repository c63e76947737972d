import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayValue } from '../../../transcription/reports/display-value.ts';
import { matchUnits } from '../../../transcription/reports/match-units.ts';
import { placeInAudio } from '../../../transcription/reports/place-in-audio.ts';
import { resolveUnits } from '../../../transcription/reports/resolve-units.ts';

describe('place in audio', () => {
  const spans = [
    { start: 0, end: 19 },
    { start: 20, end: 59 },
    { start: 60, end: 100 },
  ];
  const place = (anchors: [number, number][], durationMs = 10_000) =>
    placeInAudio(spans, { anchors, textLength: 100, durationMs }).map((span) => [
      span.audioStartMs,
      span.audioEndMs,
    ]);

  it.each([
    [
      'no anchors: by characters',
      [],
      [
        [0, 2000],
        [2000, 6000],
        [6000, 10_000],
      ],
    ],
    [
      'between anchors',
      [
        [0, 0],
        [20, 4000],
        [60, 5000],
        [100, 9000],
      ],
      [
        [0, 4000],
        [4000, 5000],
        [5000, 9000],
      ],
    ],
    [
      'up to the ends of the audio',
      [
        [10, 1000],
        [90, 9000],
      ],
      [
        [0, 2000],
        [2000, 6000],
        [6000, 10_000],
      ],
    ],
    [
      'pasted text: by characters',
      [[100, 30]],
      [
        [0, 2000],
        [2000, 6000],
        [6000, 10_000],
      ],
    ],
    [
      'anchors over a corner only: by characters',
      [
        [90, 9000],
        [100, 9100],
      ],
      [
        [0, 2000],
        [2000, 6000],
        [6000, 10_000],
      ],
    ],
    [
      'listened again: the odd one is dropped',
      [
        [0, 0],
        [10, 2000],
        [20, 4000],
        [40, 500],
        [60, 6000],
        [100, 10_000],
      ],
      [
        [0, 4000],
        [4000, 6000],
        [6000, 10_000],
      ],
    ],
    [
      'beyond the audio: cut to it',
      [
        [0, 0],
        [60, 6000],
        [100, 60_000],
      ],
      [
        [0, 2000],
        [2000, 6000],
        [6000, 10_000],
      ],
    ],
  ] as [string, [number, number][], number[][]][])('%s', (_name, anchors, expected) => {
    expect(place(anchors)).toEqual(expected);
  });

  it('never goes back, never leaves the audio, leaves no gap', () => {
    const anchor = fc.tuple(fc.integer({ min: -5, max: 120 }), fc.integer({ min: -50, max: 20_000 }));
    fc.assert(
      fc.property(
        fc.array(anchor, { maxLength: 30 }),
        fc.integer({ min: 0, max: 12_000 }),
        (anchors, durationMs) => {
          const placed = place(anchors, durationMs);
          placed.forEach(([start = 0, end = 0], at) => {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(durationMs);
            if (at > 0) expect(start).toBe(placed[at - 1]?.[1]);
          });
        },
      ),
    );
  });
});

describe('units in the text', () => {
  const text = 'He wants four.\n\nShe decides, as always.';
  const resolve = (...units: { start?: number; end?: number; text?: string }[]) => {
    const resolved = resolveUnits(
      text,
      units.map((unit) => ({ para: false, codes: [], ...unit })),
    );
    return resolved.ok ? resolved.units.map((unit) => unit.text) : resolved.fault;
  };

  it('by offsets, without the spaces around them', () => {
    expect(resolve({ start: 0, end: 16 }, { start: 16, end: 28 }, { start: 28, end: text.length })).toEqual([
      'He wants four.',
      'She decides,',
      'as always.',
    ]);
  });

  it('by their words', () => {
    expect(resolve({ text: 'He wants four.' }, { text: 'She decides, as always.' })).toHaveLength(2);
  });

  it.each([
    [
      'words left out',
      [
        { start: 0, end: 14 },
        { start: 20, end: 39 },
      ],
      'before unit 2',
    ],
    ['words left out at the end', [{ start: 0, end: 14 }], 'at the end'],
    [
      'overlapping',
      [
        { start: 0, end: 16 },
        { start: 3, end: 39 },
      ],
      'begins before',
    ],
    ['beyond the text', [{ start: 0, end: 99 }], 'not found'],
    ['other words', [{ text: 'He wants five.' }], 'not found'],
    [
      'only spaces',
      [
        { start: 0, end: 14 },
        { start: 14, end: 16 },
        { start: 16, end: 39 },
      ],
      'holds no words',
    ],
  ])('%s', (_name, units, fault) => {
    expect(resolve(...units)).toContain(fault);
  });
});

describe('units of a correction', () => {
  it.each([
    ['all the same', ['a', 'b', 'c'], ['a', 'b', 'c'], [0, 1, 2]],
    ['one changed', ['a', 'b', 'c'], ['a', 'B', 'c'], [0, null, 2]],
    ['one split', ['a', 'b c', 'd'], ['a', 'b', 'c', 'd'], [0, null, null, 2]],
    ['one gone', ['a', 'b', 'c'], ['a', 'c'], [0, 2]],
    ['one added before', ['a', 'b'], ['x', 'a', 'b'], [null, 0, 1]],
    ['spaces changed', ['a  b', 'c'], ['a b', 'c'], [0, 1]],
    ['the same words twice', ['yes', 'no', 'yes'], ['yes', 'yes'], [0, 2]],
    ['nothing left', ['a'], ['b'], [null]],
  ])('%s', (_name, before, after, expected) => {
    expect(matchUnits(before, after)).toEqual(expected);
  });
});

it.each([
  ['amount', { value: 2800, currency: 'USD', of: 'price' }, '$2,800 (price)'],
  ['amount', { value: 0.5, currency: 'USD', of: 'volume-spend' }, '$0.50 (volume or spend)'],
  ['percent', { value: 12, of: 'discount' }, '12% (discount)'],
  ['sentiment', -1, 'Bad'],
  ['meeting_date', '2026-02-10', 'Tue, Feb 10, 2026'],
  ['stage', 'negotiation', 'Negotiation'],
  ['new_contact', 'Bonnie', 'Bonnie'],
] as const)('shows %s %j', (field, value, display) => {
  expect(displayValue(field, value)).toBe(display);
});
