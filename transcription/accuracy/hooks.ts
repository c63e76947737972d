import type { Tx } from '../../platform/database/database.ts';
import type { AfterFinalize, AfterTranscript } from '../reports/finalizing.ts';
import { takeSecondText } from './checks/take-second-text.ts';
import { sampleText } from './sampling/sample-text.ts';
import { nameWords } from './scoring/propose-critical.ts';

/** Hook of finalizing a report: perhaps it is to be typed again. Corrections draw nothing. */
export function sampleReport(secret: string): AfterFinalize {
  return async (tx, { reportId, kind }) => {
    if (kind !== 'finalized') return;
    const { dictationId } = await tx.report.findUniqueOrThrow({
      where: { id: reportId },
      select: { dictationId: true },
    });
    await sampleText(tx, { secret, dictationId });
  };
}

/** The same of a text that makes no report; a text that is the second one of a check goes to its reviewer. */
export function sampleOrCompare(secret: string): AfterTranscript {
  return async (tx, { dictationId }) => {
    const { checkOfId } = await tx.dictation.findUniqueOrThrow({
      where: { id: dictationId },
      select: { checkOfId: true },
    });
    if (checkOfId === null) await sampleText(tx, { secret, dictationId });
    else await takeSecondText(tx, { copyId: dictationId, names: await readNames(tx) });
  };
}

/** The words of all names of the company. Locks nothing. */
async function readNames(tx: Tx): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select name from account union all select unnest(aliases) from account
    union all select name from contact
    union all select name from product union all select unnest(aliases) from product
    union all select name from competitor union all select unnest(aliases) from competitor`;
  return nameWords(rows.map(({ name }) => name));
}
