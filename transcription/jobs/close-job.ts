import { z } from 'zod';
import type { Platform } from '../../platform/platform.ts';
import { dropCheckOf } from '../accuracy/checks/forget-check.ts';
import { keepAnswers } from '../doubts/answer-job.ts';
import { noteTold, refuseUnheard } from './late-audio.ts';
import { lockHeldJobIn } from './lease.ts';

/** Why a job is closed without a transcript. */
export const closeCodes = [
  'caller_hung_up',
  'continuation',
  'not_a_report',
  'foreign_language',
  'test',
  'silent',
] as const;
export const closeInput = z.object({ leaseToken: z.uuid(), code: z.enum(closeCodes) });

/**
 * Ends the job without a transcript; the dictation is discarded, its audio kept until retention. What the speaker said
 * to its open doubts becomes jobs of its own.
 * @throws NotFound
 * @throws LeaseLost
 * @throws LateAudio there is more to hear than when the job was claimed; said once
 * @throws SpeakerIsAdding
 */
export async function closeJob(
  platform: Pick<Platform, 'clock' | 'database' | 'events'>,
  input: { jobId: string; leaseToken: string; userId: string; code: (typeof closeCodes)[number] },
): Promise<void> {
  const { clock, database, events } = platform;
  const { jobId, userId, code } = input;
  const close = database.prisma.$transaction(async (tx) => {
    const now = clock.now();
    const { dictationId } = await lockHeldJobIn(tx, input, now);
    await refuseUnheard(tx, jobId, dictationId);
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
    await keepAnswers(tx, jobId, now);
    await dropCheckOf(tx, dictationId, code);
  });
  await close.catch(noteTold(platform, jobId, userId));
  await events.publish('job.changed', { jobId });
}
