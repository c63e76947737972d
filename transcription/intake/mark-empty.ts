import type pg from 'pg';

/**
 * The carrier says that it recorded nothing for this part. Out: the dictation when this changed something (then
 * wake `settle-dictation`, which may have waited for it), else null. A part that was announced stays as it is.
 */
export async function markEmpty(
  client: pg.ClientBase,
  { recordingId }: { recordingId: string },
): Promise<{ dictationId: string } | null> {
  const { rows } = await client.query<{ dictationId: string }>({
    name: 'intake-mark-empty',
    text: `
      update recording set status = 'empty'
      where id = $1 and status = 'expected' and carrier_recording_id is null
      returning dictation_id as "dictationId"`,
    values: [recordingId],
  });
  return rows[0] ?? null;
}
