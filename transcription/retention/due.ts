/**
 * SQL that says what of dictations is past its line's days. Parameters: `$1` the moment. Rows: `d` dictation, `l` its
 * line, `j` its job, `said` the dictation whose passage it says again.
 *
 * The clock starts when the text is final, or when a person found that there is none to be written. What has no final
 * text yet never is due, however old: waiting for somebody to type it, being typed, on its way from the carrier, or a
 * part that came late and is not in the audio yet.
 */
export const DUE_FROM = `
  from dictation d
  join line l on l.id = d.line_id
  left join job j on j.dictation_id = d.id
  left join doubt_mark m on m.id = d.doubt_id
  left join job mj on mj.id = m.job_id
  left join dictation said on said.id = mj.dictation_id`;

/** An answer to a doubt that was typed with the passage itself has no text of its own; it is final with that. */
const IS_FINAL = `
  case when d.doubt_id is not null and j.id is null then said.status in ('transcribed', 'discarded')
       else d.status in ('transcribed', 'discarded') end`;

const FINAL_AT = `
  coalesce(j.finalized_at, mj.finalized_at,
           (select min(t.created_at) from transcript t where t.dictation_id = d.id), d.submitted_at, d.started_at)`;

const IS_COMPLETE = `
  not exists (
    select from recording r where r.dictation_id = d.id and (
      r.status in ('announced', 'dead')
      or (r.status = 'verified' and not r.dropped and r.audio_start_ms is null and d.status <> 'discarded')
      -- The carrier's copy is deleted when ours is known to be there.
      or (r.object_key is not null and r.carrier_recording_id is not null and r.carrier_deleted_at is null)))`;

/** Asked of the speaker, who is about to hear the passage and to say it again. */
const ASKED_DAYS = 30;
const IS_ASKED = `
  exists (
    select from doubt_mark asked where asked.job_id = j.id and asked.resolved_at is null and asked.answered_at is null
      and asked.asked_at > $1::timestamptz - interval '${ASKED_DAYS} days')`;

const daysOver = (column: string) => `${FINAL_AT} + make_interval(days => l.${column}) <= $1::timestamptz`;

/** What was said to surveys goes sooner, and by itself (`transcription/anonymous`). */
export const AUDIO_IS_DUE = `
  l.keep_audio_days is not null and d.answer_id is null
  and (d.audio_key is not null
    or exists (select from recording r where r.dictation_id = d.id and r.object_key is not null))
  and ${daysOver('keep_audio_days')} and ${IS_FINAL} and ${IS_COMPLETE} and not ${IS_ASKED}`;

/** Not while it still is to be delivered to a CRM. */
export const TEXT_IS_DUE = `
  l.keep_text_days is not null and d.text_destroyed_at is null
  and (d.status = 'transcribed' or j.status = 'closed')
  and ${daysOver('keep_text_days')} and ${IS_COMPLETE} and not ${IS_ASKED}
  and not exists (
    select from report r where r.dictation_id = d.id and (
      exists (select from outbox_entry o where o.report_id = r.id and o.processed_at is null)
      or exists (select from sync_entry s where s.report_id = r.id and s.status = 'waiting')))`;
