import type { Platform } from '../../../platform/platform.ts';
import { forgetCheck } from './forget-check.ts';
import { prepareCheck } from './prepare-check.ts';

type Dependencies = Pick<Platform, 'clock' | 'database' | 'events' | 'log' | 'objects'>;

const AT_ONCE = 50;

/** Brings all checks to where they should be; see the three below. Killed in between it goes on at the next time. */
export async function tendChecks(platform: Dependencies): Promise<void> {
  await prepareDrawn(platform);
  await forgetDestroyed(platform);
  await destroyCopies(platform);
}

/** Drawn texts get their copy and job, once there is somebody who can type them again. */
async function prepareDrawn(platform: Dependencies): Promise<void> {
  // In: nothing. Out: drawn checks for which there is another transcriptionist, the oldest first. Locks nothing.
  const { rows } = await platform.database.pool.query<{ id: string }>(
    `select c.id from accuracy_check c
     where c.status = 'sampled' and exists (
       select from app_user u
       where u.active and not u.system and 'transcriptionist' = any(u.roles)
         and u.id is distinct from c.first_typist_id)
     order by c.typed_at limit ${AT_ONCE}`,
  );
  for (const { id } of rows) {
    await prepareCheck(platform, id).catch((err) =>
      platform.log.warn({ err, checkId: id }, 'check not prepared; the next sweep tries again'),
    );
  }
}

/** What a line's retention has destroyed is not kept by its check. (What is redacted is, in its check, too: redaction.) */
async function forgetDestroyed({ database }: Dependencies): Promise<void> {
  // In: nothing. Out: checked dictations whose audio is gone before they were settled, or whose text is and whose check
  // still has words of it. Locks nothing.
  const { rows } = await database.pool.query<{ dictationId: string }>(
    `select c.dictation_id as "dictationId" from accuracy_check c join dictation d on d.id = c.dictation_id
     where (c.status in ('sampled', 'typing', 'to_settle') and d.audio_key is null)
       or (d.text_destroyed_at is not null and exists (
         select from check_difference f where f.check_id = c.id and (f.first_text <> '' or f.second_text <> '')))
     limit ${AT_ONCE}`,
  );
  for (const { dictationId } of rows) {
    await database.prisma.$transaction((tx) => forgetCheck(tx, dictationId, 'not_kept_any_more'));
  }
}

/** The copy of the audio is for typing alone. The object goes first, then the row's knowledge of it. */
async function destroyCopies({ clock, database, objects }: Dependencies): Promise<void> {
  // In: nothing. Out: copies that nobody types any more. Locks nothing.
  const { rows } = await database.pool.query<{ id: string; audioKey: string }>(
    `select d.id, d.audio_key as "audioKey" from accuracy_check c join dictation d on d.id = c.copy_id
     where c.status in ('to_settle', 'settled', 'dropped') and d.audio_key is not null limit ${AT_ONCE}`,
  );
  for (const { id, audioKey } of rows) {
    await objects.delete(audioKey);
    await database.prisma.dictation.updateMany({
      where: { id, audioKey },
      data: { audioKey: null, audioBytes: null, peaks: null, audioDestroyedAt: clock.now() },
    });
  }
}
