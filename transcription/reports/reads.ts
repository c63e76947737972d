import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';

/**
 * Somebody has opened a report. Counts once for each person; the first manager (or administrator) who isn't the
 * speaker sets `firstReadAt`, the promise to reps.
 * @returns whether it was this person's first time
 * @throws NotFound no such report
 */
export async function markRead(
  platform: Pick<Platform, 'clock' | 'database' | 'events'>,
  { reportId, userId }: { reportId: string; userId: string },
): Promise<boolean> {
  const { clock, database, events } = platform;
  const now = clock.now();
  // In: report, reader. Out: whether the report is there and the read is new. Inserts one row, locks the report's.
  const { rows } = await database.pool.query<{ isNew: boolean }>({
    name: 'reports-mark-read',
    text: `
      with target as (select id, speaker_id from report where id = $1),
      added as (
        insert into report_read (report_id, user_id, read_at) select id, $2, $3 from target
        on conflict do nothing returning report_id
      ),
      first as (
        update report set first_read_at = $3
        from app_user reader
        where report.id = $1 and reader.id = $2 and report.first_read_at is null
          and report.speaker_id is distinct from $2
          and reader.roles && array['manager', 'administrator']::role[]
      )
      select exists (select 1 from added) as "isNew" from target`,
    values: [reportId, userId, now],
  });
  const found = rows[0];
  if (!found) throw new NotFound(`No report ${reportId}`);
  if (found.isNew) await events.publish('report.read', { reportId });
  return found.isNew;
}
