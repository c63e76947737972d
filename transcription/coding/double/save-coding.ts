import type pg from 'pg';
import { z } from 'zod';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { Conflict, InvalidInput, LeaseLost, NotFound } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import { codedUnits, readCodedUnits } from '../coded-unit.ts';
import { faultOf } from './check-units.ts';

export const saveCodingInput = z.object({
  claimToken: z.uuid(),
  /** The revision that this was made on. */
  revision: z.number().int().min(0),
  units: codedUnits,
});

export interface SaveCoding extends z.infer<typeof saveCodingInput> {
  codingId: string;
  userId: string;
}

/**
 * Saves a second coding as far as it is; nothing of the report is touched. Each save is added to the history.
 *
 * Sent twice: accepted once, answered twice. Two windows at once: the coding's row is locked, the later one names an
 * old revision or an old claim and is refused. Killed in between: the last save stands.
 * @throws NotFound no such coding
 * @throws LeaseLost somebody else, or another window, has it now
 * @throws Conflict another revision is there, or it is finished
 * @throws InvalidInput the units don't fit the text
 */
export async function saveCoding(
  platform: Pick<Platform, 'clock' | 'database'>,
  input: SaveCoding,
): Promise<{ revision: number }> {
  return write(platform, input, false);
}

/** The same, and it is done: from now on it counts, and never changes any more. Sent twice it is done once. */
export async function finishCoding(
  platform: Pick<Platform, 'clock' | 'database'>,
  input: SaveCoding,
): Promise<{ revision: number }> {
  return write(platform, input, true);
}

async function write(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  input: SaveCoding,
  isLast: boolean,
): Promise<{ revision: number }> {
  const { codingId, revision, units } = input;
  return inTransaction(database.pool, async (client) => {
    const now = clock.now();
    const held = await lockHeld(client, input);
    const isSame = JSON.stringify(readCodedUnits(held.units)) === JSON.stringify(units);
    const isRepeat = held.revision === revision + 1 && isSame;
    if (held.finishedAt) {
      if (isLast && isRepeat) return { revision: held.revision };
      throw new Conflict(`Coding ${codingId} is finished`, { userMessage: 'This coding is done already.' });
    }
    if (!isRepeat && held.revision !== revision)
      throw new Conflict(`Coding ${codingId} is at revision ${held.revision}, not ${revision}`, {
        userMessage: 'This coding was changed in another window. Load the page again to go on.',
      });
    const fault = faultOf(held.text, units);
    if (fault) throw new InvalidInput(`Units of coding ${codingId} do not fit`, { userMessage: fault });
    const next = isRepeat ? held.revision : revision + 1;
    await client.query({
      name: 'coding-save',
      text: `update second_coding set units = $2, revision = $3, saved_at = $4,
               finished_at = case when $5 then $4::timestamptz end where id = $1`,
      values: [codingId, JSON.stringify(units), next, now, isLast],
    });
    await client.query({
      name: 'coding-keep-version',
      text: `insert into second_coding_version (coding_id, revision, coder_id, units, saved_at)
             values ($1, $2, $3, $4, $5) on conflict do nothing`,
      values: [codingId, next, input.userId, JSON.stringify(units), now],
    });
    return { revision: next };
  });
}

/** Gives it back to the others; what was done stays in the history. Given back already: nothing happens. */
export async function leaveCoding(
  { database }: Pick<Platform, 'database'>,
  { codingId, claimToken, userId }: { codingId: string; claimToken: string; userId: string },
): Promise<void> {
  // Frees one row, if it is still this window's.
  await database.pool.query({
    name: 'coding-leave',
    text: `update second_coding set coder_id = null, claim_token = null, claimed_at = null, saved_at = null,
             units = '[]'
           where id = $1 and claim_token = $2 and coder_id = $3 and finished_at is null`,
    values: [codingId, claimToken, userId],
  });
}

interface Held {
  revision: number;
  units: unknown;
  finishedAt: Date | null;
  text: string;
}

/** In: a coding and who claims to hold it. Out: it, locked until the transaction ends. */
async function lockHeld(client: pg.ClientBase, { codingId, claimToken, userId }: SaveCoding): Promise<Held> {
  const { rows } = await client.query<Held & { ours: boolean }>({
    name: 'coding-lock-held',
    text: `select coding.revision, coding.units, coding.finished_at as "finishedAt", transcript.text,
                  coalesce(coding.claim_token = $2 and coding.coder_id = $3, false) as ours
           from second_coding as coding join transcript on transcript.id = coding.transcript_id
           where coding.id = $1 for update of coding`,
    values: [codingId, claimToken, userId],
  });
  const held = rows[0];
  if (!held) throw new NotFound(`No second coding ${codingId}`);
  if (!held.ours)
    throw new LeaseLost(`Coding ${codingId} is held by another claim`, {
      userMessage: 'This coding is open in another window, or somebody else has it now. Nothing was lost.',
    });
  return held;
}
