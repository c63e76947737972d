import type { Tx } from '../../platform/database/database.ts';
import type { DoubtKind } from '../../prisma/generated/client/enums.ts';

/** The passage that a dictation says again, in a text that is final. */
export interface AnsweredPassage {
  doubtId: string;
  kind: DoubtKind;
  note: string | null;
  /** The report that it stands in, its version in force, and the number that was read to the speaker. */
  reportId: string;
  version: number;
  reference: string;
  text: string;
  start: number;
  end: number;
  /** The passage as it was said first. */
  dictationId: string;
  audioMs: number;
  audioEndMs: number | null;
}

/** In: a dictation. Out: the passage of a finished report that it answers, null when it is something else. */
export async function readAnsweredPassage(tx: Tx, dictationId: string): Promise<AnsweredPassage | null> {
  const answer = await tx.dictation.findUnique({
    where: { id: dictationId },
    select: {
      doubt: {
        include: {
          job: {
            select: {
              dictation: {
                select: {
                  id: true,
                  reference: true,
                  report: { select: { id: true, transcript: { select: { text: true, version: true } } } },
                },
              },
            },
          },
        },
      },
    },
  });
  const doubt = answer?.doubt;
  const said = doubt?.job.dictation;
  if (!doubt || !said?.report) return null;
  const { text, version } = said.report.transcript;
  const start = Math.min(doubt.startOffset, text.length);
  return {
    doubtId: doubt.id,
    kind: doubt.kind,
    note: doubt.note,
    reportId: said.report.id,
    version,
    reference: said.reference,
    text,
    start,
    end: Math.max(start, Math.min(doubt.endOffset, text.length)),
    dictationId: said.id,
    audioMs: doubt.audioMs,
    audioEndMs: doubt.audioEndMs,
  };
}
