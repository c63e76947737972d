import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConnection } from '../../../crm-sync/connections/write-connection.ts';
import { startImports } from '../../../crm-sync/import/start-import.ts';
import { sweepImports } from '../../../crm-sync/import/tasks.ts';
import { switchImport } from '../../../crm-sync/import/write-import.ts';
import { forgetFindings, scrubFindings } from '../../../crm-sync/reconciliation/forget-findings.ts';
import { startReconciliations } from '../../../crm-sync/reconciliation/start-reconciliation.ts';
import { sweepReconciliations } from '../../../crm-sync/reconciliation/tasks.ts';
import { buildReport } from '../../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { until } from '../../support/until.ts';
import { createPlayingCrm } from '../playing-crm.ts';

const crm = createPlayingCrm();
let kit: TestPlatform;
let connectorId: string;
let actorId: string;

beforeAll(async () => {
  kit = await createTestPlatform();
  const { platform } = kit;
  ({ id: actorId } = await platform.database.prisma.user.create({
    data: { email: 'admin@example.com', name: 'Ada', roles: ['administrator'] },
  }));
  const entered = {
    name: 'CRM',
    settings: { origin: 'https://crm.example', edition: 'small' },
    secrets: { token: crm.token },
    keepSecrets: true,
  };
  ({ id: connectorId } = await createConnection(platform, crm.kind, { entered, actorId }));
  await startImports(platform, [crm.kind]);
  await startReconciliations(platform, [crm.kind]);
});
afterAll(() => kit.close());

test('an import that nobody was woken for is found and done', async () => {
  const { platform } = kit;
  crm.put({ kind: 'account', remoteId: '1', name: 'Wabash Canning', city: 'Peru' });
  await switchImport(platform, { connectorId, active: true, actorId });
  await platform.queues.wake(sweepImports, {});
  await until(() => platform.database.prisma.account.findFirst({ where: { name: 'Wabash Canning' } }));
});

test('a pass that nobody was woken for is found and done; its words go with the report’s', async () => {
  const { platform } = kit;
  const { prisma } = platform.database;
  const { reportId, dictationId } = await buildReport(platform.database);
  const desired = {
    value: 'Call Ann Kowalski',
    display: '',
    source: 'x',
    unitId: null,
    confirmedById: null,
    recordName: 'x',
    links: [],
  };
  await prisma.syncEntry.create({
    data: {
      connectorId,
      reportId,
      idempotencyKey: 'k',
      objectType: 'task',
      externalKey: 't',
      targetField: 'what',
      policy: 'overwrite_ours',
      desired,
      written: desired.value,
      status: 'written',
      writtenAt: new Date(),
    },
  });
  crm.records.set('task t', { name: 't', fields: { what: 'Ann Kowalski called' }, revision: 1, copies: 1 });
  await prisma.reconciliation.create({ data: { connectorId } });
  await platform.queues.wake(sweepReconciliations, {});
  const finding = await until(() => prisma.reconciliationFinding.findFirst());
  expect(finding).toMatchObject({ ours: 'Call Ann Kowalski', theirs: 'Ann Kowalski called' });
  await until(() => prisma.reconciliation.findFirst({ where: { endedAt: { not: null } } }));

  const phrases = [{ words: 'Ann Kowalski', label: 'name' as const }];
  await prisma.$transaction((tx) => scrubFindings(tx, { reportId, phrases }));
  const scrubbed = await prisma.reconciliationFinding.findFirst();
  expect(JSON.stringify(scrubbed)).not.toContain('Kowalski');
  expect(scrubbed?.theirs).toContain('called');
  await prisma.$transaction((tx) => forgetFindings(tx, [dictationId]));
  expect(await prisma.reconciliationFinding.count()).toBe(0);
});
