/**
 * Text columns of a dictation's family (`family-tables.ts`) in which nobody's words are, by table; `*`: none of the
 * table's. A column that is not named here is taken for one with words, and redaction goes through it: rather too much
 * than too little. A test names the columns that are nowhere decided on.
 */
export const NOT_WORDS: Readonly<Record<string, readonly string[]>> = {
  accuracy_check: ['*'],
  check_difference: ['critical_reason'],
  closing_notice: ['*'],
  codebook_recoding: ['*'],
  coding_settlement: ['codes'],
  // The company's own lists; names first heard in this report are seen to by `drop-values.ts`.
  competitor: ['*'],
  contact: ['*'],
  crm_value: ['field', 'origin', 'write_key'],
  dictation: ['*'],
  field_value: ['field'],
  job: ['requirements', 'own_requirements', 'close_code'],
  job_event: ['kind'],
  job_exclusion: ['*'],
  next_step: ['owner'],
  outbox_entry: ['*'],
  reconciliation_finding: ['object_type', 'external_key', 'target_field', 'url'],
  recording: ['*'],
  redaction: ['*'],
  report: ['*'],
  report_flag: ['source'],
  report_undo: ['scope'],
  review_change: ['action', 'subject', 'key'],
  sync_entry: ['idempotency_key', 'object_type', 'external_key', 'target_field', 'policy', 'revision'],
  unit_code: ['code_key'],
};

/** The text itself in all its versions: replaced by place, not by looking for words (`replace-texts.ts`). */
export const TEXTS: ReadonlySet<string> = new Set([
  'draft',
  'draft_change',
  'draft_pack',
  'draft_version',
  'thought_unit',
  'transcript',
]);

/** Columns with words beside the text, of which the test knows that they were thought of. */
export const WORDS: Readonly<Record<string, readonly string[]>> = {
  check_difference: ['first_text', 'second_text', 'settled_text'],
  coding_settlement: ['note'],
  crm_value: ['value', 'display'],
  doubt_mark: ['note'],
  field_value: ['value', 'display', 'evidence'],
  job: ['held_reason', 'handover_note'],
  job_event: ['reason'],
  mistake: ['typed', 'right', 'pattern'],
  next_step: ['text', 'evidence'],
  pause: ['reason'],
  reconciliation_finding: ['ours', 'theirs'],
  reply: ['text'],
  report_contact: ['new_name'],
  report_flag: ['subject', 'note', 'settlement'],
  review_change: ['before', 'after'],
  second_coding: ['first_units', 'units'],
  second_coding_version: ['units'],
  sync_entry: ['desired', 'previous', 'written', 'last_error'],
  unit_code: ['evidence'],
};
