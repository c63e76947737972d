import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffCodebooks } from '../../../transcription/codebook/diff-codebooks.ts';
import type { DraftCode, DraftContent } from '../../../transcription/codebook/draft-content.ts';
import { asTree, type DraftEdit, editDraft } from '../../../transcription/codebook/edit-draft.ts';
import { type CodeRow, mergeUnitCodes, sameCodes } from '../../../transcription/codebook/merge-unit-codes.ts';
import { joinMerges, readMerges, toStoredMerges } from '../../../transcription/codebook/merges.ts';
import { codesInForce } from '../../../transcription/thought-units/coding/codes-in-force.ts';

const code = (key: string, more: Partial<DraftCode> = {}): DraftCode => ({
  key,
  label: key.toUpperCase(),
  definition: '',
  cues: [],
  examples: [],
  exampleUnitIds: [],
  parentKey: null,
  ...more,
});
const START: DraftContent = {
  codes: [code('need'), code('urgent-need', { parentKey: 'need' }), code('price'), code('quote')],
  merges: [],
};
function edited(...edits: DraftEdit[]): DraftContent {
  return edits.reduce((content, edit) => {
    const next = editDraft(content, edit);
    if (!next.ok) throw new Error(next.fault);
    return next.content;
  }, START);
}
const keys = ({ codes }: DraftContent) => codes.map(({ key }) => key);

describe('the draft of a codebook', () => {
  it('adds, renames, moves, orders, merges, retires, and brings back', () => {
    const content = edited(
      { kind: 'add', label: 'Délivery time!', definition: 'When it comes.', parentKey: 'need' },
      { kind: 'change', key: 'price', change: { label: 'Prices', cues: ['price'] } },
      { kind: 'move', key: 'quote', parentKey: 'price' },
      { kind: 'order', key: 'price', by: -1 },
      { kind: 'retire', key: 'need' },
    );
    expect(asTree(content.codes).map(({ key, depth }) => `${depth} ${key}`)).toEqual([
      '0 price',
      '1 quote',
      '0 urgent-need',
      '0 de-livery-time',
    ]);
    const merged = edited(
      { kind: 'merge', key: 'quote', into: 'price' },
      { kind: 'merge', key: 'price', into: 'need' },
    );
    expect(merged.merges).toEqual([
      { from: 'quote', into: 'need' },
      { from: 'price', into: 'need' },
    ]);
    expect(keys(editDraftOk(merged, { kind: 'restore', code: code('quote') }))).toEqual([
      'need',
      'urgent-need',
      'quote',
    ]);
  });

  const editDraftOk = (content: DraftContent, edit: DraftEdit): DraftContent => {
    const next = editDraft(content, edit);
    if (!next.ok) throw new Error(next.fault);
    return next.content;
  };

  it.each<[string, DraftEdit]>([
    ['a key twice', { kind: 'add', label: 'Need', definition: '', parentKey: null }],
    ['no letters', { kind: 'add', label: '!!', definition: '', parentKey: null }],
    ['below itself', { kind: 'move', key: 'need', parentKey: 'urgent-need' }],
    ['into itself', { kind: 'merge', key: 'need', into: 'need' }],
    ['into nothing', { kind: 'merge', key: 'need', into: 'gone' }],
    ['what is gone', { kind: 'change', key: 'gone', change: {} }],
  ])('refuses %s, in words', (_name, edit) => {
    expect(editDraft(START, edit)).toMatchObject({ ok: false, fault: expect.stringMatching(/\.$/) });
  });

  it('tells what is different', () => {
    const content = edited(
      {
        kind: 'change',
        key: 'need',
        change: { label: 'Needs', cues: ['need', 'want'], definition: 'What they lack.' },
      },
      { kind: 'move', key: 'urgent-need', parentKey: null },
      { kind: 'merge', key: 'quote', into: 'price' },
    );
    expect(diffCodebooks(START.codes, content)).toEqual([
      { kind: 'merged', key: 'quote', label: 'QUOTE', into: 'price', intoLabel: 'PRICE' },
      { kind: 'renamed', key: 'need', label: 'Needs', before: 'NEED' },
      { kind: 'redefined', key: 'need', label: 'Needs', before: '', after: 'What they lack.' },
      { kind: 'cues', key: 'need', label: 'Needs', added: ['need', 'want'], removed: [] },
      { kind: 'moved', key: 'urgent-need', label: 'URGENT-NEED', before: 'Needs', after: null },
    ]);
    expect(diffCodebooks(START.codes, START)).toEqual([]);
  });
});

describe('merges over versions', () => {
  it('lead from every former code to the one that stands for it now', () => {
    const first = joinMerges(new Map(), new Map([['a', 'b']]), new Set(['b', 'c']));
    const second = joinMerges(first, new Map([['b', 'c']]), new Set(['c']));
    expect([...second]).toEqual([
      ['a', 'c'],
      ['b', 'c'],
    ]);
    expect(readMerges(toStoredMerges(second))).toEqual(second);
    expect(joinMerges(second, new Map(), new Set(['a', 'd'])).size).toBe(0);
    expect(
      joinMerges(
        new Map(),
        new Map([
          ['a', 'b'],
          ['b', 'a'],
        ]),
        new Set(['c']),
      ).size,
    ).toBe(0);
    expect(readMerges('no list').size).toBe(0);
  });
});

describe("a unit's codes after a merge", () => {
  const row = (codeKey: string, rank: number, certainty: CodeRow['certainty'] = 'confirmed'): CodeRow => ({
    codeKey,
    rank,
    certainty,
    confidence: null,
    evidence: null,
    confirmedById: null,
  });
  const merged = (...rows: CodeRow[]) =>
    mergeUnitCodes(rows, new Map([['a', 'b']])).map(({ codeKey, certainty }) => `${codeKey} ${certainty}`);

  it('keep the surer of two, and the order', () => {
    expect(merged(row('c', 0), row('a', 1))).toEqual(['c confirmed', 'b confirmed']);
    expect(merged(row('a', 0, 'suggested'), row('c', 1), row('b', 2))).toEqual([
      'b confirmed',
      'c confirmed',
    ]);
    expect(merged(row('a', 0, 'refused'), row('b', 1, 'suggested'))).toEqual(['b suggested']);
    expect(merged(row('a', 0, 'refused'), row('c', 1))).toEqual(['b refused', 'c confirmed']);
  });

  it('never have a code twice, never lose one that was given, and stay when merged again', () => {
    const rows = fc
      .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
      .chain((given) =>
        fc.tuple(
          ...given.map((key) =>
            fc.constantFrom('confirmed', 'suggested', 'refused').map((c) => [key, c] as const),
          ),
        ),
      )
      .map((given) =>
        given.map(([key, certainty], rank) => row(key, rank, certainty as CodeRow['certainty'])),
      );
    const becomes = new Map([
      ['a', 'b'],
      ['d', 'c'],
    ]);
    fc.assert(
      fc.property(rows, (before) => {
        const after = mergeUnitCodes(before, becomes);
        const given = after.map(({ codeKey }) => codeKey);
        expect(new Set(given).size).toBe(given.length);
        expect(after.map(({ rank }) => rank)).toEqual(after.map((_, at) => at));
        for (const { codeKey, certainty } of before)
          if (certainty === 'confirmed')
            expect(after).toContainEqual(
              expect.objectContaining({ codeKey: becomes.get(codeKey) ?? codeKey, certainty: 'confirmed' }),
            );
        expect(sameCodes(mergeUnitCodes(after, becomes), after)).toBe(true);
      }),
    );
  });
});

describe('suggestions under a codebook', () => {
  const inForce = { keys: new Set(['b', 'own']), becomes: new Map([['a', 'b']]) };
  const suggested = (...codes: [string, number][]) =>
    codes.map(([key, confidence]) => ({ code: key, confidence, evidence: '' }));
  const allowed = (...codes: [string, number][]) =>
    codesInForce(suggested(...codes), inForce).map(({ code: key, confidence }) => [key, confidence]);

  it('are of codes that there are, each once, the best first', () => {
    expect(allowed(['a', 0.6], ['b', 0.3], ['gone', 0.2])).toEqual([['b', 0.6]]);
    expect(allowed(['b', 0.5], ['own', 0.7])).toEqual([
      ['own', 0.7],
      ['b', 0.5],
    ]);
    expect(allowed(['gone', 0.9])).toEqual([]);
  });
});
