import { randomInt } from 'node:crypto';
import type { Tx } from '../../platform/database/database.ts';
import { newId } from '../../platform/new-id.ts';
import { URGENT_MINUTES } from '../intake/create-job.ts';

/**
 * Moves recordings that came after the text was final into a dictation of their own, by the same speaker about
 * the same account, answer or contribution, with its own job: never lost, and the final text stays as it is. Runs
 * in the caller's transaction, which holds the lock on the dictation's row.
 */
export async function continueDictation(
  tx: Tx,
  dictationId: string,
  parts: readonly { id: string }[],
  now: Date,
): Promise<{ jobId: string; dictationId: string }> {
  const original = await tx.dictation.findUniqueOrThrow({
    where: { id: dictationId },
    include: { line: { select: { turnaroundMinutes: true } }, job: { select: { requirements: true } } },
  });
  const continuation = await tx.dictation.create({
    data: {
      id: newId(now.getTime()),
      reference: await freeReference(tx),
      lineId: original.lineId,
      speakerId: original.speakerId,
      status: 'submitted',
      urgent: original.urgent,
      accountId: original.accountId,
      doubtId: original.doubtId,
      answerId: original.answerId,
      contributionId: original.contributionId,
      startedAt: original.startedAt,
      submittedAt: now,
    },
  });
  for (const [at, { id }] of parts.entries()) {
    await tx.recording.update({
      where: { id },
      data: { dictationId: continuation.id, part: at + 1, audioStartMs: null },
    });
  }
  const { turnaroundMinutes } = original.line;
  const minutes = original.urgent ? Math.min(turnaroundMinutes, URGENT_MINUTES) : turnaroundMinutes;
  const job = await tx.job.create({
    data: {
      dictationId: continuation.id,
      dueAt: new Date(now.getTime() + minutes * 60_000),
      // What it was found to ask for; the rest follows when its audio is there.
      ownRequirements: original.job?.requirements ?? [],
      requirements: original.job?.requirements ?? [],
    },
  });
  await tx.jobEvent.create({
    data: { jobId: job.id, kind: 'continuation', reason: original.reference, at: now },
  });
  return { jobId: job.id, dictationId: continuation.id };
}

/** Seven digits that no dictation has. Two may still draw the same at once: the constraint refuses the second. */
async function freeReference(tx: Tx): Promise<string> {
  for (;;) {
    const reference = String(randomInt(1_000_000, 10_000_000));
    if (!(await tx.dictation.findUnique({ where: { reference }, select: { id: true } }))) return reference;
  }
}
