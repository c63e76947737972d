import { describe, expect, test } from 'vitest';
import { decideChanges, type ReviewRules } from '../../../../transcription/reports/review/decide-changes.ts';
import type { ReviewDecision } from '../../../../transcription/reports/review/review-input.ts';
import type { ReviewState } from '../../../../transcription/reports/review/review-state.ts';

const guess = { certainty: 'suggested' as const, confidence: 0.6, evidence: 'says so', confirmedById: null };
const sure = { certainty: 'confirmed' as const, confidence: null, evidence: null, confirmedById: 'june' };
const nowhere = { unitId: null, startOffset: null, endOffset: null };

const STATE: ReviewState = {
  units: [
    {
      id: 'u1',
      number: 1,
      text: 'They complained about the pump.',
      start: 0,
      end: 31,
      codes: [
        { code: 'complaint', ...guess },
        { code: 'praise', ...guess },
      ],
    },
    {
      id: 'u7',
      number: 7,
      text: 'I will call.',
      start: 32,
      end: 44,
      codes: [{ code: 'next-step', ...sure }],
    },
  ],
  values: [
    {
      id: 'v1',
      field: 'product',
      position: 0,
      value: 'p1',
      display: 'RanchMate',
      ...guess,
      ...nowhere,
      unitId: 'u1',
    },
    { id: 'v2', field: 'stage', position: 0, value: 'proposal', display: 'Proposal', ...guess, ...nowhere },
    {
      id: 'v3',
      field: 'amount',
      position: 2,
      value: { of: 'price', value: 2800, currency: 'USD' },
      display: '$2,800 (price)',
      ...sure,
      ...nowhere,
      unitId: 'u1',
    },
  ],
  steps: [{ id: 's1', position: 0, owner: 'rep', text: 'I will call.', due: null, ...guess, unitId: 'u7' }],
};

const names = (...pairs: [string, string][]) =>
  new Map(pairs.map(([key, name]) => [key, { id: `row-${key}`, name }]));

function rules(change: Partial<ReviewRules> = {}): ReviewRules {
  let made = 0;
  const kind = (key: string, type: ReviewRules['kinds'][number]['type'], single = false) => ({
    key,
    label: key,
    type,
    single,
    options: ['proposal', 'won'].map((value) => ({ value, label: value === 'won' ? 'Won' : 'Proposal' })),
  });
  return {
    byId: 'bea',
    newId: () => `new-${++made}`,
    rights: { codes: true, values: true },
    isInForce: (code) => ['complaint', 'praise', 'next-step', 'price'].includes(code),
    kinds: [
      kind('product', 'product'),
      kind('stage', 'choice', true),
      kind('amount', 'amount'),
      kind('tags', 'list', true),
      kind('renewal', 'date', true),
    ],
    known: {
      accounts: names(),
      contacts: names(),
      competitors: names(),
      products: names(['p1', 'RanchMate'], ['p2', 'BarnMate']),
    },
    ...change,
  };
}

function decided(...decisions: ReviewDecision[]) {
  const result = decideChanges(STATE, decisions, rules());
  if (!result.ok) throw new Error(result.fault);
  return {
    ...result,
    told: result.records.map(({ action, key }) => `${action} ${key}`),
    codes: (number: number) =>
      result.state.units
        .find((unit) => unit.number === number)
        ?.codes.map(({ code, certainty, confirmedById }) => `${code} ${certainty} ${confirmedById ?? '-'}`),
  };
}

describe('codes', () => {
  test('confirmed by a person carries their name, and says nothing of the others', () => {
    const { told, codes } = decided({ do: 'code', unit: 1, code: 'complaint', certainty: 'confirmed' });
    expect(told).toEqual(['confirmed complaint']);
    expect(codes(1)).toEqual(['complaint confirmed bea', 'praise suggested -']);
  });

  test('what was refused is no main code, and is kept to learn from', () => {
    const { told, codes, records } = decided({
      do: 'code',
      unit: 1,
      code: 'complaint',
      certainty: 'refused',
    });
    expect(codes(1)).toEqual(['praise suggested -', 'complaint refused bea']);
    expect(told).toEqual(['refused complaint']);
    expect(records[0]).toMatchObject({
      before: { certainty: 'suggested', main: true },
      after: { certainty: 'refused', main: false },
    });
  });

  test('chosen anew, the main one first: kept ones are confirmed, others refused, new ones added', () => {
    const { told, codes } = decided({ do: 'codes', unit: 1, codes: ['price', 'complaint'] });
    expect(codes(1)).toEqual(['price confirmed bea', 'complaint confirmed bea', 'praise refused bea']);
    expect(told).toEqual(['added price', 'confirmed complaint', 'refused praise']);
  });

  test('another main code of the same ones is a change', () => {
    const both = decided({ do: 'codes', unit: 1, codes: ['complaint', 'praise'] });
    const turned = decideChanges(
      both.state,
      [{ do: 'codes', unit: 1, codes: ['praise', 'complaint'] }],
      rules(),
    );
    expect(turned).toMatchObject({
      ok: true,
      records: [{ action: 'changed', key: 'praise', after: { main: true, certainty: 'confirmed' } }],
    });
  });

  test('what the codebook has not can not be given; nor can a code be refused that is not there', () => {
    const give = (decision: ReviewDecision) => decideChanges(STATE, [decision], rules());
    expect(give({ do: 'code', unit: 1, code: 'nonsense', certainty: 'confirmed' })).toMatchObject({
      ok: false,
    });
    expect(give({ do: 'codes', unit: 1, codes: ['complaint', 'nonsense'] })).toMatchObject({ ok: false });
    expect(give({ do: 'code', unit: 1, code: 'price', certainty: 'refused' })).toMatchObject({ ok: false });
    expect(give({ do: 'code', unit: 2, code: 'price', certainty: 'confirmed' })).toMatchObject({
      ok: false,
      reason: 'invalid',
      fault: expect.stringContaining('Unit 2'),
    });
  });

  test('said again is no change, and stays with whoever said it first', () => {
    const { told, codes } = decided({ do: 'code', unit: 7, code: 'next-step', certainty: 'confirmed' });
    expect(told).toEqual([]);
    expect(codes(7)).toEqual(['next-step confirmed june']);
  });
});

describe('values and next steps', () => {
  test('changed is confirmed, and what software went by is not said of the new value', () => {
    const { state, records } = decided({ do: 'value', id: 'v1', value: 'row-p2' });
    expect(state.values[0]).toMatchObject({
      value: 'p2',
      display: 'BarnMate',
      certainty: 'confirmed',
      confirmedById: 'bea',
      evidence: null,
      unitId: 'u1',
    });
    expect(records).toMatchObject([
      {
        action: 'changed',
        subjectId: 'v1',
        before: { display: 'RanchMate' },
        after: { display: 'BarnMate' },
      },
    ]);
  });

  test('changed into what it was is a confirmation, whatever order its keys come in', () => {
    expect(decided({ do: 'value', id: 'v3', value: { value: 2800, of: 'price' } }).told).toEqual([]);
    expect(decided({ do: 'value', id: 'v1', value: 'p1' }).told).toEqual(['confirmed product']);
  });

  test('a second value of a field with one takes its place; of others it stands beside', () => {
    const { state, told } = decided(
      { do: 'add_value', field: 'stage', value: 'won', unit: 7 },
      {
        do: 'add_value',
        field: 'amount',
        value: { value: 90, of: 'budget' },
        unit: 1,
        span: { start: 0, end: 4 },
      },
    );
    expect(told).toEqual(['changed stage', 'added amount']);
    expect(state.values.filter(({ field }) => field === 'stage')).toMatchObject([
      { id: 'v2', display: 'Won' },
    ]);
    expect(state.values.at(-1)).toMatchObject({
      id: 'new-1',
      position: 3,
      display: '$90 (budget)',
      unitId: 'u1',
      startOffset: 0,
      endOffset: 4,
    });
  });

  test('what was refused and is said after all stands again; what stands is not added twice', () => {
    const refused = decided({ do: 'value', id: 'v1', certainty: 'refused' });
    const again = decideChanges(refused.state, [{ do: 'add_value', field: 'product', value: 'p1' }], rules());
    expect(again).toMatchObject({ ok: true, records: [{ action: 'confirmed', subjectId: 'v1' }] });
    const twice = decideChanges(
      STATE,
      [{ do: 'add_value', field: 'amount', value: { value: 2800, of: 'price' } }],
      rules(),
    );
    expect(twice).toMatchObject({ ok: false, fault: expect.stringContaining('already') });
  });

  test.each([
    ['product', 'p9'],
    ['product', 3],
    ['stage', 'lost-cause'],
    ['amount', 2800],
    ['renewal', 'tomorrow'],
    ['renewal', '2026-13-40'],
    ['tags', ' \n '],
    ['no-such-field', 'x'],
  ])('%s does not take %j', (field, value) => {
    expect(decideChanges(STATE, [{ do: 'add_value', field, value }], rules())).toMatchObject({ ok: false });
  });

  test('a list is its lines, each once', () => {
    const { state } = decided({ do: 'add_value', field: 'tags', value: 'dairy\n dairy \nco-op' });
    expect(state.values.at(-1)).toMatchObject({ value: ['dairy', 'co-op'], display: 'dairy, co-op' });
  });

  test('a next step is confirmed, changed, added', () => {
    expect(decided({ do: 'step', id: 's1', certainty: 'confirmed' }).told).toEqual(['confirmed next_step']);
    const { told, state } = decided(
      { do: 'step', id: 's1', due: '2026-12-01' },
      { do: 'add_step', unit: 1, owner: 'customer' },
    );
    expect(told).toEqual(['changed next_step', 'added next_step']);
    expect(state.steps).toMatchObject([
      { due: '2026-12-01', text: 'I will call.', certainty: 'confirmed', confirmedById: 'bea' },
      { position: 1, owner: 'customer', text: 'They complained about the pump.', unitId: 'u1' },
    ]);
  });
});

describe('all that stands', () => {
  test('of a unit are its codes, values and steps; of the report everything that is not settled', () => {
    expect(decided({ do: 'confirm', unit: 1 }).told).toEqual([
      'confirmed complaint',
      'confirmed praise',
      'confirmed product',
    ]);
    const all = decided({ do: 'value', id: 'v1', certainty: 'refused' }, { do: 'confirm' });
    expect(all.told.slice(1)).toEqual([
      'confirmed complaint',
      'confirmed praise',
      'confirmed stage',
      'confirmed next_step',
    ]);
    expect(decideChanges(all.state, [{ do: 'confirm' }], rules())).toMatchObject({ ok: true, records: [] });
  });

  test('leaves codes alone for somebody whose they are not, who can not settle one by one either', () => {
    const rep = rules({ rights: { codes: false, values: true } });
    const all = decideChanges(STATE, [{ do: 'confirm' }], rep);
    expect(all.ok && all.records.map(({ subject }) => subject)).toEqual(['value', 'value', 'step']);
    expect(
      decideChanges(STATE, [{ do: 'code', unit: 1, code: 'complaint', certainty: 'refused' }], rep),
    ).toMatchObject({ ok: false, reason: 'forbidden' });
  });
});

test('one that can not be refuses all, and the state that was given is left as it was', () => {
  const before = structuredClone(STATE);
  const result = decideChanges(
    STATE,
    [{ do: 'confirm' }, { do: 'value', id: 'gone', certainty: 'confirmed' }],
    rules(),
  );
  expect(result).toMatchObject({ ok: false, reason: 'invalid' });
  expect(STATE).toEqual(before);
});
