import type { CrmDataType, CrmObjectType } from '../connectors/connector.ts';
import type { Mapping } from './mapping.ts';
import { sureEnough } from './sure-enough.ts';

export interface DefaultField {
  key: string;
  label: string;
  dataType: CrmDataType;
  options?: string[];
}

/** The fields that the built-in CRM starts with; a company adds its own. */
export const DEFAULT_FIELDS: Record<CrmObjectType, DefaultField[]> = {
  account: [
    { key: 'stage', label: 'Stage', dataType: 'choice', options: stages() },
    {
      key: 'sentiment',
      label: 'Sentiment',
      dataType: 'choice',
      options: ['positive', 'neutral', 'negative'],
    },
    { key: 'last_meeting', label: 'Last meeting', dataType: 'date' },
    { key: 'last_meeting_type', label: 'Kind of last meeting', dataType: 'choice', options: meetingTypes() },
    { key: 'meeting_notes', label: 'Meeting notes', dataType: 'text' },
    { key: 'products', label: 'Products of interest', dataType: 'list' },
    { key: 'competitors', label: 'Competitors mentioned', dataType: 'list' },
    { key: 'amounts', label: 'Amounts mentioned', dataType: 'text' },
    { key: 'objections', label: 'Objections and risks', dataType: 'text' },
    { key: 'needs', label: 'Needs', dataType: 'text' },
    { key: 'decision_process', label: 'Who decides, and how', dataType: 'text' },
    { key: 'city', label: 'City', dataType: 'text' },
    { key: 'state', label: 'State', dataType: 'text' },
    { key: 'region', label: 'Region', dataType: 'text' },
    { key: 'lifecycle', label: 'Lifecycle', dataType: 'text' },
  ],
  contact: [
    { key: 'title', label: 'Title', dataType: 'text' },
    { key: 'last_spoken', label: 'Last spoken to', dataType: 'date' },
    { key: 'last_spoken_by', label: 'By', dataType: 'person' },
  ],
  activity: [
    { key: 'date', label: 'Date', dataType: 'date' },
    { key: 'kind', label: 'Kind', dataType: 'choice', options: meetingTypes() },
    { key: 'rep', label: 'Rep', dataType: 'person' },
    { key: 'people', label: 'People', dataType: 'list' },
    { key: 'text', label: 'Report', dataType: 'text' },
    { key: 'reference', label: 'Reference', dataType: 'text' },
    { key: 'link', label: 'In Dictaline', dataType: 'text' },
  ],
  task: [
    { key: 'what', label: 'What', dataType: 'text' },
    { key: 'owner', label: 'Whose', dataType: 'choice', options: ['rep', 'customer', 'colleague'] },
    { key: 'due', label: 'Due', dataType: 'date' },
    { key: 'status', label: 'Status', dataType: 'choice', options: ['open', 'done'] },
    { key: 'rep', label: 'Rep', dataType: 'person' },
    { key: 'link', label: 'In Dictaline', dataType: 'text' },
  ],
  deal: [
    { key: 'stage', label: 'Stage', dataType: 'choice', options: stages() },
    { key: 'amount', label: 'Amount', dataType: 'money' },
    { key: 'last_meeting', label: 'Last meeting about it', dataType: 'date' },
    { key: 'rep', label: 'Rep', dataType: 'person' },
  ],
};

function stages(): string[] {
  return ['prospecting', 'qualification', 'proposal', 'negotiation', 'won', 'lost', 'service'];
}

function meetingTypes(): string[] {
  return ['visit', 'phone', 'video', 'event', 'email'];
}

export type DefaultMapping = Pick<Mapping, 'source' | 'objectType' | 'targetField' | 'template' | 'policy'> &
  Partial<Pick<Mapping, 'confirmedOnly' | 'minConfidence' | 'valueMap'>>;

/**
 * How reports reach the built-in CRM. Suggestions that are sure enough are written too, marked as not confirmed:
 * leaving them out would leave a CRM empty where nobody has time to review, and here nothing else can be overwritten
 * by them.
 */
export const DEFAULT_MAPPINGS: DefaultMapping[] = [
  account('report', 'last_meeting', '{{report.date}}', 'overwrite_ours'),
  account('meeting_type', 'last_meeting_type', '{{value}}', 'overwrite_ours'),
  account('report', 'meeting_notes', '{{report.summary}}', 'append_dated'),
  account('stage', 'stage', '{{value}}', 'overwrite_ours'),
  account('sentiment', 'sentiment', '{{report.sentiment}}', 'overwrite_ours'),
  account('product', 'products', '{{display}}', 'overwrite_ours'),
  account('competitor+new_competitor', 'competitors', '{{display}}', 'overwrite_ours'),
  account('amount', 'amounts', '{{join displays "; "}}', 'append_dated'),
  account('code:objection-risk', 'objections', '{{numbered}}', 'append_dated'),
  account('code:need', 'needs', '{{numbered}}', 'append_dated'),
  account('code:decision-process', 'decision_process', '{{numbered}}', 'append_dated'),
  on('contact', 'contact', 'last_spoken', '{{report.date}}', 'overwrite_ours'),
  on('contact', 'contact', 'last_spoken_by', '{{report.speaker}}', 'overwrite_ours'),
  on('activity', 'report', 'date', '{{report.date}}', 'overwrite_ours'),
  on('activity', 'meeting_type', 'kind', '{{value}}', 'overwrite_ours'),
  on('activity', 'report', 'rep', '{{report.speaker}}', 'overwrite_ours'),
  on('activity', 'report', 'people', '{{report.people}}', 'overwrite_ours'),
  on('activity', 'report', 'text', '{{numbered}}', 'overwrite_ours'),
  on('activity', 'report', 'reference', '{{report.reference}}', 'overwrite_ours'),
  on('activity', 'report', 'link', '{{report.link}}', 'overwrite_ours'),
  on('task', 'next_step', 'what', '{{step.text}}', 'overwrite_ours'),
  on('task', 'next_step', 'owner', '{{step.owner}}', 'overwrite_ours'),
  on('task', 'next_step', 'due', '{{step.due}}', 'overwrite_ours'),
  on('task', 'next_step', 'status', '{{step.status}}', 'overwrite_ours'),
  on('task', 'next_step', 'rep', '{{report.speaker}}', 'overwrite_ours'),
  on('task', 'next_step', 'link', '{{link}}', 'overwrite_ours'),
  on('deal', 'stage', 'stage', '{{value}}', 'overwrite_ours'),
  on('deal', 'amount:deal', 'amount', '{{value.value}}', 'overwrite_ours'),
  on('deal', 'report', 'last_meeting', '{{report.date}}', 'overwrite_ours'),
  on('deal', 'report', 'rep', '{{report.speaker}}', 'overwrite_ours'),
];

function account(
  source: string,
  targetField: string,
  template: string,
  policy: Mapping['policy'],
): DefaultMapping {
  return on('account', source, targetField, template, policy);
}

function on(
  objectType: CrmObjectType,
  source: string,
  targetField: string,
  template: string,
  policy: Mapping['policy'],
): DefaultMapping {
  return { objectType, source, targetField, template, policy, minConfidence: sureEnough(source) };
}
