import type { Tx } from '../../platform/database/database.ts';
import { newId } from '../../platform/new-id.ts';
import { reckonJobs } from '../turnaround/reckon-jobs.ts';

/**
 * An answer that came after its report was final becomes a job of its own, which names the report (by its doubt): the
 * final text is only changed by a person. Its draft begins with what stands at the passage. Done twice it changes
 * nothing. Locks: the caller holds the lock on the doubt's job.
 */
export async function createAnswerJob(tx: Tx, dictationId: string, now: Date): Promise<void> {
  const { line, doubt } = await tx.dictation.findUniqueOrThrow({
    where: { id: dictationId },
    select: {
      line: { select: { turnaroundMinutes: true } },
      doubt: {
        select: {
          startOffset: true,
          endOffset: true,
          job: {
            select: {
              requirements: true,
              dictation: {
                select: {
                  reference: true,
                  checkOfId: true,
                  transcripts: { orderBy: { version: 'desc' }, take: 1, select: { text: true } },
                },
              },
            },
          },
        },
      },
    },
  });
  // A second typing that is over needs no answer any more.
  if (doubt?.job.dictation.checkOfId) return;
  const { count } = await tx.job.createMany({
    data: [
      {
        id: newId(now.getTime()),
        dictationId,
        status: 'waiting',
        createdAt: now,
        dueAt: new Date(now.getTime() + line.turnaroundMinutes * 60_000),
        // Whoever may type the report may type what belongs into it.
        ownRequirements: doubt?.job.requirements ?? [],
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) return;
  const { id } = await tx.job.findUniqueOrThrow({ where: { dictationId }, select: { id: true } });
  await reckonJobs(tx, { jobId: id });
  const reference = doubt?.job.dictation.reference;
  await tx.jobEvent.create({
    data: { jobId: id, kind: 'ready', ...(reference && { reason: `answer to ${reference}` }), at: now },
  });
  const text = doubt?.job.dictation.transcripts[0]?.text.slice(doubt.startOffset, doubt.endOffset);
  if (text) await tx.draft.create({ data: { jobId: id, text, revision: 1, updatedAt: now } });
}

/** A job is finished: what the speaker said to its open doubts is not forgotten with it. In the caller's transaction. */
export async function keepAnswers(tx: Tx, jobId: string, now: Date): Promise<void> {
  const unheard = await tx.dictation.findMany({
    where: { doubt: { jobId, resolvedAt: null }, audioKey: { not: null }, job: null },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  for (const { id } of unheard) await createAnswerJob(tx, id, now);
}
