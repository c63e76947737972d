import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignSpeech } from '../../../transcription/alignment/align-speech.ts';
import { audioAt, cleanAnchors } from '../../../transcription/alignment/clean-anchors.ts';
import { findPauses, speechTimes } from '../../../transcription/alignment/find-pauses.ts';
import { placeByTyping } from '../../../transcription/alignment/place-by-typing.ts';
import { textWords } from '../../../transcription/alignment/text-words.ts';
import { unitsOfWords } from '../../../transcription/alignment/units-of-words.ts';
import { createPeaks } from '../../../transcription/audio/peaks.ts';
import { sayText, toneSynthesizer } from './tone-speech.ts';

/** 50 pairs a second: loud but for the stretches given in ms; `noise` in between. */
function waveform(durationMs: number, pauses: readonly (readonly [number, number])[], noise = 1) {
  const peaks = Buffer.alloc((durationMs / 20) * 2);
  for (let pair = 0; pair < durationMs / 20; pair++) {
    const isPause = pauses.some(([from, to]) => pair * 20 >= from && pair * 20 < to);
    peaks.writeInt8(isPause ? -noise : -60, pair * 2);
    peaks.writeInt8(isPause ? noise : 55, pair * 2 + 1);
  }
  return { peaks, peaksPerSecond: 50 };
}

describe('pauses of a waveform', () => {
  const found = (...args: Parameters<typeof waveform>) =>
    findPauses(waveform(...args), args[0]).pauses.map(({ startMs, endMs }) => [startMs, endMs]);

  it.each([
    ['silent line', 1],
    ['noisy line', 9],
  ])('are found on a %s, without the closings of consonants', (_name, noise) => {
    expect(
      found(
        10_000,
        [
          [1000, 1600],
          [3000, 3100],
          [5000, 6200],
        ],
        noise,
      ),
    ).toEqual([
      [1000, 1600],
      [5000, 6200],
    ]);
  });

  it('are one with a click in it', () => {
    expect(
      found(10_000, [
        [1000, 1400],
        [1440, 2400],
      ]),
    ).toEqual([[1000, 2400]]);
  });

  it('are none of an empty waveform', () => {
    expect(findPauses({ peaks: new Uint8Array(), peaksPerSecond: 50 }, 1000).pauses).toEqual([]);
  });

  it('turn moments into speech and back', () => {
    const pause = fc.tuple(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 140, max: 2000 }));
    fc.assert(
      fc.property(fc.array(pause, { maxLength: 12 }), fc.nat(40_000), (gaps, at) => {
        let ms = 0;
        const pauses = gaps.map(([speech, silence]) => {
          const startMs = ms + speech;
          ms = startMs + silence;
          return { startMs, endMs: ms };
        });
        const times = speechTimes(pauses, 50_000);
        const inside = pauses.find(({ startMs, endMs }) => at >= startMs && at <= endMs);
        // Whatever moment of a pause is asked for, speech goes on where the pause ends.
        expect(times.momentOf(times.spokenUntil(at))).toBe(inside ? inside.endMs : at);
      }),
    );
  });
});

describe('anchors', () => {
  it.each<[string, [number, number][], [number, number][]]>([
    ['of a pasted text tell nothing', [[100, 30]], []],
    [
      'over a corner of the text tell nothing',
      [
        [90, 9000],
        [100, 9100],
      ],
      [],
    ],
    [
      'that lead back are dropped, and what is beyond the audio is cut',
      [
        [0, 0],
        [20, 4000],
        [30, 4500],
        [40, 500],
        [60, 6000],
        [90, 60_000],
      ],
      [
        [0, 0],
        [20, 4000],
        [30, 4500],
        [60, 6000],
        [90, 10_000],
      ],
    ],
  ])('%s', (_name, anchors, expected) => {
    expect(cleanAnchors(anchors, { textLength: 100, durationMs: 10_000 })).toEqual(expected);
  });

  it('are joined by straight lines', () => {
    const anchors: [number, number][] = [
      [10, 1000],
      [20, 3000],
    ];
    expect([0, 10, 15, 20, 30].map((char) => audioAt(anchors, char))).toEqual([1000, 1000, 2000, 3000, 3000]);
  });
});

describe('words of a text', () => {
  it('know what divides them from the word before', () => {
    const words = textWords('He went, she stayed. "No!" he said – 14 times\nNext');
    expect(words.map(({ division }) => division)).toEqual([
      'sentence',
      'none',
      'clause',
      'none',
      'sentence',
      'sentence',
      'none',
      'clause',
      'none',
      'sentence',
    ]);
  });

  it('take time by what is said of them', () => {
    const [short, figure] = textWords('of 2950');
    expect(figure?.weight).toBeGreaterThan(4 * (short?.weight ?? 0));
  });
});

const TEXT =
  'We met the mayor at noon, and he walked us to the plant. The old pump is failing. ' +
  'They want six more by summer, but the council votes in June. I promised a quote on Friday.';
const UNITS = [...TEXT.matchAll(/[^.]+\./g)].map(({ index, 0: words }) => ({
  start: index + words.length - words.trimStart().length,
  end: index + words.length,
}));

function spoken() {
  const { samples, words } = sayText(
    TEXT,
    { letterMs: 70, amplitude: 9000 },
    { leadMs: 700, sentenceMs: 900, commaMs: 300 },
  );
  const peaks = createPeaks(8000);
  peaks.push(samples);
  const durationMs = samples.length / 8;
  return {
    samples,
    words,
    durationMs,
    speech: findPauses({ peaks: peaks.finish(), peaksPerSecond: 50 }, durationMs),
  };
}

describe('placed by the typing', () => {
  const { words, durationMs, speech } = spoken();
  /** Typed 1.4 s behind, which is more than the shortest sentence's pauses tell apart. */
  const anchors = words.map(({ start, startMs }): [number, number] => [
    start,
    Math.min(durationMs, startMs + 1400),
  ]);
  const startsOf = (unitAnchors: readonly (readonly [number, number])[]) =>
    unitsOfWords(UNITS, placeByTyping(TEXT, unitAnchors, speech), durationMs);

  it('each unit begins at its first word, a breath before it, however far behind the typing was', () => {
    const units = startsOf(anchors);
    for (const [at, unit] of UNITS.entries()) {
      const first = words.find(({ start }) => start === unit.start)?.startMs ?? 0;
      expect(Math.abs((units[at]?.audioStartMs ?? 0) - first)).toBeLessThanOrEqual(120);
    }
  });

  it('and ends after its last, without the silence that follows', () => {
    const units = startsOf(anchors);
    for (const [at, unit] of UNITS.entries()) {
      const last = words.findLast(({ start }) => start < unit.end)?.endMs ?? 0;
      expect(Math.abs((units[at]?.audioEndMs ?? 0) - last)).toBeLessThanOrEqual(120);
    }
  });

  it('by the pauses alone where nothing was heard while typing', () => {
    const units = startsOf([]);
    const second = words.find(({ start }) => start === UNITS[1]?.start)?.startMs ?? 0;
    expect(Math.abs((units[1]?.audioStartMs ?? 0) - second)).toBeLessThanOrEqual(120);
  });

  it('never goes back, never leaves the audio, whatever was typed where', () => {
    const anchor = fc.tuple(fc.integer({ min: -5, max: 260 }), fc.integer({ min: -50, max: 60_000 }));
    fc.assert(
      fc.property(fc.array(anchor, { maxLength: 30 }), (typed) => {
        let reached = 0;
        for (const { audioStartMs, audioEndMs } of startsOf(typed)) {
          expect(audioStartMs).toBeGreaterThanOrEqual(reached);
          expect(audioEndMs).toBeGreaterThanOrEqual(audioStartMs);
          reached = audioEndMs;
        }
        expect(reached).toBeLessThanOrEqual(durationMs);
      }),
      { numRuns: 40 },
    );
  });

  it('what is said lies in a unit: only pauses lie between two', () => {
    const units = startsOf(anchors);
    for (const [at, unit] of units.slice(1).entries()) {
      const from = units[at]?.audioEndMs ?? 0;
      const spokenBetween = speech.spokenUntil(unit.audioStartMs) - speech.spokenUntil(from);
      expect(spokenBetween).toBeLessThanOrEqual(1);
    }
  });
});

describe('placed by listening', () => {
  it('each word is where it sounds, also when the typing told it wrong by seconds', async () => {
    const { samples, words, durationMs } = spoken();
    const wrong = textWords(TEXT).map(({ start, end }, at) => {
      const ms = Math.min(durationMs, (words[at]?.startMs ?? 0) + 1700);
      return { start, end, startMs: ms, endMs: ms + 200 };
    });
    const synthesizer = toneSynthesizer({ letterMs: 95, amplitude: 4000 });
    let turns = 0;
    const placed = await alignSpeech({
      text: TEXT,
      samples,
      sampleRate: 8000,
      placed: wrong,
      synthesizer,
      pause: async () => {
        turns += 1;
      },
    });
    const off = placed.map(({ startMs }, at) => Math.abs(startMs - (words[at]?.startMs ?? 0)));
    expect(off.toSorted((a, b) => a - b)[Math.floor(off.length / 2)]).toBeLessThanOrEqual(100);
    expect(Math.max(...off)).toBeLessThanOrEqual(450);
    expect(turns).toBeGreaterThan(0);
    // Piece by piece, and all of it.
    expect(synthesizer.spoken.join(' ')).toBe(TEXT);
  });

  it('changes nothing where nobody speaks', async () => {
    const placed = [{ start: 0, end: 2, startMs: 10, endMs: 20 }];
    const silent = { text: 'We', samples: new Int16Array(0), sampleRate: 8000, placed };
    const synthesizer = toneSynthesizer({ letterMs: 80, amplitude: 4000 });
    expect(await alignSpeech({ ...silent, synthesizer, pause: async () => {} })).toEqual(placed);
  });
});
