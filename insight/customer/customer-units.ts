import type { Platform } from '../../platform/platform.ts';
import { markUnclear, UNCLEAR_IN_UNIT, type UnclearPlace } from '../../transcription/doubts/unclear-text.ts';
import { named, placeInAudio } from '../row-parts.ts';
import { VISIBLE, type Viewer, visibility } from '../viewer.ts';

type Needs = Pick<Platform, 'database'>;

export interface CustomerUnit {
  id: string;
  number: number;
  text: string;
  codes: string[];
  audio: { dictationId: string; startMs: number; endMs: number } | null;
  report: { id: string; reference: string; calledAt: Date };
  speaker: { id: string; name: string } | null;
}

/** Units about an account, newest call first, in the order that they were said; of one code or of all. */
export function customerTimeline(
  deps: Needs,
  viewer: Viewer,
  accountId: string,
  { code = null, limit = 100, offset = 0 }: { code?: string | null; limit?: number; offset?: number } = {},
): Promise<CustomerUnit[]> {
  return readUnits(deps, viewer, accountId, { codes: code === null ? null : [code], limit, offset });
}

/** Newest call first; of any of the codes, or of all. */
export async function readUnits(
  { database }: Needs,
  viewer: Viewer,
  accountId: string,
  { codes, limit, offset = 0 }: { codes: string[] | null; limit: number; offset?: number },
): Promise<CustomerUnit[]> {
  const { rows } = await database.pool.query<UnitRow>(
    `select ${UNIT_COLUMNS}
     from thought_unit as unit ${UNIT_JOINS}
     where ${VISIBLE} and report.account_id = $3 and not unit.retired
       and ($4::text[] is null or exists (
         select from unit_code where unit_code.unit_id = unit.id and unit_code.certainty <> 'refused'
           and unit_code.code_key = any($4)))
     order by report.called_at desc, report.id, unit.start_offset
     limit $5 offset $6`,
    [...visibility(viewer), accountId, codes, limit, offset],
  );
  return rows.map(toUnit);
}

export interface UnitRow {
  id: string;
  number: number;
  text: string;
  startOffset: number;
  endOffset: number;
  unclear: UnclearPlace[];
  codes: string[];
  dictationId: string;
  startMs: number | null;
  endMs: number | null;
  reportId: string;
  reference: string;
  calledAt: Date;
  speakerId: string | null;
  speakerName: string | null;
}

/** SQL over the rows `unit`, `report`, `dictation`, `speaker`. */
export const UNIT_COLUMNS = `
  unit.id, unit.number, unit.text, unit.start_offset as "startOffset", unit.end_offset as "endOffset",
  ${UNCLEAR_IN_UNIT} as unclear,
  array(select code_key from unit_code where unit_id = unit.id and certainty <> 'refused'
        order by rank, code_key) as codes,
  report.dictation_id as "dictationId", unit.audio_start_ms as "startMs", unit.audio_end_ms as "endMs",
  report.id as "reportId", dictation.reference, report.called_at as "calledAt",
  speaker.id as "speakerId", speaker.name as "speakerName"`;

const UNIT_JOINS = `
  join report on report.id = unit.report_id
  join dictation on dictation.id = report.dictation_id
  left join app_user as speaker on speaker.id = report.speaker_id`;

export function toUnit(row: UnitRow): CustomerUnit {
  return {
    id: row.id,
    number: row.number,
    text: markUnclear(row, row.unclear),
    codes: row.codes,
    audio: placeInAudio(row),
    report: { id: row.reportId, reference: row.reference, calledAt: row.calledAt },
    speaker: named(row.speakerId, row.speakerName),
  };
}
