import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBuiltinConnector } from '../../crm-sync/builtin-crm/builtin-connector.ts';
import { ensureBuiltinConnector } from '../../crm-sync/builtin-crm/ensure-builtin.ts';
import { deliverGroupOf } from '../../crm-sync/ledger/deliver-entry.ts';
import { createTemplates } from '../../crm-sync/mapping/templates.ts';
import { enqueueReport } from '../../crm-sync/outbox/enqueue-report.ts';
import { processOutboxEntry } from '../../crm-sync/outbox/process-outbox-entry.ts';
import { createSettableClock } from '../../platform/clock.ts';
import { createLogger } from '../../platform/log.ts';
import { buildAccount, buildContact, buildReport, buildUser } from '../support/build-report.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let db: TestDatabase;
const clock = createSettableClock(new Date('2026-03-02T18:00:00Z'));
beforeAll(async () => {
  db = await createTestDatabase();
  await ensureBuiltinConnector(db.database);
});
afterAll(() => db.drop());

test('a report arrives in the built-in CRM', async () => {
  const { database } = db;
  const connector = createBuiltinConnector({ database, clock });
  const deps = {
    database,
    clock,
    log: createLogger({ level: 'silent' }),
    openConnector: () => connector,
    templates: createTemplates(),
    publicUrl: 'https://dictaline.example',
  };
  const rep = await buildUser(database, { name: 'Ann Lee' });
  const account = await buildAccount(database, { name: 'Hill Mill', externalId: 'a1' });
  const contact = await buildContact(database, { accountId: account.id, name: 'Joe Hill', externalId: 'c1' });
  const report = await buildReport(database, {
    speakerId: rep.id,
    accountId: account.id,
    contactIds: [contact.id],
    sentiment: 1,
    units: [
      { text: 'I saw Joe Hill.', codes: ['admin'] },
      { text: 'The price is too high,', codes: ['objection-risk', 'pricing'] },
    ],
    fields: [
      { field: 'sentiment', value: 1, display: 'positive' },
      { field: 'stage', value: 'proposal', unit: 2 },
      { field: 'product', value: 'p1', display: 'Pump One', unit: 2 },
      { field: 'product', value: 'p2', display: 'Pump Two', unit: 2 },
    ],
    nextSteps: [{ text: 'Send the quote', due: '2026-03-06', unit: 2 }],
  });
  await database.prisma.$transaction((tx) =>
    enqueueReport(tx, { reportId: report.reportId, transcriptVersion: 1, kind: 'finalized' }),
  );
  const outbox = await database.prisma.outboxEntry.findFirstOrThrow();
  const [first] = await processOutboxEntry(deps, outbox.id);
  expect(first).toBeDefined();
  const result = await deliverGroupOf(deps, first ?? '');
  expect(result).toMatchObject({
    kind: 'done',
    delivery: { outcomes: { failed: 0, conflict: 0, waiting: 0 } },
  });

  const found = await connector.read('account', ['a1']);
  expect(found.get('a1')?.fields).toEqual({
    last_meeting: '2026-03-02',
    meeting_notes: `2026-03-02 · Ann Lee · ${report.reference}\nThe price is too high,`,
    stage: 'proposal',
    sentiment: 'positive',
    products: ['Pump One', 'Pump Two'],
    objections: `2026-03-02 · Ann Lee · ${report.reference}\n[2] The price is too high,`,
  });
  const task = await connector.read('task', [`report-${report.reportId}-step-unit-2-1`]);
  expect([...task.values()][0]?.fields).toMatchObject({
    what: 'Send the quote',
    due: '2026-03-06',
    owner: 'rep',
  });
});
