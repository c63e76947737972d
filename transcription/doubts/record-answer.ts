import type { Tx } from '../../platform/database/database.ts';
import { createAnswerJob } from './answer-job.ts';

/**
 * In: a doubt. Locks the row of the job that it belongs to: whether that is finished must not change while an answer is
 * laid. Before the lock on the answer's own row, as finishing a job takes them in this order, too.
 */
export async function lockDoubtsJob(tx: Tx, doubtId: string): Promise<void> {
  await tx.$queryRaw`
    select j.id from job j join doubt_mark m on m.job_id = j.id where m.id = ${doubtId}::uuid for update of j`;
}

/**
 * The answer to a doubt can be heard, for the first time (`isNew`) or with a part that came late. While its job is
 * being typed it shows there; later it becomes a job of its own. The doubt's job and the dictation are locked.
 */
export async function recordAnswer(
  tx: Tx,
  { dictationId, doubtId, isNew, now }: { dictationId: string; doubtId: string; isNew: boolean; now: Date },
): Promise<void> {
  const { job } = await tx.doubtMark.findUniqueOrThrow({
    where: { id: doubtId },
    select: { job: { select: { status: true } } },
  });
  if (isNew) {
    await tx.doubtMark.update({ where: { id: doubtId }, data: { answeredAt: now, resolvedAt: null } });
  }
  if (job.status === 'finalized' || job.status === 'closed') await createAnswerJob(tx, dictationId, now);
}
