import type { Tx } from '../../../platform/database/database.ts';
import { compareTexts } from './compare-texts.ts';
import { placeDifferences } from './place-differences.ts';

/**
 * The second text of a check is final: what differs waits for a reviewer. In the transaction that writes the text.
 * `names` are the words of the company's vocabulary. Done twice it changes nothing; locks the check's row.
 * Out: false when the dictation is not the copy of a check that waits for its text.
 */
export async function takeSecondText(
  tx: Tx,
  { copyId, names }: { copyId: string; names: ReadonlySet<string> },
): Promise<boolean> {
  await tx.$queryRaw`select id from accuracy_check where copy_id = ${copyId}::uuid for update`;
  const check = await tx.accuracyCheck.findUnique({
    where: { copyId },
    select: {
      id: true,
      status: true,
      firstTranscriptId: true,
      dictation: {
        select: {
          durationSeconds: true,
          peaks: true,
          peaksPerSecond: true,
          report: { select: { id: true, alignedTranscriptId: true } },
        },
      },
    },
  });
  if (check?.status !== 'typing') return false;
  const first = await tx.transcript.findUniqueOrThrow({ where: { id: check.firstTranscriptId } });
  const second = await tx.transcript.findFirstOrThrow({
    where: { dictationId: copyId },
    orderBy: { version: 'desc' },
  });
  const places = compareTexts(first.text, second.text, names);
  const { report, ...audio } = check.dictation;
  const units =
    report?.alignedTranscriptId === first.id
      ? await tx.thoughtUnit.findMany({
          where: { reportId: report.id, transcriptId: first.id, retired: false },
          orderBy: { startOffset: 'asc' },
          select: { startOffset: true, endOffset: true, audioStartMs: true, audioEndMs: true },
        })
      : [];
  const heard = placeDifferences(places, { first, second, units, audio });
  await tx.checkDifference.createMany({
    data: places.map((place, position) => ({ checkId: check.id, position, ...place, ...heard[position] })),
  });
  await tx.accuracyCheck.update({
    where: { id: check.id },
    data: {
      status: 'to_settle',
      secondTranscriptId: second.id,
      secondTypistId: second.authorId,
      secondTypedAt: second.createdAt,
    },
  });
  return true;
}
