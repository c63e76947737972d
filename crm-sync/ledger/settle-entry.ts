import type { Tx } from '../../platform/database/database.ts';
import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { Prisma } from '../../prisma/generated/client/client.ts';
import { crmValueSchema, desiredSchema } from './desired.ts';
import { retryFailed } from './retry-failed.ts';

type Needs = Pick<Platform, 'database'>;

/**
 * A person settles a conflict. `ours`: our value goes in after all, provided that the field still holds what the
 * person was shown (else it becomes a conflict again). `theirs`: the CRM's value stays. Saying the same twice is
 * success; the decision goes into the audit log.
 *
 * @returns whether the entry now waits for delivery: wake for it with `deliverEntry`.
 * @throws NotFound, Conflict when somebody settled it the other way or a correction took its place.
 */
export async function settleConflict(
  { database }: Needs,
  { entryId, keep, actorId }: { entryId: string; keep: 'ours' | 'theirs'; actorId: string },
): Promise<{ waiting: boolean }> {
  return database.prisma.$transaction(async (tx) => {
    const entry = await lockEntry(tx, entryId);
    const desired = desiredSchema.parse(entry.desired);
    if (entry.status !== 'conflict') {
      const settledSo =
        keep === 'ours'
          ? desired.approvedOver !== undefined && ['waiting', 'written'].includes(entry.status)
          : entry.status === 'skipped' && entry.lastError === KEPT_THEIRS;
      if (settledSo) return { waiting: entry.status === 'waiting' };
      throw new Conflict(`sync entry ${entryId} is ${entry.status}, no conflict to settle`, {
        userMessage: 'This was settled in the meantime. Load the page again to see how.',
      });
    }
    await tx.syncEntry.update({
      where: { id: entryId },
      data:
        keep === 'theirs'
          ? { status: 'skipped', lastError: KEPT_THEIRS }
          : {
              status: 'waiting',
              lastError: null,
              nextAttemptAt: null,
              attempts: 0,
              desired: {
                ...desired,
                approvedOver: { value: crmValueSchema.parse(entry.previous), byId: actorId },
              },
            },
    });
    await audit(tx, actorId, 'sync.settle', entryId, { keep });
    return { waiting: keep === 'ours' };
  });
}

export const KEPT_THEIRS = 'A person decided to keep what the CRM says.';

/**
 * Tries an entry again that failed, or one that waits for its next attempt. Any other is left as it is. Where the
 * mapping was at fault, its report is planned anew.
 *
 * @returns whether there is something to do: wake for it with `deliverEntry`, and for its report's outbox.
 * @throws NotFound
 */
export async function retryEntry(
  { database }: Needs,
  { entryId, actorId }: { entryId: string; actorId: string },
): Promise<{ waiting: boolean }> {
  return database.prisma.$transaction(async (tx) => {
    const entry = await lockEntry(tx, entryId);
    if (entry.status !== 'failed' && entry.status !== 'waiting') return { waiting: false };
    if (entry.status === 'failed') await retryFailed(tx, Prisma.sql`entry.id = ${entryId}::uuid`);
    else
      await tx.syncEntry.update({
        where: { id: entryId },
        data: { lastError: null, nextAttemptAt: null, attempts: 0 },
      });
    // What came with it in one report is held up by the same time.
    await tx.syncEntry.updateMany({
      where: { connectorId: entry.connectorId, reportId: entry.reportId, status: 'waiting' },
      data: { nextAttemptAt: null },
    });
    await audit(tx, actorId, 'sync.retry', entryId, {});
    return { waiting: true };
  });
}

/** Tries everything again that failed at a connector: wake with `sweepSync`. @returns how many values. */
export async function retryAllFailed(
  { database }: Needs,
  { connectorId, actorId }: { connectorId: string; actorId: string },
): Promise<number> {
  return database.prisma.$transaction(async (tx) => {
    const entries = await retryFailed(tx, Prisma.sql`entry.connector_id = ${connectorId}::uuid`);
    await audit(tx, actorId, 'sync.retry_all', connectorId, { entries });
    return entries;
  });
}

async function lockEntry(tx: Tx, entryId: string) {
  await tx.$queryRaw`select id from sync_entry where id = ${entryId}::uuid for update`;
  const entry = await tx.syncEntry.findUnique({ where: { id: entryId } });
  if (entry === null) throw new NotFound(`sync entry ${entryId} does not exist`);
  return entry;
}

async function audit(
  tx: Tx,
  actorId: string,
  action: string,
  subjectId: string,
  detail: object,
): Promise<void> {
  await tx.auditEntry.create({
    data: { actorId, action, subjectType: 'sync_entry', subjectId, detail },
  });
}
