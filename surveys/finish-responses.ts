import type pg from 'pg';
import { inTransaction } from '../platform/database/in-transaction.ts';
import type { Platform } from '../platform/platform.ts';
import { resumeKeyOf } from './phone/respondent-keys.ts';

/** A respondent who never calls again is waited for so long; then what was said is all of it. */
const WAIT_DAYS = 30;
const AT_ONCE = 200;

interface OpenResponse {
  id: string;
  surveyId: string;
  groupKey: string;
  resumeKey: string;
  /** Something was said or skipped. */
  hasContent: boolean;
}

/**
 * Completes responses: all questions done; or cut off in the last answer on an earlier day; or the survey is closed,
 * or nobody called again for a month.
 *
 *     1. the invitation is marked as finished, in a transaction that writes every invitation of its group anew
 *     2. the response is complete and loses its resume key, in a transaction of its own
 *
 * In this order: between the two, and when killed there, a call with the ID finds it finished. From then on nothing
 * leads from one to the other: not a value, not the order of the rows, not the transaction that wrote them.
 *
 * Done twice the second finds nothing to do. Returns how many were completed.
 */
export async function finishResponses({
  clock,
  config,
  database,
}: Pick<Platform, 'clock' | 'config' | 'database'>): Promise<number> {
  const { pool } = database;
  const responses = await readFinished(pool, clock.now());
  let finished = 0;
  for (const response of responses) {
    if (!response.hasContent) {
      // Somebody who keyed in the ID and said nothing may still take part in a later survey of the same letter.
      await pool.query('delete from survey_response where id = $1 and resume_key = $2', [
        response.id,
        response.resumeKey,
      ]);
      continue;
    }
    await markInvitation(pool, config.secret, response);
    await inTransaction(pool, (client) =>
      client.query(
        'update survey_response set complete = true, resume_key = null where id = $1 and resume_key = $2',
        [response.id, response.resumeKey],
      ),
    );
    finished += 1;
  }
  return finished;
}

/** In: a moment. Out: responses to which nothing will be added. Locks nothing. */
async function readFinished(pool: pg.Pool, now: Date): Promise<OpenResponse[]> {
  const { rows } = await pool.query<OpenResponse>(
    `select r.id, r.survey_id as "surveyId", r.group_key as "groupKey", r.resume_key as "resumeKey",
       exists (
         select from answer a where a.response_id = r.id
           and (a.done or exists (select from dictation d where d.answer_id = a.id and d.status <> 'discarded'))
       ) as "hasContent"
     from survey_response r join survey s on s.id = r.survey_id
     where r.resume_key is not null and (
       not exists (select from answer a where a.response_id = r.id and not a.done)
       or (
         (s.closes_at <= $1
           or r.day < $3::date - $2::int
           or (r.day < $3::date and not exists (
             select from answer a where a.response_id = r.id and not a.done and not exists (
               select from dictation d where d.answer_id = a.id and d.status in ('submitted', 'transcribed')))))
         and not exists (
           select from call c where c.state -> 'survey' ->> 'responseId' = r.id::text)
       ))
     limit ${AT_ONCE}`,
    [now, WAIT_DAYS, now.toISOString().slice(0, 10)],
  );
  return rows;
}

/**
 * In: a response. Marks its invitation as finished by writing all invitations of its group anew, in the order in which
 * they lie: none can be told from the others by where it lies or by the transaction that wrote it. Locks the group's
 * invitations, one such transaction at a time.
 */
async function markInvitation(
  pool: pg.Pool,
  secret: string,
  { surveyId, groupKey, resumeKey }: OpenResponse,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `finish-survey:${surveyId}`,
    ]);
    const { rows } = await client.query<{ idHash: string; finished: boolean }>(
      `select i.id_hash as "idHash", i.finished from invitation i join invitation_batch b on b.id = i.batch_id
       where b.survey_id = $1 and b.group_key = $2`,
      [surveyId, groupKey],
    );
    const found = rows.find(({ idHash }) => resumeKeyOf(secret, idHash) === resumeKey);
    if (found === undefined || found.finished) return;
    await client.query(
      `update invitation i set finished = i.finished or i.id_hash = $3
       from invitation_batch b where b.id = i.batch_id and b.survey_id = $1 and b.group_key = $2`,
      [surveyId, groupKey, found.idHash],
    );
  });
}
