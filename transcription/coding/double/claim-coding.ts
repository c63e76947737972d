import { randomUUID } from 'node:crypto';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { NotFound } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import { qualificationsOf } from '../../jobs/qualifications.ts';

/** Somebody who has not saved for so long has left it; others may begin it anew. */
const LEFT_AFTER_MS = 12 * 3600_000;

export interface ClaimedCoding {
  codingId: string;
  claimToken: string;
}

/**
 * Which codings a person may take ($1 the person, $2 what they meet of requirements, $3 when a claim counts as left).
 * Not: what they coded or typed or dictated themselves, what they must not take as a job, a text that was redacted
 * since it was chosen. Needs the rows coding, report, dictation, job, transcript.
 */
const OPEN_TO = `
  coding.finished_at is null
  and (coding.coder_id is null or coding.coder_id = $1 or coalesce(coding.saved_at, coding.claimed_at) < $3)
  and coding.first_coder_id is distinct from $1
  and report.speaker_id is distinct from $1
  and char_length(transcript.text) = coding.text_length
  and coalesce(job.requirements, '{}') <@ $2::text[]
  and not exists (select from job_event as event where event.job_id = job.id and event.user_id = $1)
  and not exists (select from job_exclusion as excluded where excluded.job_id = job.id and excluded.user_id = $1)
  and not exists (
    select from typing_conflict as conflict
    where conflict.user_id = $1 and (conflict.speaker_id = report.speaker_id
      or conflict.line_id = dictation.line_id or conflict.account_id = report.account_id))`;

const FROM = `
  from second_coding as coding
  join report on report.id = coding.report_id
  join dictation on dictation.id = report.dictation_id
  join transcript on transcript.id = coding.transcript_id
  left join job on job.dictation_id = dictation.id`;

/**
 * Gives a person the next report to code blind: their own that is begun, else the one that waits longest.
 *
 * Two at once never get the same one. Asking again for one's own takes it over with a new token; the older window
 * learns of it at its next save. One that somebody left is begun from the bare text: what they did is in the history.
 * @returns null when nothing waits for this person
 */
export async function claimCoding(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  { userId }: { userId: string },
): Promise<ClaimedCoding | null> {
  const qualifications = await qualificationsFor(database, userId);
  const now = clock.now();
  return inTransaction(database.pool, async (client) => {
    // Out: one coding, locked; those that others are claiming at this moment are passed over.
    const { rows } = await client.query<{ id: string }>({
      name: 'coding-claim-next',
      text: `select coding.id ${FROM} where ${OPEN_TO}
        order by coding.coder_id is distinct from $1, coding.chosen_at, coding.id
        limit 1 for update of coding skip locked`,
      values: [userId, qualifications, new Date(now.getTime() - LEFT_AFTER_MS)],
    });
    const codingId = rows[0]?.id;
    if (!codingId) return null;
    const claimToken = randomUUID();
    await client.query({
      name: 'coding-claim',
      text: `update second_coding set
               units = case when coder_id = $2 then units else '[]' end,
               saved_at = case when coder_id = $2 then saved_at end,
               coder_id = $2, claim_token = $3, claimed_at = $4
             where id = $1`,
      values: [codingId, userId, claimToken, now],
    });
    return { codingId, claimToken };
  });
}

/** How many wait for this person, their own that is begun among them. */
export async function countWaiting(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  userId: string,
): Promise<{ waiting: number; begun: number }> {
  const qualifications = await qualificationsFor(database, userId);
  const { rows } = await database.pool.query<{ waiting: number; begun: number }>({
    name: 'coding-count-waiting',
    text: `select count(*)::int as waiting, count(*) filter (where coding.coder_id = $1)::int as begun
           ${FROM} where ${OPEN_TO}`,
    values: [userId, qualifications, new Date(clock.now().getTime() - LEFT_AFTER_MS)],
  });
  return rows[0] ?? { waiting: 0, begun: 0 };
}

async function qualificationsFor(
  { prisma }: Pick<Platform, 'database'>['database'],
  userId: string,
): Promise<string[]> {
  const user = await prisma.user.findUnique({
    where: { id: userId },
    select: { language: true, qualifications: true },
  });
  if (!user) throw new NotFound(`No user ${userId}`);
  return qualificationsOf(user);
}
