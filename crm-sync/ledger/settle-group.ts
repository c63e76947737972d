import type { Tx } from '../../platform/database/database.ts';
import { Conflict } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { Prisma } from '../../prisma/generated/client/client.ts';
import { GROUP_ID } from './problem-groups.ts';
import { retryFailed } from './retry-failed.ts';
import { KEPT_THEIRS } from './settle-entry.ts';

/** One remedy for all values of a `ProblemGroup`. */
export type GroupRemedy =
  /** Failures: try them again, those that the mapping is at fault with by planning their reports anew. */
  | 'retry'
  /** Failures: leave them out for good. */
  | 'ignore'
  /** Conflicts: write ours over what each person was shown there. */
  | 'ours'
  /** Conflicts: what the CRM says stays. */
  | 'theirs';

const LEFT_OUT = 'A person decided to leave it out.';
const ID = Prisma.raw(GROUP_ID);

/**
 * Settles all values with the same trouble, in one transaction and a few statements, however many there are. Twice, or by
 * two at once: the second finds none left. The audit log says who did it and to how many.
 *
 * @param seen how many the person was shown.
 * @returns how many were settled, and whether something is to be delivered or planned now: wake with `sweepSync`.
 * @throws Conflict when there are more by now than the person was shown.
 */
export async function settleGroup(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  { group, remedy, seen, actorId }: { group: string; remedy: GroupRemedy; seen: number; actorId: string },
): Promise<{ values: number; waiting: boolean }> {
  return database.prisma.$transaction(async (tx) => {
    const status = remedy === 'ours' || remedy === 'theirs' ? 'conflict' : 'failed';
    const locked = await tx.$queryRaw<{ id: string }[]>`
      select entry.id from sync_entry as entry
      where entry.status = ${status}::sync_status and ${ID} = ${group} order by entry.id for no key update`;
    if (locked.length === 0) return { values: 0, waiting: false };
    if (locked.length > seen)
      throw new Conflict(`problem group ${group} has ${locked.length} entries, ${seen} were shown`, {
        userMessage: `There are ${locked.length} by now. Look at the list again before you decide for all of them.`,
      });
    const ids = locked.map(({ id }) => id);
    await settle(tx, ids, remedy, actorId);
    await tx.auditEntry.create({
      data: {
        at: clock.now(),
        actorId,
        action: 'sync.settle_group',
        subjectType: 'sync_problem',
        subjectId: group,
        detail: { remedy, values: ids.length },
      },
    });
    return { values: ids.length, waiting: remedy === 'retry' || remedy === 'ours' };
  });
}

async function settle(tx: Tx, ids: string[], remedy: GroupRemedy, actorId: string): Promise<void> {
  switch (remedy) {
    case 'theirs':
    case 'ignore': {
      const reason = remedy === 'theirs' ? KEPT_THEIRS : LEFT_OUT;
      await tx.$executeRaw`
        update sync_entry set status = 'skipped', last_error = ${reason}, next_attempt_at = null
        where id = any(${ids}::uuid[])`;
      return;
    }
    case 'ours':
      await tx.$executeRaw`
        update sync_entry set status = 'waiting', last_error = null, next_attempt_at = null, attempts = 0,
          desired = desired || jsonb_build_object('approvedOver',
            jsonb_build_object('value', coalesce(previous, 'null'), 'byId', ${actorId}::text))
        where id = any(${ids}::uuid[])`;
      return;
    case 'retry':
      await retryFailed(tx, Prisma.sql`entry.id = any(${ids}::uuid[])`);
  }
}
