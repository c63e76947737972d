import { randomInt } from 'node:crypto';
import type pg from 'pg';

/** References are drawn from 9 million; with a million of them in use 20 draws fail once in 10^19 times. */
const DRAWS = 20;

export interface OpenDictation {
  dictationId: string;
  lineId: string;
  /** Null on survey lines. */
  speakerId: string | null;
  now: Date;
}

/**
 * In: ids made by the caller. Out: the new dictation's reference, seven digits that are read to the speaker.
 * Inserts one row; locks nothing else.
 */
export async function openDictation(
  client: pg.ClientBase,
  { dictationId, lineId, speakerId, now }: OpenDictation,
): Promise<{ reference: string }> {
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const reference = String(randomInt(1_000_000, 10_000_000));
    const { rowCount } = await client.query({
      name: 'intake-open-dictation',
      text: `
        insert into dictation (id, reference, line_id, speaker_id, started_at)
        values ($1, $2, $3, $4, $5)
        on conflict (reference) do nothing`,
      values: [dictationId, reference, lineId, speakerId, now],
    });
    if (rowCount === 1) return { reference };
  }
  throw new Error(`No free reference for dictation ${dictationId} in ${DRAWS} draws`);
}
