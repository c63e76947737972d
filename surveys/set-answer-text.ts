import { forgetHistory } from '../transcription/jobs/draft-history/rewrite-history.ts';
import type { AfterTranscript } from '../transcription/reports/finalize-job.ts';

/**
 * What was said to a question is written down: the answer has its text, and what led to it is gone: drafts with the
 * times of their typing. The audio is destroyed by `tend-anonymous-audio`. Text of a part that came late follows the
 * one before it. An answer that its respondent took back meanwhile gets none. Runs in the transaction that makes the
 * text final.
 */
export const setAnswerText: AfterTranscript = async (tx, { dictationId, transcriptId, text, answerId }) => {
  if (answerId === null) return;
  await tx.$executeRaw`
    update answer set text = case when text is null then ${text} else text || E'\n\n' || ${text} end
    where id = ${answerId}::uuid and not skipped`;
  await tx.transcript.update({ where: { id: transcriptId }, data: { anchors: [] } });
  const job = await tx.job.findUnique({ where: { dictationId }, select: { id: true } });
  if (job) await forgetHistory(tx, job.id);
};
