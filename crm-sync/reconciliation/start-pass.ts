import { InvalidInput, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { openSafely } from '../connections/open-safely.ts';
import type { OpenConnector } from '../connectors/open-connector.ts';
import { UNREADABLE } from './run-reconciliation.ts';

/**
 * Begins a pass for a connection; when one is under way, that one goes on at once. Wake `reconcileConnector` after it.
 *
 * @param actorId null: nightly.
 * @throws NotFound; InvalidInput: there is nothing that could be read back
 */
export async function startPass(
  deps: Pick<Platform, 'database' | 'clock'> & { openConnector: OpenConnector },
  { connectorId, actorId }: { connectorId: string; actorId: string | null },
): Promise<void> {
  const { database, clock } = deps;
  await database.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`select id from connector where id = ${connectorId}::uuid for no key update`;
    const row = await tx.connector.findUnique({ where: { id: connectorId } });
    if (row === null) throw new NotFound(`no connection ${connectorId}`);
    if (openSafely(deps.openConnector, row)?.capabilities.readable !== true)
      throw new InvalidInput(`connection ${connectorId} can't be read back`, { userMessage: UNREADABLE });
    const now = clock.now();
    const under = await tx.reconciliation.updateMany({
      where: { connectorId, endedAt: null },
      data: { nextAt: null },
    });
    if (under.count > 0) return;
    await tx.reconciliation.create({ data: { connectorId, startedAt: now, startedById: actorId } });
    if (actorId === null) return;
    await tx.auditEntry.create({
      data: {
        at: now,
        actorId,
        action: 'reconciliation.asked',
        subjectType: 'connection',
        subjectId: connectorId,
        detail: { name: row.name },
      },
    });
  });
}
