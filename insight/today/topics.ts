import type { Platform } from '../../platform/platform.ts';
import { localDay } from '../../platform/time-zone.ts';
import { BESIDE_THE_POINT } from '../code-weights.ts';
import { FIELD_KEY, mentions } from '../counts/mentions.ts';
import { companyTimeZone } from '../time-zone.ts';
import { seesEverything, VISIBLE, type Viewer, visibility } from '../viewer.ts';
import { addDays, startOfDay } from './days.ts';
import { chanceOfMore, findings, type Share } from './fisher.ts';

/** Fewer reports than this say nothing, however rare the topic was before. */
const MIN_MENTIONS = 4;
/** Of what is shown as more than usual, at most this share should be chance. */
const FALSE_RATE = 0.1;

export interface Topic {
  dimension: 'code' | 'product' | 'competitor';
  key: string;
  /** From the codebook or the vocabulary; the key where it has no name. */
  label: string;
  /** Reports that speak of it, of all reports: in the last seven days, and in the four weeks before. */
  now: Share;
  before: Share;
  /** How likely it is to see as many by chance. */
  chance: number;
  /** Whether it may be called more than usual, all topics being looked at together. */
  more: boolean;
  /** The same in words. */
  explanation: string;
}

export interface Topics {
  /** Days as `YYYY-MM-DD`, first and last included. */
  now: { from: string; to: string };
  before: { from: string; to: string };
  /** Those that are talked about more than usual first, then by number of reports. */
  topics: Topic[];
}

/**
 * What is talked about more than usual: codes, products and competitors in the last seven days (today included)
 * against the four weeks before, counted in reports and not in units, because what one person says in one breath is
 * one piece of evidence. `topicReports` lists what is behind a topic.
 */
export async function topics(deps: Pick<Platform, 'database' | 'clock'>, viewer: Viewer): Promise<Topics> {
  const timeZone = await companyTimeZone(deps.database.prisma);
  const today = localDay(deps.clock.now(), timeZone);
  const now = { from: addDays(today, -6), to: today };
  const before = { from: addDays(today, -34), to: addDays(today, -7) };
  const counts = seesEverything(viewer)
    ? await keptCounts(deps, before.from, now)
    : await ownCounts(deps, viewer, timeZone, before.from, now);
  const reports = counts.find(({ dimension }) => dimension === 'reports');
  const totals = { now: reports?.now ?? 0, before: reports?.before ?? 0 };
  const named = await nameThem(deps, counts);
  const measured = named
    .filter(({ dimension, key }) => dimension !== 'code' || !BESIDE_THE_POINT.includes(key))
    .map((topic) => {
      const shares = {
        now: { mentions: topic.now, reports: totals.now },
        before: { mentions: topic.before, reports: totals.before },
      };
      return { ...topic, ...shares, chance: chanceOfMore(shares.now, shares.before) };
    });
  // Without reports to compare with, nothing can be more than usual.
  const tested = totals.before > 0 ? measured.filter((topic) => topic.now.mentions >= MIN_MENTIONS) : [];
  const found = findings(
    tested.map(({ chance }) => chance),
    FALSE_RATE,
  );
  const more = new Set(tested.filter((_, index) => found[index]));
  return {
    now,
    before,
    topics: measured
      .map((topic) => ({ ...topic, more: more.has(topic), explanation: explain(topic, more.has(topic)) }))
      .sort(
        (a, b) =>
          Number(b.more) - Number(a.more) ||
          (a.more ? a.chance - b.chance : 0) ||
          b.now.mentions - a.now.mentions ||
          a.label.localeCompare(b.label),
      ),
  };
}

function explain(
  { now, before, chance }: { now: Share; before: Share; chance: number },
  more: boolean,
): string {
  const facts =
    `In ${now.mentions} of ${now.reports} reports of the last seven days, ` +
    `in ${before.mentions} of ${before.reports} of the four weeks before`;
  if (!more) return `${facts}.`;
  return `${facts}; by chance alone that would happen ${chance < 0.001 ? 'less than once' : `${Math.ceil(chance * 1000)} times`} in a thousand.`;
}

interface CountRow {
  dimension: string;
  key: string;
  now: number;
  before: number;
}

/** From the rollups, for those who see everything. $1 first day before, $2 first day now, $3 last day. */
async function keptCounts(
  { database }: Pick<Platform, 'database'>,
  first: string,
  now: { from: string; to: string },
): Promise<CountRow[]> {
  const { rows } = await database.pool.query<CountRow>(
    `select dimension, key,
            coalesce(sum(count) filter (where day >= $2::date), 0)::int as now,
            coalesce(sum(count) filter (where day < $2::date), 0)::int as before
     from daily_count where day between $1::date and $3::date
     group by dimension, key`,
    [first, now.from, now.to],
  );
  return rows;
}

/** From the reports themselves, for those who see their own. */
async function ownCounts(
  { database }: Pick<Platform, 'database'>,
  viewer: Viewer,
  timeZone: string,
  first: string,
  now: { from: string; to: string },
): Promise<CountRow[]> {
  const { rows } = await database.pool.query<CountRow>(
    `with own as (
       select report.id, report.called_at >= $4 as is_now from report
       where ${VISIBLE} and report.called_at >= $3 and report.called_at < $5
     )
     select mention.dimension, mention.key,
            count(*) filter (where own.is_now)::int as now, count(*) filter (where not own.is_now)::int as before
     from (${mentions('select id from own')}) as mention join own on own.id = mention.report_id
     group by mention.dimension, mention.key
     union all
     select 'reports', '', count(*) filter (where is_now)::int, count(*) filter (where not is_now)::int from own`,
    [
      ...visibility(viewer),
      startOfDay(first, timeZone),
      startOfDay(now.from, timeZone),
      startOfDay(addDays(now.to, 1), timeZone),
    ],
  );
  return rows;
}

async function nameThem(
  { database }: Pick<Platform, 'database'>,
  counts: readonly CountRow[],
): Promise<(CountRow & { dimension: Topic['dimension']; label: string })[]> {
  const { rows } = await database.pool.query<{ dimension: string; key: string; label: string }>(
    `select 'product' as dimension, external_id as key, name as label from product
     union all select 'competitor', external_id, name from competitor
     union all (
       -- A code that was retired keeps the name that it had last.
       select distinct on (code.key) 'code', code.key, code.label
       from code join codebook on codebook.id = code.codebook_id order by code.key, codebook.version desc)`,
  );
  const labels = new Map(rows.map(({ dimension, key, label }) => [`${dimension} ${key}`, label]));
  return counts.flatMap((count) => {
    const { dimension, key } = count;
    if (dimension !== 'code' && dimension !== 'product' && dimension !== 'competitor') return [];
    return [{ ...count, dimension, label: labels.get(`${dimension} ${key}`) ?? key }];
  });
}

export interface TopicReport {
  reportId: string;
  reference: string;
  calledAt: Date;
  account: { id: string; name: string } | null;
  speaker: { id: string; name: string } | null;
  /** Units that speak of it; empty where the report as a whole does. */
  units: { id: string; number: number; text: string }[];
}

/** What is behind a topic: the reports of these days that speak of it, newest first, with the units that do. */
export async function topicReports(
  deps: Pick<Platform, 'database'>,
  viewer: Viewer,
  { dimension, key, from, to }: { dimension: Topic['dimension']; key: string; from: string; to: string },
): Promise<TopicReport[]> {
  const timeZone = await companyTimeZone(deps.database.prisma);
  const { rows } = await deps.database.pool.query<{
    reportId: string;
    reference: string;
    calledAt: Date;
    accountId: string | null;
    accountName: string | null;
    speakerId: string | null;
    speakerName: string | null;
    units: TopicReport['units'];
  }>(
    `with listed as (
       select report.* from report
       where ${VISIBLE} and report.called_at >= $5 and report.called_at < $6
     )
     select listed.id as "reportId", dictation.reference, listed.called_at as "calledAt",
            account.id as "accountId", account.name as "accountName",
            speaker.id as "speakerId", speaker.name as "speakerName",
            coalesce((
              select jsonb_agg(jsonb_build_object('id', unit.id, 'number', unit.number, 'text', unit.text)
                               order by unit.start_offset)
              from thought_unit as unit
              where unit.report_id = listed.id and not unit.retired and (
                ($3 = 'code' and exists (
                  select from unit_code where unit_code.unit_id = unit.id and unit_code.code_key = $4
                    and unit_code.certainty <> 'refused'))
                or exists (
                  select from field_value as value where value.unit_id = unit.id
                    and value.certainty <> 'refused'
                    and ($3 = 'product' and value.field = 'product'
                      or $3 = 'competitor' and value.field in ('competitor', 'new_competitor'))
                    and ${FIELD_KEY} = $4))), '[]') as units
     from listed
     join (${mentions('select id from listed')}) as mention
       on mention.report_id = listed.id and mention.dimension = $3 and mention.key = $4
     join dictation on dictation.id = listed.dictation_id
     left join account on account.id = listed.account_id
     left join app_user as speaker on speaker.id = listed.speaker_id
     order by listed.called_at desc, listed.id`,
    [...visibility(viewer), dimension, key, startOfDay(from, timeZone), startOfDay(addDays(to, 1), timeZone)],
  );
  return rows.map(({ accountId, accountName, speakerId, speakerName, ...row }) => ({
    ...row,
    account: accountId !== null && accountName !== null ? { id: accountId, name: accountName } : null,
    speaker: speakerId !== null && speakerName !== null ? { id: speakerId, name: speakerName } : null,
  }));
}
