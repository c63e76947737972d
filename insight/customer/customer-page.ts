import type { Platform } from '../../platform/platform.ts';
import { openPromisesOfAccount, type Promised } from '../today/promises.ts';
import { VISIBLE, type Viewer, visibility } from '../viewer.ts';
import { type CustomerUnit, readUnits, toUnit, UNIT_COLUMNS, type UnitRow } from './customer-units.ts';

export { type CustomerUnit, customerTimeline } from './customer-units.ts';

type Needs = Pick<Platform, 'database' | 'clock'>;

export interface CustomerPage {
  account: {
    id: string;
    externalId: string;
    name: string;
    aliases: string[];
    city: string;
    state: string;
    region: string;
    lifecycle: string;
    /** Digits by which a rep names it on the phone. */
    shortNumber: string | null;
    owner: { id: string; name: string } | null;
  };
  /** All that this person may see. */
  reports: number;
  meetings: {
    reportId: string;
    reference: string;
    calledAt: Date;
    /** `YYYY-MM-DD`, null where it was not said. */
    meetingDate: string | null;
    meetingType: string | null;
    stage: string | null;
    sentiment: number | null;
    speaker: { id: string; name: string } | null;
  }[];
  promises: Promised[];
  /** Complaints and risks, newest first. */
  complaints: CustomerUnit[];
  /** Those on file and those only heard of; when they were last spoken of, and how often. */
  people: {
    contactId: string | null;
    name: string;
    title: string | null;
    mentions: number;
    lastAt: Date | null;
  }[];
  competitors: Mentioned[];
  products: Mentioned[];
  /** Amounts and percents, newest first, with the unit that says them. */
  prices: { display: string; field: string; unit: CustomerUnit | null; reportId: string; calledAt: Date }[];
  /** Codes of the timeline with their number of units; `customerTimeline` lists them. */
  codes: { key: string; units: number }[];
}

export interface Mentioned {
  key: string;
  name: string;
  /** Reports that mention it. */
  reports: number;
  lastAt: Date;
}

const MEETINGS = 10;
const COMPLAINTS = 20;
const PRICES = 20;
const COMPLAINT_CODES = ['complaint', 'service-delivery', 'objection-risk'];

/** What is known before going in; null when there is no such account. Several statements side by side, no lock. */
export async function customerPage(
  deps: Needs,
  viewer: Viewer,
  accountId: string,
): Promise<CustomerPage | null> {
  const account = await deps.database.prisma.account.findUnique({
    where: { id: accountId },
    include: { owner: { select: { id: true, name: true } } },
  });
  if (account === null) return null;
  const [meetings, promises, complaints, people, competitors, products, prices, codes] = await Promise.all([
    readMeetings(deps, viewer, accountId),
    openPromisesOfAccount(deps, viewer, accountId),
    readUnits(deps, viewer, accountId, { codes: COMPLAINT_CODES, limit: COMPLAINTS }),
    readPeople(deps, viewer, accountId),
    readMentioned(deps, viewer, accountId, 'competitor', ['competitor', 'new_competitor']),
    readMentioned(deps, viewer, accountId, 'product', ['product']),
    readPrices(deps, viewer, accountId),
    readCodes(deps, viewer, accountId),
  ]);
  const { id, externalId, name, aliases, city, state, region, lifecycle, shortNumber, owner } = account;
  return {
    account: { id, externalId, name, aliases, city, state, region, lifecycle, shortNumber, owner },
    ...meetings,
    promises,
    complaints,
    people,
    competitors,
    products,
    prices,
    codes,
  };
}

async function readMeetings(
  { database }: Pick<Needs, 'database'>,
  viewer: Viewer,
  accountId: string,
): Promise<Pick<CustomerPage, 'meetings' | 'reports'>> {
  const { rows } = await database.pool.query<
    Omit<CustomerPage['meetings'][number], 'speaker'> & {
      speakerId: string | null;
      speakerName: string | null;
      reports: number;
    }
  >(
    `select report.id as "reportId", dictation.reference, report.called_at as "calledAt",
            to_char(report.meeting_date, 'YYYY-MM-DD') as "meetingDate", report.meeting_type as "meetingType",
            report.stage, report.sentiment, speaker.id as "speakerId", speaker.name as "speakerName",
            count(*) over ()::int as reports
     from report
     join dictation on dictation.id = report.dictation_id
     left join app_user as speaker on speaker.id = report.speaker_id
     where ${VISIBLE} and report.account_id = $3
     order by report.called_at desc, report.id limit ${MEETINGS}`,
    [...visibility(viewer), accountId],
  );
  return {
    reports: rows[0]?.reports ?? 0,
    meetings: rows.map(({ speakerId, speakerName, reports: _, ...meeting }) => ({
      ...meeting,
      speaker: speakerId !== null && speakerName !== null ? { id: speakerId, name: speakerName } : null,
    })),
  };
}

async function readPeople(
  { database }: Pick<Needs, 'database'>,
  viewer: Viewer,
  accountId: string,
): Promise<CustomerPage['people']> {
  const { rows } = await database.pool.query<CustomerPage['people'][number]>(
    `with mention as (
       select report_contact.contact_id, report_contact.new_name, report.called_at
       from report_contact join report on report.id = report_contact.report_id
       where ${VISIBLE} and report.account_id = $3
     )
     select contact.id as "contactId", contact.name, nullif(contact.title, '') as title,
            count(mention.called_at)::int as mentions, max(mention.called_at) as "lastAt"
     from contact left join mention on mention.contact_id = contact.id
     where (contact.account_id = $3 and contact.active) or mention.contact_id is not null
     group by contact.id
     union all
     select null, new_name, null, count(*)::int, max(called_at) from mention
     where contact_id is null and new_name is not null group by new_name
     order by "lastAt" desc nulls last, name`,
    [...visibility(viewer), accountId],
  );
  return rows;
}

async function readMentioned(
  { database }: Pick<Needs, 'database'>,
  viewer: Viewer,
  accountId: string,
  vocabulary: 'product' | 'competitor',
  fields: string[],
): Promise<Mentioned[]> {
  const { rows } = await database.pool.query<Mentioned>(
    `with mention as (
       select report.id, report.called_at, value.display, value.value #>> '{}' as key
       from field_value as value join report on report.id = value.report_id
       where ${VISIBLE} and report.account_id = $3 and value.certainty <> 'refused' and value.field = any($4)
     )
     select mention.key, coalesce(max(term.name), max(mention.display)) as name,
            count(distinct mention.id)::int as reports, max(mention.called_at) as "lastAt"
     from mention left join ${vocabulary} as term on term.external_id = mention.key
     group by mention.key
     order by reports desc, "lastAt" desc, name`,
    [...visibility(viewer), accountId, fields],
  );
  return rows;
}

async function readPrices(
  { database }: Pick<Needs, 'database'>,
  viewer: Viewer,
  accountId: string,
): Promise<CustomerPage['prices']> {
  const { rows } = await database.pool.query<
    Omit<UnitRow, 'id'> & { id: string | null; display: string; field: string }
  >(
    `select value.display, value.field, ${UNIT_COLUMNS}
     from field_value as value
     join report on report.id = value.report_id
     join dictation on dictation.id = report.dictation_id
     left join thought_unit as unit on unit.id = value.unit_id
     left join app_user as speaker on speaker.id = report.speaker_id
     where ${VISIBLE} and report.account_id = $3 and value.certainty <> 'refused'
       and value.field in ('amount', 'percent')
     order by report.called_at desc, report.id, value.start_offset nulls last, value.position
     limit ${PRICES}`,
    [...visibility(viewer), accountId],
  );
  return rows.map(({ display, field, ...row }) => ({
    display,
    field,
    unit: row.id === null ? null : toUnit({ ...row, id: row.id }),
    reportId: row.reportId,
    calledAt: row.calledAt,
  }));
}

async function readCodes(
  { database }: Pick<Needs, 'database'>,
  viewer: Viewer,
  accountId: string,
): Promise<CustomerPage['codes']> {
  const { rows } = await database.pool.query<{ key: string; units: number }>(
    `select unit_code.code_key as key, count(*)::int as units
     from unit_code
     join thought_unit as unit on unit.id = unit_code.unit_id and not unit.retired
     join report on report.id = unit.report_id
     where ${VISIBLE} and report.account_id = $3 and unit_code.certainty <> 'refused'
     group by unit_code.code_key order by units desc, key`,
    [...visibility(viewer), accountId],
  );
  return rows;
}
