import { describe, expect, it } from 'vitest';
import { compareCodings } from '../../../transcription/coding/agreement/compare-codings.ts';
import {
  type CodeUse,
  controlChart,
  falseAlarmLimit,
  findDrift,
  recentCount,
} from '../../../transcription/coding/agreement/drift.ts';
import { measureAgreement } from '../../../transcription/coding/agreement/measure-agreement.ts';
import type { CodedUnit } from '../../../transcription/coding/coded-unit.ts';

/** Units written as `words = codes`, one after the other in the text. */
function codingOf(text: string, units: [words: string, codes: string][]): CodedUnit[] {
  let from = 0;
  return units.map(([words, codes]) => {
    const start = text.indexOf(words, from);
    if (start < 0) throw new Error(`${words} is not in the text`);
    from = start + words.length;
    return { start, end: from, codes: codes.split(' ').filter(Boolean) };
  });
}

const TEXT = 'They need two more. The price is  too high.\n\nI call back on Friday.';

describe('two codings side by side', () => {
  const first = codingOf(TEXT, [
    ['They need two more.', 'need'],
    ['The price is  too high.', 'pricing objection'],
    ['I call back on Friday.', 'next-step'],
  ]);

  it('pairs units that hold the same words and says what became of the rest', () => {
    const second = codingOf(TEXT, [
      ['They need two more. ', 'need opportunity'],
      ['The price is', 'pricing'],
      ['too high.', 'objection'],
      ['I call back on Friday.', ''],
    ]);
    const compared = compareCodings(TEXT, first, second);
    expect(compared.words).toBe(14);
    expect(compared.splits).toEqual({ first: [4, 9], second: [4, 7, 9] });
    expect(compared.shared).toEqual([
      { start: 0, end: 19, first: ['need'], second: ['need', 'opportunity'] },
    ]);
    expect(compared).toMatchObject({ cutDifferently: 1, uncoded: 1 });
    // Nine words have a main code of both; the five that the second left uncoded are in nothing.
    expect(compared.mainByWord).toHaveLength(9);
    expect(compared.mainByWord.filter(([a, b]) => a === b)).toHaveLength(7);
  });

  it('is not moved by text that nobody coded', () => {
    const coding = (codes: string[]) => (text: string) =>
      codingOf(text, [
        ['They need two more.', codes[0] ?? ''],
        ['The price is  too high.', codes[1] ?? ''],
        ['I call back on Friday.', codes[2] ?? ''],
      ]);
    const one = coding(['need', 'pricing', 'next-step']);
    const other = coding(['need', 'need', 'next-step']);
    const plain = measureAgreement([compareCodings(TEXT, one(TEXT), other(TEXT))]);
    const longer = `${TEXT} Well. Hm. So. Right. Yes. Bye.`;
    const uncoded = ['Well.', 'Hm.', 'So.', 'Right.', 'Yes.', 'Bye.'].map((word): [string, string] => [
      word,
      '',
    ]);
    const withMore = measureAgreement([
      compareCodings(
        longer,
        [...one(longer), ...codingOf(longer, uncoded)],
        [...other(longer), ...codingOf(longer, uncoded)],
      ),
    ]);
    // Six values: need 3, next-step 2, pricing 1; two of them stand beside another.
    expect(plain.mainCode.value).toBeCloseTo(1 - (5 * 2) / (36 - 9 - 4 - 1), 12);
    expect(withMore.mainCode.value).toBe(plain.mainCode.value);
    expect(withMore.byWord.value).toBe(plain.byWord.value);
    expect(withMore.codes.map(({ alpha }) => alpha.value)).toEqual(
      plain.codes.map(({ alpha }) => alpha.value),
    );
    expect(withMore.units.uncoded).toBe(6);
  });

  it('gives no figures where nothing was coded twice', () => {
    const nothing = measureAgreement([]);
    expect(nothing).toMatchObject({ reports: 0, codes: [], mainCode: { value: null, interval: null } });
    expect(nothing.splits.similarity.value).toBeNull();
  });
});

const uses = (...parts: [reports: number, given: number, disputed: number][]): CodeUse[] =>
  parts.flatMap(([reports, given, disputed]) => Array.from({ length: reports }, () => ({ given, disputed })));

describe('drift', () => {
  it('finds the one code that is disputed more than it was', () => {
    const steady = uses([60, 3, 1]);
    const found = findDrift(
      new Map([
        ['steady', steady],
        ['drifting', uses([40, 3, 0], [20, 3, 2])],
        ['better', uses([40, 3, 2], [20, 3, 0])],
        ['rare', uses([59, 0, 0], [1, 1, 1])],
      ]),
    );
    expect(found.get('drifting')).toMatchObject({
      recent: { given: 60, disputed: 40 },
      before: { given: 120, disputed: 0 },
      drifts: true,
    });
    expect(found.get('drifting')?.chance).toBeLessThan(0.001);
    expect(found.get('steady')).toMatchObject({ chance: 1, drifts: false });
    expect(found.get('better')?.drifts).toBe(false);
    expect(found.get('rare')).toMatchObject({ chance: null, drifts: false });
  });

  it('agrees with the exact test where each report has one unit', () => {
    // 6 of 12 recent and 2 of 12 earlier disputed: Fisher's one-sided exact test gives 0.0965.
    const found = findDrift(new Map([['code', uses([10, 1, 0], [2, 1, 1], [6, 1, 0], [6, 1, 1])]]));
    expect(Math.abs((found.get('code')?.chance ?? 0) - 0.0965)).toBeLessThan(0.01);
  });

  it('takes reports for the witnesses, not their units', () => {
    // As many disputed units in both, but once all in a single report: one odd report is no drift.
    const odd = findDrift(new Map([['code', uses([20, 4, 0], [19, 4, 0], [1, 20, 20])]]));
    const spread = findDrift(new Map([['code', uses([20, 4, 0], [20, 4, 1])]]));
    expect(odd.get('code')?.drifts).toBe(false);
    expect(spread.get('code')?.drifts).toBe(true);
  });

  it('says nothing before there are reports enough', () => {
    expect(recentCount(19)).toBe(0);
    expect(recentCount(20)).toBe(10);
    expect(recentCount(500)).toBe(20);
    expect(findDrift(new Map([['code', uses([9, 5, 0], [9, 5, 5])]])).get('code')?.chance).toBeNull();
  });

  it("holds false alarms down as in Benjamini and Hochberg's procedure", () => {
    expect(falseAlarmLimit([0.9, 0.5, 0.4])).toBe(-1);
    expect(falseAlarmLimit([0.04, 0.9])).toBe(0.04);
    // The second would fail alone, and passes since the third does.
    expect(falseAlarmLimit([0.01, 0.07, 0.09])).toBe(0.09);
  });

  it('draws a chart whose limit is nearer the more units a point has', () => {
    const { usual, points } = controlChart(uses([20, 4, 1], [10, 1, 1]), 5);
    expect(usual).toBeCloseTo(0.25);
    expect(points.map(({ share }) => share)).toEqual([0.25, 0.25, 0.25, 0.25, 1, 1]);
    expect(points[0]?.limit).toBeCloseTo(0.25 + 3 * Math.sqrt(0.1875 / 20));
    expect(points[5]?.limit).toBeCloseTo(0.25 + 3 * Math.sqrt(0.1875 / 5));
  });
});
