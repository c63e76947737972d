import type { DefaultMapping } from '../../mapping/default-mappings.ts';
import type { ActivityObject } from './objects.ts';

const ON_TIMELINE = '{{numbered}}\n\n{{report.reference}}, {{report.speaker}}\n{{report.link}}';

const ACTIVITY: Record<ActivityObject, DefaultMapping[]> = {
  meetings: [
    on('activity', 'report', 'hs_timestamp', '{{report.date}}'),
    on('activity', 'report', 'hs_meeting_start_time', '{{report.date}}'),
    on(
      'activity',
      'report',
      'hs_meeting_title',
      'Report {{report.reference}}{{#if report.speaker}}, {{report.speaker}}{{/if}}',
    ),
    on('activity', 'report', 'hs_meeting_body', ON_TIMELINE),
    on('activity', 'report', 'hs_meeting_outcome', 'COMPLETED'),
    on('activity', 'report', 'hubspot_owner_id', '{{report.speakerEmail}}'),
  ],
  notes: [
    on('activity', 'report', 'hs_timestamp', '{{report.date}}'),
    on('activity', 'report', 'hs_note_body', ON_TIMELINE),
    on('activity', 'report', 'hubspot_owner_id', '{{report.speakerEmail}}'),
  ],
};

/**
 * What a new connection writes: the report onto the timelines of company and people, next steps as tasks of the rep, a
 * title where a contact has none. Companies and deals are left alone, whose fields and pipelines are each company's
 * own: what goes there is for its administrator to say.
 */
export function defaultMappings(activity: ActivityObject): readonly DefaultMapping[] {
  return [
    ...ACTIVITY[activity],
    on('task', 'next_step', 'hs_task_subject', '{{step.text}}'),
    on(
      'task',
      'next_step',
      'hs_task_body',
      '{{step.text}}\n{{report.reference}}, {{report.speaker}}\n{{link}}',
    ),
    on('task', 'next_step', 'hs_timestamp', '{{step.due}}'),
    on('task', 'next_step', 'hs_task_status', '{{#if step.done}}COMPLETED{{else}}NOT_STARTED{{/if}}'),
    on('task', 'next_step', 'hubspot_owner_id', '{{report.speakerEmail}}'),
    on('contact', 'contact', 'jobtitle', '{{person.title}}', 'fill_if_empty'),
  ];
}

function on(
  objectType: DefaultMapping['objectType'],
  source: string,
  targetField: string,
  template: string,
  policy: DefaultMapping['policy'] = 'overwrite_ours',
): DefaultMapping {
  return { objectType, source, targetField, template, policy };
}
