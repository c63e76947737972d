import { createHash } from 'node:crypto';
import type { Database } from '../../platform/database/database.ts';
import { localDay } from '../../platform/time-zone.ts';
import type { ConfirmedReport } from './confirmed-report.ts';
import { MOST_REPORTS } from './limits.ts';

interface Row {
  id: string;
  speakerId: string | null;
  rep: string | null;
  timeZone: string | null;
  calledAt: Date;
  text: string;
  units: { start: number; end: number; codes: string[]; isChanged: boolean }[];
}

/**
 * The newest reports with codes that a person confirmed or gave, from lines of reports only: nothing that was said to a
 * survey is learned from. What nobody looked at when the report was finalized is a suggestion still and does not count;
 * nor does a text that has been destroyed. Settlements of double coding are in the report's own units.
 */
export async function readConfirmed({ pool }: Pick<Database, 'pool'>): Promise<ConfirmedReport[]> {
  // In: how many. Out: reports, newest first, each with its units in force in order. Locks nothing.
  const { rows } = await pool.query<Row>({
    name: 'code-learning-confirmed',
    text: `
      select report.id, report.speaker_id as "speakerId", speaker.external_id as rep,
             speaker.time_zone as "timeZone", report.called_at as "calledAt", transcript.text, coded.units
      from report
      join dictation on dictation.id = report.dictation_id and dictation.text_destroyed_at is null
      join line on line.id = dictation.line_id and line.purpose = 'report'
      join transcript on transcript.id = report.transcript_id
      left join app_user as speaker on speaker.id = report.speaker_id
      join lateral (
        select jsonb_agg(jsonb_build_object('start', unit.start_offset, 'end', unit.end_offset, 'codes', given.keys,
                                            'isChanged', given.changed)
                         order by unit.start_offset) as units,
               bool_or(jsonb_array_length(given.keys) > 0) as is_confirmed
        from thought_unit as unit
        cross join lateral (
          select coalesce(jsonb_agg(code_key order by rank), '[]') as keys,
                 coalesce(bool_or(confidence is null), false) as changed
          from unit_code where unit_id = unit.id and certainty = 'confirmed') as given
        where unit.report_id = report.id and not unit.retired) as coded on coded.is_confirmed
      order by report.finalized_at desc, report.id
      limit $1`,
    values: [MOST_REPORTS],
  });
  return rows.map(({ timeZone, calledAt, ...row }) => ({
    ...row,
    callDate: localDay(calledAt, timeZone ?? 'UTC'),
  }));
}

/** Units whose codes a person confirmed, on lines of reports; cheap enough to ask every hour. Locks nothing. */
export async function countConfirmed({ pool }: Pick<Database, 'pool'>): Promise<number> {
  const { rows } = await pool.query<{ units: number }>({
    name: 'code-learning-count',
    text: `
      select count(distinct unit.id)::int as units
      from unit_code
      join thought_unit as unit on unit.id = unit_code.unit_id and not unit.retired
      join report on report.id = unit.report_id
      join dictation on dictation.id = report.dictation_id and dictation.text_destroyed_at is null
      join line on line.id = dictation.line_id and line.purpose = 'report'
      where unit_code.certainty = 'confirmed'`,
  });
  return rows[0]?.units ?? 0;
}

/** Names what was learned from, so that the same is not learned twice. Holds no word of it. Pure. */
export function fingerprintOf(reports: readonly ConfirmedReport[], codebookVersion: string): string {
  const hash = createHash('sha256').update(codebookVersion);
  for (const { id, text, units } of reports)
    hash.update(`\n${id} ${text.length} ${units.map(({ start, codes }) => `${start}:${codes.join('+')}`)}`);
  return hash.digest('hex');
}
