import type { Tx } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Conflict } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { addJobEvent } from './job-event.ts';

/**
 * Audio came in while somebody was typing: they may not have heard it. Said once; the same request again goes
 * through.
 */
export class LateAudio extends Conflict {
  constructor(jobId: string) {
    super(`The audio of job ${jobId} has grown since it was claimed`, {
      userMessage:
        'Another part of this dictation has arrived while you were typing. Listen to it, then finish again.',
    });
  }
}

/** The line had broken, and the speaker goes on at this moment: the text can't be final before that is over. */
export class SpeakerIsAdding extends Conflict {
  constructor(jobId: string) {
    super(`The dictation of job ${jobId} is being gone on with`, {
      userMessage:
        'The speaker is on the phone, adding to this dictation. Your text is kept; finish when the rest is here.',
    });
  }
}

/**
 * In: a job whose row, and whose dictation's row, the caller has locked. Out: whether the audio was built anew since
 * the job was claimed and its holder has not been told. Times in one millisecond count as such: told once too often
 * is better than a part that nobody typed.
 */
const UNHEARD_AUDIO = `
  select coalesce(
    max(at) filter (where kind = 'audio_rebuilt') >= max(at) filter (where kind in ('claimed', 'reclaimed'))
    and max(at) filter (where kind = 'audio_rebuilt')
      > coalesce(max(at) filter (where kind = 'audio_told'), '-infinity'), false) as unheard
  from job_event where job_id = $1::uuid`;

/**
 * In: a job whose row is locked. Locks its dictation's row, so that nobody adds to the audio until the transaction ends.
 * @throws SpeakerIsAdding
 * @throws LateAudio there is more to hear than when the job was claimed; see `noteTold`
 */
export async function refuseUnheard(tx: Tx, jobId: string, dictationId: string): Promise<void> {
  const [dictation] = await tx.$queryRaw<{ status: string }[]>`
    select status::text from dictation where id = ${dictationId}::uuid for update`;
  if (dictation?.status === 'open') throw new SpeakerIsAdding(jobId);
  const [found] = await tx.$queryRawUnsafe<{ unheard: boolean }[]>(UNHEARD_AUDIO, jobId);
  if (found?.unheard) throw new LateAudio(jobId);
}

/** Notes that the holder has been told of late audio, outside of the transaction that was rolled back; throws on. */
export function noteTold(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  jobId: string,
  userId: string,
): (error: unknown) => Promise<never> {
  return async (error) => {
    if (error instanceof LateAudio) {
      await inTransaction(database.pool, (client) =>
        addJobEvent(client, { jobId, kind: 'audio_told', userId, at: clock.now() }),
      );
    }
    throw error;
  };
}
