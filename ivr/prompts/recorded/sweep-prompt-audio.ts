import type { Platform } from '../../../platform/platform.ts';
import { AUDIO_PREFIX, idOfAudioKey } from './audio-key.ts';

/** Answers given before a recording was removed may still name it; no call waits that long for a key. */
const KEEP_MS = 3_600_000;

/**
 * Deletes the audio of recorded prompts that were replaced or removed more than an hour ago, and of uploads that
 * were cut off before their row was there. Out: how many.
 */
export async function sweepPromptAudio({
  clock,
  database,
  objects,
}: Pick<Platform, 'clock' | 'database' | 'objects'>): Promise<number> {
  const before = clock.now().getTime() - KEEP_MS;
  let deleted = 0;
  for await (const key of objects.list(AUDIO_PREFIX)) {
    const id = idOfAudioKey(key);
    if (id === null || madeAt(id) > before) continue;
    // In: an id. Out: whether it is in use, and when it was last changed. Locks nothing.
    const { rows } = await database.pool.query<{ inUse: boolean; changedAt: Date | null }>({
      name: 'ivr-prompt-audio-in-use',
      text: `
        select exists (select from prompt_audio where id = $1::text::uuid) as "inUse",
          (select max(at) from audit_entry where subject_type = 'prompt_audio' and subject_id = $1) as "changedAt"`,
      values: [id],
    });
    const row = rows[0];
    if (row === undefined || row.inUse || (row.changedAt?.getTime() ?? 0) > before) continue;
    await objects.delete(key);
    deleted += 1;
  }
  return deleted;
}

/** The time that a UUIDv7 begins with, in milliseconds. */
function madeAt(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}
