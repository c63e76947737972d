import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Platform } from '../../platform/platform.ts';
import { readPhoneSettings } from '../intake/phone-settings.ts';
import { submitHeld } from '../intake/submit-held.ts';
import { settleDictationTask } from './tasks.ts';

const AT_ONCE = 200;

/**
 * Sends what has been on hold for longer than the company's setting says, as its speaker was told. One transaction
 * each, so that one that fails holds up no other. Returns how many were sent.
 */
export async function sendHeldDictations(
  platform: Pick<Platform, 'clock' | 'database' | 'log' | 'queues'>,
): Promise<number> {
  const { clock, database, log, queues } = platform;
  const now = clock.now();
  const { holdHours } = await readPhoneSettings(database.pool);
  const heldBefore = new Date(now.getTime() - holdHours * 3_600_000);
  // In: a moment. Out: dictations on hold since before it, the oldest first. Locks nothing.
  const { rows } = await database.pool.query<{ dictationId: string }>(
    `select id as "dictationId" from dictation where status = 'held' and held_at <= $1
     order by held_at limit ${AT_ONCE}`,
    [heldBefore],
  );
  let sent = 0;
  for (const { dictationId } of rows) {
    try {
      const isSent = await inTransaction(database.pool, (client) =>
        submitHeld(client, { dictationId, heldBefore, now }),
      );
      if (!isSent) continue;
      sent += 1;
      log.info({ dictationId }, 'dictation on hold sent');
      await queues.wake(settleDictationTask, { dictationId }, { key: dictationId });
    } catch (err) {
      log.warn({ err, dictationId }, 'dictation on hold not sent; the next sweep tries again');
    }
  }
  return sent;
}
