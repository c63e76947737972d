import type pg from 'pg';

export interface QuestionToHear {
  questionId: string;
  text: string;
}

/**
 * In: a rep. Out: the one question that this call may ask, the oldest open one that the rep has not heard, or null.
 * Locks nothing.
 */
export async function questionToHear(
  client: pg.ClientBase | pg.Pool,
  userId: string,
): Promise<QuestionToHear | null> {
  const { rows } = await client.query<QuestionToHear>({
    name: 'questions-to-hear',
    text: `
      select question.id as "questionId", question.text
      from standing_question as question
      where question.closed_at is null
        and not exists (select from standing_question_hearing as heard
                        where heard.question_id = question.id and heard.user_id = $1)
      order by question.created_at, question.id limit 1`,
    values: [userId],
  });
  return rows[0] ?? null;
}

/** In: a question and who heard it. Inserts one row; heard before, or gone meanwhile, it changes nothing. */
export async function markQuestionHeard(
  client: pg.ClientBase | pg.Pool,
  { questionId, userId, now }: QuestionHeard,
): Promise<void> {
  await client.query({
    name: 'questions-heard',
    text: `
      insert into standing_question_hearing (question_id, user_id, heard_at)
      select id, $2, $3 from standing_question where id = $1
      on conflict (question_id, user_id) do nothing`,
    values: [questionId, userId, now],
  });
}

export interface QuestionHeard {
  questionId: string;
  userId: string;
  now: Date;
}
