import type { SignedInUser } from '../../../platform/auth/signed-in-user.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { Prisma } from '../../../prisma/generated/client/client.ts';

type Viewer = Pick<SignedInUser, 'id' | 'roles'>;

const SEE_ALL: ReadonlySet<string> = new Set(['manager', 'administrator', 'supervisor']);

/** Flags that somebody may see: those who lead all, others what is with them, by them or on reports that are theirs. */
function visibleTo(user: Viewer): Prisma.ReportFlagWhereInput {
  if (user.roles.some((role) => SEE_ALL.has(role))) return {};
  return {
    OR: [
      { ownerId: user.id },
      { flaggedById: user.id },
      { report: { OR: [{ finalizedById: user.id }, { speakerId: user.id }] } },
    ],
  };
}

const person = { select: { id: true, name: true } } as const;

const SHOWN = {
  flaggedBy: person,
  owner: person,
  settledBy: person,
  unit: { select: { number: true, retired: true } },
  report: {
    select: {
      id: true,
      finalizedById: true,
      account: { select: { name: true } },
      speaker: person,
      dictation: { select: { reference: true } },
    },
  },
} satisfies Prisma.ReportFlagInclude;

export type ListedFlag = Prisma.ReportFlagGetPayload<{ include: typeof SHOWN }>;

export interface FlagQuery {
  /** `mine`: with this person; `made`: by this person. */
  whose: 'mine' | 'made' | 'all';
  settled: boolean;
  limit: number;
  /** The last one of the page before. */
  after?: { createdAt: Date; id: string } | null;
}

/** Open ones oldest first, as they have waited longest; settled ones newest first. One page and one more row. */
export async function listFlags(
  { prisma }: Pick<Database, 'prisma'>,
  user: Viewer,
  { whose, settled, limit, after = null }: FlagQuery,
): Promise<ListedFlag[]> {
  const order = settled ? 'desc' : 'asc';
  const beyond = settled ? 'lt' : 'gt';
  return prisma.reportFlag.findMany({
    where: {
      AND: [
        visibleTo(user),
        { settledAt: settled ? { not: null } : null },
        whose === 'mine' ? { ownerId: user.id } : whose === 'made' ? { flaggedById: user.id } : {},
        after
          ? {
              OR: [
                { createdAt: { [beyond]: after.createdAt } },
                { createdAt: after.createdAt, id: { [beyond]: after.id } },
              ],
            }
          : {},
      ],
    },
    orderBy: [{ createdAt: order }, { id: order }],
    take: limit + 1,
    include: SHOWN,
  });
}

export interface FlagCounts {
  mine: number;
  made: number;
  all: number;
}

/** How many are open. */
export async function countFlags({ prisma }: Pick<Database, 'prisma'>, user: Viewer): Promise<FlagCounts> {
  const open = (where: Prisma.ReportFlagWhereInput) =>
    prisma.reportFlag.count({ where: { AND: [visibleTo(user), { settledAt: null }, where] } });
  const [mine, made, all] = await Promise.all([
    open({ ownerId: user.id }),
    open({ flaggedById: user.id }),
    open({}),
  ]);
  return { mine, made, all };
}

/** How many open ones are somebody's to settle. One look at an index. */
export async function countOwnFlags({ prisma }: Pick<Database, 'prisma'>, ownerId: string): Promise<number> {
  return prisma.reportFlag.count({ where: { ownerId, settledAt: null } });
}

/** Who can be handed a flag, by name. */
export async function listSettlers({
  prisma,
}: Pick<Database, 'prisma'>): Promise<{ id: string; name: string }[]> {
  return prisma.user.findMany({
    where: {
      active: true,
      system: false,
      roles: { hasSome: ['manager', 'administrator', 'supervisor', 'transcriptionist'] },
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true },
  });
}

/** Whoever flagged something sees on the screen that it is settled: the phone need not say so. Done twice, once. */
export async function noteTold(
  { prisma }: Pick<Database, 'prisma'>,
  { flagIds, userId, now }: { flagIds: readonly string[]; userId: string; now: Date },
): Promise<void> {
  if (flagIds.length === 0) return;
  await prisma.reportFlag.updateMany({
    where: { id: { in: [...flagIds] }, flaggedById: userId, settledAt: { not: null }, toldAt: null },
    data: { toldAt: now },
  });
}
