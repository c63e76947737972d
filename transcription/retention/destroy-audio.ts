import type { ClientBase } from 'pg';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Platform } from '../../platform/platform.ts';
import { AUDIO_IS_DUE, DUE_FROM } from './due.ts';

/** So many dictations in one transaction. */
const BATCH = 50;

/**
 * Parts dictations from their audio whose line's days are over: their rows forget it, and the objects are handed over to
 * be destroyed, in one transaction a batch. Killed in between, either nothing or all of a batch is done; at once by two,
 * each takes dictations that the other has not locked. What a redaction kept of them goes, too.
 * @returns how many dictations, by line
 */
export async function releaseAudio({
  clock,
  database,
}: Pick<Platform, 'clock' | 'database'>): Promise<Map<string, number>> {
  const figures = new Map<string, number>();
  for (;;) {
    const batch = await inTransaction(database.pool, (client) => releaseBatch(client, clock.now()));
    for (const { lineId } of batch) figures.set(lineId, (figures.get(lineId) ?? 0) + 1);
    if (batch.length < BATCH) return figures;
  }
}

/** In: a moment. Out: the dictations released. Locks them and their recordings. */
async function releaseBatch(client: ClientBase, now: Date): Promise<{ id: string; lineId: string }[]> {
  const { rows } = await client.query<{ id: string; lineId: string }>(
    `select d.id, d.line_id as "lineId" ${DUE_FROM} where ${AUDIO_IS_DUE}
     order by d.started_at limit ${BATCH} for update of d skip locked`,
    [now],
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return rows;
  await client.query(
    `insert into doomed_object (object_key, line_id, reason, due_at)
     select d.audio_key, d.line_id, 'retention'::doom_reason, $2::timestamptz from dictation d
     where d.id = any($1::uuid[]) and d.audio_key is not null
     union all
     select r.object_key, d.line_id, 'retention'::doom_reason, $2 from recording r join dictation d on d.id = r.dictation_id
     where d.id = any($1) and r.object_key is not null
     on conflict (object_key) do update set due_at = least(doomed_object.due_at, excluded.due_at)`,
    [ids, now],
  );
  await client.query(
    `update doomed_object set due_at = least(due_at, $2::timestamptz)
     where split_part(object_key, '/', 2) in (
       select unnest($1::uuid[])::text union all select id::text from recording where dictation_id = any($1))`,
    [ids, now],
  );
  await client.query(
    `update recording set object_key = null, peaks = null, sha256 = null, status = 'destroyed', destroyed_at = $2,
       next_attempt_at = null
     where dictation_id = any($1::uuid[]) and object_key is not null`,
    [ids, now],
  );
  await client.query(
    `update dictation set audio_key = null, audio_bytes = null, peaks = null, audio_destroyed_at = $2
     where id = any($1::uuid[])`,
    [ids, now],
  );
  return rows;
}
