import type { Platform } from '../../platform/platform.ts';
import type { OpenConnector } from '../connectors/open-connector.ts';
import { type Delivery, deliverGroup } from './deliver-group.ts';
import { whileGroupIsOurs } from './group-lock.ts';
import { groupOf } from './ledger-rows.ts';

export type EntryDelivery =
  | { kind: 'done'; delivery: Delivery }
  /** Somebody else delivers this group at this moment, and may have looked before this entry came. */
  | { kind: 'busy' }
  /** Nothing to do: the entry or its connector is gone or switched off. */
  | { kind: 'gone' };

/** Delivers the group that an entry belongs to. Idempotent; two at once: one works, the other hears `busy`. */
export async function deliverGroupOf(
  deps: Pick<Platform, 'database' | 'clock' | 'log'> & { openConnector: OpenConnector },
  syncEntryId: string,
): Promise<EntryDelivery> {
  const group = await groupOf(deps.database.pool, syncEntryId);
  if (group === null) return { kind: 'gone' };
  const row = await deps.database.prisma.connector.findUnique({ where: { id: group.connectorId } });
  const connector = row?.active ? deps.openConnector(row) : null;
  if (connector === null) return { kind: 'gone' };
  const delivered: Delivery[] = [];
  const ours = await whileGroupIsOurs(deps.database.pool, group, async () => {
    delivered.push(await deliverGroup({ ...deps, connector }, group));
  });
  const delivery = delivered[0];
  return ours && delivery !== undefined ? { kind: 'done', delivery } : { kind: 'busy' };
}
