import { afterAll, beforeAll, expect, test } from 'vitest';
import { countReport } from '../../insight/counts/count-report.ts';
import { customerPage, customerTimeline } from '../../insight/customer/customer-page.ts';
import { customersGoneQuiet } from '../../insight/today/gone-quiet.ts';
import { openPromisesOfSpeaker, promisesDueThisWeek } from '../../insight/today/promises.ts';
import { todayNumbers } from '../../insight/today/today-numbers.ts';
import { topicReports, topics } from '../../insight/today/topics.ts';
import { unreadDigests } from '../../insight/today/unread-digests.ts';
import type { Viewer } from '../../insight/viewer.ts';
import { createSettableClock } from '../../platform/clock.ts';
import {
  buildAccount,
  buildContact,
  buildReport,
  buildUser,
  type ReportToBuild,
} from '../support/build-report.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let db: TestDatabase;
let manager: Viewer;
let ann: Viewer;
let other: Viewer;
/** Tuesday, March 10. */
const clock = createSettableClock(new Date('2026-03-10T16:00:00Z'));
const ids: Record<string, string> = {};

const deps = () => ({ database: db.database, clock });
const daysAgo = (days: number) => new Date(clock.now().getTime() - days * 24 * 3600_000);

async function build(name: string, report: ReportToBuild): Promise<void> {
  const { reportId } = await buildReport(db.database, { speakerId: ann.id, ...report });
  await db.database.prisma.$transaction((tx) => countReport(tx, { reportId }));
  ids[name] = reportId;
}

beforeAll(async () => {
  db = await createTestDatabase();
  const { database } = db;
  manager = { id: (await buildUser(database, { roles: ['manager'] })).id, roles: ['manager'] };
  ann = { id: (await buildUser(database, { name: 'Ann Lee' })).id, roles: ['rep'] };
  other = { id: (await buildUser(database)).id, roles: ['rep'] };
  const mill = await buildAccount(database, { name: 'Hill Mill' });
  const farm = await buildAccount(database, { name: 'Quiet Farm' });
  const joe = await buildContact(database, { accountId: mill.id, name: 'Joe Hill', title: 'Buyer' });
  ids.mill = mill.id;
  ids.farm = farm.id;
  await database.prisma.competitor.create({ data: { externalId: 'k1', name: 'Acme' } });

  // Reports before: one in five speaks of prices, none of delivery.
  for (let index = 0; index < 20; index += 1) {
    await build(`before${index}`, {
      calledAt: daysAgo(10 + index),
      units: [
        { text: 'Hello', codes: ['admin'] },
        { text: 'The price', codes: [index % 5 === 0 ? 'pricing' : 'need'] },
      ],
      accountId: index % 5 === 0 ? farm.id : null,
    });
  }
  await database.prisma.reportRead.createMany({
    data: (await database.prisma.report.findMany()).map(({ id }) => ({
      reportId: id,
      userId: manager.id,
      readAt: daysAgo(1),
    })),
  });
  for (let index = 0; index < 5; index += 1) {
    await build(`late${index}`, {
      calledAt: daysAgo(index + 0.1),
      accountId: mill.id,
      units: [
        { text: 'Hello.', codes: ['admin'] },
        { text: 'They like it.', codes: ['product-feedback'] },
        { text: 'It came two weeks late.', codes: ['service-delivery'] },
        { text: 'Acme is cheaper.', codes: ['competitor', 'pricing'] },
      ],
      fields: [
        { field: 'competitor', value: 'k1', display: 'Acme', unit: 4 },
        {
          field: 'amount',
          value: { value: 50, of: 'price', currency: 'USD' },
          display: '$50 (price)',
          unit: 4,
        },
      ],
      contactIds: index === 0 ? [joe.id] : [],
      newContacts: index < 2 ? ['Max'] : [],
    });
  }
  await build('promise', {
    calledAt: daysAgo(0.2),
    accountId: mill.id,
    units: [{ text: 'They will order.', codes: ['commitment'] }],
    nextSteps: [
      { text: 'done', due: '2026-03-11', doneAt: daysAgo(0) },
      { text: 'refused', due: '2026-03-11', certainty: 'refused' },
      { text: 'next week', due: '2026-03-16' },
      { text: 'on Sunday', due: '2026-03-15', unit: 1 },
      { text: 'yesterday', due: '2026-03-09', owner: 'customer' },
      { text: 'last week', due: '2026-03-08' },
      { text: 'some day' },
    ],
  });
  await build('urgent', {
    calledAt: daysAgo(0.1),
    urgent: true,
    units: [{ text: 'Call me.', codes: ['admin'] }],
  });
  await build('plain', {
    calledAt: daysAgo(6),
    units: [{ text: 'Nothing new.', codes: ['account-background'] }],
  });
});
afterAll(() => db.drop());

test('another rep gets nothing of all this', async () => {
  expect(await unreadDigests(deps(), other)).toEqual([]);
  expect(await promisesDueThisWeek(deps(), other)).toEqual([]);
  expect(await customersGoneQuiet(deps(), other)).toEqual([]);
  expect((await topics(deps(), other)).topics).toEqual([]);
  const page = await customerPage(deps(), other, ids.mill ?? '');
  expect(page).toMatchObject({
    reports: 0,
    meetings: [],
    promises: [],
    complaints: [],
    competitors: [],
    prices: [],
    codes: [],
  });
  expect(page?.people).toEqual([expect.objectContaining({ name: 'Joe Hill', mentions: 0, lastAt: null })]);
  expect(await customerTimeline(deps(), other, ids.mill ?? '')).toEqual([]);
});

test('unread reports stand in order of urgency, and are as many as the number says', async () => {
  const digests = await unreadDigests(deps(), manager);
  expect(digests.map(({ reportId }) => reportId)).toEqual(
    ['urgent', 'late4', 'late3', 'late2', 'late1', 'late0', 'promise', 'plain'].map((name) => ids[name]),
  );
  expect((await todayNumbers(deps(), manager)).unreadByMe.value).toBe(digests.length);
  expect(digests[1]).toMatchObject({
    account: { name: 'Hill Mill' },
    because: 'service-delivery',
    units: [
      { number: 3, text: 'It came two weeks late.', codes: ['service-delivery'] },
      { number: 4, text: 'Acme is cheaper.', codes: ['competitor', 'pricing'] },
    ],
    nextStep: null,
  });
  expect(digests[1]?.codes).toContainEqual({ key: 'pricing', units: 1 });
  expect(digests[6]).toMatchObject({
    because: 'commitment',
    nextStep: { text: 'last week', due: '2026-03-08' },
  });
  expect(digests[7]).toMatchObject({ because: null });
});

test('digests come in pages', async () => {
  const all = await unreadDigests(deps(), manager);
  const pages = [
    await unreadDigests(deps(), manager, { limit: 5 }),
    await unreadDigests(deps(), manager, { limit: 5, offset: 5 }),
  ];
  expect(pages.flat()).toEqual(all);
});

test('what is talked about more than usual is told from what is merely talked about', async () => {
  const { topics: found, now } = await topics(deps(), manager);
  expect(now).toEqual({ from: '2026-03-04', to: '2026-03-10' });
  const delivery = found.find(({ key }) => key === 'service-delivery');
  expect(delivery).toMatchObject({
    more: true,
    now: { mentions: 5, reports: 8 },
    before: { mentions: 0, reports: 20 },
  });
  expect(delivery?.explanation).toContain('In 5 of 8 reports of the last seven days, in 0 of 20');
  expect(found.find(({ key }) => key === 'k1')).toMatchObject({
    dimension: 'competitor',
    label: 'Acme',
    more: true,
  });
  expect(found.find(({ key }) => key === 'commitment')).toMatchObject({ more: false, now: { mentions: 1 } });
  expect(found.some(({ key }) => key === 'admin')).toBe(false);
});

test('behind each topic are exactly the reports that it counts, kept or counted on the spot', async () => {
  const kept = await topics(deps(), manager);
  const own = await topics(deps(), ann);
  expect(own.topics).toEqual(kept.topics);
  for (const topic of kept.topics) {
    for (const [share, days] of [
      [topic.now, kept.now],
      [topic.before, kept.before],
    ] as const) {
      const listed = await topicReports(deps(), manager, { ...topic, ...days });
      expect(listed).toHaveLength(share.mentions);
      expect(listed.every(({ units }) => units.length > 0)).toBe(true);
    }
  }
});

test('promises of this week are those not done, overdue ones marked', async () => {
  const promises = await promisesDueThisWeek(deps(), manager);
  expect(promises.map(({ text, overdue }) => [text, overdue])).toEqual([
    ['yesterday', true],
    ['on Sunday', false],
  ]);
  expect(promises[1]).toMatchObject({
    account: { name: 'Hill Mill' },
    unit: { number: 1 },
    due: '2026-03-15',
  });
});

test('what a rep has promised is theirs alone, what is done left out', async () => {
  const speaker = (await db.database.prisma.report.findUniqueOrThrow({ where: { id: ids.promise ?? '' } }))
    .speakerId;
  const own = await openPromisesOfSpeaker(deps(), speaker ?? '');
  expect(own.map(({ text, position }) => [text, position])).toEqual([
    ['last week', 5],
    ['yesterday', 4],
    ['on Sunday', 3],
    ['next week', 2],
    ['some day', 6],
  ]);
  // A manager sees everything elsewhere; what they promised themselves is nothing.
  expect(await openPromisesOfSpeaker(deps(), manager.id)).toEqual([]);
});

test('a customer has gone quiet when the silence is long for this customer', async () => {
  const quiet = await customersGoneQuiet(deps(), manager);
  expect(quiet).toEqual([]);
  const later = { database: db.database, clock: createSettableClock(new Date('2026-03-25T16:00:00Z')) };
  expect(await customersGoneQuiet(later, manager)).toEqual([
    expect.objectContaining({
      account: { id: ids.farm, name: 'Quiet Farm' },
      days: 25,
      usualDays: 5,
      reports: 4,
      explanation: 'Nothing for 25 days; usually there is a report every 5 days.',
    }),
  ]);
});

test('the customer page gathers what is known, each with its unit', async () => {
  const page = await customerPage(deps(), manager, ids.mill ?? '');
  expect(page?.reports).toBe(6);
  expect(page?.meetings).toHaveLength(6);
  expect(page?.promises.map(({ text }) => text)).toEqual([
    'last week',
    'yesterday',
    'on Sunday',
    'next week',
    'some day',
  ]);
  expect(page?.complaints.map(({ text }) => text)).toEqual(Array(5).fill('It came two weeks late.'));
  expect(page?.people.map(({ name, title, mentions }) => [name, title, mentions])).toEqual([
    ['Joe Hill', 'Buyer', 1],
    ['Max', null, 2],
  ]);
  expect(page?.competitors).toMatchObject([{ key: 'k1', name: 'Acme', reports: 5 }]);
  expect(page?.prices).toHaveLength(5);
  expect(page?.prices[0]).toMatchObject({
    display: '$50 (price)',
    unit: { number: 4, text: 'Acme is cheaper.' },
  });
  for (const { key, units } of page?.codes ?? []) {
    expect(await customerTimeline(deps(), manager, ids.mill ?? '', { code: key })).toHaveLength(units);
  }
});

test('there is no page of an account that does not exist', async () => {
  expect(await customerPage(deps(), manager, '019b0000-0000-7000-8000-000000000000')).toBeNull();
});
