import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { hashAnonymousId } from '../anonymous-id.ts';
import { resumeKeyOf } from './respondent-keys.ts';

export interface OpenAnswer {
  answerId: string;
  text: string;
  done: boolean;
  dictationId: string | null;
  /** As the carrier told of them; all of earlier calls. */
  parts: {
    recordingId: string;
    part: number;
    seconds: number | null;
    empty: boolean;
    dropped: boolean;
    isEarlier: true;
  }[];
  isWritten: boolean;
}

export type Begun =
  | {
      kind: 'begun';
      responseId: string;
      language: string;
      /** Something was said, or a question passed, in an earlier call. */
      isResumed: boolean;
      answers: OpenAnswer[];
    }
  /** `empty`: the survey has no questions. */
  | { kind: 'refused'; why: 'revoked' | 'closed' | 'finished' | 'empty' }
  /** ISO date. */
  | { kind: 'refused'; why: 'not_open'; opensOn: string };

export interface FoundInvitation {
  idHash: string;
  surveyId: string;
  language: string;
  opensAt: Date | null;
  closesAt: Date | null;
  groupKey: string;
  finished: boolean;
  revoked: boolean;
}

/**
 * In: survey, digits whose check digit is right. Out: the invitation that they are, null when nobody was given them.
 * One statement; locks nothing.
 */
export async function findInvitation(
  client: pg.ClientBase,
  { secret, surveyId, digits }: { secret: string; surveyId: string; digits: string },
): Promise<FoundInvitation | null> {
  const { rows } = await client.query<FoundInvitation>({
    name: 'survey-find-invitation',
    text: `
      select i.id_hash as "idHash", s.id as "surveyId", s.language, s.opens_at as "opensAt",
        s.closes_at as "closesAt", b.group_key as "groupKey", i.finished, b.revoked_at is not null as revoked
      from invitation i
      join invitation_batch b on b.id = i.batch_id
      join survey s on s.id = b.survey_id
      where i.id_hash = $2 and s.id = $1`,
    values: [surveyId, hashAnonymousId(secret, surveyId, digits)],
  });
  return rows[0] ?? null;
}

/**
 * Finds the response of an invitation, or begins one with an answer to each question; in the transaction of the step.
 *
 * Two calls with the same ID at once find the same response; the later one goes on, the earlier one (`callId` names
 * the one that asks) is told so at its next step.
 *
 * Locks the response, and the rows of other calls with this ID. Doesn't touch the invitation, so that no transaction
 * has written both.
 */
export async function beginResponse(
  client: pg.ClientBase,
  invitation: FoundInvitation,
  asked: { secret: string; callId: string; now: Date },
): Promise<Begun> {
  const { opensAt, closesAt, language } = invitation;
  const refused = (why: 'revoked' | 'closed' | 'finished' | 'empty') => ({ kind: 'refused', why }) as const;
  if (closesAt !== null && closesAt <= asked.now) return refused('closed');
  if (opensAt !== null && opensAt > asked.now) {
    return { kind: 'refused', why: 'not_open', opensOn: opensAt.toISOString().slice(0, 10) };
  }
  if (invitation.revoked) return refused('revoked');
  if (invitation.finished) return refused('finished');
  const begun = await beginOrResume(client, invitation, asked);
  if (begun === 'finished') return refused('finished');
  const { responseId, answers } = begun;
  if (answers.every(({ done }) => done)) return refused(answers.length === 0 ? 'empty' : 'finished');
  const isResumed = answers.some(({ done, isWritten, parts }) => done || isWritten || parts.length > 0);
  return { kind: 'begun', responseId, language, isResumed, answers };
}

/**
 * In: an invitation. Out: its response with the answers, begun now if there was none. All in one round trip; the
 * statements follow each other, and each sees what was committed before it.
 */
async function beginOrResume(
  client: pg.ClientBase,
  { surveyId, groupKey, idHash }: FoundInvitation,
  { secret, callId, now }: { secret: string; callId: string; now: Date },
): Promise<{ responseId: string; answers: OpenAnswer[] } | 'finished'> {
  const resumeKey = resumeKeyOf(secret, idHash);
  const [inserted, locked, , , read, again] = await Promise.all([
    client.query({
      name: 'survey-begin-response',
      text: `
        insert into survey_response (id, survey_id, resume_key, group_key, day)
        values ($1, $2, $3, $4, $5::date) on conflict (resume_key) do nothing`,
      values: [randomUUID(), surveyId, resumeKey, groupKey, now.toISOString().slice(0, 10)],
    }),
    client.query<{ id: string }>({
      name: 'survey-lock-response',
      text: 'select id from survey_response where resume_key = $1 for update',
      values: [resumeKey],
    }),
    client.query({
      name: 'survey-begin-answers',
      text: `
        insert into answer (id, response_id, question_id)
        select gen_random_uuid(), r.id, q.id
        from survey_response r join survey_question q on q.survey_id = r.survey_id
        where r.resume_key = $1
        on conflict (response_id, question_id) do nothing`,
      values: [resumeKey],
    }),
    client.query({
      name: 'survey-supersede-calls',
      text: `
        update call set state = jsonb_set(state, '{survey,superseded}', 'true')
        from survey_response r
        where r.resume_key = $1 and call.status = 'in_progress' and call.id <> $2
          and call.state -> 'survey' ->> 'responseId' = r.id::text`,
      values: [resumeKey, callId],
    }),
    client.query<OpenAnswer>({
      name: 'survey-read-answers',
      text: `
        select a.id as "answerId", q.text, a.done, a.text is not null as "isWritten", d.id as "dictationId",
          coalesce((
            select json_agg(json_build_object('recordingId', r.id, 'part', r.part, 'seconds', r.announced_seconds,
              'empty', r.status = 'empty', 'dropped', r.dropped, 'isEarlier', true) order by r.part)
            from recording r where r.dictation_id = d.id
          ), '[]') as parts
        from survey_response s
        join answer a on a.response_id = s.id
        join survey_question q on q.id = a.question_id
        left join lateral (
          select id from dictation where answer_id = a.id and status <> 'discarded'
          order by (status in ('open', 'held')) desc, (status = 'submitted') desc limit 1
        ) d on true
        where s.resume_key = $1
        order by q.position`,
      values: [resumeKey],
    }),
    // Completed between our first look and now: what was begun just now must not be a second response.
    client.query<{ finished: boolean }>({
      name: 'survey-finished',
      text: 'select finished from invitation where id_hash = $1',
      values: [idHash],
    }),
  ]);
  const response = locked.rows[0];
  if (response === undefined) return 'finished';
  if (again.rows[0]?.finished !== false) {
    if (inserted.rowCount === 1) {
      await client.query({
        name: 'survey-undo-response',
        text: 'delete from survey_response where id = $1',
        values: [response.id],
      });
    }
    return 'finished';
  }
  return { responseId: response.id, answers: read.rows };
}
