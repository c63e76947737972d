import { z } from 'zod';
import type { Platform } from '../../platform/platform.ts';
import { localDay } from '../../platform/time-zone.ts';
import { UNCLEAR_IN_UNIT } from '../../transcription/doubts/unclear-text.ts';
import { named, placeInAudio } from '../row-parts.ts';
import { viewerTimeZone } from '../time-zone.ts';
import type { Viewer } from '../viewer.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import { type ParsedQuery, parseQuery } from './parse-query.ts';

/** A piece of text, and whether it is what was searched for. */
export interface Passage {
  text: string;
  hit: boolean;
}

export interface FoundUnit {
  unitId: string;
  number: number;
  passages: Passage[];
  /** Something in it could not be made out; the report shows what. */
  isUnclear: boolean;
  codes: string[];
  /** The units said just before and after. */
  before: string | null;
  after: string | null;
  /** Piece of the dictation's audio; null where it is not known. */
  audio: { dictationId: string; startMs: number; endMs: number } | null;
  report: { id: string; reference: string; calledAt: Date; region: string | null };
  account: { id: string; name: string } | null;
  speaker: { id: string; name: string } | null;
}

export interface CountOf {
  key: string;
  label: string;
  units: number;
  reports: number;
}

export interface SearchResult {
  query: ParsedQuery;
  /** Of everything that was found, not of this page. */
  total: { units: number; reports: number };
  found: FoundUnit[];
  /** Give it back as `cursor` for the next page; null on the last. */
  nextCursor: string | null;
  /** Weeks by their Monday, oldest first, only those with hits. */
  byWeek: CountOf[];
  byRegion: CountOf[];
  byRep: CountOf[];
}

const FROM = `
  from thought_unit as unit
  join report on report.id = unit.report_id
  left join app_user as speaker on speaker.id = report.speaker_id
  left join account on account.id = report.account_id`;

/** Private-use characters around hits: they can't be typed on a keyboard, and whoever shows the text never sees them. */
const HIT_START = '\uE000';
const HIT_END = '\uE001';

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid(), z.number().int()]);

/**
 * Full-text search over all units in force that this person may see, newest call first. Three statements side by
 * side, no lock; totals and counts are over the same condition as the page.
 */
export async function searchUnits(
  deps: Pick<Platform, 'database' | 'clock'>,
  viewer: Viewer,
  { q, cursor = null, limit = 25 }: { q: string; cursor?: string | null; limit?: number },
): Promise<SearchResult> {
  const timeZone = await viewerTimeZone(deps.database, viewer);
  const query = parseQuery(q, localDay(deps.clock.now(), timeZone));
  await leaveOutCommonWords(deps, query);
  const conditions = conditionsOf(query, viewer, timeZone);
  const [page, counts] = await Promise.all([
    readPage(deps, conditions, cursor, limit),
    readCounts(deps, conditions, timeZone),
  ]);
  return { query, ...page, ...counts };
}

/** Words like "the" are in no index: a query of nothing else would find nothing, so it is searched without them. */
async function leaveOutCommonWords(
  { database }: Pick<Platform, 'database'>,
  query: ParsedQuery,
): Promise<void> {
  if (query.words === '') return;
  const { rows } = await database.pool.query<{ nodes: number }>(
    `select numnode(websearch_to_tsquery('english', $1)) as nodes`,
    [query.words],
  );
  if (rows[0]?.nodes !== 0) return;
  query.problems.push(`“${query.words}” is too common to be searched for; add a word that matters.`);
  query.words = '';
}

interface PageRow {
  unitId: string;
  number: number;
  marked: string;
  isUnclear: boolean;
  codes: string[];
  before: string | null;
  after: string | null;
  dictationId: string;
  startMs: number | null;
  endMs: number | null;
  reportId: string;
  reference: string;
  calledAt: Date;
  region: string | null;
  accountId: string | null;
  accountName: string | null;
  speakerId: string | null;
  speakerName: string | null;
}

async function readPage(
  { database }: Pick<Platform, 'database'>,
  { where, parameters, words }: Conditions,
  cursor: string | null,
  limit: number,
): Promise<Pick<SearchResult, 'found' | 'nextCursor'>> {
  const after = readCursor(cursor);
  const base = parameters.length;
  // The marks are taken out of the text first: nobody can make a hit by saying one.
  const plain = `translate(unit.text, '${HIT_START}${HIT_END}', '')`;
  const marked =
    words === null
      ? plain
      : `ts_headline('english', ${plain}, websearch_to_tsquery('english', ${words}),
           'HighlightAll=true, StartSel=${HIT_START}, StopSel=${HIT_END}')`;
  const { rows } = await database.pool.query<PageRow>(
    `with page as (
       select unit.id, report.called_at, report.id as report_id, unit.number ${FROM}
       where ${where}
         and ($${base + 1}::timestamptz is null
           or (report.called_at, report.id) < ($${base + 1}, $${base + 2}::uuid)
           or (report.called_at = $${base + 1} and report.id = $${base + 2}::uuid and unit.number > $${base + 3}::int))
       order by report.called_at desc, report.id desc, unit.number
       limit $${base + 4}
     )
     select unit.id as "unitId", unit.number, ${marked} as marked, ${UNCLEAR_IN_UNIT} <> '[]' as "isUnclear",
            array(select code_key from unit_code
                  where unit_id = unit.id and certainty <> 'refused' order by rank, code_key) as codes,
            (select text from thought_unit as near
             where near.report_id = unit.report_id and not near.retired and near.start_offset < unit.start_offset
             order by near.start_offset desc limit 1) as before,
            (select text from thought_unit as near
             where near.report_id = unit.report_id and not near.retired and near.start_offset > unit.start_offset
             order by near.start_offset limit 1) as after,
            report.dictation_id as "dictationId", unit.audio_start_ms as "startMs", unit.audio_end_ms as "endMs",
            report.id as "reportId", dictation.reference, report.called_at as "calledAt", report.region,
            account.id as "accountId", account.name as "accountName",
            speaker.id as "speakerId", speaker.name as "speakerName"
     from page
     join thought_unit as unit on unit.id = page.id
     join report on report.id = unit.report_id
     join dictation on dictation.id = report.dictation_id
     left join app_user as speaker on speaker.id = report.speaker_id
     left join account on account.id = report.account_id
     order by page.called_at desc, page.report_id desc, page.number`,
    [...parameters, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, limit + 1],
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    found: shown.map(toFoundUnit),
    nextCursor:
      rows.length > limit && last !== undefined
        ? Buffer.from(JSON.stringify([last.calledAt, last.reportId, last.number])).toString('base64url')
        : null,
  };
}

/** A cursor that we didn't make begins at the start. */
function readCursor(cursor: string | null): z.infer<typeof cursorSchema> | null {
  if (cursor === null) return null;
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}

function toFoundUnit(row: PageRow): FoundUnit {
  return {
    unitId: row.unitId,
    number: row.number,
    passages: passagesOf(row.marked),
    isUnclear: row.isUnclear,
    codes: row.codes,
    before: row.before,
    after: row.after,
    audio: placeInAudio(row),
    report: { id: row.reportId, reference: row.reference, calledAt: row.calledAt, region: row.region },
    account: named(row.accountId, row.accountName),
    speaker: named(row.speakerId, row.speakerName),
  };
}

/** Marked text as pieces, so that whoever shows it escapes them and decides what a hit looks like. */
export function passagesOf(marked: string): Passage[] {
  return marked.split(HIT_START).flatMap((part, index) => {
    const end = index === 0 ? -1 : part.indexOf(HIT_END);
    const pieces =
      end < 0
        ? [{ text: part, hit: false }]
        : [
            { text: part.slice(0, end), hit: true },
            { text: part.slice(end + 1), hit: false },
          ];
    return pieces.filter(({ text }) => text !== '');
  });
}

interface CountRow extends CountOf {
  dimension: 'total' | 'week' | 'region' | 'rep';
}

async function readCounts(
  { database }: Pick<Platform, 'database'>,
  { where, parameters }: Conditions,
  timeZone: string,
): Promise<Pick<SearchResult, 'total' | 'byWeek' | 'byRegion' | 'byRep'>> {
  const { rows } = await database.pool.query<CountRow>(
    `with hit as (
       select unit.id as unit_id, report.id as report_id, coalesce(report.region, '') as region,
              report.speaker_id, coalesce(speaker.name, '') as speaker_name,
              to_char(date_trunc('week', report.called_at at time zone $${parameters.length + 1}), 'YYYY-MM-DD') as week
       ${FROM}
       where ${where}
     )
     select case when grouping(week) = 0 then 'week' when grouping(region) = 0 then 'region'
                 when grouping(speaker_id) = 0 then 'rep' else 'total' end as dimension,
            coalesce(week, region, speaker_id::text, '') as key,
            coalesce(week, region, max(speaker_name)) as label,
            count(*)::int as units, count(distinct report_id)::int as reports
     from hit
     group by grouping sets ((), (week), (region), (speaker_id))
     order by units desc, label`,
    [...parameters, timeZone],
  );
  const of = (dimension: CountRow['dimension']) =>
    rows
      .filter((row) => row.dimension === dimension)
      .map(({ key, label, units, reports }) => ({ key, label, units, reports }));
  const total = of('total')[0];
  return {
    total: { units: total?.units ?? 0, reports: total?.reports ?? 0 },
    byWeek: of('week').sort((a, b) => (a.key < b.key ? -1 : 1)),
    byRegion: of('region'),
    byRep: of('rep'),
  };
}
