import { expect, test } from 'vitest';
import { convertValue, uniqueItems } from '../../crm-sync/mapping/convert-value.ts';
import { createTemplates } from '../../crm-sync/mapping/templates.ts';

const templates = createTemplates();

test.each([
  ['{{display}}', { display: 'Pump & <Co>' }, 'Pump & <Co>'],
  ['{{join names "; "}}', { names: ['a', 'b'] }, 'a; b'],
  ['{{join names}}', { names: 'no list' }, ''],
  ['{{truncate text 5}}', { text: 'abcdefgh' }, 'abcd…'],
  ['{{#if unit}}[{{unit.number}}] {{/if}}{{text}}', { unit: { number: 3 }, text: 't' }, '[3] t'],
  ['{{missing.deeply}}', {}, ''],
  ['{{constructor}}{{__proto__}}{{toString}}', {}, ''],
  ['{{text.constructor}}', { text: 'x' }, ''],
  ['{{lookup this "constructor"}}', {}, ''],
])('%s', (template, values, expected) => {
  expect(templates.render(template, values)).toEqual({ ok: true, text: expected });
});

test.each(['{{#if x}}', '{{display', '{{nohelper display}}', 'x'.repeat(5000)])(
  'a template that is broken is reported in a sentence (%#)',
  (template) => {
    const rendered = templates.render(template, { display: 'x' });
    expect(rendered).toMatchObject({ ok: false, message: expect.stringMatching(/^The template .+\.$/) });
    expect(templates.render(template, { display: 'x' })).toEqual(rendered);
  },
);

test('a template that makes too much is reported', () => {
  const rendered = templates.render('{{#each list}}{{.}}{{/each}}', {
    list: Array(400).fill('x'.repeat(100)),
  });
  expect(rendered).toMatchObject({ ok: false, message: expect.stringContaining('let it write less') });
});

const field = (
  dataType: 'text' | 'number' | 'money' | 'date' | 'choice' | 'list',
  options: string[] = [],
) => ({
  key: 'f',
  label: 'F',
  dataType,
  options,
  writable: true,
});

test.each([
  [' text ', field('text'), 'text'],
  ['', field('number'), null],
  ['$1,250,000.50', field('money'), 1250000.5],
  ['-3', field('number'), -3],
  ['2026-03-31', field('date'), '2026-03-31'],
  ['2026-03-31T10:00:00Z', field('date'), '2026-03-31'],
  ['WON', field('choice', ['won', 'lost']), 'won'],
  ['a\nB\n\na\nb', field('list'), ['a', 'B']],
])('%j as %o', (text, definition, value) => {
  expect(convertValue(text, definition)).toEqual({ ok: true, value });
});

test.each([
  ['about 5', field('money')],
  ['next Friday', field('date')],
  ['2026-02-31', field('date')],
  ['maybe', field('choice', ['won'])],
])('%j does not fit, and a sentence says so', (text, definition) => {
  expect(convertValue(text, definition)).toMatchObject({
    ok: false,
    message: expect.stringMatching(/^F .+\.$/),
  });
});

test('items are kept as first said', () => {
  expect(uniqueItems(['Pump', 'pump ', '', 'Valve'])).toEqual(['Pump', 'Valve']);
});
