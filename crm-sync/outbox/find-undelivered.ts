import type { Platform } from '../../platform/platform.ts';
import { FIRST_KEY, nextGroups } from '../ledger/next-groups.ts';

/** So many outbox entries are handed out at a time; the queue stays short however many there are. */
const AT_ONCE = 500;

export interface Undelivered {
  /** Not planned yet: urgent reports first, then those that failed least often, then the oldest. */
  outboxEntryIds: string[];
  /** Active connectors at which something is due. */
  connectorIds: string[];
  /** There are further outbox entries. */
  more: boolean;
}

/** What nobody may be at work on. Its size does not depend on how much waits; nothing is locked. */
export async function findUndelivered({
  database,
  clock,
}: Pick<Platform, 'database' | 'clock'>): Promise<Undelivered> {
  const outbox = await database.prisma.outboxEntry.findMany({
    where: { processedAt: null },
    // One that fails each time must not keep the others out.
    orderBy: [{ report: { urgent: 'desc' } }, { attempts: 'asc' }, { createdAt: 'asc' }],
    take: AT_ONCE,
    select: { id: true, attempts: true },
  });
  const connectors = await database.prisma.connector.findMany({
    where: { active: true },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
  });
  const connectorIds: string[] = [];
  for (const { id } of connectors) if (await isAnythingDue({ database, clock }, id)) connectorIds.push(id);
  return {
    outboxEntryIds: outbox.map(({ id }) => id),
    connectorIds,
    // Those that failed are tried again by the next sweep.
    more: outbox.length === AT_ONCE && outbox.some(({ attempts }) => attempts === 0),
  };
}

async function isAnythingDue(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  connectorId: string,
): Promise<boolean> {
  for (const urgent of [true, false]) {
    const now = clock.now();
    const groups = await nextGroups(database.pool, { connectorId, urgent, after: FIRST_KEY, limit: 1, now });
    if (groups.length > 0) return true;
  }
  return false;
}
