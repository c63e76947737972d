import type { Tx } from '../../../platform/database/database.ts';
import { forgetHistory } from '../../jobs/draft-history/rewrite-history.ts';

/**
 * The text or audio of a dictation may not be kept as it was (a passage was redacted, its line's days are over): what
 * its check holds of it goes, too. A check that is not settled is dropped; of a settled one the figures stay, the words
 * go. Done twice it changes nothing. In the transaction of who takes the words away; locks the check's row.
 */
export async function forgetCheck(tx: Tx, dictationId: string, reason: string): Promise<void> {
  await tx.$queryRaw`select id from accuracy_check where dictation_id = ${dictationId}::uuid for update`;
  const check = await tx.accuracyCheck.findUnique({
    where: { dictationId },
    select: {
      id: true,
      status: true,
      copyId: true,
      copy: { select: { job: { select: { id: true, status: true } } } },
    },
  });
  if (!check) return;
  if (check.status !== 'settled' && check.status !== 'dropped') await drop(tx, check.id, reason);
  await tx.checkDifference.updateMany({
    where: { checkId: check.id },
    data: { firstText: '', secondText: '', settledText: null },
  });
  await tx.mistake.updateMany({ where: { checkId: check.id }, data: { typed: '', right: '', pattern: '' } });
  if (!check.copyId) return;
  await tx.transcript.updateMany({ where: { dictationId: check.copyId }, data: { text: '', anchors: [] } });
  const job = check.copy?.job;
  if (!job) return;
  await forgetHistory(tx, job.id);
  // Whoever is typing it loses the lease and is told so; nothing of it is asked for any more.
  if (job.status !== 'finalized' && job.status !== 'closed') {
    await tx.job.update({
      where: { id: job.id },
      data: { status: 'closed', closeCode: 'not_a_report', leaseToken: null, leaseExpiresAt: null },
    });
    await tx.dictation.update({
      where: { id: check.copyId },
      data: { status: 'discarded', discardReason: 'check_dropped' },
    });
  }
}

/**
 * A dictation was closed without a text: if it is the copy of a check, that comes to nothing. Done twice it changes
 * nothing. Out: whether it is one.
 */
export async function dropCheckOf(tx: Tx, copyId: string, reason: string): Promise<boolean> {
  const check = await tx.accuracyCheck.findUnique({ where: { copyId }, select: { id: true, status: true } });
  if (check?.status === 'typing') await drop(tx, check.id, reason);
  return check !== null;
}

async function drop(tx: Tx, id: string, reason: string): Promise<void> {
  await tx.accuracyCheck.update({ where: { id }, data: { status: 'dropped', dropReason: reason } });
}
