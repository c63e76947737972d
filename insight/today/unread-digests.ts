import type { Platform } from '../../platform/platform.ts';
import { URGENT_CODES, WEIGHTS_PARAMETER, weightOf } from '../code-weights.ts';
import { VISIBLE, type Viewer, visibility } from '../viewer.ts';

/** A report in three lines. */
export interface Digest {
  reportId: string;
  reference: string;
  account: { id: string; name: string } | null;
  speaker: { id: string; name: string } | null;
  calledAt: Date;
  finalizedAt: Date;
  /** Marked by the speaker on the phone. */
  urgent: boolean;
  /** The code that put it where it stands, when that is a complaint, a risk or a commitment. */
  because: string | null;
  /** The two units that call most for a manager's eye, in the order that they were said. */
  units: { id: string; number: number; text: string; codes: string[] }[];
  /** The first that is due; `due` is `YYYY-MM-DD`. */
  nextStep: { text: string; owner: string; due: string | null } | null;
  /** For the bar: how many units have each code, the strongest first. */
  codes: { key: string; units: number }[];
}

interface DigestRow extends Omit<Digest, 'account' | 'speaker'> {
  accountId: string | null;
  accountName: string | null;
  speakerId: string | null;
  speakerName: string | null;
}

/**
 * Reports that this person has not opened and did not say, in order of urgency: marked urgent, then complaints,
 * risks and commitments, then the rest; among equals the oldest first. One statement, no lock. Their number is the
 * list `unread_by_me` of `todayNumbers`.
 */
export async function unreadDigests(
  { database }: Pick<Platform, 'database'>,
  viewer: Viewer,
  { limit = 20, offset = 0 }: { limit?: number; offset?: number } = {},
): Promise<Digest[]> {
  const weight = weightOf('unit_code.code_key', '$3');
  const { rows } = await database.pool.query<DigestRow>(
    `with unread as (
       select report.* from report
       where ${VISIBLE} and report.speaker_id is distinct from $2::uuid
         and not exists (select from report_read as opened
                         where opened.report_id = report.id and opened.user_id = $2::uuid)
     ), urgency as (
       select unit.report_id, max(${weight}) as weight
       from unread
       join thought_unit as unit on unit.report_id = unread.id and not unit.retired
       join unit_code on unit_code.unit_id = unit.id and unit_code.certainty <> 'refused'
         and unit_code.code_key = any($4)
       group by unit.report_id
     ), page as (
       select unread.*, coalesce(urgency.weight, 0) as weight
       from unread left join urgency on urgency.report_id = unread.id
       order by urgent desc, weight desc, finalized_at, id
       limit $5 offset $6
     )
     select page.id as "reportId", dictation.reference, account.id as "accountId", account.name as "accountName",
            speaker.id as "speakerId", speaker.name as "speakerName", page.called_at as "calledAt",
            page.finalized_at as "finalizedAt", page.urgent, strongest.key as because,
            coalesce(units.list, '[]') as units, step.first as "nextStep", coalesce(codes.list, '[]') as codes
     from page
     join dictation on dictation.id = page.dictation_id
     left join account on account.id = page.account_id
     left join app_user as speaker on speaker.id = page.speaker_id
     left join lateral (
       select unit_code.code_key as key
       from thought_unit as unit
       join unit_code on unit_code.unit_id = unit.id and unit_code.certainty <> 'refused'
       where unit.report_id = page.id and not unit.retired and ${weight} = page.weight
         and unit_code.code_key = any($4)
       limit 1) as strongest on true
     left join lateral (
       select jsonb_agg(jsonb_build_object('id', id, 'number', number, 'text', text, 'codes', keys)
                        order by start_offset) as list
       from (
         select unit.id, unit.number, unit.text, unit.start_offset,
                coalesce(array_agg(unit_code.code_key order by unit_code.rank, unit_code.code_key)
                         filter (where unit_code.code_key is not null), '{}') as keys
         from thought_unit as unit
         left join unit_code on unit_code.unit_id = unit.id and unit_code.certainty <> 'refused'
         where unit.report_id = page.id and not unit.retired
         group by unit.id
         order by coalesce(max(${weight}), -1) desc, unit.start_offset
         limit 2) as strong) as units on true
     left join lateral (
       select jsonb_build_object('text', text, 'owner', owner, 'due', to_char(due, 'YYYY-MM-DD')) as first
       from next_step
       where report_id = page.id and certainty <> 'refused' and done_at is null
       order by due nulls last, position limit 1) as step on true
     left join lateral (
       select jsonb_agg(jsonb_build_object('key', key, 'units', units) order by units desc, key) as list
       from (
         select unit_code.code_key as key, count(*) as units
         from thought_unit as unit
         join unit_code on unit_code.unit_id = unit.id and unit_code.certainty <> 'refused'
         where unit.report_id = page.id and not unit.retired
         group by unit_code.code_key) as counted) as codes on true
     order by page.urgent desc, page.weight desc, page.finalized_at, page.id`,
    [...visibility(viewer), WEIGHTS_PARAMETER, URGENT_CODES, limit, offset],
  );
  return rows.map(({ accountId, accountName, speakerId, speakerName, ...row }) => ({
    ...row,
    account: accountId !== null && accountName !== null ? { id: accountId, name: accountName } : null,
    speaker: speakerId !== null && speakerName !== null ? { id: speakerId, name: speakerName } : null,
  }));
}
