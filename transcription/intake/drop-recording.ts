import type pg from 'pg';

/**
 * The speaker confirmed that this part be dropped. It stays out of the dictation; its audio is kept until
 * retention, so a slip of the finger can be mended. Done twice it changes nothing.
 */
export async function dropRecording(
  client: pg.ClientBase,
  { recordingId }: { recordingId: string },
): Promise<void> {
  await client.query({
    name: 'intake-drop-recording',
    text: 'update recording set dropped = true where id = $1',
    values: [recordingId],
  });
}
