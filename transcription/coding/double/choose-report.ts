import { newId } from '../../../platform/new-id.ts';
import type { AfterFinalize } from '../../reports/finalizing.ts';
import { isChosen, readShare } from './share.ts';

/**
 * Hook of finalizing: lays a share of the reports aside for a second, blind coding, in that same transaction, so that
 * none is forgotten and none chosen twice. The first coding is copied as it stands at this moment; whatever is
 * corrected in the report later, the two codings stay comparable.
 *
 * Only codes that a person confirmed are the first coder's; a report in which nobody confirmed any has no first
 * coding and is not chosen. Corrections choose nothing.
 */
export function chooseForSecondCoding(secret: string): AfterFinalize {
  return async (tx, { reportId, kind }) => {
    if (kind !== 'finalized') return;
    const share = await readShare(tx);
    if (!isChosen(secret, reportId, share)) return;
    // In: the report, just written. Adds at most one row; the unique report makes a repeat find it.
    await tx.$executeRaw`
      insert into second_coding (id, report_id, transcript_id, text_length, first_coder_id, first_units, chosen_at)
      select ${newId()}::uuid, report.id, transcript.id, char_length(transcript.text), report.finalized_by_id,
             coded.units, report.finalized_at
      from report
      join transcript on transcript.id = report.transcript_id
      join lateral (
        select jsonb_agg(jsonb_build_object('start', unit.start_offset, 'end', unit.end_offset, 'codes', codes.keys)
                         order by unit.start_offset) as units,
               sum(jsonb_array_length(codes.keys)) as codes
        from thought_unit as unit
        cross join lateral (
          select coalesce(jsonb_agg(code_key order by rank), '[]') as keys from unit_code
          where unit_id = unit.id and certainty = 'confirmed') as codes
        where unit.report_id = report.id and not unit.retired) as coded on coded.codes > 0
      where report.id = ${reportId}::uuid
      on conflict (report_id) do nothing`;
  };
}
