import type { DefaultMapping } from '../../mapping/default-mappings.ts';

/**
 * What a company wants on the first day, on fields that every Salesforce has: the report in the activity timeline
 * with its numbered units and the way back to them, next steps as tasks of the rep, the deal's amount and stage.
 * Accounts are left alone: Salesforce shows the activities there, and other standard fields are somebody else's.
 */
export const SALESFORCE_MAPPINGS: readonly DefaultMapping[] = [
  {
    objectType: 'contact',
    source: 'contact',
    targetField: 'Title',
    template: '{{person.title}}',
    policy: 'fill_if_empty',
  },
  ours(
    'activity',
    'report',
    'Subject',
    '{{#if report.account}}{{truncate report.account 200}}, {{/if}}{{report.date}}',
  ),
  ours('activity', 'report', 'ActivityDate', '{{report.date}}'),
  ours('activity', 'report', 'OwnerId', '{{report.speakerEmail}}'),
  ours(
    'activity',
    'report',
    'Description',
    '{{numbered}}\n\n{{report.speaker}}, {{report.date}}, {{report.reference}}\n{{report.link}}',
  ),
  ours('task', 'next_step', 'Subject', '{{truncate step.text 250}}'),
  ours('task', 'next_step', 'ActivityDate', '{{step.due}}'),
  ours('task', 'next_step', 'Status', '{{#if step.done}}Completed{{else}}Not Started{{/if}}'),
  ours('task', 'next_step', 'OwnerId', '{{report.speakerEmail}}'),
  ours('task', 'next_step', 'Description', '{{step.text}}\n{{link}}'),
  ours('deal', 'amount:deal', 'Amount', '{{value.value}}'),
  {
    ...ours('deal', 'stage', 'StageName', '{{value}}'),
    valueMap: [
      { from: 'prospecting', to: 'Prospecting' },
      { from: 'qualification', to: 'Qualification' },
      { from: 'proposal', to: 'Proposal/Price Quote' },
      { from: 'negotiation', to: 'Negotiation/Review' },
      { from: 'won', to: 'Closed Won' },
      { from: 'lost', to: 'Closed Lost' },
      // Nothing of a deal.
      { from: 'service', to: '' },
    ],
  },
];

function ours(
  objectType: DefaultMapping['objectType'],
  source: string,
  targetField: string,
  template: string,
): DefaultMapping {
  return { objectType, source, targetField, template, policy: 'overwrite_ours' };
}
