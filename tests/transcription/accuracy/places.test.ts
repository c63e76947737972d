import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplingForm, showSampling, toSampling } from '../../../review-console/accuracy/sampling-form.ts';
import { asPercent, showFigure } from '../../../review-console/accuracy/show-figure.ts';
import { showMonths } from '../../../review-console/accuracy/show-months.ts';
import { compareTexts } from '../../../transcription/accuracy/checks/compare-texts.ts';
import { placeDifferences } from '../../../transcription/accuracy/checks/place-differences.ts';
import { figuresOf } from '../../../transcription/accuracy/figures/accuracy-figures.ts';
import { replaceWords } from '../../../transcription/accuracy/settling/compose-settled.ts';
import { moveReplacements } from '../../../transcription/accuracy/settling/move-replacements.ts';
import { normalizeWords } from '../../../transcription/accuracy/words/normalize-words.ts';

const keys = (text: string) => normalizeWords(text).map(({ key }) => key);
const NO_NAMES = new Set<string>();

describe('replaceWords', () => {
  const taken = (first: string, second: string) =>
    replaceWords(
      first,
      compareTexts(first, second, NO_NAMES).map(({ firstStart: start, firstEnd: end, secondText }) => ({
        start,
        end,
        words: secondText,
      })),
    );

  it.each([
    ['We met, at noon.', 'We met at nine', 'We met, at nine.'],
    ['He does like it.', 'He does not like it.', 'He does not like it.'],
    ['He really likes it.', 'He likes it.', 'He likes it.'],
    ['He likes it really.', 'He likes it.', 'He likes it.'],
    ['Really he likes it.', 'He likes it.', 'He likes it.'],
    ['He likes it.', 'Well he likes it.', 'Well He likes it.'],
    ['We came. He left.', 'We came. They left.', 'We came. They left.'],
    ['We came. They left.', 'We came, he left.', 'We came. He left.'],
    ['We sold four.', 'We sold four more', 'We sold four more.'],
    ['For $20 each.', 'For 30 dollars each', 'For 30 dollars each.'],
    ['One.\n\nThe second.', 'One.\n\nThe big second.', 'One.\n\nThe big second.'],
  ])('of “%s” and “%s” makes “%s”', (first, second, made) => {
    expect(taken(first, second)).toBe(made);
  });

  it('has the words of the other text wherever those are taken, and is the same text where none are', () => {
    const text = fc
      .array(fc.constantFrom('we', 'met', 'not', "I'm", '$20', 'four', 'pumps', 'it.', 'well,', 'Double T'), {
        minLength: 1,
        maxLength: 25,
      })
      .map((list) => list.join(' '));
    fc.assert(
      fc.property(text, text, (first, second) => {
        expect(keys(taken(first, second))).toEqual(keys(second));
        expect(taken(first, first)).toBe(first);
      }),
    );
  });
});

describe('moveReplacements', () => {
  it('follows words that moved, and leaves those that somebody has changed since', () => {
    const typed = 'He wants five pumps on Monday.';
    const at = (words: string, to: string) => ({
      start: typed.indexOf(words),
      end: typed.indexOf(words) + words.length,
      words: to,
    });
    const current = 'As he said, he wants six pumps on Monday.';
    const moved = moveReplacements([at('five', 'four'), at('Monday', 'Tuesday')], typed, current);
    expect(replaceWords(current, moved)).toBe('As he said, he wants six pumps on Tuesday.');
    expect(moveReplacements([at('five', 'four')], typed, typed)).toEqual([at('five', 'four')]);
  });
});

describe('placeDifferences', () => {
  const first = 'we met at the plant with Travis who showed us the pumps';
  const second = first.replace('plant', 'place').replace(' us', '');
  const places = compareTexts(first, second, NO_NAMES);
  const audio = { durationSeconds: 10, peaks: null, peaksPerSecond: null };
  const even = (text: string) => [
    [0, 0],
    [text.length, 10_000],
  ];

  it('goes by the anchors of the first text, or of the second where that has none', () => {
    const byFirst = placeDifferences(places, {
      first: { text: first, anchors: even(first) },
      second: { text: second, anchors: [] },
      units: [],
      audio,
    });
    expect(byFirst).toHaveLength(2);
    expect(byFirst[0]?.audioMs).toBeCloseTo((first.indexOf('plant') / first.length) * 10_000, -2);
    expect(byFirst[0]?.audioEndMs).toBeGreaterThan(byFirst[0]?.audioMs ?? 0);
    const bySecond = placeDifferences(places, {
      first: { text: first, anchors: null },
      second: { text: second, anchors: even(second) },
      units: [],
      audio,
    });
    expect(bySecond[1]?.audioMs).toBeGreaterThan(6_000);
  });

  it('goes by units that were found by listening before all else', () => {
    const half = first.indexOf('with');
    const units = [
      { startOffset: 0, endOffset: half - 1, audioStartMs: 1_000, audioEndMs: 2_000 },
      { startOffset: half, endOffset: first.length, audioStartMs: 2_500, audioEndMs: 9_000 },
    ];
    const heard = placeDifferences(places, {
      first: { text: first, anchors: even(first) },
      second: { text: second, anchors: [] },
      units,
      audio,
    });
    expect(heard[0]?.audioMs).toBeGreaterThan(1_000);
    expect(heard[0]?.audioEndMs).toBeLessThanOrEqual(2_000);
  });

  it('uses the pauses of the speech where there is a waveform', () => {
    // Speech, a second of silence in the middle, speech.
    const peaks = new Uint8Array(2 * 1_000).map((_, at) =>
      at >= 900 && at < 1_100 ? 0 : at % 2 === 0 ? 206 : 50,
    );
    const heard = placeDifferences(places, {
      first: { text: first, anchors: even(first) },
      second: { text: second, anchors: [] },
      units: [],
      audio: { durationSeconds: 10, peaks, peaksPerSecond: 100 },
    });
    for (const { audioMs, audioEndMs } of heard) {
      expect(audioMs).toBeGreaterThanOrEqual(0);
      expect(audioEndMs).toBeGreaterThan(audioMs);
      expect(audioEndMs).toBeLessThanOrEqual(10_000);
    }
    expect(heard[1]?.audioMs).toBeGreaterThan(heard[0]?.audioEndMs ?? 0);
  });
});

describe('what is shown', () => {
  it('never shows a number from too little, nor all of what is not all', () => {
    const little = { n: 3, needed: 10, estimate: null };
    expect(showFigure('Words right', little, asPercent, 'check')).toMatchObject({
      value: '–',
      certainty: 'not enough yet: 3 of 10 checks',
    });
    expect(asPercent(0.99997)).toBe('99.9%');
    expect(asPercent(1)).toBe('100.0%');
  });

  it('lays months on one scale that holds all of their intervals, the newest first', () => {
    const rows = (errors: number) =>
      Array.from({ length: 12 }, () => ({ share: 1, words: 300, errors, score: 97 }));
    const months = showMonths(
      new Map([
        ['2026-01', figuresOf(rows(3), true)],
        ['2026-02', figuresOf(rows(30), true)],
        ['2026-03', figuresOf(rows(0).slice(0, 2), true)],
      ]),
    );
    expect(months.rows.map(({ month }) => month)).toEqual(['March 2026', 'February 2026', 'January 2026']);
    expect(months.rows[0]).toMatchObject({ bar: null, score: '–', checks: 2 });
    for (const { bar } of months.rows.slice(1)) {
      expect(bar?.from).toBeGreaterThanOrEqual(0);
      expect((bar?.from ?? 0) + (bar?.width ?? 0)).toBeLessThanOrEqual(months.width + 0.2);
    }
    expect(months.promise).toBeGreaterThan(0);
    expect(months.scaleFrom).toBe('85%');
  });

  it('reads shares as percents, and people only where something is set', () => {
    const id = '019c4a00-0000-7000-8000-000000000001';
    const form = samplingForm.parse({
      share: '5',
      newcomerShare: '50',
      newcomerJobs: '20',
      newcomerDays: '14',
      [`person-${id}`]: '12.5',
      'person-x': '3',
      _csrf: 'x',
    });
    const sampling = toSampling(form);
    expect(sampling).toEqual({
      share: 0.05,
      newcomerShare: 0.5,
      newcomerJobs: 20,
      newcomerDays: 14,
      people: { [id]: 0.125 },
    });
    const shown = showSampling(sampling, [
      { id, name: 'June' },
      { id: `${id.slice(0, -1)}2`, name: 'May' },
    ]);
    expect(shown).toMatchObject({ share: '5', newcomerShare: '50', isOff: false });
    expect(shown.people.map(({ share }) => share)).toEqual(['12.5', '']);
    expect(toSampling(samplingForm.parse({ ...form, [`person-${id}`]: ' ' })).people).toEqual({});
  });
});
