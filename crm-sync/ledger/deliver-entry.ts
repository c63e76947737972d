import type { Platform } from '../../platform/platform.ts';
import { describeCrm } from '../connectors/describe-crm.ts';
import type { OpenConnector } from '../connectors/open-connector.ts';
import { noteHold } from './connector-state.ts';
import { deliverRound, earlier } from './deliver-round.ts';
import { whileGroupsAreOurs } from './group-lock.ts';
import { groupOf, type Outcome } from './ledger-rows.ts';
import { fieldsOf } from './round.ts';

export interface Delivery {
  /** Reports of which something changed. */
  reportIds: Set<string>;
  /** Counts by outcome. */
  outcomes: Record<Outcome['status'], number>;
  /** When the group has to be looked at again; null: nothing waits for a time. */
  nextAttemptAt: Date | null;
}

export type EntryDelivery =
  | { kind: 'done'; delivery: Delivery }
  /** Somebody else delivers this group at this moment, and may have looked before this entry came. */
  | { kind: 'busy' }
  /** Nothing to do: the entry or its connector is gone or switched off. */
  | { kind: 'gone' };

/**
 * Delivers all that waits in the group of an entry, report by report in the order that they came, until nothing is left
 * or something has to wait: then everything after it waits too, so that values reach an account in order. Idempotent;
 * two at once: one works, the other hears `busy`.
 */
export async function deliverGroupOf(
  deps: Pick<Platform, 'database' | 'clock' | 'log'> & { openConnector: OpenConnector },
  syncEntryId: string,
): Promise<EntryDelivery> {
  const { pool, prisma } = deps.database;
  const group = await groupOf(pool, syncEntryId);
  if (group === null) return { kind: 'gone' };
  const { connectorId } = group;
  const row = await prisma.connector.findUnique({ where: { id: connectorId } });
  const connector = row?.active ? deps.openConnector(row) : null;
  if (row === null || connector === null) return { kind: 'gone' };
  const delivery = await whileGroupsAreOurs(pool, connectorId, [group.key], async (groupKeys) => {
    const fields = fieldsOf((await describeCrm(deps, row, connector)).objects);
    const total: Delivery = {
      reportIds: new Set(),
      outcomes: { written: 0, skipped: 0, conflict: 0, failed: 0, waiting: 0 },
      nextAttemptAt: null,
    };
    for (;;) {
      const round = await deliverRound({ ...deps, connector }, { connectorId, groupKeys, fields });
      for (const reportId of round.reportIds) total.reportIds.add(reportId);
      for (const status of ['written', 'skipped', 'conflict', 'failed', 'waiting'] as const)
        total.outcomes[status] += round.outcomes[status];
      total.nextAttemptAt = earlier(total.nextAttemptAt, round.nextAttemptAt);
      if (round.hold !== null) {
        const until = await noteHold(deps, connectorId, round.hold);
        return { ...total, nextAttemptAt: earlier(total.nextAttemptAt, until) };
      }
      if (round.delivered === 0 || round.outcomes.waiting > 0) return total;
    }
  });
  return delivery === null ? { kind: 'busy' } : { kind: 'done', delivery };
}
