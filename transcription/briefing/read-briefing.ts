import type pg from 'pg';
import { localDay } from '../../platform/time-zone.ts';
import { leaveOutUnclear, UNCLEAR_IN_UNIT, type UnclearPlace } from '../doubts/unclear-text.ts';
import { type Briefing, composeBriefing } from './compose-briefing.ts';
import type { BriefingFacts, PromiseFacts, ReportFacts, Speaker } from './facts.ts';

/** So far back a briefing looks; what is older is on the screen. */
const REPORTS = 12;
const PROMISES = 30;

export interface BriefingWanted {
  /** By its id, or by the short number that was keyed in. */
  account: { accountId: string } | { shortNumber: string };
  listenerId: string;
  /** Of the listener, such as es-US: for the words around what was said. */
  language: string;
  now: Date;
}

/**
 * The briefing on an account, from what this listener may know; null when there is no such account or listener.
 *
 * A rep is told of their own reports and, about their own accounts, of everybody's: whoever goes in there must know
 * what a colleague promised. Managers and administrators are told of all. In: see above. One round trip on a
 * connection of its own; locks nothing.
 */
export async function readBriefing(
  client: pg.ClientBase | pg.Pool,
  { account, listenerId, language, now }: BriefingWanted,
): Promise<Briefing | null> {
  const facts = await readFacts(client, { account, listenerId, now });
  return facts === null ? null : composeBriefing(facts, language);
}

/** In SQL: $1 the account's id, $2 its number, $3 the listener. */
const WANTED = 'account.id = $1 or (account.active and account.short_number = $2)';
const TOLD = `(report.speaker_id = $3 or account.owner_id = $3
  or exists (select from app_user where id = $3 and roles && array['manager', 'administrator']::role[]))`;

const LAST_REPORTS = `
  select report.* from report join account on account.id = report.account_id
  where (${WANTED}) and ${TOLD}
  order by report.called_at desc, report.id limit ${REPORTS}`;

interface Head {
  accountId: string;
  name: string;
  city: string;
  timeZone: string;
}

interface ReportRow extends Omit<ReportFacts, 'speaker' | 'day' | 'units'> {
  speaker: Speaker | null;
  calledAt: Date;
  meetingDate: string | null;
}

type UnitRow = ReportFacts['units'][number] & UnclearPlace & { reportId: string; unclear: UnclearPlace[] };

interface PromiseRow extends Omit<PromiseFacts, 'said'> {
  calledAt: Date;
}

const SPEAKER = `case when speaker.id is null then null
  else jsonb_build_object('id', speaker.id, 'name', speaker.name) end as speaker`;

async function readFacts(
  client: pg.ClientBase | pg.Pool,
  { account, listenerId, now }: Omit<BriefingWanted, 'language'>,
): Promise<BriefingFacts | null> {
  const values = [
    'accountId' in account ? account.accountId : null,
    'shortNumber' in account ? account.shortNumber : null,
    listenerId,
  ];
  // Sent together.
  const [heads, reports, units, promises] = await Promise.all([
    client.query<Head>({
      name: 'briefing-account',
      text: `
        select account.id as "accountId", account.name, account.city, listener.time_zone as "timeZone"
        from account join app_user as listener on listener.id = $3 where ${WANTED}`,
      values,
    }),
    client.query<ReportRow>({
      name: 'briefing-reports',
      text: `
        with report as (${LAST_REPORTS})
        select report.id as "reportId", ${SPEAKER}, report.called_at as "calledAt",
          to_char(report.meeting_date, 'YYYY-MM-DD') as "meetingDate",
          not exists (select from field_value as value where value.report_id = report.id
                      and value.field = 'meeting_date' and value.certainty = 'suggested') as "isDayConfirmed",
          report.meeting_type as "meetingType", report.sentiment, line.language, people.list as people
        from report
        join dictation on dictation.id = report.dictation_id
        join line on line.id = dictation.line_id
        left join app_user as speaker on speaker.id = report.speaker_id
        cross join lateral (
          select coalesce(jsonb_agg(jsonb_build_object(
            'name', coalesce(contact.name, met.new_name),
            'isConfirmed', not exists (
              select from field_value as value where value.report_id = report.id
                and value.field in ('contact', 'new_contact') and value.certainty = 'suggested'
                and value.value #>> '{}' = coalesce(contact.external_id, met.new_name))
          ) order by met.id) filter (where coalesce(contact.name, met.new_name) is not null), '[]') as list
          from report_contact as met left join contact on contact.id = met.contact_id
          where met.report_id = report.id) as people
        order by report.called_at desc, report.id`,
      values,
    }),
    client.query<UnitRow>({
      name: 'briefing-units',
      text: `
        with report as (${LAST_REPORTS})
        select report.id as "reportId", unit.number, unit.text,
          unit.start_offset as "startOffset", unit.end_offset as "endOffset", ${UNCLEAR_IN_UNIT} as unclear,
          coalesce((select jsonb_agg(jsonb_build_object('code', code_key, 'isConfirmed', certainty = 'confirmed')
                                     order by rank, code_key)
                    from unit_code where unit_id = unit.id and certainty <> 'refused'), '[]') as codes,
          array(select display from field_value where unit_id = unit.id and certainty <> 'refused'
                and field in ('competitor', 'new_competitor') order by position) as competitors
        from report join thought_unit as unit on unit.report_id = report.id and not unit.retired
        order by report.id, unit.start_offset`,
      values,
    }),
    client.query<PromiseRow>({
      name: 'briefing-promises',
      text: `
        select report.id as "reportId", unit.number as unit, ${SPEAKER}, step.owner, step.text,
          to_char(step.due, 'YYYY-MM-DD') as due, report.called_at as "calledAt",
          step.certainty = 'confirmed' and ${UNCLEAR_IN_UNIT} = '[]' as "isConfirmed", line.language
        from next_step as step
        join report on report.id = step.report_id
        join account on account.id = report.account_id
        join dictation on dictation.id = report.dictation_id
        join line on line.id = dictation.line_id
        left join thought_unit as unit on unit.id = step.unit_id
        left join app_user as speaker on speaker.id = report.speaker_id
        where (${WANTED}) and ${TOLD} and step.done_at is null and step.certainty <> 'refused'
        order by report.called_at desc, report.id, step.due nulls last, step.position limit ${PROMISES}`,
      values,
    }),
  ]);
  const [head] = heads.rows;
  if (head === undefined) return null;
  const { timeZone, ...spoken } = head;
  return {
    account: spoken,
    listenerId,
    today: localDay(now, timeZone),
    reports: reports.rows.map(({ calledAt, meetingDate, ...report }) => ({
      ...report,
      day: meetingDate ?? localDay(calledAt, timeZone),
      units: units.rows
        .filter(({ reportId }) => reportId === report.reportId)
        .map(({ unclear, startOffset, endOffset, ...unit }) => ({
          ...unit,
          text: leaveOutUnclear({ text: unit.text, startOffset, endOffset }, unclear),
        })),
    })),
    promises: promises.rows.map(({ calledAt, ...promise }) => ({
      ...promise,
      said: localDay(calledAt, timeZone),
    })),
  };
}
