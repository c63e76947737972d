import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { listProblemGroups } from '../../crm-sync/ledger/problem-groups.ts';
import { retryAllFailed, retryEntry, settleConflict } from '../../crm-sync/ledger/settle-entry.ts';
import { settleGroup } from '../../crm-sync/ledger/settle-group.ts';
import { listEntries, listProblems, listUnplanned, syncFlow } from '../../crm-sync/ledger/sync-state.ts';
import { countFindings } from '../../crm-sync/reconciliation/list-findings.ts';
import { deliverEntry, sweepSync } from '../../crm-sync/tasks.ts';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { setFlash } from '../render/flash.ts';
import { localPath } from '../render/local-path.ts';
import { readForm, readId } from '../render/read-input.ts';
import { crmSubnav } from './crm-subnav.ts';
import { describeEntry } from './describe-entry.ts';
import { describeProblem } from './describe-problem.ts';

const PAGE_SIZE = 50;
const entriesQuery = z.object({
  connector: z.uuid(),
  status: z.enum(['written', 'waiting', 'failed', 'conflict', 'skipped']),
  before: z.uuid().optional().catch(undefined),
});

const groupParams = z.object({ id: z.string().max(64) });
const groupForm = z.object({
  remedy: z.enum(['retry', 'ignore', 'ours', 'theirs']),
  seen: z.coerce.number().int().min(1),
});

function settledWords(remedy: z.infer<typeof groupForm>['remedy'], values: number): string {
  switch (remedy) {
    case 'retry':
      return `${values} values are being written again. What fails again comes back to this list.`;
    case 'ours':
      return `Our ${values} values are being written.`;
    case 'theirs':
      return `What the CRM says stays, in all ${values}.`;
    case 'ignore':
      return `${values} values are left out.`;
  }
}

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
    const [flow, problems, groups, unplanned, findings] = await Promise.all([
      syncFlow(platform),
      listProblems(platform, { limit: PAGE_SIZE }),
      listProblemGroups(platform),
      listUnplanned(platform),
      countFindings(platform),
    ]);
    return reply.page('views/crm', {
      title: 'CRM',
      nav: 'crm',
      ...crmSubnav('flow', userOf(request)),
      flow: flow.map((each) => ({
        ...each,
        findings: findings.get(each.connector.id) ?? 0,
        oldestWaitingMs: each.oldestWaitingSeconds === null ? null : each.oldestWaitingSeconds * 1000,
      })),
      // One value is settled by itself; several with the same trouble at one stroke.
      groups: groups
        .filter(({ values }) => values > 1)
        .map((group) => ({ ...group, ...describeProblem(group) })),
      unplanned,
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
    const { keep, back } = readForm(
      z.object({ keep: z.enum(['ours', 'theirs']), back: z.string().max(2000).optional() }),
      request,
    );
    const { waiting } = await settleConflict(platform, { entryId: id, keep, actorId: userOf(request).id });
    if (waiting) await wake(id);
    setFlash(request, keep === 'ours' ? 'Our value is being written.' : "The CRM's value stays.");
    return reply.redirect(localPath(back) || '/crm', 303);
  });

  app.post('/crm/entries/:id/retry', onlyAdministrators, async (request, reply) => {
    const id = readId(request);
    const { waiting } = await retryEntry(platform, { entryId: id, actorId: userOf(request).id });
    if (waiting) await Promise.all([wake(id), queues.wake(sweepSync, {}, { key: 'asked' })]);
    setFlash(request, 'It is being written again. If that fails too, it comes back to this list.');
    return reply.redirect('/crm', 303);
  });

  app.post('/crm/problems/:id/settle', onlyAdministrators, async (request, reply) => {
    const { id } = groupParams.parse(request.params);
    const { remedy, seen } = readForm(groupForm, request);
    const actorId = userOf(request).id;
    const { values, waiting } = await settleGroup(platform, { group: id, remedy, seen, actorId });
    if (waiting) await queues.wake(sweepSync, {}, { key: 'asked' });
    setFlash(request, values === 0 ? 'That was settled in the meantime.' : settledWords(remedy, values));
    return reply.redirect('/crm', 303);
  });

  app.post('/crm/connectors/:id/retry', onlyAdministrators, async (request, reply) => {
    const id = readId(request);
    await retryAllFailed(platform, { connectorId: id, actorId: userOf(request).id });
    await queues.wake(sweepSync, {}, { key: 'asked' });
    setFlash(request, 'Everything that failed is being written again.');
    return reply.redirect('/crm', 303);
  });
}
