import type pg from 'pg';

/** The speaker asks for it to be done first. Counts for the job's due time when the dictation is submitted. */
export async function markUrgent(
  client: pg.ClientBase,
  { dictationId }: { dictationId: string },
): Promise<void> {
  await client.query({
    name: 'intake-mark-urgent',
    text: 'update dictation set urgent = true where id = $1',
    values: [dictationId],
  });
}
