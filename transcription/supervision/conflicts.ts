import { z } from 'zod';
import { isUniqueViolation } from '../../platform/database/unique-violation.ts';
import { Conflict, InvalidInput } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';

export const conflictInput = z.object({
  userId: z.uuid(),
  /** Whose dictations, or what comes in where, or what is about whom, never goes to them. */
  about: z.object({ kind: z.enum(['speaker', 'line', 'account']), id: z.uuid() }),
  reason: z.string().trim().min(1, 'Write why.').max(500),
});
export type NewConflict = z.infer<typeof conflictInput>;

const COLUMNS = { speaker: 'speakerId', line: 'lineId', account: 'accountId' } as const;

type Dependencies = Pick<Platform, 'clock' | 'database' | 'events'>;

/**
 * From now on nothing of this speaker, line or account goes to this person; what they are typing they may finish.
 * @throws Conflict there is that one already
 * @throws InvalidInput no such person, speaker, line or account
 */
export async function addConflict(
  { clock, database, events }: Dependencies,
  { userId, about, reason, actorId }: NewConflict & { actorId: string },
): Promise<string> {
  const { prisma } = database;
  const exists = {
    speaker: () => prisma.user.count({ where: { id: about.id } }),
    line: () => prisma.line.count({ where: { id: about.id } }),
    account: () => prisma.account.count({ where: { id: about.id } }),
  };
  const [people, things] = await Promise.all([
    prisma.user.count({ where: { id: userId, system: false } }),
    exists[about.kind](),
  ]);
  if (people === 0 || things === 0) {
    throw new InvalidInput(`no such person or ${about.kind}`, {
      userMessage: 'That person, line or customer does not exist any more. Choose again.',
    });
  }
  try {
    const id = await prisma.$transaction(async (tx) => {
      const made = await tx.typingConflict.create({
        data: {
          userId,
          [COLUMNS[about.kind]]: about.id,
          reason,
          createdById: actorId,
          createdAt: clock.now(),
        },
      });
      await tx.auditEntry.create({
        data: {
          at: clock.now(),
          actorId,
          action: 'conflict.added',
          subjectType: 'user',
          subjectId: userId,
          detail: { about: about.kind, id: about.id, reason },
        },
      });
      return made.id;
    });
    await events.publish('job.changed', {});
    return id;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Conflict('conflict exists', { userMessage: 'That conflict is listed already.', cause: error });
  }
}

/** The conflict is over. One that is gone is no error. */
export async function removeConflict(
  { clock, database, events }: Dependencies,
  { conflictId, actorId }: { conflictId: string; actorId: string },
): Promise<void> {
  const removed = await database.prisma.$transaction(async (tx) => {
    const found = await tx.typingConflict.findUnique({ where: { id: conflictId } });
    if (!found) return false;
    await tx.typingConflict.deleteMany({ where: { id: conflictId } });
    await tx.auditEntry.create({
      data: {
        at: clock.now(),
        actorId,
        action: 'conflict.removed',
        subjectType: 'user',
        subjectId: found.userId,
        detail: { id: found.speakerId ?? found.lineId ?? found.accountId, reason: found.reason },
      },
    });
    return true;
  });
  if (removed) await events.publish('job.changed', {});
}
