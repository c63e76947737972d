import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { countReport, recountDays } from '../../insight/counts/count-report.ts';
import { TIME_ZONE_SETTING } from '../../insight/time-zone.ts';
import { buildReport, correctReport } from '../support/build-report.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  await db.database.prisma.dailyCount.deleteMany();
  await db.database.prisma.thoughtUnit.deleteMany();
  await db.database.prisma.report.deleteMany();
});
afterAll(() => db.drop());

const count = (reportId: string) => db.database.prisma.$transaction((tx) => countReport(tx, { reportId }));

async function counts(): Promise<Record<string, number>> {
  const rows = await db.database.prisma.dailyCount.findMany();
  return Object.fromEntries(
    rows.map((row) => [
      `${row.day.toISOString().slice(0, 10)} ${row.region} ${row.dimension} ${row.key}`.trim(),
      row.count,
    ]),
  );
}

const pricing = { text: 'The price is up,', codes: ['pricing', 'objection-risk'] };

test('a report counts once for each thing it speaks of, however often it does', async () => {
  const report = await buildReport(db.database, {
    region: 'North',
    units: [pricing, pricing, { text: 'no', codes: [{ code: 'need', certainty: 'refused' }] }],
    fields: [
      { field: 'product', value: 'p1', display: 'Pump' },
      { field: 'new_competitor', value: 'Acme', display: 'Acme' },
      { field: 'competitor', value: 'k1', display: 'Other', certainty: 'refused' },
      { field: 'stage', value: 'proposal' },
    ],
  });
  await count(report.reportId);
  await count(report.reportId);
  expect(await counts()).toEqual({
    '2026-03-02 North reports': 1,
    '2026-03-02 North code pricing': 1,
    '2026-03-02 North code objection-risk': 1,
    '2026-03-02 North product p1': 1,
    '2026-03-02 North competitor Acme': 1,
  });
});

test('a correction takes away what it does not say any more', async () => {
  const other = await buildReport(db.database, { region: 'North', units: [pricing] });
  const report = await buildReport(db.database, { region: 'North', units: [pricing] });
  await count(other.reportId);
  await count(report.reportId);
  await correctReport(db.database, report, { units: [{ text: 'They need it.', codes: ['need'] }] });
  await count(report.reportId);
  expect(await counts()).toEqual({
    '2026-03-02 North reports': 2,
    '2026-03-02 North code pricing': 1,
    '2026-03-02 North code objection-risk': 1,
    '2026-03-02 North code need': 1,
  });
});

test('reports finalized at the same time are all counted', async () => {
  const reports = [];
  for (let index = 0; index < 8; index += 1)
    reports.push(await buildReport(db.database, { region: 'South', units: [pricing] }));
  await Promise.all(reports.map(({ reportId }) => count(reportId)));
  expect(await counts()).toMatchObject({ '2026-03-02 South reports': 8, '2026-03-02 South code pricing': 8 });
});

test('a transaction that fails leaves no count', async () => {
  const report = await buildReport(db.database, { units: [pricing] });
  const failing = db.database.prisma.$transaction(async (tx) => {
    await countReport(tx, report);
    throw new Error('later step failed');
  });
  await expect(failing).rejects.toThrow('later step failed');
  expect(await counts()).toEqual({});
});

test('days are those of the company, and can be counted anew when its time zone changes', async () => {
  const report = await buildReport(db.database, { calledAt: new Date('2026-03-03T03:00:00Z'), units: [] });
  await count(report.reportId);
  expect(await counts()).toEqual({ '2026-03-02  reports': 1 });
  await db.database.prisma.setting.create({ data: { key: TIME_ZONE_SETTING, value: 'Europe/Berlin' } });
  await db.database.prisma.$transaction((tx) => recountDays(tx, { from: '2026-03-01', to: '2026-03-05' }));
  expect(await counts()).toEqual({ '2026-03-03  reports': 1 });
});
