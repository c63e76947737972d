import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createOpenConnector } from '../../crm-sync/connectors/open-connector.ts';
import { sameValue } from '../../crm-sync/connectors/same-value.ts';
import { previewUndo } from '../../crm-sync/ledger/preview-undo.ts';
import { type EntryView, syncStateOfReport } from '../../crm-sync/ledger/sync-state.ts';
import { deliverAnew, undoReport } from '../../crm-sync/ledger/undo-report.ts';
import { deliverConnector, sweepSync } from '../../crm-sync/tasks.ts';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { describeEntry, valueInWords } from '../crm/describe-entry.ts';
import { readWhys } from '../crm/load-whys.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';

const scope = z.enum(['last', 'all']);
const query = z.object({ undo: scope.optional().catch(undefined) });

/** What is shown of a long text: its beginning tells which one it is. */
const SHOWN_CHARACTERS = 240;

/** What stands there is told as it is, what does not yet as a wish. */
function sentenceOf(entry: EntryView): string {
  const { status, withdraw, fieldLabel, recordName, externalKey, wanted } = entry;
  const sentence =
    status === 'written' && !withdraw
      ? `${fieldLabel} of ${recordName || externalKey}: ${valueInWords(wanted)}`
      : describeEntry(entry);
  return brief(sentence);
}

function brief(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS - 1)}…` : text;
}

/** `/reports/:id/crm`: what became of a report in the CRMs, value by value, and how to take it back. */
export function serveReportCrm(app: FastifyInstance, platform: Platform): void {
  const { database, queues } = platform;
  const readers = { preHandler: requireRole('administrator', 'manager') };
  const onlyAdministrators = { preHandler: requireRole('administrator') };
  const deps = { ...platform, openConnector: createOpenConnector(platform) };

  app.get('/reports/:id/crm', readers, async (request, reply) => {
    const reportId = readId(request);
    const maySettle = userOf(request).roles.includes('administrator');
    const { undo } = query.parse(request.query);
    const report = await database.prisma.report.findUnique({
      where: { id: reportId },
      select: {
        account: { select: { name: true } },
        dictation: { select: { reference: true, audioKey: true } },
        ledger: { select: { id: true, idempotencyKey: true, policy: true, desired: true } },
      },
    });
    if (!report) throw new NotFound(`no report ${reportId}`);
    const [sync, whys, preview] = await Promise.all([
      syncStateOfReport({ database }, reportId),
      readWhys(database, report.ledger),
      undo && maySettle ? previewUndo(deps, { reportId, scope: undo }) : null,
    ]);
    const keys = new Map(report.ledger.map(({ id, idempotencyKey }) => [id, idempotencyKey]));
    const entries = sync.entries.map((entry) => ({
      ...entry,
      sentence: sentenceOf(entry),
      playable: entry.unit !== null && report.dictation.audioKey !== null,
      ours: valueInWords(entry.withdraw ? null : entry.wanted),
      theirs: valueInWords(entry.found),
      why: whys.get(keys.get(entry.id) ?? '') ?? null,
    }));
    return reply.page('report/crm', {
      title: `In the CRM · ${report.account?.name ?? report.dictation.reference}`,
      nav: 'crm',
      reportId,
      reference: report.dictation.reference,
      customer: report.account?.name ?? 'Customer not known',
      maySettle,
      conflicts: entries.filter(({ status }) => status === 'conflict'),
      entries: entries.filter(({ status }) => status !== 'conflict'),
      takenBack: sync.takenBack,
      wrote: sync.entries.some(({ status, withdraw }) => status === 'written' && !withdraw),
      undo,
      preview: preview && {
        ...preview,
        lines: preview.lines.map((line) => ({
          ...line,
          wroteWords: brief(valueInWords(line.wrote)),
          becomesWords: brief(valueInWords(line.becomes)),
          // That it still stands as we wrote it need not be said.
          nowWords:
            line.now === undefined || sameValue(line.now, line.wrote) ? null : brief(valueInWords(line.now)),
        })),
        changes: preview.lines.filter(({ does }) => does !== 'nothing').length,
      },
    });
  });

  app.post('/reports/:id/crm/undo', onlyAdministrators, async (request, reply) => {
    const reportId = readId(request);
    const form = readForm(z.object({ scope }), request);
    const done = await undoReport(platform, { reportId, scope: form.scope, actorId: userOf(request).id });
    for (const connectorId of done.connectorIds)
      await queues.wake(deliverConnector, { connectorId }, { key: connectorId });
    setFlash(
      request,
      done.changed
        ? 'It is being taken back. What somebody else changed since stays as it is.'
        : 'It had been taken back already.',
    );
    return reply.redirect(`/reports/${reportId}/crm`, 303);
  });

  app.post('/reports/:id/crm/anew', onlyAdministrators, async (request, reply) => {
    const reportId = readId(request);
    const { changed } = await deliverAnew(platform, { reportId, actorId: userOf(request).id });
    if (changed) await queues.wake(sweepSync, {}, { key: 'asked' });
    setFlash(request, changed ? 'It is being written again, as it says now.' : 'It was not taken back.');
    return reply.redirect(`/reports/${reportId}/crm`, 303);
  });
}
