import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchUnits } from '../../insight/search/search-units.ts';
import type { Viewer } from '../../insight/viewer.ts';
import { createSettableClock } from '../../platform/clock.ts';
import { buildAccount, buildContact, buildReport, buildUser } from '../support/build-report.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let db: TestDatabase;
let manager: Viewer;
let ann: Viewer;
let bob: Viewer;
const clock = createSettableClock(new Date('2026-03-10T18:00:00Z'));

beforeAll(async () => {
  db = await createTestDatabase();
  const { database } = db;
  manager = { id: (await buildUser(database, { roles: ['manager'] })).id, roles: ['manager'] };
  ann = { id: (await buildUser(database, { name: 'Ann Lee', region: 'North' })).id, roles: ['rep'] };
  bob = { id: (await buildUser(database, { name: 'Bob Ray' })).id, roles: ['rep'] };
  const mill = await buildAccount(database, { name: 'Hill Mill', externalId: 'a1' });
  const joe = await buildContact(database, { accountId: mill.id, name: 'Joe Hill' });
  await database.prisma.product.create({
    data: { externalId: 'p1', name: 'Pump One', aliases: ['the pump'] },
  });
  await buildReport(database, {
    speakerId: ann.id,
    accountId: mill.id,
    contactIds: [joe.id],
    region: 'North',
    calledAt: new Date('2026-03-02T15:00:00Z'),
    units: [
      { text: 'I met Joe.', codes: ['admin'] },
      { text: 'The lead time for the <b>big</b> valves is too long,', codes: ['service-delivery'] },
      {
        text: 'and the price is twelve percent up.',
        codes: ['pricing', { code: 'objection-risk', certainty: 'refused' }],
      },
    ],
    fields: [{ field: 'product', value: 'p1', display: 'Pump One', unit: 3 }],
  });
  await buildReport(database, {
    speakerId: bob.id,
    region: 'South',
    calledAt: new Date('2026-03-09T15:00:00Z'),
    units: [
      { text: 'They time every delivery,', codes: ['need'] },
      { text: 'and a lead came out of it.', codes: ['opportunity'] },
    ],
  });
});
afterAll(() => db.drop());

const search = (viewer: Viewer, q: string, more = {}) =>
  searchUnits({ database: db.database, clock }, viewer, { q, ...more });
const texts = (result: Awaited<ReturnType<typeof search>>) =>
  result.found.map(({ passages }) => passages.map(({ text }) => text).join(''));

test('a rep finds only what that rep said, in results, totals and counts', async () => {
  const own = await search(bob, 'lead');
  expect(texts(own)).toEqual(['and a lead came out of it.']);
  expect(own.total).toEqual({ units: 1, reports: 1 });
  expect(own.byRep.map(({ label }) => label)).toEqual(['Bob Ray']);
  expect(own.byRegion.map(({ key }) => key)).toEqual(['South']);
  expect((await search(bob, 'rep:ann')).total.units).toBe(0);
  expect((await search(manager, 'lead')).total).toEqual({ units: 2, reports: 2 });
});

test('hits are marked, text is left as it is, and neighbors and audio come with it', async () => {
  const { found } = await search(manager, '"lead time"');
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    number: 2,
    before: 'I met Joe.',
    after: 'and the price is twelve percent up.',
    codes: ['service-delivery'],
    account: { name: 'Hill Mill' },
    audio: { startMs: 4000, endMs: 8000 },
  });
  expect(found[0]?.passages).toEqual([
    { text: 'The ', hit: false },
    { text: 'lead', hit: true },
    { text: ' ', hit: false },
    { text: 'time', hit: true },
    { text: ' for the <b>big</b> valves is too long,', hit: false },
  ]);
});

test.each([
  ['code:pricing', 1],
  ['code:objection-risk', 0],
  ['code:pricing,need', 2],
  ['-code:admin rep:"Ann Lee"', 2],
  ['rep:bob', 2],
  ['region:north', 3],
  ['customer:a1', 3],
  ['customer:hill', 3],
  ['customer:h_ll', 0],
  ['person:"joe hill"', 3],
  ['product:"the pump"', 1],
  ['product:p1 price', 1],
  ['competitor:p1', 0],
  ['after:2026-03-05', 2],
  ['before:2026-03-05', 3],
  ['on:2026-03-02', 3],
  ['after:7d', 2],
  ['delivery or valves', 2],
  ['lead -time', 1],
  ['the', 5],
])('%s finds %i', async (q, units) => {
  const result = await search(manager, q);
  expect(result.total.units).toBe(units);
  expect(result.found).toHaveLength(units);
});

test('pages give every unit once, and the total stays', async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof search>> = await search(manager, '', { cursor, limit: 2 });
    expect(page.total.units).toBe(5);
    seen.push(...page.found.map(({ unitId }) => unitId));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toHaveLength(5);
  expect(new Set(seen).size).toBe(5);
});

test('a cursor that was tampered with begins at the start', async () => {
  expect((await search(manager, '', { cursor: 'nonsense' })).found).toHaveLength(5);
});
