import type { Tx } from '../../../platform/database/database.ts';
import { isDrawn, shareFor } from './draw-check.ts';
import { readSampling } from './sampling-setting.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * A text is final for the first time: perhaps somebody else is to type it again. In the transaction that writes it.
 *
 * Never drawn: answers to surveys, whose audio ends with their text; answers to doubts; checks themselves; texts without
 * audio. What is closed as a test never gets here. Done twice it changes nothing (one check a dictation). Out: whether
 * a check was made, for whom the worker is to be woken.
 */
export async function sampleText(
  tx: Tx,
  { secret, dictationId }: { secret: string; dictationId: string },
): Promise<boolean> {
  const sampling = await readSampling(tx);
  if (Math.max(sampling.share, sampling.newcomerShare, ...Object.values(sampling.people)) === 0) return false;
  const dictation = await tx.dictation.findUnique({
    where: { id: dictationId },
    select: {
      audioKey: true,
      answerId: true,
      doubtId: true,
      checkOfId: true,
      line: { select: { purpose: true } },
      job: { select: { finalizedById: true, finalizedAt: true } },
      transcripts: { orderBy: { version: 'asc' }, take: 2, select: { id: true, authorId: true } },
      accuracy: { select: { id: true } },
    },
  });
  const [first, later] = dictation?.transcripts ?? [];
  const typistId = dictation?.job?.finalizedById ?? null;
  const typedAt = dictation?.job?.finalizedAt ?? null;
  if (!dictation?.audioKey || !first || later || !typistId || !typedAt || dictation.accuracy) return false;
  if (dictation.answerId || dictation.doubtId || dictation.checkOfId) return false;
  if (dictation.line.purpose === 'survey') return false;
  const share = shareFor(sampling, typistId, await experienceOf(tx, typistId, typedAt));
  if (!isDrawn(secret, dictationId, share)) return false;
  await tx.accuracyCheck.create({
    data: { dictationId, share, firstTranscriptId: first.id, firstTypistId: typistId, typedAt },
  });
  return true;
}

/** In: a person, a time. Out: how many texts they had finished before it, and since when. Locks nothing. */
async function experienceOf(tx: Tx, userId: string, at: Date): Promise<{ jobs: number; days: number }> {
  const before = await tx.job.aggregate({
    where: { finalizedById: userId, status: 'finalized', finalizedAt: { lt: at } },
    _count: true,
    _min: { finalizedAt: true },
  });
  const since = before._min.finalizedAt ?? at;
  return { jobs: before._count, days: (at.getTime() - since.getTime()) / DAY_MS };
}
