import { expect, test } from 'vitest';
import type { CrmFieldValue } from '../../../crm-sync/connectors/connector.ts';
import { differencesOf, type Entry, expectationsOf } from '../../../crm-sync/reconciliation/expect.ts';

let made = 0;

function entry(change: Partial<Entry> & { value?: CrmFieldValue } = {}): Entry {
  made += 1;
  const { value = 'won', ...rest } = change;
  return {
    id: String(made).padStart(6, '0'),
    reportId: 'r1',
    externalKey: 'c1',
    targetField: 'stage',
    policy: 'overwrite_ours',
    desired: { value, source: 'stage' },
    previous: null,
    written: value,
    status: 'written',
    isOurs: true,
    writtenAt: new Date(made * 1000),
    ...rest,
  };
}

const found = (entries: Entry[], fields: Record<string, CrmFieldValue> | null, matches = 1) =>
  differencesOf(
    expectationsOf(entries),
    fields && { objectType: 'account', externalKey: 'c1', revision: '1', fields, matches },
  ).map(({ kind, field, ours, theirs }) => [kind, field, ours, theirs]);

test('a value is where it was written, trimmed or not', () => {
  expect(found([entry()], { stage: 'won ' })).toEqual([]);
  expect(found([entry()], { stage: 'lost' })).toEqual([['differs', 'stage', 'won', 'lost']]);
  expect(found([entry()], {})).toEqual([['lacks', 'stage', 'won', null]]);
  expect(found([entry(), entry({ value: 'lost', reportId: 'r2' })], { stage: 'lost' })).toEqual([]);
});

test('the record as a whole', () => {
  expect(found([entry(), entry({ targetField: 'x' })], null)).toEqual([['gone', '', null, null]]);
  expect(found([entry()], { stage: 'lost' }, 2)).toEqual([['doubled', '', null, null]]);
  expect(found([], null)).toEqual([]);
});

test.each(['waiting', 'conflict', 'failed'] as const)(
  'a field with something %s is the ledger’s affair',
  (status) => {
    const first = entry();
    const open = entry({ status, isOurs: false, writtenAt: null });
    expect(found([first, open], { stage: 'lost' })).toEqual([]);
  },
);

test('what was taken back is expected no more', () => {
  const first = entry();
  const back = entry({ desired: { value: null, source: 'stage', withdraw: true }, written: 'before' });
  expect(found([first, back], { stage: 'whatever' })).toEqual([]);
  expect(found([first, back], null)).toEqual([]);
});

test('theirs, where a person kept it or a later report found it so', () => {
  const first = entry();
  const kept = entry({ status: 'skipped', isOurs: false, written: null, previous: 'lost', writtenAt: null });
  expect(found([first, kept], { stage: 'lost' })).toEqual([]);
  expect(found([first, kept], { stage: 'gone cold' })).toHaveLength(1);
  const foundSo = entry({ value: 'lost', written: null, isOurs: false, previous: 'lost' });
  expect(found([first, foundSo], { stage: 'lost' })).toEqual([]);
});

test('a write that a person gave up is none, and neither is what it took the place of', () => {
  expect(found([entry(), entry({ status: 'skipped', value: 'lost' })], { stage: 'cold' })).toEqual([]);
});

test('filled once, a field is theirs to change, but not the record to lose', () => {
  const filled = entry({ policy: 'fill_if_empty' });
  expect(found([filled], { stage: 'lost' })).toEqual([]);
  expect(found([filled], null)).toHaveLength(1);
});

test('each report’s block stands in the text, whatever stands around it', () => {
  const one = entry({ policy: 'append_dated', value: 'Mon\nfirst', reportId: 'r1' });
  const two = entry({ policy: 'append_dated', value: 'Tue\nsecond', reportId: 'r2' });
  expect(found([one, two], { stage: 'hand-made\n\nTue\r\nsecond\r\n\r\nMon\nfirst' })).toEqual([]);
  expect(found([one, two], { stage: 'Tue\nsecond' })).toEqual([
    ['lacks', 'stage', 'Mon\nfirst', 'Tue\nsecond'],
  ]);
  const corrected = entry({ policy: 'append_dated', value: 'Mon\ncorrected', reportId: 'r1' });
  expect(found([one, two, corrected], { stage: 'Tue\nsecond\n\nMon\ncorrected' })).toEqual([]);
});

test('each report’s items stand in the list, whatever else does', () => {
  const one = entry({ value: ['Pump', 'Seal'], reportId: 'r1' });
  const two = entry({ value: ['Valve'], reportId: 'r2', written: ['Pump', 'Seal', 'Valve'] });
  expect(found([one, two], { stage: ['valve', 'Seal', 'Pump', 'Hose'] })).toEqual([]);
  expect(found([one, two], { stage: ['Valve', 'Seal'] })).toEqual([
    ['lacks', 'stage', ['Pump', 'Seal'], ['Valve', 'Seal']],
  ]);
});
