import type pg from 'pg';

/**
 * The respondent goes on from a question: the next call with the same ID begins after it. Done twice it changes
 * nothing. One statement; locks the answer.
 */
export async function closeAnswer(
  client: pg.ClientBase,
  { answerId, skipped }: { answerId: string; skipped: boolean },
): Promise<void> {
  await client.query({
    name: 'survey-close-answer',
    text: 'update answer set done = true, skipped = $2 where id = $1 and not done',
    values: [answerId, skipped],
  });
}
