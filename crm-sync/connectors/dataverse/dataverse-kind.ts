import type { DefaultMapping } from '../../mapping/default-mappings.ts';
import type { ConnectorKind } from '../connector-kind.ts';
import { createDataverseConnector } from './dataverse-connector.ts';

const on = (
  objectType: DefaultMapping['objectType'],
  source: string,
  targetField: string,
  template: string,
  policy: DefaultMapping['policy'] = 'overwrite_ours',
): DefaultMapping => ({ objectType, source, targetField, template, policy });

/** Microsoft Dynamics 365 Sales, and whatever else stands on Dataverse. */
export const dataverseKind: ConnectorKind = {
  kind: 'dataverse',
  label: 'Microsoft Dynamics 365',
  description: 'Phone calls or appointments, tasks, accounts, contacts and opportunities in Dataverse.',
  inputs: [
    {
      key: 'url',
      label: 'Environment',
      help: 'The address of Dynamics, such as https://yourcompany.crm.dynamics.com.',
      type: 'url',
      required: true,
    },
    {
      key: 'tenant',
      label: 'Tenant',
      help: 'Directory (tenant) ID of the app registration in Microsoft Entra ID.',
      type: 'text',
      required: true,
    },
    {
      key: 'clientId',
      label: 'Application',
      help: 'Application (client) ID of the app registration; add it as an application user in Power Platform.',
      type: 'text',
      required: true,
    },
    {
      key: 'clientSecret',
      label: 'Client secret',
      help: 'The value of a client secret of that application. It runs out; enter the new one here.',
      type: 'secret',
      required: true,
    },
    {
      key: 'activityTable',
      label: 'A report becomes',
      help: 'The kind of activity that is made for each report.',
      type: 'choice',
      required: true,
      options: [
        { value: 'phonecall', label: 'a phone call' },
        { value: 'appointment', label: 'an appointment' },
      ],
      initial: 'phonecall',
    },
    {
      key: 'keyColumn',
      label: 'Key column',
      help: 'Text column with an alternate key, on account, contact, task, opportunity and the activity; we find our records by it.',
      type: 'text',
      required: true,
      initial: 'new_dictalinekey',
    },
    {
      key: 'loginOrigin',
      label: 'Sign-in service',
      help: 'Another one for national clouds, such as https://login.microsoftonline.us; blank for the usual one.',
      type: 'url',
      required: false,
    },
  ],
  checkSettings(settings) {
    const problems: { key: string; message: string }[] = [];
    for (const key of ['url', 'loginOrigin'])
      if ((settings[key] ?? '') !== '' && !isSafe(settings[key] ?? ''))
        problems.push({ key, message: 'The address must begin with https:// and hold no path; correct it.' });
    if (!/^[a-z][a-z0-9]*_[a-z0-9_]+$/.test(settings.keyColumn ?? ''))
      problems.push({
        key: 'keyColumn',
        message: 'Give the logical name of the column, such as new_dictalinekey; Power Apps shows it.',
      });
    return problems;
  },
  defaultMappings: [
    on('account', 'report', 'description', '{{report.summary}}\n{{report.link}}', 'append_dated'),
    on('activity', 'report', 'description', '{{numbered}}\n\n{{report.link}}'),
    on('activity', 'report', 'scheduledstart', '{{report.date}}'),
    on('activity', 'report', 'scheduledend', '{{report.date}}'),
    on('task', 'next_step', 'subject', '{{truncate step.text 200}}'),
    on('task', 'next_step', 'description', '{{step.text}}\n\n{{link}}'),
    on('task', 'next_step', 'scheduledend', '{{step.due}}'),
    on('task', 'next_step', 'statecode', '{{#if step.done}}Completed{{else}}Open{{/if}}'),
    on('deal', 'amount:deal', 'estimatedvalue', '{{value.value}}'),
  ],
  open: createDataverseConnector,
};

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, username } = new URL(text);
  const local = ['localhost', '127.0.0.1'].includes(hostname);
  return username === '' && pathname === '/' && (protocol === 'https:' || (protocol === 'http:' && local));
}
