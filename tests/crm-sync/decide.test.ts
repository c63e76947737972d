import { expect, test } from 'vitest';
import type { CrmFieldValue } from '../../crm-sync/connectors/connector.ts';
import { type Comparison, decide } from '../../crm-sync/ledger/decide.ts';
import type { Desired } from '../../crm-sync/ledger/desired.ts';
import type { Policy } from '../../crm-sync/mapping/mapping.ts';

function desired(value: CrmFieldValue, more: Partial<Desired> = {}): Desired {
  return {
    value,
    display: String(value),
    source: 'stage',
    unitId: null,
    confirmedById: null,
    recordName: 'Hill Mill',
    links: [],
    ...more,
  };
}

function comparison(more: Partial<Comparison>): Comparison {
  return {
    policy: 'overwrite_ours',
    dataType: 'text',
    desired: desired('new'),
    current: null,
    lastWritten: null,
    maybeWritten: [],
    earlier: [],
    laterReportWrote: false,
    wantedByOthers: [],
    ...more,
  };
}

const wrote = (written: CrmFieldValue, previous: CrmFieldValue = null, known = true) => ({
  desired: written,
  previous,
  written,
  known,
});

/** Policy × what stands there: empty, what we want, what we wrote, what somebody wrote. */
test.each<[Policy, string, string, string, string]>([
  ['never', 'skip', 'skip', 'skip', 'skip'],
  ['fill_if_empty', 'write', 'nothing', 'skip', 'skip'],
  ['overwrite_ours', 'write', 'nothing', 'write', 'conflict'],
  ['always_overwrite', 'write', 'nothing', 'write', 'write'],
])('%s: empty %s, there already %s, ours %s, somebody else’s %s', (policy, empty, there, ours, theirs) => {
  expect(decide(comparison({ policy })).do).toBe(empty);
  expect(decide(comparison({ policy, current: 'new ' })).do).toBe(there);
  expect(decide(comparison({ policy, current: 'old', lastWritten: 'old' })).do).toBe(ours);
  expect(decide(comparison({ policy, current: 'theirs', lastWritten: 'old' })).do).toBe(theirs);
});

test('what somebody else wrote stays theirs, even where it is what we want', () => {
  expect(decide(comparison({ current: 'new', lastWritten: 'old' }))).toEqual({ do: 'nothing', ours: false });
  expect(decide(comparison({ current: 'new', lastWritten: 'new' }))).toEqual({ do: 'nothing', ours: true });
  expect(decide(comparison({ current: 'new', maybeWritten: ['new'] }))).toEqual({
    do: 'nothing',
    ours: true,
  });
});

test('what somebody emptied after we wrote it is a change like any other', () => {
  expect(decide(comparison({ current: null, lastWritten: 'old' }))).toEqual({ do: 'conflict' });
  const filled = comparison({ policy: 'fill_if_empty', current: null, earlier: [wrote('old')] });
  expect(decide(filled)).toMatchObject({ do: 'skip' });
});

test('what we may have written is ours, and may as well never have arrived', () => {
  const maybe = { maybeWritten: ['maybe'], earlier: [wrote('maybe', null, false)] };
  expect(decide(comparison({ ...maybe, current: 'maybe' }))).toEqual({ do: 'write', value: 'new' });
  expect(decide(comparison({ ...maybe, current: null }))).toEqual({ do: 'write', value: 'new' });
  expect(decide(comparison({ ...maybe, current: 'theirs' }))).toEqual({ do: 'conflict' });
});

test('a correction of the same report fills what it filled itself', () => {
  const own = comparison({ policy: 'fill_if_empty', current: 'old', earlier: [wrote('old')] });
  expect(decide(own)).toEqual({ do: 'write', value: 'new' });
});

test('a report of an earlier call does not overwrite what a later one wrote', () => {
  const late = { current: 'later', lastWritten: 'later', laterReportWrote: true };
  expect(decide(comparison(late))).toMatchObject({ do: 'skip' });
  expect(decide(comparison({ ...late, policy: 'always_overwrite' }))).toMatchObject({ do: 'skip' });
});

test('a person’s approval holds for what the person saw, and no longer', () => {
  const approved = desired('new', { approvedOver: { value: 'theirs', byId: null } });
  expect(decide(comparison({ desired: approved, current: 'theirs' }))).toEqual({ do: 'write', value: 'new' });
  expect(decide(comparison({ desired: approved, current: 'another' }))).toEqual({ do: 'conflict' });
});

test('a withdrawn value gives back what stood there before, unless it was changed', () => {
  const gone = desired(null, { withdraw: true });
  const earlier = [wrote('ours', 'before')];
  expect(decide(comparison({ desired: gone, current: 'ours', earlier }))).toEqual({
    do: 'write',
    value: 'before',
  });
  expect(decide(comparison({ desired: gone, current: 'theirs', earlier }))).toMatchObject({ do: 'skip' });
});

const block = (text: string) => `2026-03-02 · Ann · 1234567\n${text}`;

test.each<[string, CrmFieldValue, Partial<Comparison>, object]>([
  ['goes into an empty field', null, {}, { do: 'write', value: block('new') }],
  [
    'goes on top of what is there',
    'Their notes',
    {},
    { do: 'write', value: `${block('new')}\n\nTheir notes` },
  ],
  ['is not written twice', `${block('new')}\r\n\r\nTheir notes`, {}, { do: 'nothing', ours: true }],
  [
    'takes the place of its own earlier version',
    `Above\n\n${block('old')}\n\nBelow`,
    { earlier: [wrote(block('old'))] },
    { do: 'write', value: `Above\n\n${block('new')}\n\nBelow` },
  ],
  [
    'is a conflict when its earlier version was edited',
    'edited',
    { earlier: [wrote(block('old'))] },
    { do: 'conflict' },
  ],
  [
    'is written where the earlier version never arrived',
    'Their notes',
    { earlier: [wrote(block('old'), null, false)] },
    { do: 'write', value: `${block('new')}\n\nTheir notes` },
  ],
  [
    'is taken back without touching the rest',
    `Above\n\n${block('old')}\n\nBelow`,
    { desired: desired(null, { withdraw: true }), earlier: [wrote(block('old'))] },
    { do: 'write', value: 'Above\n\nBelow' },
  ],
  [
    'is left when it was edited before it was taken back',
    'edited',
    { desired: desired(null, { withdraw: true }), earlier: [wrote(block('old'))] },
    { do: 'skip', reason: expect.any(String) },
  ],
])('appended text %s', (_, current, more, expected) => {
  const appended = comparison({ policy: 'append_dated', desired: desired(block('new')), current, ...more });
  expect(decide(appended)).toEqual(expected);
});

test.each<[string, CrmFieldValue, CrmFieldValue, Partial<Comparison>, object]>([
  ['adds what is missing', ['A'], ['b', 'a'], {}, { do: 'write', value: ['A', 'b'] }],
  ['never takes away what others put there', ['Theirs', 'a'], ['a'], {}, { do: 'nothing', ours: true }],
  [
    'takes away what this report added and does not say any more',
    ['Theirs', 'b'],
    ['a'],
    { earlier: [wrote(['Theirs', 'b'], ['Theirs'])] },
    { do: 'write', value: ['Theirs', 'a'] },
  ],
  [
    'leaves what another report wants',
    ['b'],
    ['a'],
    { earlier: [wrote(['b'], null)], wantedByOthers: ['B'] },
    { do: 'write', value: ['b', 'a'] },
  ],
])('a list %s', (_, current, wanted, more, expected) => {
  expect(decide(comparison({ dataType: 'list', desired: desired(wanted), current, ...more }))).toEqual(
    expected,
  );
});

test('a list that is withdrawn loses what it added', () => {
  const gone = desired(null, { withdraw: true });
  const merged = comparison({
    dataType: 'list',
    desired: gone,
    current: ['a', 'x'],
    earlier: [wrote(['a', 'x'], ['x'])],
  });
  expect(decide(merged)).toEqual({ do: 'write', value: ['x'] });
});
