import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { getConnection } from '../../crm-sync/connections/list-connections.ts';
import { importState, listDoubts } from '../../crm-sync/import/import-state.ts';
import { importVocabulary } from '../../crm-sync/import/tasks.ts';
import { importAnew, settleDoubt, switchImport } from '../../crm-sync/import/write-import.ts';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { crmSubnav } from '../crm/crm-subnav.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { INTERVALS } from './overview.ts';
import { KIND_WORDS } from './show-connection.ts';

const PAGE_SIZE = 50;

/** Reading customers, people and products from a CRM: when, and what a person has to say about it. */
export function serveImports(app: FastifyInstance, platform: Platform): void {
  const onlyAdministrators = { preHandler: requireRole('administrator') };
  const wake = (connectorId: string) =>
    platform.queues.wake(importVocabulary, { connectorId }, { key: connectorId });

  app.post('/crm/connections/:id/import', onlyAdministrators, async (request, reply) => {
    const connectorId = readId(request);
    const { act, everyMinutes } = readForm(
      z.object({
        act: z.enum(['now', 'stop', 'anew']),
        everyMinutes: z.coerce
          .number()
          .refine((minutes) => INTERVALS.some(([each]) => each === minutes), 'choose how often')
          .optional(),
      }),
      request,
    );
    const actorId = userOf(request).id;
    if (act === 'anew') await importAnew(platform, { connectorId, actorId });
    else {
      const every = everyMinutes === undefined ? {} : { everyMinutes };
      await switchImport(platform, { connectorId, active: act === 'now', actorId, ...every });
    }
    if (act !== 'stop') await wake(connectorId);
    setFlash(
      request,
      act === 'stop'
        ? 'Nothing is imported any more. What was imported stays.'
        : 'The import is on its way. Load this page again to see how far it is.',
    );
    return reply.redirect(`/crm/connections/${connectorId}#import`, 303);
  });

  app.get('/crm/connections/:id/doubts', onlyAdministrators, async (request, reply) => {
    const connection = await getConnection(platform, readId(request));
    const { after } = z.object({ after: z.uuid().optional().catch(undefined) }).parse(request.query);
    const [rows, imports] = await Promise.all([
      listDoubts(platform, { connectorId: connection.id, limit: PAGE_SIZE + 1, after: after ?? null }),
      importState(platform, connection.id),
    ]);
    const doubts = rows.slice(0, PAGE_SIZE);
    const last = doubts.at(-1);
    return reply.page('connections/doubts', {
      title: 'Are these the same?',
      nav: 'crm',
      ...crmSubnav('connections', userOf(request)),
      connection,
      total: imports?.kinds.reduce((sum, each) => sum + each.doubts, 0) ?? 0,
      doubts: doubts.map((doubt) => ({ ...doubt, kindWord: KIND_WORDS[doubt.kind].one })),
      first: after === undefined ? null : `/crm/connections/${connection.id}/doubts`,
      next:
        rows.length > PAGE_SIZE && last
          ? `/crm/connections/${connection.id}/doubts?${new URLSearchParams({ after: last.id })}`
          : null,
    });
  });

  app.post('/crm/connections/:id/doubts/:doubtId', onlyAdministrators, async (request, reply) => {
    const connectorId = readId(request);
    const { sameAs } = readForm(z.object({ sameAs: z.uuid().or(z.literal('none')) }), request);
    await settleDoubt(platform, {
      heldId: readId(request, 'doubtId'),
      sameAs: sameAs === 'none' ? null : sameAs,
      actorId: userOf(request).id,
    });
    setFlash(
      request,
      sameAs === 'none' ? 'Taken as a new one.' : 'Linked. From now on the CRM keeps it up to date.',
    );
    return reply.redirect(`/crm/connections/${connectorId}/doubts`, 303);
  });
}
