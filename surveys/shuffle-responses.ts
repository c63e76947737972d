import { inTransaction } from '../platform/database/in-transaction.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * Writes the rows of what was said to surveys anew in random order (`shuffle_survey_rows` in the migrations). Beside a
 * list of the day's calls, as a telephone bill is one, the order in which responses lie would name who gave which.
 *
 * Surveys that rest are left alone. A survey whose rows somebody else holds at the moment is left for the next time.
 */
export async function shuffleResponses({
  clock,
  database,
  log,
}: Pick<Platform, 'clock' | 'database' | 'log'>): Promise<void> {
  // In: a moment. Out: surveys that somebody answered, or somebody wrote down, within two days. Locks nothing.
  const { rows } = await database.pool.query<{ id: string }>(
    `select s.id from survey s where exists (
       select from survey_response r join answer a on a.response_id = r.id left join dictation d on d.answer_id = a.id
       left join job j on j.dictation_id = d.id
       where r.survey_id = s.id and greatest(r.day::timestamptz, d.submitted_at, j.finalized_at) > $1)`,
    [new Date(clock.now().getTime() - 2 * 24 * 3_600_000)],
  );
  for (const { id } of rows) {
    await inTransaction(database.pool, (client) =>
      client.query('select shuffle_survey_rows($1)', [id]),
    ).catch((error: unknown) => {
      const type = error instanceof Error ? error.name : typeof error;
      log.info({ type }, 'rows of a survey not shuffled; tried again');
    });
  }
}
