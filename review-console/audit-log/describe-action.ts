/**
 * One entry in words: "changed a person (name, roles)". Details are lists of fields and counts, never what was said
 * or keyed in; anything else in them is left out. Pure.
 */
export function describeAction(entry: { action: string; subjectType: string; detail: unknown }): string {
  // `user.changed` and `restart` are both in use; the subject's own name is not repeated.
  const verb = VERBS[entry.action] ?? (entry.action.split('.').at(-1) ?? entry.action).replaceAll('_', ' ');
  const subject = SUBJECTS[entry.subjectType] ?? entry.subjectType.replaceAll('_', ' ');
  const details = describeDetail(entry.detail);
  return `${verb} ${subject}${details ? ` (${details})` : ''}`;
}

const VERBS: Record<string, string> = {
  'audio.read': 'listened to',
  'accuracy.sampling_changed': 'changed the shares of',
  'user.pin_issued': 'issued a PIN to',
  'user.pin_changed': 'chose a PIN on the phone as',
  'phone.settings_changed': 'changed',
  'throttle.unlocked': 'unlocked PIN entry for',
  'job.reassigned': 'reassigned',
  'coding.share': 'changed the share of reports that are coded twice in',
  'coding.settled': 'settled a disputed unit of',
  'codebook.applied': 'put in force',
  'codebook.undone': 'took a version back by',
  'code_model.learned': 'learned',
  'code_model.put_in_force': 'put in force',
  'code_model.automatic': 'let better ones in by themselves of',
  'code_model.by_hand': 'lets better ones wait of',
  'job.due_changed': 'changed when was due',
  'conflict.added': 'noted a conflict of',
  'conflict.removed': 'ended a conflict of',
  'user.requirements_set': 'changed what whoever types must have for',
  'line.requirements_set': 'changed what whoever types must have for',
  'account.requirements_set': 'changed what whoever types must have for',
  'working_days.changed': 'changed the working days of',
  'close_text.changed': 'changed what callers are told by',
  restart: 'restarted',
  'step.done': 'marked a next step as done in',
  'step.reopened': 'marked a next step as not done in',
  'report.reviewed': 'reviewed',
  'flag.settled': 'settled what was marked as wrong in',
  'flag.handed_over': 'handed over what was marked as wrong in',
  'account.numbered': 'changed the short number of',
  'redaction.made': 'redacted passages of',
  'retention.applied': 'destroyed what was past its days of',
  'retention.changed': 'changed the retention of',
  'question.asked': 'asked',
  'question.closed': 'closed',
  'proposal.text_corrected': 'corrected a text of',
  'proposal.outline_set': 'changed the outline of',
  'survey.created': 'created',
  'survey.batch_made': 'made invitations to',
  'survey.batch_revoked': 'revoked invitations to',
  'mapping.applied': 'put in force',
  'mapping.draft_discarded': 'threw away a draft of',
  'mapping.redelivered': 'had reports delivered anew by',
  'connection.added': 'added',
  'connection.changed': 'changed',
  'connection.switched_on': 'switched on',
  'connection.switched_off': 'switched off',
  'connection.removed': 'removed',
  'import.asked': 'asked for an import from',
  'import.stopped': 'stopped importing from',
  'import.begun_anew': 'had everything imported anew from',
  'import.said_same': 'said which of ours is the same as a record of',
  'import.said_new': 'said that none of ours is the same as a record of',
  'reconciliation.asked': 'had everything read back from',
  'finding.write_ours': 'had written once more',
  'finding.accept_theirs': 'accepted what the CRM says instead of',
  'finding.ignore': 'ignored what the CRM says instead of',
  'sync.settle': 'settled',
  'sync.retry': 'tried again',
  'sync.settle_group': 'settled all at once of',
  'sync.undone': 'took back out of the CRM',
  'sync.delivered_anew': 'had delivered anew',
  'sync.retry_all': 'tried everything again that failed at',
};

const SUBJECTS: Record<string, string> = {
  codebook: 'a version of the codebook',
  code_model: 'a version of what suggests codes',
  text_expansion: 'a short form of the company',
  spelling_word: 'a word of the company',
  style_guide: 'the style guide',
  accuracy: 'texts that are typed twice',
  user: 'a person',
  phone: 'a phone',
  phone_settings: 'the settings of the phone',
  line: 'a line',
  job: 'a job',
  turnaround_class: 'a turnaround class',
  company: 'the company',
  prompt_audio: 'a recording of a prompt',
  recording: 'a recording',
  report: 'a report',
  dictation: 'a dictation',
  account: 'a customer',
  standing_question: 'a standing question',
  vocabulary: 'the vocabulary',
  thought_unit: 'a sentence of a report',
  survey: 'a survey',
  proposal: 'a proposal',
  connection: 'a connection to a CRM',
  sync_entry: 'a value on its way to the CRM',
  sync_problem: 'values with the same trouble',
  crm_record: 'a record of the CRM',
  crm_mapping: 'the mapping of a CRM',
};

function describeDetail(detail: unknown): string {
  if (!detail || typeof detail !== 'object') return '';
  return Object.entries(detail)
    .flatMap(([key, value]) => {
      if (Array.isArray(value)) return value.length > 0 ? [value.map(wordOf).join(', ')] : [];
      return typeof value === 'number' || typeof value === 'string' ? [`${wordOf(key)}: ${value}`] : [];
    })
    .join('; ');
}

/** `shortNumber` as "short number". */
function wordOf(key: unknown): string {
  return String(key)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}
