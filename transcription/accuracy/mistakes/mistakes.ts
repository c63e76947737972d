import type { Database } from '../../../platform/database/database.ts';
import { NotFound } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';

export interface MistakeToHear {
  id: string;
  typed: string;
  right: string;
  critical: boolean;
  madeAt: Date;
  seenAt: Date | null;
  /** How often this person has made the same mistake, this one included. */
  times: number;
  /** The clip: with two seconds around the words; null when the audio is not kept any more. */
  clip: { dictationId: string; fromMs: number; toMs: number } | null;
  reference: string;
}

const AROUND_MS = 2_000;
const SHORTEST_MS = 400;

/** A person's own mistakes: those not seen yet first, the newest first. Locks nothing. */
export async function listMistakes(
  { pool }: Pick<Database, 'pool'>,
  { userId, limit = 100 }: { userId: string; limit?: number },
): Promise<MistakeToHear[]> {
  const { rows } = await pool.query<MistakeToHear>({
    name: 'accuracy-list-mistakes',
    text: `
      select m.id, m.typed, m.right, m.critical, m.made_at as "madeAt", m.seen_at as "seenAt", d.reference,
             case when m.pattern = '' then 1 else
               (select count(*)::int from mistake same where same.user_id = m.user_id and same.pattern = m.pattern)
             end as times,
             case when d.audio_key is not null and f.audio_ms is not null then json_build_object(
               'dictationId', d.id,
               'fromMs', greatest(0, f.audio_ms - $3::int),
               'toMs', least((d.duration_seconds * 1000)::int,
                             greatest(f.audio_end_ms, f.audio_ms + $4::int) + $3::int)) end as clip
      from mistake m
      join accuracy_check c on c.id = m.check_id
      join check_difference f on f.id = m.difference_id
      join dictation d on d.id = c.dictation_id
      where m.user_id = $1 and (m.typed <> '' or m.right <> '')
      order by m.seen_at is not null, m.made_at desc, f.position, m.id limit $2`,
    values: [userId, limit, AROUND_MS, SHORTEST_MS],
  });
  return rows;
}

/**
 * Whoever made a mistake has listened to it. Done twice it keeps the first time.
 * @throws NotFound no such mistake of this person
 */
export async function seeMistake(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  { mistakeId, userId }: { mistakeId: string; userId: string },
): Promise<void> {
  const { rowCount } = await database.pool.query(
    'update mistake set seen_at = coalesce(seen_at, $3) where id = $1 and user_id = $2',
    [mistakeId, userId, clock.now()],
  );
  if (rowCount !== 1) throw new NotFound(`No mistake ${mistakeId} of user ${userId}`);
}
