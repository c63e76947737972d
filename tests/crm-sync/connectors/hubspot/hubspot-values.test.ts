import { describe, expect, test } from 'vitest';
import { isUnsaid, msToMidnight, noonOf, unsaidTime } from '../../../../crm-sync/connectors/hubspot/days.ts';
import { fieldOf } from '../../../../crm-sync/connectors/hubspot/properties.ts';
import { interpret, propertyProblems } from '../../../../crm-sync/connectors/hubspot/refusals.ts';
import { errorSchema, propertySchema } from '../../../../crm-sync/connectors/hubspot/responses.ts';
import { fromHubspot, toHubspot } from '../../../../crm-sync/connectors/hubspot/values.ts';
import { makeProperty } from './portal-properties.ts';

const context = {
  timeZone: 'US/Eastern',
  ownerIds: new Map([['ann@example.com', '70001']]),
  ownerEmails: new Map([['70001', 'ann@example.com']]),
};

function field(...property: Parameters<typeof makeProperty>) {
  const made = fieldOf(propertySchema.parse(makeProperty(...property)));
  if (made === null) throw new Error('no field');
  return made;
}

const stages = field('dealstage', 'select', {
  label: 'Stage',
  options: [
    ['closedwon', 'Closed won'],
    ['111', 'Pilot'],
    ['222', 'Twice'],
    ['333', 'twice'],
  ],
});

describe('values at HubSpot', () => {
  test.each([
    ['a text', field('x', 'string'), 'Wabash', 'Wabash'],
    ['rich text', field('x', 'html'), 'a\n<b>', 'a<br>&lt;b&gt;'],
    ['a body that is called text', field('hs_task_body', 'string'), 'a\nb', 'a<br>b'],
    ['a number', field('x', 'number'), 0.5, '0.5'],
    ['a day', field('x', 'date'), '2026-03-31', '2026-03-31'],
    ['a moment, in winter', field('x', 'datetime'), '2026-02-01', '2026-02-01T17:00:00.000Z'],
    ['a moment, in summer', field('x', 'datetime'), '2026-07-01', '2026-07-01T16:00:00.000Z'],
    ['an option', stages, 'closedwon', 'closedwon'],
    ['an option with a mere number', stages, 'Pilot', '111'],
    ['one of two with the same label', stages, 'twice (333)', '333'],
    [
      'a list',
      field('x', 'checkbox', {
        options: [
          ['a', 'A'],
          ['b', 'B'],
        ],
      }),
      ['a', 'b'],
      'a;b',
    ],
    ['a person', field('hubspot_owner_id', 'owner'), 'ann@example.com', '70001'],
    [
      'a yes',
      field('x', 'bool', {
        options: [
          ['true', 'Yes'],
          ['false', 'No'],
        ],
      }),
      'true',
      'true',
    ],
  ])('%s is written and read back', (_, property, value, text) => {
    expect(toHubspot(property, value, context)).toEqual({ ok: true, text });
    expect(fromHubspot(property, text, context)).toEqual(value);
    expect(toHubspot(property, null, context)).toEqual({ ok: true, text: '' });
    expect(fromHubspot(property, '', context)).toBeNull();
    expect(fromHubspot(property, null, context)).toBeNull();
  });

  test.each([
    [field('x', 'date'), '1774915200000', '2026-03-31'],
    [field('x', 'datetime'), '1774929600000', '2026-03-31'],
    // Evening of the day before, where the company is.
    [field('x', 'datetime'), '2026-04-01T01:00:00Z', '2026-03-31'],
    [stages, 'gone_since', 'gone_since'],
    [field('hubspot_owner_id', 'owner'), '70002', '70002'],
  ])('as HubSpot may have it: %#', (property, text, value) => {
    expect(fromHubspot(property, text, context)).toBe(value);
  });

  test.each([
    [field('x', 'html'), '<'.repeat(20_000)],
    [field('x', 'number'), 'three'],
    [field('x', 'date'), '2026-02-31'],
    [stages, 'Unheard-of'],
    [field('hubspot_owner_id', 'owner'), 'Ann Lee'],
  ])('what does not fit is told in a sentence without the value: %#', (property, value) => {
    const told = toHubspot(property, value, context);
    expect(told).toMatchObject({ ok: false, message: expect.stringMatching(/;.+\.$/) });
    expect(JSON.stringify(told)).not.toContain(value);
  });

  test('what can not be written is no field', () => {
    const fieldOrNot = (...property: Parameters<typeof makeProperty>) =>
      fieldOf(propertySchema.parse(makeProperty(...property)));
    expect(fieldOrNot('x', 'string', { readOnly: true })).toBeNull();
    expect(fieldOrNot('x', 'number', { calculated: true })).toBeNull();
    expect(fieldOrNot('x', 'string', { hidden: true })).toBeNull();
    expect(fieldOrNot('dictaline_key', 'string')).toBeNull();
  });
});

describe('days and moments', () => {
  test.each(['US/Eastern', 'Asia/Tokyo', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin', 'UTC'])(
    'noon in %s is noon there',
    (timeZone) => {
      for (const day of ['2026-01-15', '2026-03-08', '2026-03-29', '2026-11-01']) {
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
        expect(shown.format(noonOf(day, timeZone))).toBe(`${day} 12:00`);
      }
    },
  );

  test('a time that nobody said is known again, one that a person picked is not taken for it', () => {
    expect(isUnsaid(new Date(unsaidTime(new Date('2026-03-02T18:00:12.345Z'))))).toBe(true);
    expect(isUnsaid(new Date('2026-03-02T18:00:00Z'))).toBe(false);
  });

  test('the day of requests ends at midnight of the account', () => {
    const left = msToMidnight(new Date('2026-03-02T18:00:00Z'), 'US/Eastern');
    expect(left).toBe(11.5 * 3600_000);
    expect(msToMidnight(new Date('2026-03-03T04:59:00Z'), 'US/Eastern')).toBe(31 * 60_000);
  });
});

describe('what HubSpot answers', () => {
  const at = new Date('2026-03-02T18:00:00Z');
  const told = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    interpret({ status, body, headers: new Headers(headers) }, at, 'US/Eastern');

  test.each([
    ['by the second', 429, { policyName: 'SECONDLY' }, {}, 'limit', 1_000],
    ['by ten seconds', 429, { policyName: 'TEN_SECONDLY_ROLLING' }, {}, 'limit', 10_000],
    ['by the day', 429, { policyName: 'DAILY' }, {}, 'limit', 11.5 * 3600_000],
    ['with a time', 429, { policyName: 'DAILY' }, { 'retry-after': '7' }, 'limit', 7_000],
    ['by its header', 429, {}, { 'x-hubspot-ratelimit-interval-milliseconds': '5000' }, 'limit', 5_000],
    ['as a page', 429, '<html>', {}, 'limit', null],
    ['a lock', 423, {}, {}, 'transient', 2_000],
    ['a move', 477, {}, { 'retry-after': '3600' }, 'limit', 3_600_000],
    ['a move without a time', 477, null, {}, 'limit', 600_000],
    ['a right that lacks', 403, { category: 'MISSING_SCOPES' }, {}, 'connection', null],
  ])('%s', (_, status, body, headers, kind, retryAfterMs) => {
    const error = told(status, body, headers as Record<string, string>);
    expect(error).toMatchObject({ kind, retryAfterMs, message: expect.stringMatching(/;.+\.$/) });
  });

  test('the scope that lacks is named', () => {
    const body = {
      errors: [{ message: '', context: { requiredGranularScopes: ['crm.objects.deals.write'] } }],
    };
    expect(told(403, body)?.message).toContain('crm.objects.deals.write');
    expect(told(404, {})).toBeNull();
  });

  test('the property at fault is found in both shapes of refusals', () => {
    const older = errorSchema.parse({
      message:
        'Property values were not valid: [{"isValid":false,"message":"x was not one of the allowed options: [a, b]","error":"INVALID_OPTION","name":"stage"}]',
    });
    expect(propertyProblems(older)).toEqual([{ property: 'stage', code: 'INVALID_OPTION' }]);
    const newer = errorSchema.parse({
      errors: [{ message: 'no', code: 'INVALID_OPTION', context: { propertyName: ['stage'] } }],
    });
    expect(propertyProblems(newer)).toEqual([{ property: 'stage', code: 'INVALID_OPTION' }]);
    const required = errorSchema.parse({
      message: 'Some required.',
      context: { properties: ['hs_timestamp'] },
    });
    expect(propertyProblems(required)).toEqual([{ property: 'hs_timestamp', code: '' }]);
    expect(propertyProblems(errorSchema.parse({ message: 'odd [{"a": }]' }))).toEqual([]);
    expect(propertyProblems(errorSchema.parse({}))).toEqual([]);
  });
});
