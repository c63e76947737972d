import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { editValue } from '../../crm-sync/builtin-crm/edit-value.ts';
import { findRecordId, recordDetail } from '../../crm-sync/builtin-crm/records.ts';
import { previewUndo } from '../../crm-sync/ledger/preview-undo.ts';
import { syncStateOfReport } from '../../crm-sync/ledger/sync-state.ts';
import { deliverAnew, undoReport } from '../../crm-sync/ledger/undo-report.ts';
import { NotFound } from '../../platform/errors.ts';
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
let accountId: string;
const KEY = 'a1';

beforeEach(async () => {
  rig = await createDeliveryRig({ db: emptyDatabase() });
  repId = (await buildUser(rig.database, { name: 'Ann Lee' })).id;
  accountId = (await buildAccount(rig.database, { name: 'Hill Mill', externalId: KEY })).id;
});

const says = (stage: string, product = 'Pump One') => ({
  units: [{ text: `They are at ${stage}.`, codes: ['opportunity'] }],
  fields: [
    { field: 'stage', value: stage, unit: 1 },
    { field: 'product', value: product, display: product, unit: 1 },
  ],
});

async function report(more: ReportToBuild): Promise<BuiltReport> {
  const built = await buildReport(rig.database, { speakerId: repId, accountId, ...more });
  await rig.enqueue(built.reportId);
  await rig.deliverAll();
  rig.clock.advance(60_000);
  return built;
}

async function correct(built: BuiltReport, content: ReportToBuild): Promise<void> {
  const { version } = await correctReport(rig.database, built, content);
  await rig.enqueue(built.reportId, version);
  await rig.deliverAll();
  rig.clock.advance(60_000);
}

async function type(field: string, text: string): Promise<void> {
  const recordId = (await findRecordId(rig, 'account', KEY)) ?? '';
  const revision = (await recordDetail(rig, recordId))?.revision ?? 0;
  await editValue(rig, { recordId, field, text, revision, requestId: randomUUID(), actorId: repId });
}

const account = () => rig.fieldsOf('account', KEY);
const undo = async ({ reportId }: BuiltReport, scope: 'last' | 'all' = 'all') => {
  const undone = await undoReport(rig.deps, { reportId, scope, actorId: repId });
  await rig.deliverAll();
  rig.clock.advance(60_000);
  return undone;
};
const preview = async ({ reportId }: BuiltReport, scope: 'last' | 'all' = 'all') =>
  (await previewUndo(rig.deps, { reportId, scope })).lines;
/** As when a mapping changes or codes are merged. */
const planAnew = async () => {
  await rig.database.prisma.outboxEntry.updateMany({ data: { processedAt: null } });
  await rig.deliverAll();
};
const countOf = (objectType: string) => rig.database.prisma.crmRecord.count({ where: { objectType } });

test('a report that is taken back leaves nothing behind but what others wrote, until it is delivered anew', async () => {
  const built = await report({ ...says('proposal'), nextSteps: [{ text: 'Call', unit: 1 }] });
  const written = await account();
  const note = String(written.meeting_notes);
  await type('meeting_notes', `A note of theirs.\n\n${note}`);
  await type('products', 'Pump One\nTheirs');

  const lines = await preview(built);
  expect(lines.find(({ field }) => field === 'stage')).toMatchObject({
    does: 'restore',
    wrote: 'proposal',
    now: 'proposal',
    becomes: null,
    fieldLabel: 'Stage',
    recordName: 'Hill Mill',
  });
  expect(lines.find(({ field }) => field === 'products')).toMatchObject({ becomes: ['Theirs'] });
  expect(new Set(lines.filter(({ objectType }) => objectType !== 'account').map(({ does }) => does))).toEqual(
    new Set(['remove']),
  );
  expect(await account()).toMatchObject({ stage: 'proposal' });

  expect(await undo(built)).toEqual({ changed: true, connectorIds: [rig.connectorId] });
  const after = { meeting_notes: 'A note of theirs.', products: ['Theirs'] };
  expect(await account()).toEqual(after);
  expect([await countOf('task'), await countOf('activity')]).toEqual([0, 0]);
  expect(await syncStateOfReport(rig, built.reportId)).toMatchObject({
    state: 'written',
    takenBack: { by: { name: 'Ann Lee' }, scope: 'all' },
  });

  expect(await undo(built)).toEqual({ changed: false, connectorIds: [] });
  await planAnew();
  expect(await account()).toEqual(after);

  const anew = { reportId: built.reportId, actorId: repId };
  expect(await deliverAnew(rig.deps, anew)).toEqual({ changed: true });
  expect(await deliverAnew(rig.deps, anew)).toEqual({ changed: false });
  await rig.deliverAll();
  expect(await account()).toMatchObject({ stage: 'proposal', products: ['Theirs', 'Pump One'] });
  expect((await account()).meeting_notes).toBe(`${note}\n\nA note of theirs.`);
  expect([await countOf('task'), await countOf('activity')]).toEqual([1, 1]);
  expect((await syncStateOfReport(rig, built.reportId)).takenBack).toBeNull();
  const audit = await rig.database.prisma.auditEntry.findMany({ where: { subjectId: built.reportId } });
  expect(audit.map(({ action }) => action).sort()).toEqual(['sync.delivered_anew', 'sync.undone']);
});

test('what somebody changed since stays, and a sentence says so before and after', async () => {
  const built = await report({ ...says('proposal'), nextSteps: [{ text: 'Call', unit: 1 }] });
  await type('stage', 'lost');
  const task = `report-${built.reportId}-step-unit-1-1`;
  const taskId = (await findRecordId(rig, 'task', task)) ?? '';
  const revision = (await recordDetail(rig, taskId))?.revision ?? 0;
  const mine = { recordId: taskId, field: 'what', text: 'Call Joe', requestId: randomUUID(), actorId: repId };
  await editValue(rig, { ...mine, revision });

  const lines = await preview(built);
  expect(lines.find(({ field }) => field === 'stage')).toMatchObject({
    does: 'nothing',
    becomes: 'lost',
    reason: expect.stringContaining('changed since'),
  });
  expect(lines.find(({ objectType }) => objectType === 'task')).toMatchObject({
    does: 'nothing',
    reason: expect.stringMatching(/^Somebody has changed this task .+\.$/),
  });
  await undo(built);
  expect(await account()).toEqual({ stage: 'lost' });
  expect(await rig.fieldsOf('task', task)).toMatchObject({ what: 'Call Joe' });
  const { entries } = await syncStateOfReport(rig, built.reportId);
  expect(entries.find(({ field }) => field === 'stage')).toMatchObject({ status: 'skipped', withdraw: true });
});

test('only the last version: what the one before it said stands there again', async () => {
  const built = await report({ ...says('proposal'), nextSteps: [{ text: 'Call', unit: 1 }] });
  const first = await account();
  await correct(built, says('negotiation', 'Pump Two'));
  expect((await account()).products).toEqual(['Pump Two']);
  expect(await countOf('task')).toBe(0);
  await undo(built, 'last');
  expect(await account()).toEqual(first);
  expect(await countOf('task')).toBe(1);
  // Everything may go after that, too.
  expect(await undo(built, 'last')).toMatchObject({ changed: false });
  expect(await undo(built, 'all')).toMatchObject({ changed: true });
  expect(await account()).toEqual({});
});

test('what stood there before comes back; a value of a report that was taken back does not', async () => {
  const one = await report(says('proposal'));
  const two = await report({ ...says('negotiation'), calledAt: new Date('2026-03-03T15:00:00Z') });
  expect(await preview(one)).toContainEqual(
    expect.objectContaining({ field: 'stage', does: 'nothing', now: 'negotiation' }),
  );
  expect(await preview(two)).toContainEqual(
    expect.objectContaining({ field: 'stage', does: 'restore', becomes: 'proposal' }),
  );
  await undo(one);
  expect((await account()).stage).toBe('negotiation');
  await undo(two);
  expect(await account()).toEqual({});
});

test('a correction is written although the version before it was taken back', async () => {
  const built = await report(says('proposal'));
  await undo(built);
  expect(await account()).toEqual({});
  await correct(built, says('won'));
  expect(await account()).toMatchObject({ stage: 'won' });
  expect((await syncStateOfReport(rig, built.reportId)).takenBack).toBeNull();
});

test('what was not written yet never is, and what may have been is taken back', async () => {
  rig.faults.push({ kind: 'lost_after' }, { kind: 'lost_after' });
  const built = await buildReport(rig.database, { speakerId: repId, accountId, ...says('proposal') });
  await rig.enqueue(built.reportId);
  await rig.sweepOnce();
  await rig.sweepOnce();
  expect(await account()).toMatchObject({ stage: 'proposal' });
  const { notYetWritten } = await previewUndo(rig.deps, { reportId: built.reportId, scope: 'all' });
  expect(notYetWritten).toBeGreaterThan(0);
  rig.faults.length = 0;
  await undo(built);
  expect(await account()).toEqual({});
  expect(await countOf('activity')).toBe(0);
});

test('a report that does not exist can’t be taken back', async () => {
  const gone = { reportId: randomUUID(), actorId: repId };
  await expect(undoReport(rig.deps, { ...gone, scope: 'all' })).rejects.toThrow(NotFound);
  await expect(previewUndo(rig.deps, { ...gone, scope: 'all' })).rejects.toThrow(NotFound);
  await expect(deliverAnew(rig.deps, gone)).rejects.toThrow(NotFound);
});
