import type { Platform } from '../platform/platform.ts';
import { participationOf } from './participation.ts';

export interface QuestionAnswers {
  questionId: string;
  position: number;
  text: string;
  /** In no order that says anything, and in another one for each question: no two can be told to be one person's. */
  verbatims: string[];
}

export interface SurveyAnswers {
  /** Groups that may be looked at alone, by name. */
  groups: string[];
  /** Null: fewer responses are complete than the survey's minimum, of all or of the group asked for. */
  questions: QuestionAnswers[] | null;
}

/**
 * What complete responses say. A group is shown alone from the minimum on, and only if what it leaves of the whole is
 * none or enough, too: the same rule as for participation. Nothing is told of responses that are not complete.
 */
export async function readAnswers(
  { database }: Pick<Platform, 'database'>,
  { surveyId, minimumGroup, group }: { surveyId: string; minimumGroup: number; group?: string | undefined },
): Promise<SurveyAnswers> {
  // In: a survey. Out: complete responses by group. Locks nothing.
  const { rows: counts } = await database.pool.query<{ groupKey: string; count: number }>(
    `select group_key as "groupKey", count(*)::int as count from survey_response
     where survey_id = $1 and complete group by group_key`,
    [surveyId],
  );
  const { overall, groups } = participationOf(
    counts.map(({ groupKey, count }) => ({ groupKey, invited: count, finished: 0 })),
    minimumGroup,
  );
  const shown = groups.map(({ groupKey }) => groupKey).filter((groupKey) => groupKey !== '');
  const mayBeShown = overall !== null && (group === undefined || shown.includes(group));
  if (!mayBeShown) return { groups: shown, questions: null };
  // In: survey, group or null. Out: questions with the texts of complete responses. Locks nothing.
  const { rows: questions } = await database.pool.query<QuestionAnswers>(
    `select q.id as "questionId", q.position, q.text,
       coalesce((
         select array_agg(a.text order by md5(a.id::text || q.id::text))
         from answer a join survey_response r on r.id = a.response_id
         where a.question_id = q.id and r.complete and a.text is not null
           and ($2::text is null or r.group_key = $2)
       ), '{}') as verbatims
     from survey_question q where q.survey_id = $1 order by q.position`,
    [surveyId, group ?? null],
  );
  return { groups: shown, questions };
}
