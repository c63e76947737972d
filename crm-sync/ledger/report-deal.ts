import type { Database } from '../../platform/database/database.ts';

/** The deal that a report is about. */
export interface ReportDeal {
  /** Our key of it at the CRM. */
  externalKey: string;
  /** Name to make it by. */
  name: string;
}

/** From here on somebody counts on an order; before it is only hoped for, after it is service. */
const OPENING = ['qualification', 'proposal', 'negotiation', 'won'];
const CLOSING = ['won', 'lost'];

interface Told {
  id: string;
  accountId: string | null;
  calledAt: Date;
  account: { externalId: string; name: string } | null;
}

/**
 * Which deal a report writes to. An account has one deal at a time: it is opened by a report that tells both a stage
 * from qualification on and the amount of a deal, and closed by one that says won or lost; reports in between
 * belong to it, whatever they tell. Anything less certain would leave a CRM full of deals that never were.
 *
 * The key names the report that closed the deal before, so that a correction of any other report doesn't move
 * values from one deal to another.
 */
export async function findDeal(
  prisma: Pick<Database['prisma'], 'report'>,
  report: Told,
): Promise<ReportDeal | null> {
  const { accountId, account } = report;
  if (accountId === null || account === null) return null;
  const closed = await prisma.report.findFirst({
    where: { accountId, id: { not: report.id }, calledAt: { lt: report.calledAt }, ...saysStage(CLOSING) },
    orderBy: [{ calledAt: 'desc' }, { id: 'desc' }],
    select: { id: true, calledAt: true },
  });
  const opener = await prisma.report.findFirst({
    where: {
      accountId,
      calledAt: { lte: report.calledAt, ...(closed !== null && { gt: closed.calledAt }) },
      AND: [
        saysStage(OPENING),
        {
          fields: {
            some: {
              field: 'amount',
              certainty: { not: 'refused' },
              value: { path: ['of'], equals: 'deal' },
            },
          },
        },
      ],
    },
    orderBy: [{ calledAt: 'asc' }, { id: 'asc' }],
    select: { calledAt: true },
  });
  if (opener === null) return null;
  return {
    externalKey: `account-${account.externalId}-deal${closed === null ? '' : `-after-${closed.id}`}`,
    name: `${account.name}, ${opener.calledAt.toISOString().slice(0, 10)}`,
  };
}

function saysStage(stages: readonly string[]) {
  return {
    fields: {
      some: {
        field: 'stage',
        certainty: { not: 'refused' as const },
        OR: stages.map((stage) => ({ value: { equals: stage } })),
      },
    },
  };
}
