import { z } from 'zod';
import type { Tx } from '../../../platform/database/database.ts';
import { Conflict, InvalidInput, NotFound } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import { type CheckToSettle, readCheck } from './read-check.ts';

export const decideInput = z.object({
  verdict: z.enum(['first', 'second', 'another', 'both']).nullable(),
  /** What is said there, for `another`; empty: nothing is said there. */
  words: z.string().max(5000).optional(),
  /** Left out: stays as it is. */
  critical: z.boolean().optional(),
});

/**
 * What a reviewer found at one place. Decided twice, the later verdict counts; each raises the check's revision, so
 * that settling can tell whether it saw all of them. Locks the check's row.
 * @throws NotFound
 * @throws Forbidden this person typed one of the texts
 * @throws Conflict the check is settled already
 * @throws InvalidInput `another` without words
 */
export async function decideDifference(
  { database }: Pick<Platform, 'database'>,
  input: z.infer<typeof decideInput> & { checkId: string; differenceId: string; userId: string },
): Promise<CheckToSettle> {
  const { checkId, differenceId, userId, verdict, words, critical } = input;
  return database.prisma.$transaction(async (tx) => {
    await lockCheck(tx, checkId);
    const check = await readCheck(tx, { checkId, userId });
    if (check.status !== 'to_settle')
      throw new Conflict(`Check ${checkId} is ${check.status}`, {
        userMessage: 'This check is settled already. Nothing was changed.',
      });
    const difference = check.differences.find(({ id }) => id === differenceId);
    if (!difference) throw new NotFound(`No difference ${differenceId} in check ${checkId}`);
    if (verdict === 'another' && words === undefined)
      throw new InvalidInput('no words', { userMessage: 'Type what is said there.' });
    const settledText = {
      first: difference.first.text,
      second: difference.second.text,
      // Either will do: the report keeps what it has.
      both: difference.first.text,
      another: words?.trim() ?? '',
    };
    await tx.checkDifference.update({
      where: { id: differenceId },
      data: {
        verdict,
        settledText: verdict === null ? null : settledText[verdict],
        ...(critical !== undefined && { critical }),
      },
    });
    await tx.accuracyCheck.update({ where: { id: checkId }, data: { revision: { increment: 1 } } });
    return readCheck(tx, { checkId, userId });
  });
}

/** Locks the check's row until the transaction ends. */
export async function lockCheck(tx: Tx, checkId: string): Promise<void> {
  await tx.$queryRaw`select id from accuracy_check where id = ${checkId}::uuid for update`;
}
