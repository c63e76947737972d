import { describe, expect, it } from 'vitest';
import { chooseMappings, findRivals } from '../../../crm-sync/mapping/choose-mappings.ts';
import type { KeyedMapping } from '../../../crm-sync/mapping/mapping.ts';

const objects = [
  {
    objectType: 'account' as const,
    label: 'Account',
    fields: [
      { key: 'stage', label: 'Stage', dataType: 'choice' as const, options: [], writable: true },
      { key: 'notes', label: 'Notes', dataType: 'text' as const, options: [], writable: true },
      { key: 'products', label: 'Products', dataType: 'list' as const, options: [], writable: true },
    ],
  },
];
const report = { lineId: 'line-1', region: 'North', teamId: 'ada' };

function mapping(key: string, more: Partial<KeyedMapping> = {}): KeyedMapping {
  return {
    key,
    source: 'stage',
    objectType: 'account',
    targetField: 'stage',
    template: '{{value}}',
    policy: 'overwrite_ours',
    confirmedOnly: false,
    minConfidence: 0,
    valueMap: [],
    lineIds: [],
    regions: [],
    teamIds: [],
    ...more,
  };
}
const chosen = (...mappings: KeyedMapping[]) =>
  chooseMappings(mappings, report, objects).map(({ key }) => key);

describe('of the mappings of one field', () => {
  const all = mapping('all');
  const region = mapping('region', { regions: ['North', 'East'] });
  const line = mapping('line', { lineIds: ['line-1'] });
  const team = mapping('team', { teamIds: ['ada'] });
  const elsewhere = mapping('elsewhere', { regions: ['South'], teamIds: ['ada'] });

  it.each([
    { mappings: [all], holds: ['all'] },
    { mappings: [all, region], holds: ['region'] },
    { mappings: [region, all, line], holds: ['line'] },
    { mappings: [line, team, region], holds: ['team'] },
    { mappings: [elsewhere, all], holds: ['all'] },
    { mappings: [mapping('both', { lineIds: ['line-1'], regions: ['North'] }), line], holds: ['both'] },
    { mappings: [mapping('both', { lineIds: ['line-1'], regions: ['North'] }), team], holds: ['team'] },
    { mappings: [mapping('first'), mapping('second')], holds: ['first'] },
    // What holds for all is kept away from one team.
    { mappings: [all, mapping('never', { teamIds: ['ada'], policy: 'never' })], holds: ['never'] },
    // One value can stand there, whatever it is drawn from.
    { mappings: [all, mapping('other', { source: 'report', teamIds: ['ada'] })], holds: ['other'] },
  ])('the most specific holds: $holds', ({ mappings, holds }) => expect(chosen(...mappings)).toEqual(holds));

  it('a report without region or team falls under none that names one', () => {
    const bare = { lineId: 'line-2', region: null, teamId: null };
    expect(chooseMappings([region, team, all], bare, objects).map(({ key }) => key)).toEqual(['all']);
  });
});

describe('where a field gathers what several sources say', () => {
  const notes = (key: string, source: string, more: Partial<KeyedMapping> = {}) =>
    mapping(key, { source, targetField: 'notes', policy: 'append_dated', ...more });

  it('each source is decided by itself', () => {
    expect(
      chosen(notes('a', 'report'), notes('b', 'code:need'), notes('c', 'code:need', { teamIds: ['ada'] })),
    ).toEqual(['a', 'c']);
    const products = (key: string, source: string) => mapping(key, { source, targetField: 'products' });
    expect(chosen(products('a', 'product'), products('b', 'competitor'))).toEqual(['a', 'b']);
  });
});

describe('rivals', () => {
  const pairs = (...mappings: KeyedMapping[]) =>
    findRivals(mappings, objects).map(([one, other]) => [one.key, other.key]);

  it('are equally specific and may meet in one report', () => {
    expect(pairs(mapping('a'), mapping('b', { source: 'report' }))).toEqual([['a', 'b']]);
    expect(
      pairs(mapping('a', { regions: ['North'] }), mapping('b', { regions: ['North', 'South'] })),
    ).toEqual([['a', 'b']]);
  });
  it('are not those that never meet, or of which one goes before', () => {
    expect(pairs(mapping('a', { regions: ['North'] }), mapping('b', { regions: ['South'] }))).toEqual([]);
    expect(pairs(mapping('a'), mapping('b', { regions: ['South'] }))).toEqual([]);
    expect(pairs(mapping('a'), mapping('b', { targetField: 'notes' }))).toEqual([]);
  });
});
