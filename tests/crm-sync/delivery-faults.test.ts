import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { editValue } from '../../crm-sync/builtin-crm/edit-value.ts';
import { fieldHistory, findRecordId, recordDetail, whereFrom } from '../../crm-sync/builtin-crm/records.ts';
import { deliverGroupOf } from '../../crm-sync/ledger/deliver-entry.ts';
import { retryAllFailed, retryEntry, settleConflict } from '../../crm-sync/ledger/settle-entry.ts';
import { listEntries, listProblems, syncFlow, syncStateOfReport } from '../../crm-sync/ledger/sync-state.ts';
import { processOutboxEntry } from '../../crm-sync/outbox/process-outbox-entry.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
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

const stage = (value: string) => ({
  stage: value,
  units: [{ text: `They are at ${value}.`, codes: ['opportunity'] }],
  fields: [{ field: 'stage', value, unit: 1 }],
});

async function report(more: ReportToBuild): Promise<BuiltReport> {
  const built = await buildReport(rig.database, { speakerId: repId, accountId, ...more });
  await rig.enqueue(built.reportId);
  return built;
}

/** A person types into the CRM. */
async function type(field: string, text: string, actorId = repId): Promise<void> {
  const recordId = await accountRecordId();
  const record = await recordDetail(rig, recordId);
  await editValue(rig, {
    recordId,
    field,
    text,
    revision: record?.revision ?? 0,
    requestId: randomUUID(),
    actorId,
  });
}

async function accountRecordId(): Promise<string> {
  return (await findRecordId(rig, 'account', KEY)) ?? '';
}

const account = () => rig.fieldsOf('account', KEY);
const entryOf = async (built: BuiltReport, field: string) => {
  const { entries } = await syncStateOfReport(rig, built.reportId);
  const entry = entries.find((each) => each.objectType === 'account' && each.field === field);
  if (entry === undefined) throw new Error(`no entry for ${field}`);
  return entry;
};

test('delivered twice, or planned twice, is delivered once', async () => {
  const built = await report(stage('proposal'));
  await rig.deliverAll();
  const values = await rig.database.prisma.crmValue.count();
  const writes = rig.connector.writes;
  await rig.database.prisma.outboxEntry.updateMany({ data: { processedAt: null } });
  await rig.enqueue(built.reportId);
  await rig.deliverAll();
  expect(await rig.database.prisma.crmValue.count()).toBe(values);
  expect(rig.connector.writes).toBe(writes);
  expect(await rig.database.prisma.crmRecord.count({ where: { objectType: 'activity' } })).toBe(1);
});

test('a CRM that can’t say what it has is noted, and asked again', async () => {
  const built = await report(stage('proposal'));
  const outbox = await rig.database.prisma.outboxEntry.findFirstOrThrow();
  const describe = rig.connector.describe;
  rig.connector.describe = () => Promise.reject(new TypeError('secret words'));
  await expect(processOutboxEntry(rig.deps, outbox.id)).rejects.toThrow(TypeError);
  expect(await rig.database.prisma.outboxEntry.findFirstOrThrow()).toMatchObject({
    processedAt: null,
    attempts: 1,
    lastError: 'Could not be planned (TypeError); it is tried again by itself.',
  });
  expect((await syncStateOfReport(rig, built.reportId)).state).toBe('waiting');
  rig.connector.describe = describe;
  await rig.deliverAll();
  expect(await rig.database.prisma.outboxEntry.findFirstOrThrow()).toMatchObject({ lastError: null });
  expect((await account()).stage).toBe('proposal');
});

test('two workers at once make one record of each and no value twice', async () => {
  await report({
    ...stage('proposal'),
    nextSteps: [
      { text: 'Call', unit: 1 },
      { text: 'Write', unit: 1 },
    ],
  });
  await Promise.all([rig.sweepOnce(), rig.sweepOnce(), rig.sweepOnce()]);
  await rig.deliverAll();
  expect(
    await rig.database.prisma.crmRecord.groupBy({
      by: ['objectType'],
      _count: true,
      orderBy: { objectType: 'asc' },
    }),
  ).toMatchObject([
    { objectType: 'account', _count: 1 },
    { objectType: 'activity', _count: 1 },
    { objectType: 'task', _count: 2 },
  ]);
  expect(await rig.database.prisma.crmValue.count({ where: { supersededAt: { not: null } } })).toBe(0);
});

test('a time-out after the write was done gives one record, and is known as written afterwards', async () => {
  rig.faults.push({ kind: 'lost_after' }, { kind: 'lost_after' }, { kind: 'lost_after' });
  const built = await report({ ...stage('proposal'), nextSteps: [{ text: 'Call', unit: 1 }] });
  await rig.sweepOnce();
  await rig.sweepOnce();
  expect((await syncStateOfReport(rig, built.reportId)).state).toBe('waiting');
  await rig.deliverAll();
  expect(await rig.statuses()).toEqual({ written: expect.any(Number) });
  expect(await rig.database.prisma.crmValue.count({ where: { supersededAt: { not: null } } })).toBe(0);
  expect((await account()).meeting_notes).toBe(
    `2026-03-02 · Ann Lee · ${built.reference}\nThey are at proposal.`,
  );
});

test('after a time-out somebody’s change over our write stays, and is no conflict', async () => {
  rig.faults.push({ kind: 'lost_after' });
  const built = await report(stage('proposal'));
  await rig.sweepOnce();
  await rig.sweepOnce();
  await type('stage', 'lost');
  await rig.deliverAll();
  expect((await account()).stage).toBe('lost');
  expect(await entryOf(built, 'stage')).toMatchObject({ status: 'written' });
  expect((await syncStateOfReport(rig, built.reportId)).state).toBe('written');
});

test('a correction after a time-out knows the value that may have been written as ours', async () => {
  rig.faults.push({ kind: 'lost_after' });
  const built = await report(stage('proposal'));
  await rig.sweepOnce();
  await rig.sweepOnce();
  const { version } = await correctReport(rig.database, built, stage('negotiation'));
  await rig.enqueue(built.reportId, version);
  await rig.deliverAll();
  expect((await account()).stage).toBe('negotiation');
  expect(await account()).toMatchObject({
    meeting_notes: `2026-03-02 · Ann Lee · ${built.reference}\nThey are at negotiation.`,
  });
  expect((await syncStateOfReport(rig, built.reportId)).state).toBe('written');
});

test('a CRM that is down is tried again, later and later, never sooner than it asked for', async () => {
  rig.faults.push({ kind: 'transient', retryAfterMs: 90_000 }, { kind: 'lost_before' });
  const built = await report(stage('proposal'));
  await rig.sweepOnce();
  await rig.sweepOnce();
  const first = await entryOf(built, 'stage');
  expect(first).toMatchObject({ status: 'waiting', message: expect.stringContaining('by itself') });
  expect(first.nextAttemptAt?.getTime()).toBeGreaterThanOrEqual(rig.clock.now().getTime() + 90_000);
  rig.clock.advance(89_000);
  expect(await rig.sweepOnce()).toBe(false);
  rig.clock.advance(30_000);
  await rig.sweepOnce();
  expect((await entryOf(built, 'stage')).nextAttemptAt?.getTime()).toBeGreaterThan(rig.clock.now().getTime());
  await rig.deliverAll();
  expect((await account()).stage).toBe('proposal');
});

test('a CRM that stays down becomes a problem that says what to do, and trying again helps', async () => {
  rig.faults.push(...Array.from({ length: 40 }, () => ({ kind: 'lost_before' }) as const));
  const built = await report(stage('proposal'));
  await rig.deliverAll();
  const state = await syncStateOfReport(rig, built.reportId);
  expect(state.state).toBe('failed');
  const problems = await listProblems(rig);
  expect(problems).toHaveLength(state.counts.failed);
  expect(problems[0]?.message).toMatch(/check the CRM, then try again\.$/);
  rig.faults.length = 0;
  const retried = await retryAllFailed(rig, { connectorId: rig.connectorId, actorId: repId });
  expect(retried).toBe(problems.length);
  const [entry] = problems;
  expect(await deliverGroupOf(rig.deps, entry?.id ?? '')).toMatchObject({ kind: 'done' });
  await rig.deliverAll();
  expect((await syncStateOfReport(rig, built.reportId)).state).toBe('written');
  expect(await listProblems(rig)).toEqual([]);
});

test('a field that the CRM refuses fails alone; corrected there, it is tried again', async () => {
  await rig.database.prisma.crmField.update({
    where: { objectType_key: { objectType: 'account', key: 'stage' } },
    data: { options: ['won'] },
  });
  const built = await report(stage('proposal'));
  await rig.deliverAll();
  const entry = (await syncStateOfReport(rig, built.reportId)).entries.find(({ field }) => field === 'stage');
  expect(entry).toMatchObject({ status: 'failed', message: expect.stringContaining('mapping') });
  expect((await account()).last_meeting).toBe('2026-03-02');
});

test('a refusal that names one field of a record leaves the others written', async () => {
  rig.faults.push({ kind: 'permanent', field: 'stage' });
  const built = await report(stage('proposal'));
  await rig.deliverAll();
  expect(await entryOf(built, 'stage')).toMatchObject({ status: 'failed', message: 'Refused; ask.' });
  expect(await account()).toMatchObject({ last_meeting: '2026-03-02' });
  expect(await account()).not.toHaveProperty('stage');
  const entry = await entryOf(built, 'stage');
  expect(await retryEntry(rig, { entryId: entry.id, actorId: repId })).toEqual({ waiting: true });
  await rig.deliverAll();
  expect((await account()).stage).toBe('proposal');
});

test('somebody else’s value is never overwritten; a person decides', async () => {
  await report(stage('proposal'));
  await rig.deliverAll();
  await type('stage', 'lost');
  const second = await report({ ...stage('won'), calledAt: new Date('2026-03-03T15:00:00Z') });
  await rig.deliverAll();
  expect((await account()).stage).toBe('lost');
  const entry = await entryOf(second, 'stage');
  expect(entry).toMatchObject({ status: 'conflict', wanted: 'won', found: 'lost' });
  expect(await syncFlow(rig.deps)).toMatchObject([{ conflicts: 1, failed: 0, waiting: 0 }]);
  expect(await listEntries(rig.deps, { connectorId: rig.connectorId, status: 'conflict' })).toEqual([entry]);

  const settle = (keep: 'ours' | 'theirs') =>
    settleConflict(rig, { entryId: entry.id, keep, actorId: repId });
  expect(await settle('ours')).toEqual({ waiting: true });
  expect(await settle('ours')).toEqual({ waiting: true });
  await expect(settle('theirs')).rejects.toThrow(Conflict);
  await rig.deliverAll();
  expect((await account()).stage).toBe('won');
  const history = await fieldHistory(rig, { recordId: await accountRecordId(), field: 'stage' });
  expect(history.map(({ value, origin }) => [value, origin])).toEqual([
    ['won', 'dictaline'],
    ['lost', 'person'],
    ['proposal', 'dictaline'],
  ]);
  expect(history[0]?.confirmedBy?.name).toBe('Ann Lee');
});

test('an approval does not cover what was typed after it', async () => {
  await report(stage('proposal'));
  await rig.deliverAll();
  await type('stage', 'lost');
  const second = await report(stage('won'));
  await rig.deliverAll();
  const entry = await entryOf(second, 'stage');
  await settleConflict(rig, { entryId: entry.id, keep: 'ours', actorId: repId });
  await type('stage', 'service');
  await rig.deliverAll();
  expect((await account()).stage).toBe('service');
  expect(await entryOf(second, 'stage')).toMatchObject({ status: 'conflict', found: 'service' });
  await settleConflict(rig, { entryId: entry.id, keep: 'theirs', actorId: repId });
  await rig.deliverAll();
  expect((await account()).stage).toBe('service');
  expect((await syncStateOfReport(rig, second.reportId)).state).toBe('written');
});

test('a change between our reading and our writing is seen', async () => {
  await report(stage('proposal'));
  await rig.deliverAll();
  rig.faults.push({ kind: 'meanwhile', act: () => type('stage', 'lost') });
  const second = await report(stage('won'));
  await rig.deliverAll();
  expect((await account()).stage).toBe('lost');
  expect(await entryOf(second, 'stage')).toMatchObject({ status: 'conflict', found: 'lost' });
  expect(await entryOf(second, 'meeting_notes')).toMatchObject({ status: 'written' });
});

test('a report of an earlier call that comes later leaves the newer value and adds its notes', async () => {
  const newer = await report({ ...stage('negotiation'), calledAt: new Date('2026-03-05T15:00:00Z') });
  await rig.deliverAll();
  const older = await report({ ...stage('proposal'), calledAt: new Date('2026-03-01T15:00:00Z') });
  await rig.deliverAll();
  expect(await account()).toMatchObject({ stage: 'negotiation', last_meeting: '2026-03-05' });
  expect(await entryOf(older, 'stage')).toMatchObject({
    status: 'skipped',
    message: expect.stringContaining('later call'),
  });
  expect((await account()).meeting_notes).toContain(older.reference);
  expect((await account()).meeting_notes).toContain(newer.reference);
});

test('a correction changes what it changes, takes back what it dropped, and leaves the rest alone', async () => {
  const built = await report({
    ...stage('proposal'),
    fields: [
      { field: 'stage', value: 'proposal' },
      { field: 'product', value: 'p1', display: 'Pump One' },
      { field: 'product', value: 'p2', display: 'Pump Two' },
    ],
  });
  await rig.deliverAll();
  await type('products', 'Pump One\nPump Two\nTheirs');
  const { version } = await correctReport(rig.database, built, {
    units: [{ text: 'They want a pump.', codes: ['need'] }],
    fields: [{ field: 'product', value: 'p2', display: 'Pump Two' }],
  });
  await rig.enqueue(built.reportId, version);
  await rig.deliverAll();
  expect(await account()).toEqual({
    last_meeting: '2026-03-02',
    products: ['Pump Two', 'Theirs'],
    needs: `2026-03-02 · Ann Lee · ${built.reference}\n[2] They want a pump.`,
    meeting_notes: `2026-03-02 · Ann Lee · ${built.reference}\nThey want a pump.`,
  });
  expect(await rig.fieldsOf('activity', `report-${built.reportId}`)).toMatchObject({
    text: '[2] They want a pump.',
  });
});

test('only what is sure enough is written; what is confirmed later follows', async () => {
  await rig.database.prisma.fieldMapping.updateMany({
    where: { source: 'stage' },
    data: { confirmedOnly: true },
  });
  const built = await report({
    ...stage('proposal'),
    fields: [{ field: 'stage', value: 'proposal', certainty: 'suggested', confidence: 0.9 }],
  });
  await rig.deliverAll();
  expect(await account()).not.toHaveProperty('stage');
  expect(await entryOf(built, 'stage')).toMatchObject({
    status: 'skipped',
    message: expect.stringContaining('confirm it'),
  });
  await rig.database.prisma.fieldValue.updateMany({ data: { certainty: 'confirmed', confirmedById: repId } });
  await rig.database.prisma.outboxEntry.updateMany({ data: { processedAt: null } });
  await rig.deliverAll();
  expect((await account()).stage).toBe('proposal');
});

test('a report without an account reaches the CRM as an activity', async () => {
  const built = await report({ ...stage('proposal'), accountId: null });
  await rig.deliverAll();
  expect(await rig.fieldsOf('activity', `report-${built.reportId}`)).toMatchObject({
    reference: built.reference,
  });
  expect(await rig.database.prisma.crmRecord.count({ where: { objectType: 'account' } })).toBe(0);
  expect((await syncStateOfReport(rig, built.reportId)).state).toBe('written');
});

test('from a value to the unit and the second of audio', async () => {
  const built = await report({
    units: [{ text: 'Hello.' }, { text: 'They are at proposal.', audioStartMs: 1500, audioEndMs: 3200 }],
    fields: [{ field: 'stage', value: 'proposal', unit: 2, confirmedById: repId }],
  });
  await rig.deliverAll();
  const record = await recordDetail(rig, await accountRecordId());
  const value = record?.fields.find(({ key }) => key === 'stage')?.current;
  expect(value).toMatchObject({
    display: 'proposal',
    origin: 'dictaline',
    confirmedBy: { id: repId },
    unit: { number: 2 },
  });
  expect(record?.children).toMatchObject([{ objectType: 'activity' }]);
  expect(await whereFrom(rig, value?.id ?? '')).toMatchObject({
    report: { id: built.reportId, reference: built.reference },
    unit: { number: 2, text: 'They are at proposal.', retired: false },
    transcriptVersion: 1,
    audio: { dictationId: built.dictationId, startMs: 1500, endMs: 3200 },
    speaker: { name: 'Ann Lee' },
  });
});

test('an edit that comes too late, does not fit or has no place is refused', async () => {
  await report(stage('proposal'));
  await rig.deliverAll();
  const recordId = await accountRecordId();
  const revision = (await recordDetail(rig, recordId))?.revision ?? 0;
  const edit = { recordId, field: 'stage', text: 'won', revision, requestId: randomUUID(), actorId: repId };
  await expect(editValue(rig, { ...edit, text: 'no such stage' })).rejects.toThrow(InvalidInput);
  await expect(editValue(rig, { ...edit, field: 'nothing' })).rejects.toThrow(NotFound);
  await expect(editValue(rig, { ...edit, recordId: randomUUID() })).rejects.toThrow(NotFound);
  expect(await editValue(rig, edit)).toEqual({ revision: revision + 1 });
  expect(await editValue(rig, edit)).toEqual({ revision: revision + 1 });
  await expect(editValue(rig, { ...edit, text: 'lost', requestId: randomUUID() })).rejects.toThrow(Conflict);
});

test('a report that turned out to be about another customer stands with that one, though none of its words changed', async () => {
  const content = {
    units: [{ text: 'They want a pump.', codes: ['need'] }],
    fields: [{ field: 'stage', value: 'proposal', unit: 1 }],
  };
  const built = await report(content);
  await rig.deliverAll();
  const owner = async () => {
    const record = await rig.database.prisma.crmRecord.findFirstOrThrow({
      where: { objectType: 'activity', externalKey: `report-${built.reportId}` },
      include: { accountRecord: true },
    });
    return record.accountRecord?.externalKey;
  };
  expect(await owner()).toBe(KEY);
  const other = await buildAccount(rig.database, { name: 'Dale Mill', externalId: 'a2' });
  const { version } = await correctReport(rig.database, built, { ...content, accountId: other.id });
  await rig.enqueue(built.reportId, version);
  await rig.deliverAll();
  expect(await owner()).toBe('a2');
  expect((await rig.fieldsOf('account', 'a2')).stage).toBe('proposal');
  expect(await rig.fieldsOf('account', KEY)).not.toHaveProperty('stage');
});
