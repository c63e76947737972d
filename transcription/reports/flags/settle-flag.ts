import type { SignedInUser } from '../../../platform/auth/signed-in-user.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { Conflict, Forbidden, InvalidInput, NotFound } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';

type Needs = Pick<Platform, 'database' | 'clock' | 'events'>;
type Actor = Pick<SignedInUser, 'id' | 'roles'>;

const LEADERS: ReadonlySet<string> = new Set(['manager', 'administrator', 'supervisor']);

/** Whoever it is with, who wrote the report down, and those who lead. The one who flagged it may take it back. Pure. */
export function maySettleFlag(
  user: Actor,
  flag: { ownerId: string | null; flaggedById: string | null; finalizedById: string | null },
): boolean {
  return (
    user.roles.some((role) => LEADERS.has(role)) ||
    [flag.ownerId, flag.flaggedById, flag.finalizedById].includes(user.id)
  );
}

/**
 * A flag is settled, with a word on what was done for whoever made it, who hears it at the next call. Settled already
 * is fine and stays as it was.
 * @throws NotFound, Forbidden
 */
export async function settleFlag(
  platform: Needs,
  { flagId, user, settlement }: { flagId: string; user: Actor; settlement: string },
): Promise<{ reportId: string }> {
  const now = platform.clock.now();
  const done = await platform.database.prisma.$transaction(async (tx) => {
    const flag = await lockFlag(tx, flagId, user);
    if (flag.settledAt !== null) return { reportId: flag.reportId, changed: false };
    await tx.reportFlag.update({
      where: { id: flagId },
      data: {
        settledAt: now,
        settledById: user.id,
        settlement,
        // Nobody is told what they did themselves.
        ...(flag.flaggedById === user.id && { toldAt: now }),
      },
    });
    await audit(tx, { at: now, actorId: user.id, action: 'flag.settled', flag });
    return { reportId: flag.reportId, changed: true };
  });
  if (done.changed) await platform.events.publish('flag.changed', { reportId: done.reportId });
  return { reportId: done.reportId };
}

/**
 * A flag goes to somebody else, or to whoever takes it over (`ownerId` their own). With them already is fine.
 * @throws NotFound, Forbidden
 * @throws InvalidInput not somebody who can settle it
 * @throws Conflict it is settled
 */
export async function handOverFlag(
  platform: Needs,
  { flagId, user, ownerId }: { flagId: string; user: Actor; ownerId: string },
): Promise<{ reportId: string }> {
  const now = platform.clock.now();
  const done = await platform.database.prisma.$transaction(async (tx) => {
    const flag = await lockFlag(tx, flagId, user);
    if (flag.settledAt !== null)
      throw new Conflict(`flag ${flagId} is settled`, {
        userMessage: 'This was settled in the meantime; there is nothing left to do about it.',
      });
    if (flag.ownerId === ownerId) return { reportId: flag.reportId, changed: false };
    const owner = await tx.user.findFirst({
      where: {
        id: ownerId,
        active: true,
        system: false,
        roles: { hasSome: ['manager', 'administrator', 'supervisor', 'transcriptionist'] },
      },
      select: { id: true },
    });
    if (!owner)
      throw new InvalidInput(`user ${ownerId} can not settle flags`, {
        userMessage:
          'Choose somebody who works on reports: who writes them down, supervises, manages or administers.',
      });
    await tx.reportFlag.update({ where: { id: flagId }, data: { ownerId } });
    await audit(tx, { at: now, actorId: user.id, action: 'flag.handed_over', flag });
    return { reportId: flag.reportId, changed: true };
  });
  if (done.changed) await platform.events.publish('flag.changed', { reportId: done.reportId });
  return { reportId: done.reportId };
}

interface LockedFlag {
  id: string;
  reportId: string;
  ownerId: string | null;
  flaggedById: string | null;
  finalizedById: string | null;
  settledAt: Date | null;
}

async function lockFlag(tx: Tx, flagId: string, user: Actor): Promise<LockedFlag> {
  const [flag] = await tx.$queryRaw<LockedFlag[]>`
    select flag.id, flag.report_id as "reportId", flag.owner_id as "ownerId", flag.flagged_by_id as "flaggedById",
           report.finalized_by_id as "finalizedById", flag.settled_at as "settledAt"
    from report_flag as flag join report on report.id = flag.report_id
    where flag.id = ${flagId}::uuid for update of flag`;
  if (!flag) throw new NotFound(`No flag ${flagId}`);
  if (!maySettleFlag(user, flag))
    throw new Forbidden(`User ${user.id} may not settle flag ${flagId}`, {
      userMessage: 'This is settled by whoever it is with, and by supervisors and managers.',
    });
  return flag;
}

async function audit(
  tx: Tx,
  { at, actorId, action, flag }: { at: Date; actorId: string; action: string; flag: LockedFlag },
): Promise<void> {
  await tx.auditEntry.create({
    data: { at, actorId, action, subjectType: 'report', subjectId: flag.reportId },
  });
}
