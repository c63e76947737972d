import type pg from 'pg';
import { OWNER } from './choose-owner.ts';

/** A report that its speaker can mark as wrong. */
export interface ReportToFlag {
  reportId: string;
  /** The customer; null when it names none. */
  about: string | null;
  /** The day of the call, YYYY-MM-DD, where the speaker lives. */
  day: string;
}

/** What of it is wrong, as far as a key tells. */
export type WrongThing = 'customer' | 'numbers' | 'steps' | 'other';

const SUBJECTS: Record<WrongThing, string> = {
  customer: 'The customer or the people',
  numbers: 'Numbers',
  steps: 'Next steps',
  other: 'Something in the CRM',
};
/** The line broke before a key told more. */
const NOT_SAID = 'Something (not said what)';

/** As many as a caller listens to. */
const OFFERED = 5;

/** In: a speaker. Out: their last reports, the newest first. One statement; locks nothing. */
export async function reportsToFlag(
  client: pg.ClientBase | pg.Pool,
  speakerId: string,
): Promise<ReportToFlag[]> {
  const { rows } = await client.query<ReportToFlag>({
    name: 'flags-reports-to-flag',
    text: `
      select r.id as "reportId", a.name as about,
             to_char(r.called_at at time zone u.time_zone, 'YYYY-MM-DD') as day
      from report r
      join app_user u on u.id = r.speaker_id
      left join account a on a.id = r.account_id
      where r.speaker_id = $1
      order by r.called_at desc, r.id desc limit $2`,
    values: [speakerId, OFFERED],
  });
  return rows;
}

/**
 * The speaker chose a report: it is marked at once, so that nothing is lost when the line breaks; the next key says what
 * is wrong. In: an id made by the caller, so that it is marked once. One statement, inserts at most one row.
 */
export async function flagByPhone(
  client: pg.ClientBase,
  { flagId, reportId, speakerId, now }: { flagId: string; reportId: string; speakerId: string; now: Date },
): Promise<void> {
  await client.query({
    name: 'flags-flag-by-phone',
    text: `
      insert into report_flag (id, report_id, subject, source, flagged_by_id, owner_id, created_at)
      select $3, report.id, $4, 'phone', $5, (${OWNER}), $6
      from report where report.id = $1 and report.speaker_id = $5 and $2 is not null
      on conflict (id) do nothing`,
    values: [reportId, false, flagId, NOT_SAID, speakerId, now],
  });
}

/** What is wrong with it. Changes one row of this speaker's. */
export async function sayWhatIsWrong(
  client: pg.ClientBase,
  { flagId, what, speakerId }: { flagId: string; what: WrongThing; speakerId: string },
): Promise<void> {
  await client.query({
    name: 'flags-say-what',
    text: `update report_flag set subject = $3 where id = $1 and flagged_by_id = $2 and settled_at is null`,
    values: [flagId, speakerId, SUBJECTS[what]],
  });
}

/** It was another report that was meant: the mark that was made a moment ago goes. Deletes one row of this speaker's. */
export async function unflagByPhone(
  client: pg.ClientBase,
  { flagId, speakerId }: { flagId: string; speakerId: string },
): Promise<void> {
  await client.query({
    name: 'flags-unflag',
    text: `delete from report_flag where id = $1 and flagged_by_id = $2 and source = 'phone' and settled_at is null`,
    values: [flagId, speakerId],
  });
}

export interface SettledToHear {
  flagId: string;
  /** The customer of the report; null when it names none. */
  about: string | null;
  /** What was done; empty: no word was left. */
  settlement: string;
}

/** In: who marked something. Out: what was settled and they have not heard of, the oldest first. Locks nothing. */
export async function settledToHear(
  client: pg.ClientBase | pg.Pool,
  userId: string,
): Promise<SettledToHear[]> {
  const { rows } = await client.query<SettledToHear>({
    name: 'flags-settled-to-hear',
    text: `
      select f.id as "flagId", a.name as about, f.settlement
      from report_flag f
      join report r on r.id = f.report_id
      left join account a on a.id = r.account_id
      where f.flagged_by_id = $1 and f.settled_at is not null and f.told_at is null
      order by f.settled_at, f.id limit 5`,
    values: [userId],
  });
  return rows;
}

/** It was heard: never said again. Changes one row; heard before, or another's, it changes nothing. */
export async function noteHeard(
  client: pg.ClientBase | pg.Pool,
  { flagId, userId, now }: { flagId: string; userId: string; now: Date },
): Promise<void> {
  await client.query({
    name: 'flags-heard',
    text: `update report_flag set told_at = $3 where id = $1 and flagged_by_id = $2 and told_at is null`,
    values: [flagId, userId, now],
  });
}
