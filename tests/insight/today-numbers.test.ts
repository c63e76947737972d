import { afterAll, beforeAll, expect, test } from 'vitest';
import { listReports } from '../../insight/today/report-lists.ts';
import { type Figure, todayNumbers } from '../../insight/today/today-numbers.ts';
import type { Viewer } from '../../insight/viewer.ts';
import { createSettableClock } from '../../platform/clock.ts';
import { buildReport, buildUser } from '../support/build-report.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let db: TestDatabase;
let manager: Viewer;
let rep: Viewer;
let ids: Record<string, string>;
/** Tuesday noon in New York. */
const clock = createSettableClock(new Date('2026-03-10T16:00:00Z'));

beforeAll(async () => {
  db = await createTestDatabase();
  const { database } = db;
  manager = { id: (await buildUser(database, { roles: ['manager'] })).id, roles: ['manager'] };
  rep = { id: (await buildUser(database)).id, roles: ['rep'] };
  const build = async (report: Parameters<typeof buildReport>[1]) =>
    (await buildReport(database, report)).reportId;
  ids = {
    // Just before and just after midnight in New York.
    yesterday: await build({ calledAt: at('2026-03-10T03:00Z'), finalizedAt: at('2026-03-10T03:59Z') }),
    today: await build({ calledAt: at('2026-03-10T03:30Z'), finalizedAt: at('2026-03-10T04:01Z') }),
    own: await build({
      speakerId: rep.id,
      calledAt: at('2026-03-10T13:00Z'),
      finalizedAt: at('2026-03-10T15:00Z'),
    }),
    // A week ago before and after noon, a meeting on the day before the call.
    weekAgo: await build({
      calledAt: at('2026-03-03T14:00Z'),
      finalizedAt: at('2026-03-03T15:00Z'),
      meetingDate: '2026-03-02',
      firstReadAt: at('2026-03-04T15:00Z'),
      firstRepliedAt: at('2026-03-04T18:00Z'),
    }),
    weekAgoLater: await build({ calledAt: at('2026-03-03T17:30Z'), finalizedAt: at('2026-03-03T18:00Z') }),
  };
  await database.prisma.reportRead.createMany({
    data: [
      { reportId: ids.weekAgo ?? '', userId: manager.id, readAt: at('2026-03-04T15:00Z') },
      { reportId: ids.today ?? '', userId: manager.id, readAt: at('2026-03-10T15:00Z') },
    ],
  });
});
afterAll(() => db.drop());

function at(time: string): Date {
  return new Date(time);
}

const numbers = (viewer: Viewer) => todayNumbers({ database: db.database, clock }, viewer);
const behind = async (viewer: Viewer, figure: Figure) =>
  (await listReports({ database: db.database }, viewer, figure.list, figure.period)).map(
    ({ reportId }) => reportId,
  );

test('a rep sees numbers of own reports only', async () => {
  const { reportsIn, unreadByAll, meetingToReportHours } = await numbers(rep);
  expect(reportsIn.value).toBe(1);
  expect(await behind(rep, reportsIn)).toEqual([ids.own]);
  expect(unreadByAll.value).toBe(1);
  expect(meetingToReportHours).toMatchObject({ value: 2, n: 1 });
});

test('today begins at midnight where the manager is, and is compared with the same hours a week ago', async () => {
  const { reportsIn } = await numbers(manager);
  expect(reportsIn).toMatchObject({ value: 2, previous: 1 });
  expect((await behind(manager, reportsIn)).sort()).toEqual([ids.today, ids.own].sort());
});

test('unread is what this manager, or every manager, has not opened; and the list shows exactly that', async () => {
  const { unreadByMe, unreadByAll, oldestUnread } = await numbers(manager);
  expect(unreadByMe).toMatchObject({ value: 3, previous: 1 });
  expect((await behind(manager, unreadByMe)).sort()).toEqual(
    [ids.yesterday, ids.own, ids.weekAgoLater].sort(),
  );
  expect(unreadByAll.value).toBe(4);
  expect(oldestUnread).toMatchObject({ reportId: ids.weekAgoLater, hours: 166 });
});

test('hours run from the end of the meeting, from the report to its reading, from there to the reply', async () => {
  const { meetingToReportHours, reportToReadHours, readToReplyHours } = await numbers(manager);
  const listed = await listReports(
    { database: db.database },
    manager,
    meetingToReportHours.list,
    meetingToReportHours.period,
  );
  // 17:00 in New York on March 2 to 15:00 UTC on March 3 are 17 hours; that report left the seven days an hour ago.
  expect(listed.map(({ hours }) => Number(hours?.toFixed(2)))).toEqual([2, 0.98, 0.52, 0.5]);
  expect(meetingToReportHours.value).toBeCloseTo(0.75, 2);
  expect(meetingToReportHours).toMatchObject({ previous: 17, n: 4 });
  expect(reportToReadHours).toMatchObject({ value: 24, n: 1, previous: null });
  expect(readToReplyHours).toMatchObject({ value: 3, n: 1, previous: null });
});
