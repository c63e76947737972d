import type { FastifyReply } from 'fastify';
import type { ConnectionView } from '../../crm-sync/connections/list-connections.ts';
import { openSafely } from '../../crm-sync/connections/open-safely.ts';
import type { OpenConnector } from '../../crm-sync/connectors/open-connector.ts';
import { importState } from '../../crm-sync/import/import-state.ts';
import { lastPass } from '../../crm-sync/reconciliation/list-findings.ts';
import type { Platform } from '../../platform/platform.ts';
import { crmSubnav } from '../crm/crm-subnav.ts';
import { KIND_WORDS, type stateOf } from './show-connection.ts';

export const INTERVALS = [
  [5, 'every 5 minutes'],
  [15, 'every 15 minutes'],
  [60, 'every hour'],
  [240, 'every 4 hours'],
  [1440, 'once a day'],
] as const;

/** One connection: how it is doing, what is read from it, and whether what was written still stands there. */
export async function showOverview(
  deps: Pick<Platform, 'database'> & { openConnector: OpenConnector },
  reply: FastifyReply,
  {
    connection,
    viewer,
    ...more
  }: {
    connection: ConnectionView;
    kindLabel: string;
    state: ReturnType<typeof stateOf>;
    viewer: { roles: readonly string[] };
    mayChange: boolean;
    hasForm: boolean;
  },
) {
  const row = await deps.database.prisma.connector.findUnique({ where: { id: connection.id } });
  const connector = openSafely(deps.openConnector, row);
  const [imports, pass, mappings] = await Promise.all([
    importState(deps, connection.id),
    lastPass(deps, connection.id),
    deps.database.prisma.fieldMapping.count({ where: { connectorId: connection.id, closedAt: null } }),
  ]);
  return reply.page('connections/overview', {
    title: connection.name,
    nav: 'crm',
    ...crmSubnav('connections', viewer),
    ...more,
    connection,
    mappings,
    canImport: connector?.importSource != null,
    canReconcile: connector?.capabilities.readable === true,
    imports: imports && {
      ...imports,
      kinds: imports.kinds.map((each) => ({ ...each, label: KIND_WORDS[each.kind].many })),
      doubts: imports.kinds.reduce((sum, { doubts }) => sum + doubts, 0),
      waiting: imports.kinds.reduce((sum, { waiting }) => sum + waiting, 0),
    },
    pass,
    intervals: INTERVALS.map(([minutes, label]) => ({
      minutes,
      label,
      selected: minutes === (imports?.everyMinutes ?? 15),
    })),
  });
}
