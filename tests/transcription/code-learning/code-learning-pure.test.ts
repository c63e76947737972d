import { describe, expect, it } from 'vitest';
import { type Comparison, judgeModel } from '../../../transcription/code-learning/compare-models.ts';
import { isHeldOut, type PreparedReport } from '../../../transcription/code-learning/confirmed-report.ts';
import { inSlices } from '../../../transcription/code-learning/in-slices.ts';
import { keptFeatures, stemsOf, withoutWords } from '../../../transcription/code-learning/known-words.ts';
import { topCues } from '../../../transcription/code-learning/top-cues.ts';
import { type CodeModel, codeProbabilities } from '../../../transcription/thought-units/coding/code-model.ts';
import { topicsOf } from '../../../transcription/thought-units/coding/match-topics.ts';
import { type CodedReport, trainChain } from '../../../transcription/thought-units/coding/train-chain.ts';
import { tokenize } from '../../../transcription/thought-units/tokens.ts';

const model = (features: Record<string, number[]>): CodeModel => ({
  codes: ['need', 'pricing'],
  features,
  transitions: {},
});

describe('judging a learned model', () => {
  const comparison = (more: Partial<Comparison>): Comparison => ({
    reports: 12,
    units: 200,
    learned: { main: 0.8, micro: 0.8 },
    inForce: { main: 0.75, micro: 0.75 },
    difference: 0.05,
    interval: { low: 0.01, high: 0.09 },
    byCode: [],
    ...more,
  });
  it.each([
    ['better', {}],
    ['too_few', { reports: 7 }],
    ['too_few', { interval: null }],
    ['not_sure', { interval: { low: -0.001, high: 0.09 } }],
    ['worse', { difference: -0.01 }],
    ['worse', { learned: { main: 0.8, micro: 0.74 } }],
    ['no_gain', { difference: 0, interval: { low: 0, high: 0 } }],
  ] as const)('is %s with %j', (verdict, more) => {
    expect(judgeModel(comparison(more))).toBe(verdict);
  });

  it('holds out about a fifth of all reports, by their ids alone', () => {
    const ids = Array.from({ length: 2000 }, (_, n) => `report ${n}`);
    const held = ids.filter(isHeldOut);
    expect(held.length / ids.length).toBeGreaterThan(0.17);
    expect(held.length / ids.length).toBeLessThan(0.23);
    expect(ids.filter(isHeldOut)).toEqual(held);
  });
});

describe('fitting the chain', () => {
  const report = (codes: number[]): CodedReport => ({
    features: [['w:tether'], ['w:price']],
    joints: ['start', 'sentence'],
    codes,
  });
  const options = { rounds: 60, rate: 0.05, penalty: 1 };
  const sure = (fitted: CodeModel) =>
    codeProbabilities(fitted, [['w:tether'], ['w:price']], ['start', 'sentence']);

  it('learns what was coded, and the same from the same', () => {
    const fitted = trainChain(['need', 'pricing'], Array(8).fill(report([0, 1])), options);
    expect(sure(fitted)[0]?.[0]).toBeGreaterThan(0.8);
    expect(sure(fitted)[1]?.[1]).toBeGreaterThan(0.8);
    expect(trainChain(['need', 'pricing'], Array(8).fill(report([0, 1])), options)).toEqual(fitted);
  });

  it('takes nothing from units that nobody coded, and begins from a model', () => {
    const from = model({ 'w:tether': [0, 3], 'w:price': [0, 3] });
    const idle = trainChain(['need', 'pricing'], [report([-1, -1])], options, from);
    for (const [name, row] of Object.entries(from.features))
      row.forEach((weight, c) => {
        expect(idle.features[name]?.[c]).toBeCloseTo(weight, 6);
      });
    const half = trainChain(['need', 'pricing'], Array(12).fill(report([0, -1])), options, from);
    expect(sure(half)[0]?.[0]).toBeGreaterThan(0.5);
    expect(sure(half)[1]?.[1]).toBeGreaterThan(0.5);
    const own = trainChain(['need', 'pricing', 'mooring'], Array(12).fill(report([2, 1])), options, from);
    expect(sure(own)[0]?.[2]).toBeGreaterThan(0.5);
  });
});

describe('words of a model', () => {
  const said = (id: string, speaker: string, words: string[]): PreparedReport => ({
    id,
    speaker,
    facts: [],
    features: [words.map((word) => `w:${word}`)],
    joints: ['start'],
    meanings: [],
    codes: [['need']],
  });
  it('are those that two people said in five reports, and those that ship', () => {
    const reports = [0, 1, 2, 3, 4].map((n) =>
      said(`${n}`, n === 4 ? 'Bo' : 'Al', n === 4 ? ['crate', 'rare'] : ['crate', 'mine']),
    );
    const kept = keptFeatures(reports, model({ 'w:price': [1, 0] }));
    expect([...kept].sort()).toEqual(['w:crate', 'w:price']);
    expect(keptFeatures(reports.slice(0, 4), model({}))).toEqual(new Set());
  });
  it('go with a redaction, also in pairs and as verbs; those that ship stay', () => {
    const shipped = model({ 'w:secret': [1, 0] });
    const learned = model({
      ...shipped.features,
      'w:project': [1, 0],
      'w:project_orion': [1, 0],
      'verb:project': [0, 1],
      'person>project': [0, 1],
      'w:other': [0, 1],
      'topic:price': [1, 1],
    });
    const stems = stemsOf(['Secret', "Orion's Projects"]);
    const left = withoutWords(learned, shipped, (words) => !words.some((word) => stems.has(word)));
    expect(Object.keys(left.features)).toEqual(['w:secret', 'w:other', 'topic:price']);
  });
  it('are told as what speaks for a code, the most risen first', () => {
    const cues = topCues(
      model({ 'w:crate': [2, 0], 'w:old': [1, 0], 'names:money': [0, 1.5], 'before:x': [3, 0] }),
      model({ 'w:old': [1, 0] }),
    );
    expect(cues.get('need')?.map(({ words }) => words)).toEqual([
      'follows from the unit before',
      'says "crate"',
    ]);
    expect(cues.get('pricing')?.map(({ words }) => words)).toEqual(['names an amount of money']);
  });
});

describe('topics', () => {
  const topics = (text: string) => [...topicsOf(tokenize(text), () => false).keys()];
  it('know other forms of a word, and phrases', () => {
    expect(topics('His daughters went fishing.')).toEqual(expect.arrayContaining(['family', 'leisure']));
    expect(topics('We dropped the ball.')).toContain('serving');
    expect(topics('The ball was round.')).not.toContain('serving');
  });
  it('are none of a name', () => {
    expect(topicsOf(tokenize('Price said so.'), (at) => at === 0).has('price')).toBe(false);
  });
});

it('slices give way to others, and end when told to', async () => {
  let ms = 0;
  const now = () => ms++;
  let others = 0;
  const busy = function* () {
    // Whoever waits is served when the slice is over, and not before.
    setImmediate(() => others++);
    for (let step = 0; step < 25; step++) yield;
    return others;
  };
  expect(await inSlices(busy(), undefined, now)).toBe(1);
  expect(await inSlices(busy(), AbortSignal.abort(), now)).toBeNull();
});
