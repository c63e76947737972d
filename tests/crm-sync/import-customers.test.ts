import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editValue } from '../../crm-sync/builtin-crm/edit-value.ts';
import { ensureBuiltinConnector } from '../../crm-sync/builtin-crm/ensure-builtin.ts';
import { importCustomers } from '../../crm-sync/builtin-crm/import-customers.ts';
import { fieldHistory, findRecordId, listRecords, recordDetail } from '../../crm-sync/builtin-crm/records.ts';
import { createSettableClock, type SettableClock } from '../../platform/clock.ts';
import { buildAccount, buildContact, buildUser } from '../support/build-report.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const clock = createSettableClock(new Date('2026-03-02T18:00:00Z'));
let db: TestDatabase & { clock: SettableClock };
beforeAll(async () => {
  db = { ...(await createTestDatabase()), clock };
});
afterAll(() => db.drop());

test('several starts at once make one built-in CRM, and what was changed there stays', async () => {
  const ids = await Promise.all([1, 2, 3].map(() => ensureBuiltinConnector(db.database)));
  expect(new Set(ids).size).toBe(1);
  const { prisma } = db.database;
  const mappings = await prisma.fieldMapping.count();
  expect(mappings).toBeGreaterThan(0);
  await prisma.fieldMapping.updateMany({ where: { source: 'stage' }, data: { closedAt: new Date() } });
  await prisma.crmField.updateMany({ where: { key: 'stage' }, data: { label: 'Sales stage' } });
  await ensureBuiltinConnector(db.database);
  expect(await prisma.fieldMapping.count()).toBe(mappings);
  expect(await prisma.fieldMapping.count({ where: { source: 'stage', closedAt: null } })).toBe(0);
  expect((await prisma.crmField.findFirstOrThrow({ where: { key: 'stage' } })).label).toBe('Sales stage');
});

test('customers are brought in once, follow their changes, and leave what a person wrote', async () => {
  const { database } = db;
  const account = await buildAccount(database, {
    externalId: 'a1',
    name: 'Hill Mill',
    city: 'Hereford',
    region: 'North',
  });
  await buildContact(database, { externalId: 'c1', accountId: account.id, name: 'Joe Hill', title: 'Buyer' });
  expect(await importCustomers(db)).toEqual({ changed: 2 });
  expect(await importCustomers(db)).toEqual({ changed: 0 });

  const recordId = (await findRecordId(db, 'account', 'a1')) ?? '';
  const actor = await buildUser(database);
  const revision = (await recordDetail(db, recordId))?.revision ?? 0;
  await editValue(db, {
    recordId,
    field: 'city',
    text: 'Dimmitt',
    revision,
    requestId: randomUUID(),
    actorId: actor.id,
  });
  await database.prisma.account.update({
    where: { id: account.id },
    data: { name: 'Hill & Sons', city: 'Amarillo', region: 'South' },
  });
  expect(await importCustomers(db)).toEqual({ changed: 1 });
  const detail = await recordDetail(db, recordId);
  const currentOf = (key: string) => detail?.fields.find((field) => field.key === key)?.current;
  expect(detail?.name).toBe('Hill & Sons');
  expect(currentOf('city')).toMatchObject({ display: 'Dimmitt', origin: 'person' });
  expect(currentOf('region')).toMatchObject({ display: 'South', origin: 'import' });
  expect(detail?.children).toMatchObject([
    { objectType: 'contact', name: 'Joe Hill', account: { name: 'Hill & Sons' } },
  ]);

  // A value that comes back after another took its place is a change like any other.
  await database.prisma.account.update({ where: { id: account.id }, data: { region: 'North' } });
  expect(await importCustomers(db)).toEqual({ changed: 1 });
});

test('records are found by name and by what their fields say, in pages with a true total', async () => {
  for (const name of ['Alder', 'Birch', 'Cedar']) await buildAccount(db.database, { name, city: '50% Lake' });
  await importCustomers(db);
  const first = await listRecords(db, { objectType: 'account', limit: 3 });
  expect(first.total).toBe(4);
  expect(first.records.map(({ name }) => name)).toEqual(['Alder', 'Birch', 'Cedar']);
  const second = await listRecords(db, { objectType: 'account', limit: 3, after: first.next });
  expect(second.records.map(({ name }) => name)).toEqual(['Hill & Sons']);
  expect(second.next).toBeNull();
  expect((await listRecords(db, { objectType: 'account', search: 'dimm' })).total).toBe(1);
  expect((await listRecords(db, { objectType: 'account', search: '50%' })).total).toBe(3);
  expect((await listRecords(db, { objectType: 'account', search: '5_%' })).total).toBe(0);
});

test('records and values carry the time of the clock, also what they take the place of', async () => {
  const { database } = db;
  const account = await buildAccount(database, { externalId: 'a9', name: 'Old Mill', city: 'Lamesa' });
  const imported = new Date('2026-01-05T15:00:00Z');
  clock.set(imported);
  await importCustomers(db);
  const recordId = (await findRecordId(db, 'account', 'a9')) ?? '';
  expect(await recordDetail(db, recordId)).toMatchObject({ updatedAt: imported });
  const edited = new Date('2026-02-09T15:00:00Z');
  clock.set(edited);
  await editValue(db, {
    recordId,
    field: 'city',
    text: 'Seminole',
    revision: 1,
    requestId: randomUUID(),
    actorId: (await buildUser(database)).id,
  });
  expect(await recordDetail(db, recordId)).toMatchObject({ updatedAt: edited });
  expect(await fieldHistory(db, { recordId, field: 'city' })).toMatchObject([
    { value: 'Seminole', setAt: edited, supersededAt: null },
    { value: 'Lamesa', setAt: imported, supersededAt: edited },
  ]);
  const { createdAt } = await database.prisma.crmRecord.findUniqueOrThrow({ where: { id: recordId } });
  expect(createdAt).toEqual(imported);
  await database.prisma.account.update({ where: { id: account.id }, data: { active: false } });
});
