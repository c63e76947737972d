import type { Tx } from '../platform/database/database.ts';
import type { AfterTranscript } from '../transcription/reports/finalize-job.ts';

/** The text of a contribution is final, or more of it came late: runs in the transaction that writes the transcript. */
export const writeContribution: AfterTranscript = async (tx, { contributionId }) => {
  if (contributionId !== null) await writeContributionText(tx, contributionId);
};

/**
 * Makes a contribution's text be the newest transcripts of all its dictations, in the order in which they were said.
 * Done twice it changes nothing. Locks the contribution's row, so two that finish at once both count.
 */
export async function writeContributionText(tx: Tx, contributionId: string): Promise<void> {
  await tx.$queryRaw`select id from contribution where id = ${contributionId}::uuid for no key update`;
  const said = await tx.$queryRaw<{ text: string }[]>`
    select newest.text from dictation d
    cross join lateral (
      select t.text from transcript t where t.dictation_id = d.id order by t.version desc limit 1
    ) newest
    where d.contribution_id = ${contributionId}::uuid
    order by d.started_at, d.submitted_at, d.id`;
  if (said.length === 0) return;
  const text = said.map((piece) => piece.text.trim()).join('\n\n');
  await tx.contribution.update({ where: { id: contributionId }, data: { text } });
}
