import { hasTime } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';

/** Where audio lies that is not of surveys, which have a sweep of their own. */
const PREFIXES = ['dictations/', 'recordings/'];
/** What is younger somebody may be writing at this moment. */
const YOUNGEST_MS = 24 * 3_600_000;
const AT_ONCE = 500;
const ATTEMPT = /\/([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})(?:\.wav)?$/;

/**
 * Destroys audio that nothing points to: of an attempt that was killed before it counted. It would outlive every rule,
 * because no row knows of it. Returns how many.
 */
export async function sweepOrphans({
  clock,
  database,
  objects,
}: Pick<Platform, 'clock' | 'database' | 'objects'>): Promise<number> {
  const before = clock.now().getTime() - YOUNGEST_MS;
  let destroyed = 0;
  for (const prefix of PREFIXES) {
    let keys: string[] = [];
    for await (const key of objects.list(prefix)) {
      const attempt = ATTEMPT.exec(key)?.[1];
      if (attempt === undefined || !hasTime(attempt) || timeOf(attempt) > before) continue;
      keys.push(key);
      if (keys.length < AT_ONCE) continue;
      destroyed += await destroyUnused(keys);
      keys = [];
    }
    destroyed += await destroyUnused(keys);
  }
  return destroyed;

  async function destroyUnused(keys: readonly string[]): Promise<number> {
    // In: keys. Out: those that no row names. Locks nothing: a key is only ever used by the attempt that made it.
    const { rows } = await database.pool.query<{ key: string }>(
      `select key from unnest($1::text[]) key
       where not exists (select from dictation where audio_key = key)
         and not exists (select from recording where object_key = key)
         and not exists (select from doomed_object where object_key = key)`,
      [keys],
    );
    for (const { key } of rows) await objects.delete(key);
    return rows.length;
  }
}

/** When a UUIDv7 was made, in ms. */
function timeOf(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}
