import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { editValue } from '../../crm-sync/builtin-crm/edit-value.ts';
import { findRecordId, recordDetail } from '../../crm-sync/builtin-crm/records.ts';
import { CrmError } from '../../crm-sync/connectors/crm-error.ts';
import { syncFlow, syncStateOfReport } from '../../crm-sync/ledger/sync-state.ts';
import {
  type BuiltReport,
  buildAccount,
  buildReport,
  buildUser,
  correctReport,
  type ReportToBuild,
} from '../support/build-report.ts';
import { useEmptyDatabase } from '../support/test-database.ts';
import { createDeliveryRig, type DeliveryRig } from './delivery-rig.ts';

const emptyDatabase = useEmptyDatabase();
let rig: DeliveryRig;
let repId: string;
beforeEach(async () => {
  rig = await createDeliveryRig({ forgetful: true, db: emptyDatabase() });
  repId = (await buildUser(rig.database, { name: 'Ann Lee' })).id;
});

const says = (stage: string): ReportToBuild => ({
  units: [{ text: `They are at ${stage}.`, codes: ['opportunity'] }],
  fields: [{ field: 'stage', value: stage, unit: 1 }],
});

async function report(key: string, more: ReportToBuild): Promise<BuiltReport> {
  const known = await rig.database.prisma.account.findUnique({ where: { externalId: key } });
  const account = known ?? (await buildAccount(rig.database, { externalId: key, name: key }));
  const built = await buildReport(rig.database, { speakerId: repId, accountId: account.id, ...more });
  await rig.enqueue(built.reportId);
  return built;
}

const attempts = async () =>
  (await rig.database.prisma.syncEntry.aggregate({ _max: { attempts: true } }))._max.attempts;
const connector = () => rig.database.prisma.connector.findUniqueOrThrow({ where: { id: rig.connectorId } });

test('a time-out after the write was done gives one record, and text is appended once', async () => {
  rig.faults.push({ kind: 'lost_after' }, { kind: 'lost_after' }, { kind: 'lost_after' });
  const built = await report('a1', { ...says('proposal'), nextSteps: [{ text: 'Call', unit: 1 }] });
  await rig.deliverAll();
  expect((await rig.fieldsOf('account', 'a1')).meeting_notes).toBe(
    `2026-03-02 · Ann Lee · ${built.reference}\nThey are at proposal.`,
  );
  expect(await rig.database.prisma.crmValue.count({ where: { supersededAt: { not: null } } })).toBe(0);
  expect((await syncStateOfReport(rig, built.reportId)).state).toBe('written');

  // A correction after a time-out takes the place of what may have been written, and is not added to it.
  rig.faults.push({ kind: 'lost_after' });
  const { version } = await correctReport(rig.database, built, says('won'));
  await rig.enqueue(built.reportId, version);
  await rig.deliverAll();
  expect(await rig.fieldsOf('account', 'a1')).toMatchObject({
    stage: 'won',
    meeting_notes: `2026-03-02 · Ann Lee · ${built.reference}\nThey are at won.`,
  });
  expect(await rig.database.prisma.crmRecord.count({ where: { objectType: 'task' } })).toBe(0);
});

test('after a time-out somebody’s change over our write is found and stays', async () => {
  rig.faults.push({ kind: 'lost_after' });
  const built = await report('a1', says('proposal'));
  await rig.sweepOnce();
  await rig.sweepOnce();
  const recordId = (await findRecordId(rig, 'account', 'a1')) ?? '';
  const revision = (await recordDetail(rig, recordId))?.revision ?? 0;
  const theirs = { recordId, field: 'stage', text: 'lost', revision, requestId: randomUUID() };
  await editValue(rig, { ...theirs, actorId: repId });
  await rig.deliverAll();
  expect((await rig.fieldsOf('account', 'a1')).stage).toBe('lost');
  const { entries } = await syncStateOfReport(rig, built.reportId);
  expect(entries.find(({ field }) => field === 'stage')).toMatchObject({ status: 'conflict', found: 'lost' });
});

test('two processes at once write everything once', async () => {
  const first = await report('a1', says('proposal'));
  const second = await report('a1', says('won'));
  await report('a2', says('lost'));
  await rig.sweepOnce();
  const both = [rig.otherLanes(), rig.otherLanes()];
  const { version } = await correctReport(rig.database, first, says('negotiation'));
  await rig.enqueue(first.reportId, version);
  await Promise.all([rig.sweepOnce(), ...both.map((lanes) => lanes.run(rig.connectorId, async () => {}))]);
  await rig.deliverAll();
  const notes = String((await rig.fieldsOf('account', 'a1')).meeting_notes);
  for (const built of [first, second]) expect(notes.split(built.reference)).toHaveLength(2);
  expect(await rig.statuses()).not.toHaveProperty('failed');
});

test('the CRM’s limit holds the whole connector, costs no attempt, and everything goes on by itself', async () => {
  const limit = new CrmError('limit', 'HubSpot asked us to wait; it goes on by itself.', {
    status: 429,
    retryAfterMs: 60_000,
  });
  rig.faults.push({ kind: 'refused', error: limit });
  for (const key of ['a1', 'a2', 'a3']) await report(key, says('proposal'));
  await rig.sweepOnce();
  await rig.sweepOnce();
  // The account's request was refused; nobody else asked.
  expect(rig.connector.writes).toBe(1);
  expect(await attempts()).toBe(0);
  rig.clock.advance(59_000);
  await rig.sweepOnce();
  expect(rig.connector.writes).toBe(1);
  rig.clock.advance(2_000);
  await rig.sweepOnce();
  expect(await rig.statuses()).toEqual({ written: expect.any(Number) });
  expect(await attempts()).toBe(1);
});

test('a connection that is closed is said once, and open again everything goes on', async () => {
  const closed = new CrmError('connection', 'HubSpot does not let us in; enter its credentials again.', {
    status: 401,
  });
  rig.faults.push({ kind: 'refused', error: closed }, { kind: 'refused', error: closed });
  for (const key of ['a1', 'a2']) await report(key, says('proposal'));
  await rig.sweepOnce();
  await rig.sweepOnce();
  expect(await syncFlow(rig.deps)).toMatchObject([{ hold: { kind: 'blocked', reason: closed.message } }]);
  rig.clock.advance(24 * 3600_000);
  await rig.sweepOnce();
  expect([rig.connector.writes, await attempts()]).toEqual([1, 0]);
  expect(await rig.database.prisma.syncEntry.count({ where: { lastError: { not: null } } })).toBe(0);

  // Other credentials are tried at once; these are wrong, too, and then the right ones.
  for (const writes of [2, 3]) {
    const changedAt = new Date((await connector()).checkedAt?.getTime() ?? 0);
    changedAt.setSeconds(changedAt.getSeconds() + 1);
    await rig.database.prisma.connector.update({ where: { id: rig.connectorId }, data: { changedAt } });
    await rig.sweepOnce();
    expect(rig.connector.writes).toBeGreaterThanOrEqual(writes);
  }
  expect(await rig.statuses()).toEqual({ written: expect.any(Number) });
  expect(await connector()).toMatchObject({ checkProblem: null });
});

test('one account with a long backlog does not hold up the others, and what is urgent goes first', async () => {
  for (let index = 0; index < 6; index += 1) await report('big', says('proposal'));
  const small = await report('small', says('won'));
  const urgent = await report('urgent', { ...says('lost'), urgent: true });
  const order: string[] = [];
  const lanes = rig.otherLanes();
  // Planned first, all of them; then delivered, one round after the other.
  await rig.sweepOnce();
  rig.connector.capabilities.maxBatch = 1;
  await lanes.run(rig.connectorId, async ({ reportIds }) => {
    order.push(...reportIds);
  });
  expect(order).toHaveLength(8);
  expect(order[0]).toBe(urgent.reportId);
  expect(order.indexOf(small.reportId)).toBeLessThanOrEqual(2);
});
