import { describe, expect, test } from 'vitest';
import { htmlOf, isPlain, textOf } from '../../../../crm-sync/connectors/salesforce/rich-text.ts';
import { refusalOf } from '../../../../crm-sync/connectors/salesforce/salesforce-error.ts';
import { checkSalesforceSettings } from '../../../../crm-sync/connectors/salesforce/settings.ts';
import { oneOf, quoted } from '../../../../crm-sync/connectors/salesforce/soql.ts';
import { parseSoql } from './played-soql.ts';

const FILLED_IN = { myDomain: 'https://wabash.my.salesforce.com', clientId: 'key' };

describe('settings', () => {
  test.each([
    [{}],
    [{ myDomain: 'https://wabash--test.sandbox.my.salesforce.com/lightning/page/home' }],
    [{ myDomain: 'https://test.salesforce.com', signIn: 'refresh_token' }],
    [{ myDomain: 'https://wabash.my.salesforce.mil' }],
    [{ myDomain: 'http://127.0.0.1:4000', trustedOrigin: 'http://127.0.0.1:4000/' }],
    [{ keyField: 'acme__Their_Key__c' }],
  ])('%o is right', (more) => {
    expect(checkSalesforceSettings({ ...FILLED_IN, ...more })).toEqual([]);
  });

  test.each([
    ['myDomain', { myDomain: '' }],
    ['myDomain', { myDomain: 'wabash' }],
    ['myDomain', { myDomain: 'http://wabash.my.salesforce.com' }],
    ['myDomain', { myDomain: 'https://salesforce.com.evil.example' }],
    ['myDomain', { myDomain: 'https://notsalesforce.com' }],
    ['myDomain', { myDomain: 'https://wabash.my.salesforce.com:8443' }],
    ['myDomain', { myDomain: 'https://login.salesforce.com' }],
    ['myDomain', { myDomain: 'http://127.0.0.1:4000', trustedOrigin: 'http://127.0.0.1:4001' }],
    ['keyField', { keyField: 'Name' }],
    ['keyField', { keyField: "X' OR Id != null OR Y__c" }],
    ['closeDays', { closeDays: 'soon' }],
    ['dailyShare', { dailyShare: '0' }],
  ])('%s is wrong in %o', (key, more) => {
    const problems = checkSalesforceSettings({ ...FILLED_IN, ...more });
    expect(problems.map((problem) => problem.key)).toEqual([key]);
    for (const { message } of problems) expect(message).toMatch(/; .+\.$/);
  });
});

test.each([
  "o'brien",
  "x' OR Id != null",
  'back\\slash\\',
  "\\' OR Name = 'a",
  'two\nlines\tand “quotes"',
  '{{braces}} %wild_',
])('%j is nothing but text in a query', (text) => {
  const { where } = parseSoql(`SELECT Id FROM Account WHERE Name = ${quoted(text)} LIMIT 1`);
  expect(where).toEqual({ kind: 'compare', field: 'Name', operator: '=', values: [text] });
});

test('a condition on nothing is none', () => {
  expect(oneOf('Id', [])).toBeNull();
  expect(oneOf('Id', ['a', 'b'])).toBe("Id IN ('a', 'b')");
});

test.each([
  'a & b < c > d',
  'two\nlines',
  '“the price” is \'high\' & "late"',
  '&amp; is written so',
  ' inner  blanks ',
])('%j comes back from rich text as it was', (text) => {
  expect(textOf(htmlOf(text))).toBe(text.trim());
  expect(isPlain(htmlOf(text))).toBe(true);
});

test('what a person formatted is read as text, and known to be more than that', () => {
  const html = '<p>They want <b>three</b> pumps.</p><ul><li>one</li><li>two</li></ul>';
  expect(textOf(html)).toBe('They want three pumps.\n- one\n- two');
  expect(isPlain(html)).toBe(false);
});

describe('what errors come to', () => {
  const context = { fields: ['StageName', 'Amount'], keyField: 'Dictaline_Key__c' };
  const error = (code: string, message = '', fields: string[] = []) => ({ code, message, fields });

  test.each([
    [error('UNABLE_TO_LOCK_ROW')],
    [error('CANNOT_EXECUTE_FLOW_TRIGGER', 'the flow failed: UNABLE_TO_LOCK_ROW: unable to obtain')],
    [
      error(
        'DUPLICATE_VALUE',
        'duplicate value found: Dictaline_Key__c duplicates value on record with id: 1',
      ),
    ],
    [error('SERVER_UNAVAILABLE')],
  ])('%o passes', (each) => {
    expect(refusalOf([each], context)).toMatchObject({ status: 'transient' });
  });

  test.each([
    [error('DUPLICATE_VALUE', 'duplicate value found: Number__c duplicates value on record with id: 1')],
    [error('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Close dates are Fridays.', ['StageName'])],
    [error('STRING_TOO_LONG', 'data value too large: secret words', ['StageName'])],
    [error('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'bad value: secret words', ['StageName'])],
    [error('DUPLICATES_DETECTED')],
    [error('INSUFFICIENT_ACCESS_OR_READONLY')],
    [error('SOMETHING_NEW', 'secret words')],
  ])('%o needs a person, who is told what to do and not what was written', (each) => {
    const result = refusalOf([each], context);
    expect(result).toMatchObject({ status: 'permanent', field: each.fields[0] ?? null });
    expect(result.message).toMatch(/; .+\.$/);
    expect(result.message).not.toContain('secret');
  });
});
