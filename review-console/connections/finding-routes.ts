import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { getConnection } from '../../crm-sync/connections/list-connections.ts';
import { openSafely } from '../../crm-sync/connections/open-safely.ts';
import { describeCrm } from '../../crm-sync/connectors/describe-crm.ts';
import type { OpenConnector } from '../../crm-sync/connectors/open-connector.ts';
import { lastPass, listFindings } from '../../crm-sync/reconciliation/list-findings.ts';
import { settleFinding } from '../../crm-sync/reconciliation/settle-finding.ts';
import { startPass } from '../../crm-sync/reconciliation/start-pass.ts';
import { reconcileConnector } from '../../crm-sync/reconciliation/tasks.ts';
import { deliverEntry } from '../../crm-sync/tasks.ts';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { crmSubnav } from '../crm/crm-subnav.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { describeFinding } from './show-connection.ts';

const PAGE_SIZE = 50;

const DONE = {
  write_ours: 'It is being written again.',
  accept_theirs: 'What the CRM says is accepted; reports before this one don’t claim it any more.',
  ignore: 'Ignored as it is. If the CRM says something else one day, it comes back.',
} as const;

const NO_LABELS: ReadonlyMap<string, string> = new Map();

/** What the CRM calls its fields; the page does without when that can't be had. */
async function labelsOf(
  deps: Platform & { openConnector: OpenConnector },
  connectorId: string,
): Promise<ReadonlyMap<string, string>> {
  const row = await deps.database.prisma.connector.findUnique({ where: { id: connectorId } });
  const connector = openSafely(deps.openConnector, row);
  if (row === null || connector === null) return NO_LABELS;
  const description = await describeCrm(deps, row, connector).catch(() => null);
  return new Map(
    description?.objects.flatMap(({ objectType, fields }) =>
      fields.map(({ key, label }) => [`${objectType}.${key}`, label] as const),
    ),
  );
}

/** What the CRM has otherwise than we wrote it, each with its remedies. */
export function serveFindings(app: FastifyInstance, deps: Platform & { openConnector: OpenConnector }): void {
  const readers = { preHandler: requireRole('administrator', 'manager') };
  const onlyAdministrators = { preHandler: requireRole('administrator') };

  app.post('/crm/connections/:id/reconcile', onlyAdministrators, async (request, reply) => {
    const connectorId = readId(request);
    await startPass(deps, { connectorId, actorId: userOf(request).id });
    await deps.queues.wake(reconcileConnector, { connectorId }, { key: connectorId });
    setFlash(request, 'The CRM is being read back. Load this page again to see what is found.');
    return reply.redirect(`/crm/connections/${connectorId}#reconciliation`, 303);
  });

  app.get('/crm/connections/:id/findings', readers, async (request, reply) => {
    const connection = await getConnection(deps, readId(request));
    const { before } = z.object({ before: z.uuid().optional().catch(undefined) }).parse(request.query);
    const [rows, pass] = await Promise.all([
      listFindings(deps, { connectorId: connection.id, limit: PAGE_SIZE + 1, before: before ?? null }),
      lastPass(deps, connection.id),
    ]);
    const labels = rows.length === 0 ? NO_LABELS : await labelsOf(deps, connection.id);
    const findings = rows.slice(0, PAGE_SIZE);
    const last = findings.at(-1);
    return reply.page('connections/findings', {
      title: 'Not as we wrote it',
      nav: 'crm',
      ...crmSubnav('connections', userOf(request)),
      connection,
      pass,
      findings: findings.map((finding) => ({
        ...finding,
        sentence: describeFinding(finding, labels.get(`${finding.objectType}.${finding.field}`) ?? null),
      })),
      next:
        rows.length > PAGE_SIZE && last
          ? `/crm/connections/${connection.id}/findings?${new URLSearchParams({ before: last.id })}`
          : null,
      maySettle: userOf(request).roles.includes('administrator'),
    });
  });

  app.post('/crm/connections/:id/findings/:findingId', onlyAdministrators, async (request, reply) => {
    const connectorId = readId(request);
    const { remedy } = readForm(
      z.object({ remedy: z.enum(['write_ours', 'accept_theirs', 'ignore']) }),
      request,
    );
    const { waitingEntryId } = await settleFinding(deps, {
      findingId: readId(request, 'findingId'),
      remedy,
      actorId: userOf(request).id,
    });
    if (waitingEntryId !== null)
      await deps.queues.wake(deliverEntry, { syncEntryId: waitingEntryId }, { key: waitingEntryId });
    setFlash(request, DONE[remedy]);
    return reply.redirect(`/crm/connections/${connectorId}/findings`, 303);
  });
}
