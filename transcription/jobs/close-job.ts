import { z } from 'zod';
import { InvalidInput } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { dropCheckOf } from '../accuracy/checks/forget-check.ts';
import { type CloseCode, closeCodes } from '../closing/close-codes.ts';
import { type Continued, continueWith } from '../closing/continue-with.ts';
import { noteClosed } from '../closing/notices.ts';
import { settleDictationTask } from '../dictations/tasks.ts';
import { keepAnswers } from '../doubts/answer-job.ts';
import { noteTold, refuseUnheard } from './late-audio.ts';
import { lockHeldJobIn } from './lease.ts';

export const closeInput = z.object({
  leaseToken: z.uuid(),
  code: z.enum(closeCodes),
  /** Of a continuation: the reference of the dictation that it goes on with. */
  continues: z
    .string()
    .trim()
    .regex(/^\d{7}$/, 'The number of a dictation has seven digits.')
    .optional(),
});

/**
 * Ends the job without a transcript; the dictation is discarded, its audio kept until retention, and its speaker is
 * told at the next call. What the speaker said to its open doubts becomes jobs of its own.
 *
 * A continuation of a text that is final is not closed: it stays with its holder, linked to that report, as a report of
 * its own.
 * @returns what became of a continuation; null otherwise
 * @throws NotFound
 * @throws LeaseLost
 * @throws LateAudio there is more to hear than when the job was claimed; said once
 * @throws SpeakerIsAdding
 * @throws InvalidInput a continuation of nothing
 */
export async function closeJob(
  platform: Pick<Platform, 'clock' | 'database' | 'events' | 'queues'>,
  input: {
    jobId: string;
    leaseToken: string;
    userId: string;
    code: CloseCode;
    continues?: string | undefined;
  },
): Promise<Continued | null> {
  const { clock, database, events, queues } = platform;
  const { jobId, userId, code, continues } = input;
  if (code === 'continuation' && continues === undefined) {
    throw new InvalidInput('a continuation of nothing', {
      userMessage: 'Say which dictation it goes on with: its number of seven digits.',
    });
  }
  const close = database.prisma.$transaction(async (tx) => {
    const now = clock.now();
    const { dictationId } = await lockHeldJobIn(tx, input, now);
    await refuseUnheard(tx, jobId, dictationId);
    // A second typing goes on with nothing: nobody said it.
    const isCheck = await dropCheckOf(tx, dictationId, code);
    const continued =
      code === 'continuation' && continues && !isCheck
        ? await continueWith(tx, { dictationId, reference: continues, now })
        : null;
    if (continued?.kind === 'linked') {
      const { reference } = continued;
      await tx.jobEvent.create({ data: { jobId, kind: 'continuation', userId, reason: reference, at: now } });
      return continued;
    }
    await tx.job.update({
      where: { id: jobId },
      data: {
        status: 'closed',
        closeCode: code,
        leaseToken: null,
        leaseExpiresAt: null,
        finalizedById: userId,
        finalizedAt: now,
      },
    });
    await tx.dictation.update({
      where: { id: dictationId },
      data: { status: 'discarded', discardReason: code },
    });
    await tx.jobEvent.create({ data: { jobId, kind: 'closed', userId, reason: code, at: now } });
    await noteClosed(tx, { dictationId, code, now });
    await keepAnswers(tx, jobId, now);
    return continued;
  });
  const continued = await close.catch(noteTold(platform, jobId, userId));
  await events.publish('job.changed', { jobId });
  if (continued?.kind === 'joined') {
    const { dictationId } = continued;
    await queues.wake(settleDictationTask, { dictationId }, { key: dictationId });
    await events.publish('job.changed', { jobId: continued.jobId });
  }
  return continued;
}
