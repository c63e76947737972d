import { randomUUID } from 'node:crypto';
import {
  CRM_OBJECT_TYPES,
  type CrmFieldValue,
  type CrmObjectType,
} from '../../../../crm-sync/connectors/connector.ts';
import { createLanes } from '../../../../crm-sync/ledger/deliver-connector.ts';
import { retryAllFailed } from '../../../../crm-sync/ledger/settle-entry.ts';
import { createTemplates } from '../../../../crm-sync/mapping/templates.ts';
import { enqueueReport } from '../../../../crm-sync/outbox/enqueue-report.ts';
import { findUndelivered } from '../../../../crm-sync/outbox/find-undelivered.ts';
import { planReport, processOutboxEntry } from '../../../../crm-sync/outbox/process-outbox-entry.ts';
import {
  buildAccount,
  buildContact,
  buildReport,
  buildUser,
  correctReport,
} from '../../../support/build-report.ts';
import type { ConnectorRig } from './connector-rig.ts';
import type { CrmFault, FaultSubject } from './played-crm.ts';

interface StoryFault {
  kind: CrmFault;
  /** Armed before this is delivered. */
  when: 'first' | 'correction';
  subject: FaultSubject;
}

/** What a story leaves behind, with everything replaced that differs from one telling to the next. */
export interface StoryEnd {
  /** Fields by `objectType key`. */
  records: Record<string, Record<string, CrmFieldValue>>;
  /** How many records the CRM has by each key. */
  counts: number[];
  statuses: Record<string, number>;
  /** Sentences of entries that failed until the CRM was mended. */
  failedOnTheWay: string[];
}

/**
 * A report with people, values and next steps is delivered, then its correction, which says some of it otherwise and
 * one step no more. A fault that stays is mended after the first delivery, and what failed tried again.
 */
export async function tellStory(
  rig: ConnectorRig,
  { fault, requestTimeoutMs }: { fault?: StoryFault; requestTimeoutMs?: number },
): Promise<StoryEnd> {
  const { database, clock, connectorId, played } = rig;
  const { prisma } = database;
  const connector = rig.open(requestTimeoutMs === undefined ? {} : { requestTimeoutMs });
  const deps = {
    ...rig.platform,
    openConnector: () => connector,
    templates: createTemplates(),
    publicUrl: 'https://dictaline.example',
  };

  const lanes = createLanes(deps);
  /** Until nothing of the report waits, with the clock going on: what was asked to wait for passes. */
  async function deliver(): Promise<void> {
    for (let round = 0; round < 60; round += 1) {
      const { outboxEntryIds, connectorIds } = await findUndelivered(deps);
      for (const id of outboxEntryIds) await processOutboxEntry(deps, id).catch(() => {});
      for (const id of connectorIds) await lanes.run(id, async () => {});
      const open = await prisma.outboxEntry.count({ where: { reportId, processedAt: null } });
      const waiting = await prisma.syncEntry.count({ where: { reportId, status: 'waiting' } });
      if (open === 0 && waiting === 0) return;
      if (outboxEntryIds.length === 0) clock.advance(2 * 3600_000);
    }
    throw new Error('entries still wait after sixty rounds');
  }
  const enqueue = (version: number) =>
    prisma.$transaction((tx) =>
      enqueueReport(tx, {
        reportId,
        transcriptVersion: version,
        kind: version === 1 ? 'finalized' : 'corrected',
      }),
    );

  const unique = randomUUID();
  const rep = await buildUser(database, { name: 'Ann Lee' });
  const { email } = await prisma.user.findUniqueOrThrow({ where: { id: rep.id }, select: { email: true } });
  const account = await buildAccount(database, { name: 'Hill Mill', externalId: `account-${unique}` });
  const contact = await buildContact(database, {
    accountId: account.id,
    name: 'Joe Hill',
    externalId: `contact-${unique}`,
  });
  const built = await buildReport(database, {
    speakerId: rep.id,
    accountId: account.id,
    contactIds: [contact.id],
    sentiment: 1,
    meetingDate: '2026-03-02',
    meetingType: 'visit',
    units: [
      { text: 'I saw Joe Hill today.', codes: ['admin'] },
      { text: 'He says “the price” is <too high> & late,', codes: ['objection-risk', 'pricing'] },
      { text: 'they want three pumps.', codes: ['need'] },
    ],
    fields: [
      { field: 'sentiment', value: 1, display: 'positive' },
      { field: 'meeting_type', value: 'visit' },
      { field: 'stage', value: 'proposal', unit: 2 },
      { field: 'product', value: 'p1', display: 'Pump One', unit: 3 },
    ],
    nextSteps: [
      { text: 'Send the quote', due: '2026-03-06', unit: 2 },
      { text: 'Call the office', due: null, unit: 3 },
    ],
  });
  const { reportId } = built;
  const failedOnTheWay: string[] = [];

  if (fault?.when === 'first') played.arm(fault.kind, fault.subject);
  await enqueue(1);
  await deliver();
  const failed = await prisma.syncEntry.findMany({ where: { reportId, status: 'failed' } });
  failedOnTheWay.push(...failed.map(({ lastError }) => lastError ?? ''));
  if (failed.length > 0) {
    played.mend();
    // As when the connection is checked after the CRM was mended: opened anew, it asks how the CRM is made up.
    await planReport(deps, reportId);
    await retryAllFailed(rig.platform, { connectorId, actorId: rep.id });
    await deliver();
  }

  clock.advance(3600_000);
  await correctReport(database, built, {
    units: [
      { text: 'I saw Joe Hill today.', codes: ['admin'] },
      { text: 'He says the price is fine,', codes: ['commitment', 'pricing'] },
    ],
    fields: [
      { field: 'sentiment', value: 1, display: 'positive' },
      { field: 'meeting_type', value: 'visit' },
      { field: 'stage', value: 'negotiation', unit: 5 },
    ],
    nextSteps: [{ text: 'Send the contract', due: '2026-03-09', unit: 5 }],
  });
  if (fault?.when === 'correction') played.arm(fault.kind, fault.subject);
  await enqueue(2);
  await deliver();

  const names: [string, string][] = [
    [reportId, 'REPORT'],
    [built.reference, 'REFERENCE'],
    [unique, 'UNIQUE'],
    [rep.id, 'REP'],
    [email, 'REP@'],
  ];
  const plain = <T>(value: T): T =>
    JSON.parse(names.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(value))) as T;

  const entries = await prisma.syncEntry.findMany({ where: { reportId } });
  const records: StoryEnd['records'] = {};
  const counts: number[] = [];
  for (const objectType of CRM_OBJECT_TYPES) {
    const keys = [...new Set(entries.filter((entry) => entry.objectType === objectType).map(keyOf))].sort();
    for (const [externalKey, { fields }] of await readAll(objectType, keys)) {
      records[plain(`${objectType} ${externalKey}`)] = plain(fields);
      counts.push(played.count(objectType, externalKey));
    }
  }
  const statuses: Record<string, number> = {};
  for (const { status } of entries) statuses[status] = (statuses[status] ?? 0) + 1;
  return { records, counts, statuses, failedOnTheWay };

  async function readAll(objectType: CrmObjectType, keys: readonly string[]) {
    const found = keys.length === 0 ? [] : [...(await connector.read(objectType, keys))];
    return found.sort(([a], [b]) => a.localeCompare(b));
  }
}

function keyOf({ externalKey }: { externalKey: string }): string {
  return externalKey;
}
