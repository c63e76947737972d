import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { retryAllFailed, retryEntry, settleConflict } from '../../crm-sync/ledger/settle-entry.ts';
import { listEntries, listProblems, syncFlow } from '../../crm-sync/ledger/sync-state.ts';
import { deliverEntry } from '../../crm-sync/tasks.ts';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { crmSubnav } from './crm-subnav.ts';
import { describeEntry } from './describe-entry.ts';

const PAGE_SIZE = 50;
const entriesQuery = z.object({
  connector: z.uuid(),
  status: z.enum(['written', 'waiting', 'failed', 'conflict', 'skipped']),
  before: z.uuid().optional().catch(undefined),
});

const STATUS_WORDS = {
  written: 'Written in the last 24 hours',
  waiting: 'Waiting',
  failed: 'Failed',
  conflict: 'Conflicts',
  skipped: 'Kept out',
} as const;

/** `/crm`: is it all in there, and right? Flow in numbers, problems in sentences, each with its remedy. */
export function serveCrmFlow(app: FastifyInstance, platform: Platform): void {
  const { queues } = platform;
  const readers = { preHandler: requireRole('administrator', 'manager') };
  const onlyAdministrators = { preHandler: requireRole('administrator') };
  const wake = (syncEntryId: string) => queues.wake(deliverEntry, { syncEntryId }, { key: syncEntryId });

  app.get('/crm', readers, async (request, reply) => {
    const [flow, problems] = await Promise.all([
      syncFlow(platform),
      listProblems(platform, { limit: PAGE_SIZE }),
    ]);
    return reply.page('views/crm', {
      title: 'CRM',
      nav: 'crm',
      ...crmSubnav('flow', userOf(request)),
      flow: flow.map((each) => ({
        ...each,
        oldestWaitingMs: each.oldestWaitingSeconds === null ? null : each.oldestWaitingSeconds * 1000,
      })),
      problems: problems.map((entry) => ({ ...entry, sentence: describeEntry(entry) })),
      problemCount: flow.reduce((sum, each) => sum + each.failed + each.conflicts, 0),
      maySettle: userOf(request).roles.includes('administrator'),
    });
  });

  app.get('/crm/entries', readers, async (request, reply) => {
    const { connector, status, before } = entriesQuery.parse(request.query);
    const entries = await listEntries(platform, {
      connectorId: connector,
      status,
      limit: PAGE_SIZE + 1,
      before: before ?? null,
    });
    const shown = entries.slice(0, PAGE_SIZE);
    const last = shown.at(-1);
    return reply.page('views/crm-entries', {
      title: STATUS_WORDS[status],
      nav: 'crm',
      ...crmSubnav('flow', userOf(request)),
      entries: shown.map((entry) => ({ ...entry, sentence: describeEntry(entry) })),
      status,
      next:
        entries.length > PAGE_SIZE && last
          ? `/crm/entries?${new URLSearchParams({ connector, status, before: last.id })}`
          : null,
    });
  });

  app.post('/crm/entries/:id/settle', onlyAdministrators, async (request, reply) => {
    const id = readId(request);
    const { keep } = readForm(z.object({ keep: z.enum(['ours', 'theirs']) }), request);
    const { waiting } = await settleConflict(platform, { entryId: id, keep, actorId: userOf(request).id });
    if (waiting) await wake(id);
    setFlash(request, keep === 'ours' ? 'Our value is being written.' : "The CRM's value stays.");
    return reply.redirect('/crm', 303);
  });

  app.post('/crm/entries/:id/retry', onlyAdministrators, async (request, reply) => {
    const id = readId(request);
    const { waiting } = await retryEntry(platform, { entryId: id, actorId: userOf(request).id });
    if (waiting) await wake(id);
    setFlash(request, 'It is being written again. If that fails too, it comes back to this list.');
    return reply.redirect('/crm', 303);
  });

  app.post('/crm/connectors/:id/retry', onlyAdministrators, async (request, reply) => {
    const id = readId(request);
    const waiting = await retryAllFailed(platform, { connectorId: id, actorId: userOf(request).id });
    for (const syncEntryId of waiting) await wake(syncEntryId);
    setFlash(request, 'Everything that failed is being written again.');
    return reply.redirect('/crm', 303);
  });
}
