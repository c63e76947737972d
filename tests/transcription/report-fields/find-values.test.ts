import { describe, expect, it, test } from 'vitest';
import type { FieldDefinition } from '../../../transcription/report-fields/field-definition.ts';
import { keyOf, readCue, readOption } from '../../../transcription/report-fields/field-definition.ts';
import { createFieldFinder } from '../../../transcription/report-fields/find-values.ts';
import { faultOf, fieldInput } from '../../../transcription/report-fields/write-report-fields.ts';
import { prepareVocabulary } from '../../../transcription/thought-units/lexicon.ts';
import { readReport } from '../../../transcription/thought-units/read-report.ts';

const lexicon = prepareVocabulary({
  company: 'Northgate Cyber Insurance',
  industry: 'Cyber and liability insurance for small firms',
  reps: [{ id: 'r1', name: 'Ines Carvalho', territory: 'Maine', region: 'East' }],
  accounts: [
    {
      id: 'a1',
      name: 'Saltmarsh Clinics',
      aliases: ['Saltmarsh'],
      city: 'Bangor',
      state: 'ME',
      region: 'East',
      lifecycle: 'active',
    },
  ],
  contacts: [{ id: 'c1', name: 'Ruth Abernathy', account: 'a1', title: 'Office Manager' }],
  products: [
    { id: 'p1', name: 'Harbor Liability Cover', aliases: ['Harbor Liability', 'the harbor policy'] },
  ],
  competitors: [],
});

const define = (field: Partial<FieldDefinition> & Pick<FieldDefinition, 'type'>): FieldDefinition => ({
  key: 'field',
  label: 'Field',
  description: '',
  options: [],
  cues: [],
  examples: [],
  minConfidence: null,
  ...field,
});

/** Thursday. */
const CALL_DATE = '2026-04-09';

function find(field: FieldDefinition, transcript: string) {
  const facts = readReport({ transcript, callDate: CALL_DATE, rep: null }, lexicon);
  return createFieldFinder(
    [field],
    lexicon,
  )(facts).map((value) => {
    const { start = 0, end = 0 } = value.span ?? {};
    return { ...value, words: transcript.slice(start, end) };
  });
}

const OPENING = 'Report on Saltmarsh Clinics. ';
const renewal = define({
  type: 'date',
  cues: ['after: renews', 'after: up for renewal', 'after: contract ends'],
});
const seats = define({ type: 'number', cues: ['before: seats', 'before: employees'] });
const premium = define({ type: 'money', cues: ['near: premium', 'after: currently paying'] });
const billing = define({
  type: 'choice',
  options: [
    { value: 'Monthly', words: ['every month', 'by the month'] },
    { value: 'Yearly', words: ['annual', 'once a year'] },
  ],
});

describe('one value', () => {
  it.each([
    [renewal, 'Their policy renews on May first and they want a quote.', '2026-05-01', 'May first'],
    [renewal, 'It is up for renewal June 30, 2027.', '2027-06-30', 'June 30, 2027'],
    [renewal, 'Their contract ends next Friday.', '2026-04-17', 'next Friday'],
    [
      renewal,
      'The policy was renewed in the fall, and the other renews on the twentieth.',
      '2026-04-20',
      'on the twentieth',
    ],
    [renewal, 'The contract ended last Tuesday.', '2026-03-31', 'last Tuesday'],
    [seats, 'They have forty-two employees in three offices.', 42, 'forty-two'],
    [seats, 'She wants a hundred and twenty seats.', 120, 'a hundred and twenty'],
    [seats, 'It is thirty, no, thirty-five employees.', 35, 'thirty-five'],
    [premium, 'The premium is four thousand two hundred dollars.', 4200, 'four thousand two hundred dollars'],
    [premium, 'They are currently paying $3,850 to the other fellow.', 3850, '$3,850'],
    [premium, 'She told me forty-two fifty is the premium now.', 4250, 'forty-two fifty'],
    [billing, 'She would rather pay every month.', 'Monthly', 'every month'],
    [billing, 'They are billed annually.', 'Yearly', 'annually'],
    [
      define({ type: 'person', cues: ['after: decision is up to', 'before: signs off'] }),
      'The decision is up to Ruth Abernathy.',
      'Ruth Abernathy',
      'Ruth Abernathy',
    ],
    [
      define({ type: 'product', cues: ['after: currently have'] }),
      'They currently have the harbor policy with us.',
      'Harbor Liability Cover',
      'harbor policy',
    ],
    [
      define({ type: 'text', cues: ['after: worried about'] }),
      'Ruth is worried about a breach at their billing company.',
      'breach at their billing company',
      'breach at their billing company',
    ],
  ] as const)('%#', (field, sentence, value, words) => {
    const found = find(field, OPENING + sentence);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ field: 'field', value, words });
    expect(found[0]?.confidence).toBeGreaterThan(0.5);
    expect(found[0]?.evidence).toContain(`"${words}"`);
  });
});

describe('nothing', () => {
  it.each([
    [renewal, 'They renewed without a word.'],
    [renewal, 'It does not renew on May first.'],
    [renewal, 'I will call her on May first.'],
    [seats, 'She has been there forty years.'],
    [premium, 'They are currently paying twelve percent more than last year.'],
    [billing, 'We talked about the weather.'],
  ] as const)('%#', (field, sentence) => {
    expect(find(field, OPENING + sentence)).toEqual([]);
  });
});

test('a month without its day is offered, and is too unsure to be written', () => {
  const [found] = find(renewal, `${OPENING}The policy renews in October.`);
  expect(found).toMatchObject({ value: '2026-10-01', confidence: 0.5 });
  expect(found?.evidence).toContain('only the month is said');
});

test('what stands beside its cue is surer than what is further off', () => {
  const [near] = find(seats, `${OPENING}They have forty employees.`);
  const [far] = find(seats, `${OPENING}They have forty in Bangor who all told are full employees.`);
  expect(near?.confidence).toBeGreaterThan(far?.confidence ?? 1);
});

test('a list takes every thing once, under one field', () => {
  const systems = define({ key: 'systems', type: 'list', cues: ['after: run on'] });
  const found = find(systems, `${OPENING}They run on Athena, a file server and QuickBooks.`);
  expect(found.map(({ value }) => value)).toEqual(['Athena', 'file server', 'QuickBooks']);
  expect(new Set(found.map(({ field }) => field))).toEqual(new Set(['systems']));
});

test('unit and span say where it was said', () => {
  const transcript = `${OPENING}They liked the demo, but the policy renews on May first.`;
  const facts = readReport({ transcript, callDate: CALL_DATE, rep: null }, lexicon);
  const [found] = createFieldFinder([renewal], lexicon)(facts);
  const unit = facts.units[found?.unit ?? -1]?.span;
  expect(unit?.text).toBe('but the policy renews on May first.');
  expect(found?.span?.start).toBeGreaterThan(unit?.start ?? 0);
  expect(found?.span?.end).toBeLessThan(unit?.end ?? 0);
});

test('labels, cues and choices as an administrator writes them', () => {
  expect(keyOf('Renewal date (policy)')).toBe('renewal_date_policy');
  expect(keyOf('2nd contact')).toBe('nd_contact');
  expect(keyOf('…')).toBe('');
  expect(readCue('Before: full-time employees')).toMatchObject({
    where: 'before',
    words: ['full', 'time', 'employees'],
  });
  expect(readCue('renews')).toMatchObject({ where: 'after', words: ['renews'] });
  expect(readCue('after:')).toBeNull();
  expect(readOption('Yearly = annual, once a year')).toEqual({
    value: 'Yearly',
    words: ['annual', 'once a year'],
  });
});

describe('definitions that can’t be', () => {
  it.each([
    [{ label: '—', type: 'date', cues: ['renews'] }, 'name with letters'],
    [{ label: 'Renewal', type: 'date' }, 'beside which words'],
    [{ label: 'Renewal', type: 'date', cues: ['after:'] }, 'beside which words'],
    [{ label: 'Renewal', type: 'date', cues: ['renews', 'near:'] }, 'has no words'],
    [{ label: 'Billing', type: 'choice', options: [{ value: 'Monthly' }] }, 'at least two'],
    [
      { label: 'Billing', type: 'choice', options: [{ value: 'Monthly' }, { value: 'monthly' }] },
      'there twice',
    ],
  ])('%#', (input, words) => {
    expect(faultOf(fieldInput.parse(input))).toContain(words);
  });
});
