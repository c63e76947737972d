import { describe, expect, it } from 'vitest';
import { checkMapping, checkMappings, policiesFor } from '../../../crm-sync/mapping/check-mappings.ts';
import { checkTemplate } from '../../../crm-sync/mapping/check-template.ts';
import type { KeyedMapping } from '../../../crm-sync/mapping/mapping.ts';
import { createTemplates } from '../../../crm-sync/mapping/templates.ts';

const objects = [
  {
    objectType: 'account' as const,
    label: 'Company',
    fields: [
      { key: 'stage', label: 'Stage', dataType: 'choice' as const, options: ['Open', 'Won'], writable: true },
      { key: 'notes', label: 'Notes', dataType: 'text' as const, options: [], writable: true },
      { key: 'score', label: 'Score', dataType: 'number' as const, options: [], writable: false },
    ],
  },
];

function mapping(more: Partial<KeyedMapping> = {}): KeyedMapping {
  return {
    key: 'a',
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

describe('a template', () => {
  const values = { source: 'stage', objectType: 'account' as const };
  it.each([
    '{{value}}',
    '{{display}} ({{unit.number}})',
    '{{#if (eq value "won")}}yes{{else}}no{{/if}}',
    '{{#each displays}}{{this}}, {{@index}}{{/each}}',
    '{{join displays "; "}} {{truncate unit.text 20}} {{lower value}} {{upper report.account}}',
    '{{value.anything}} plain text',
    '',
  ])('that can be used: %s', (template) => {
    expect(checkTemplate(template, values)).toEqual([]);
    expect(createTemplates().render(template, {}).ok).toBe(true);
  });

  it.each([
    ['{{value', 'opened with {{ and not closed'],
    ['{{#if value}}x', 'does not end'],
    ['x{{/if}}', 'was not opened'],
    ['{{#if value}}x{{/each}}', 'The block #if is closed by /each'],
    ['first\n{{#each units}}\nx', 'Close it'],
    ['{{shout value}}', '“shout” is nothing that a template can do'],
    ['{{#table value}}x{{/table}}', '“table” is nothing'],
    ['{{> other}}', 'can’t take in another'],
  ])('that can’t: %s', (template, says) => {
    expect(checkTemplate(template, values)).toEqual([
      { message: expect.stringContaining(says), blocks: true },
    ]);
    expect(createTemplates().render(template, {}).ok).toBe(false);
  });

  it('names what is not known where it is used, and only there', () => {
    const faults = (template: string, source: string) =>
      checkTemplate(template, { ...values, source }).map(({ message }) => message.split(' ')[0]);
    expect(faults('{{valu}} {{step.text}} {{report.dat}}', 'stage')).toEqual([
      '“valu”',
      '“step.text”',
      '“report.dat”',
    ]);
    expect(faults('{{step.text}} {{step.due}}', 'next_step')).toEqual([]);
    expect(faults('{{numbered}}{{#each units}}{{text}}{{/each}}', 'code:need')).toEqual([]);
    expect(faults('{{display}}', 'report')).toEqual(['“display”']);
    expect(checkTemplate('{{valu}}', values)).toMatchObject([{ blocks: false }]);
  });
});

describe('a mapping', () => {
  const parts = (more: Partial<KeyedMapping>) =>
    checkMapping(mapping(more), objects).map(({ part, blocks }) => [part, blocks]);
  it.each([
    { more: {}, faults: [] },
    { more: { targetField: 'gone' }, faults: [['targetField', true]] },
    { more: { targetField: 'score' }, faults: [['targetField', true]] },
    { more: { policy: 'append_dated' as const }, faults: [['policy', true]] },
    { more: { policy: 'append_dated' as const, targetField: 'notes' }, faults: [] },
    { more: { source: 'next_step', template: '' }, faults: [['source', true]] },
    { more: { source: 'contact', template: '' }, faults: [['source', true]] },
    { more: { valueMap: [{ from: 'won', to: 'won' }] }, faults: [] },
    { more: { valueMap: [{ from: 'won', to: '' }] }, faults: [] },
    { more: { valueMap: [{ from: 'won', to: 'Lost' }] }, faults: [['valueMap', false]] },
  ])('$more', ({ more, faults }) => expect(parts(more)).toEqual(faults));

  it('is not measured by a description that could not be had', () =>
    expect(checkMapping(mapping({ targetField: 'gone' }), null)).toEqual([]));

  it('may not share its field with another for the same reports', () => {
    const faults = checkMappings([mapping(), mapping({ key: 'b', source: 'report', template: '' })], objects);
    expect(faults).toMatchObject([{ key: 'b', part: 'scope', blocks: true }]);
    expect(faults[0]?.message).toContain('“Stage” of account');
  });

  it('is offered no policy that makes no sense', () => {
    expect(policiesFor('text')).toContain('append_dated');
    expect(policiesFor('date')).not.toContain('append_dated');
  });
});
