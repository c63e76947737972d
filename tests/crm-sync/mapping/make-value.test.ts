import { expect, it } from 'vitest';
import type { CrmDataType } from '../../../crm-sync/connectors/connector.ts';
import { makeValue } from '../../../crm-sync/mapping/make-value.ts';
import type { Policy, ValueRule } from '../../../crm-sync/mapping/mapping.ts';
import { createTemplates } from '../../../crm-sync/mapping/templates.ts';

const templates = createTemplates();

function make(
  dataType: CrmDataType,
  template: string,
  contexts: object[],
  more: { valueMap?: ValueRule[]; options?: string[]; policy?: Policy } = {},
) {
  const { valueMap = [], options = [], policy = 'overwrite_ours' } = more;
  const field = { key: 'f', label: 'Field', dataType, options, writable: true };
  return makeValue({ template, policy, valueMap }, contexts, field, templates);
}
const stages = [
  { from: 'negotiation', to: 'Contract sent' },
  { from: 'service', to: '' },
];

it.each([
  { value: 'negotiation', becomes: 'Contract sent' },
  { value: ' Negotiation ', becomes: 'Contract sent' },
  { value: 'Closed won', becomes: 'Closed won' },
  { value: 'service', becomes: null },
])('$value becomes the option $becomes', ({ value, becomes }) => {
  const options = ['Contract sent', 'Closed won'];
  expect(make('choice', '{{value}}', [{ value }], { options, valueMap: stages }).made).toEqual({
    ok: true,
    value: becomes,
  });
});

it('what is neither in the table nor an option is said', () => {
  const { texts, made } = make('choice', '{{value}}', [{ value: 'lost' }], {
    options: ['Contract sent'],
    valueMap: stages,
  });
  expect(texts).toEqual(['lost']);
  expect(made).toMatchObject({ ok: false, message: expect.stringContaining('“lost”') });
});

it('a list takes every item through the table, others only the first value', () => {
  const contexts = [{ display: 'Pump One' }, { display: 'Pump Two' }, { display: 'pump one' }];
  const valueMap = [{ from: 'pump two', to: 'P2' }];
  expect(make('list', '{{display}}', contexts, { valueMap })).toEqual({
    texts: ['Pump One', 'Pump Two', 'pump one'],
    replaced: ['Pump One', 'P2', 'pump one'],
    made: { ok: true, value: ['Pump One', 'P2'] },
  });
  expect(make('text', '{{display}}', contexts).made).toEqual({ ok: true, value: 'Pump One' });
});

it('nothing can be appended to a date', () => {
  const { made } = make('date', '{{value}}', [{ value: '2026-03-31' }], { policy: 'append_dated' });
  expect(made).toMatchObject({ ok: false, message: expect.stringContaining('no text field') });
});
