import { describe, expect, it } from 'vitest';
import type { UnitFacts } from '../../../transcription/thought-units/coding/code-features.ts';
import {
  type CodeModel,
  codeProbabilities,
  MEANING_SIZE,
} from '../../../transcription/thought-units/coding/code-model.ts';
import { meaningOf } from '../../../transcription/thought-units/coding/meaning.ts';
import { type CodedReport, trainChain } from '../../../transcription/thought-units/coding/train-chain.ts';
import { prepareVocabulary } from '../../../transcription/thought-units/lexicon.ts';
import { readReport } from '../../../transcription/thought-units/read-report.ts';

const lexicon = prepareVocabulary({
  company: 'Arbor Supply',
  industry: 'Devices',
  reps: [],
  accounts: [
    {
      id: 'a1',
      name: 'Thunder Foods',
      aliases: [],
      city: 'Duluth',
      state: 'MN',
      region: 'N',
      lifecycle: 'active',
    },
  ],
  contacts: [],
  products: [],
  competitors: [],
});

const unitOf = (text: string): UnitFacts => {
  const [unit] = readReport({ transcript: text, callDate: '2026-04-09', rep: null }, lexicon).units;
  if (!unit) throw new Error('no unit');
  return unit;
};
const meaning = (text: string) => meaningOf(unitOf(text));
const likeness = (a: string, b: string) => {
  const [one, other] = [meaning(a), meaning(b)];
  return one.reduce((sum, value, d) => sum + value * (other[d] ?? 0), 0) / 4;
};

describe('the meaning of a unit', () => {
  it('is nearer to the like in other words than to something else', () => {
    const price = 'The invoice is too expensive.';
    expect(likeness(price, 'It costs too much money.')).toBeGreaterThan(
      likeness(price, 'His daughter plays the violin.'),
    );
    const failing = 'The motor overheats and stalls.';
    expect(likeness(failing, 'The engine breaks down.')).toBeGreaterThan(
      likeness(failing, 'The committee votes in June.'),
    );
  });

  it('has one length, whatever the number of words; none without a known word', () => {
    for (const text of ['Expensive.', 'The engine breaks down again and again in the cold of the morning.'])
      expect(Math.hypot(...meaning(text))).toBeCloseTo(2, 6);
    expect(meaning('Xqzzt.')).toEqual(new Array(MEANING_SIZE).fill(0));
  });

  it('takes nothing from names', () => {
    const unit = unitOf('Thunder Foods pays.');
    expect(unit.nameTokens.size).toBe(2);
    expect(meaningOf(unit)).toEqual(meaning('Pays.'));
  });
});

it('a model learns from meanings and tells by them what no word of the training said', () => {
  const taught = [
    ['The invoice is too expensive.', 0],
    ['They pay too much money.', 0],
    ['The rent is costly.', 0],
    ['His daughter plays the violin.', 1],
    ['Her brother sings in the choir.', 1],
    ['Their son dances.', 1],
  ] as const;
  const reports: CodedReport[] = taught.map(([text, code]) => ({
    features: [['bias']],
    joints: ['start'],
    meanings: [meaning(text)],
    codes: [code],
  }));
  const model: CodeModel = trainChain(['pricing', 'account-background'], reports, {
    rounds: 60,
    rate: 0.1,
    penalty: 0.5,
  });
  const first = (text: string) =>
    codeProbabilities(model, [['bias']], ['start'], [meaning(text)])[0]?.[0] ?? Number.NaN;
  expect(first('The fee is high.')).toBeGreaterThan(0.6);
  expect(first('His sister plays the piano.')).toBeLessThan(0.4);
  // Without the meaning nothing tells the two apart.
  expect(codeProbabilities(model, [['bias']], ['start'])[0]?.[0]).toBeCloseTo(0.5, 1);
});
