import type { ConnectorInput } from '../connector-kind.ts';

/** How one company's Salesforce is reached and used. */
export interface SalesforceSettings {
  /** Scheme and host of the company's My Domain. */
  origin: string;
  /** An origin that the administrator vouches for though it is none of Salesforce's; null: none. */
  trustedOrigin: string | null;
  signIn: 'client_credentials' | 'refresh_token';
  clientId: string;
  /** Name of the custom field that carries our key, the same on every object. */
  keyField: string;
  activityObject: 'Task' | 'Event';
  /** Whether accounts and contacts that Salesforce does not know are made there. */
  makesCustomers: boolean;
  /** From making an opportunity to its close date, which Salesforce wants at once. */
  closeDays: number;
  /** How much of the company's daily requests may be used up (by all its programs) before we wait. */
  dailyShare: number;
}

export const SALESFORCE_INPUTS: readonly ConnectorInput[] = [
  {
    key: 'myDomain',
    label: 'My Domain',
    help: 'The address of your Salesforce, as in Setup under My Domain: https://company.my.salesforce.com.',
    type: 'url',
    required: true,
  },
  {
    key: 'signIn',
    label: 'Signs in by',
    help: 'Client credentials need no person to sign in and never expire; take the refresh token only if your company does not allow them.',
    type: 'choice',
    required: true,
    options: [
      { value: 'client_credentials', label: 'Client credentials' },
      { value: 'refresh_token', label: 'Refresh token' },
    ],
    initial: 'client_credentials',
  },
  {
    key: 'clientId',
    label: 'Consumer key',
    help: 'Of the external client app (or connected app) that you made for Dictaline.',
    type: 'text',
    required: true,
  },
  {
    key: 'clientSecret',
    label: 'Consumer secret',
    help: 'Of the same app.',
    type: 'secret',
    required: true,
  },
  {
    key: 'refreshToken',
    label: 'Refresh token',
    help: 'Only when it signs in by refresh token.',
    type: 'secret',
    required: false,
  },
  {
    key: 'keyField',
    label: 'Field for our key',
    help: 'API name of the text field (external ID, unique, case sensitive) on Account, Contact, Opportunity and Activity.',
    type: 'text',
    required: true,
    initial: 'Dictaline_Key__c',
  },
  {
    key: 'activityObject',
    label: 'A report becomes',
    help: 'A completed task shows in the activity timeline; an all-day event also shows in the calendar.',
    type: 'choice',
    required: true,
    options: [
      { value: 'Task', label: 'A completed task' },
      { value: 'Event', label: 'An all-day event' },
    ],
    initial: 'Task',
  },
  {
    key: 'newCustomers',
    label: 'Accounts and contacts that Salesforce does not know',
    help: 'Whether Dictaline makes them, or lists them as problems until somebody does.',
    type: 'choice',
    required: true,
    options: [
      { value: 'make', label: 'Make them' },
      { value: 'refuse', label: 'List them as problems' },
    ],
    initial: 'make',
  },
  {
    key: 'closeDays',
    label: 'Days to the close date',
    help: 'Salesforce wants a close date for each new opportunity; so many days after it is made.',
    type: 'number',
    required: true,
    initial: '90',
  },
  {
    key: 'dailyShare',
    label: 'Daily requests, in percent',
    help: 'Dictaline waits when this much of your daily API requests is used up, whoever used them.',
    type: 'number',
    required: true,
    initial: '90',
  },
  {
    key: 'trustedOrigin',
    label: 'Address of your own',
    help: 'Only if Salesforce is reached through a gateway of your company: its address, the same as My Domain above.',
    type: 'url',
    required: false,
  },
];

type Problem = { key: string; message: string };

/** What is not right about what was filled in, by input. Pure. */
export function checkSalesforceSettings(filledIn: Readonly<Record<string, string>>): Problem[] {
  const settings = readSettings(filledIn);
  const problems: Problem[] = [];
  if (!isSalesforceOrigin(settings.origin, settings))
    problems.push({
      key: 'myDomain',
      message: 'This is no address of Salesforce; enter one like https://company.my.salesforce.com.',
    });
  if (settings.signIn === 'client_credentials' && /^https:\/\/(login|test)\./.test(settings.origin))
    problems.push({
      key: 'myDomain',
      message: 'Client credentials work at My Domain only; enter the address from Setup, My Domain.',
    });
  if (!/^[A-Za-z]\w*__c$/.test(settings.keyField) || settings.keyField.length > 60)
    problems.push({
      key: 'keyField',
      message: 'This is no API name of a custom field; enter one like Dictaline_Key__c.',
    });
  if (!Number.isInteger(settings.closeDays) || settings.closeDays < 1 || settings.closeDays > 3650)
    problems.push({ key: 'closeDays', message: 'The days must be a whole number; enter 1 to 3650.' });
  if (!(settings.dailyShare >= 1 && settings.dailyShare <= 100))
    problems.push({ key: 'dailyShare', message: 'This must be a part of 100; enter 1 to 100.' });
  return problems;
}

/** What was filled in, blanks as they were filled in beforehand. Checks nothing. Pure. */
export function readSettings(filledIn: Readonly<Record<string, string>>): SalesforceSettings {
  const value = (key: string): string => {
    const given = (filledIn[key] ?? '').trim();
    return given === '' ? (SALESFORCE_INPUTS.find((input) => input.key === key)?.initial ?? '') : given;
  };
  return {
    origin: originOf(value('myDomain')) ?? '',
    trustedOrigin: originOf(value('trustedOrigin')),
    signIn: value('signIn') === 'refresh_token' ? 'refresh_token' : 'client_credentials',
    clientId: value('clientId'),
    keyField: value('keyField'),
    activityObject: value('activityObject') === 'Event' ? 'Event' : 'Task',
    makesCustomers: value('newCustomers') !== 'refuse',
    closeDays: Number(value('closeDays')),
    dailyShare: Number(value('dailyShare')),
  };
}

/** Salesforce's own domains: commercial, its sites, and the government cloud. */
const DOMAINS = ['salesforce.com', 'force.com', 'salesforce.mil'];

/**
 * Whether tokens may be sent there. The answer to a sign-in names the address of the instance; an answer that was
 * tampered with must not send us elsewhere.
 */
export function isSalesforceOrigin(
  origin: string,
  { trustedOrigin }: Pick<SalesforceSettings, 'trustedOrigin'>,
): boolean {
  if (origin === '') return false;
  if (origin === trustedOrigin) return true;
  const { protocol, hostname, port } = new URL(origin);
  return protocol === 'https:' && port === '' && DOMAINS.some((domain) => hostname.endsWith(`.${domain}`));
}

/** Null for what is no address. */
export function originOf(address: string): string | null {
  try {
    const { origin, protocol } = new URL(address);
    return protocol === 'https:' || protocol === 'http:' ? origin : null;
  } catch {
    return null;
  }
}
