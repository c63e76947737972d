import type { Platform } from '../platform/platform.ts';
import { WAS_SAID } from './was-said.ts';

export interface ProposalRow {
  id: string;
  title: string;
  customer: string;
  dueAt: Date | null;
  createdAt: Date;
  closedAt: Date | null;
  sectionCount: number;
  /** Sections that somebody has dictated into. */
  coveredCount: number;
}

/** Proposals, newest first, up to `limit`, from the one after `before` (the last of an earlier page). */
export async function listProposals(
  { database }: Pick<Platform, 'database'>,
  { limit, before }: { limit: number; before?: { createdAt: Date; id: string } },
): Promise<ProposalRow[]> {
  const rows = await database.prisma.proposal.findMany({
    where: before
      ? {
          OR: [
            { createdAt: { lt: before.createdAt } },
            { createdAt: before.createdAt, id: { lt: before.id } },
          ],
        }
      : {},
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: { sections: { select: { _count: { select: { contributions: { where: WAS_SAID } } } } } },
  });
  return rows.map(({ sections, ...row }) => ({
    ...row,
    sectionCount: sections.length,
    coveredCount: sections.filter(({ _count }) => _count.contributions > 0).length,
  }));
}
