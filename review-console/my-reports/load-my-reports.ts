import { openPromisesOfSpeaker } from '../../insight/today/promises.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { listNotices } from '../../transcription/closing/notices.ts';
import type { Pager } from '../render/paging.ts';
import { pageOf, toPager } from '../render/paging.ts';

const PAGE_SIZE = 20;
const PROMISES = 8;

/** What a person said that is not a report yet: still held, or with the people who write it down. */
async function loadUnderWay({ prisma }: Pick<Database, 'prisma'>, speakerId: string) {
  const dictations = await prisma.dictation.findMany({
    where: {
      speakerId,
      status: { in: ['held', 'submitted'] },
      contributionId: null,
      checkOfId: null,
      report: null,
    },
    orderBy: { startedAt: 'desc' },
    take: 50,
    select: {
      id: true,
      reference: true,
      status: true,
      startedAt: true,
      durationSeconds: true,
      urgent: true,
      job: { select: { status: true, dueAt: true } },
    },
  });
  return dictations.map(({ job, ...dictation }) => ({
    ...dictation,
    state: stateOf(dictation.status, job?.status),
    dueAt: job?.dueAt ?? null,
  }));
}

/** What is happening to it, in words. */
function stateOf(dictation: string, job: string | undefined): string {
  if (dictation === 'held') return 'on hold; call in to go on or to send it';
  if (job === 'claimed') return 'being written down now';
  if (job === 'on_hold') return 'set aside, with a question';
  if (job === 'preparing') return 'the recording is being checked';
  if (job === 'closed') return 'closed without a report';
  return 'waiting to be written down';
}

/** A rep's own reports, newest first, each with who has read it and what was answered; what they promised. */
export async function loadMyReports(
  deps: Pick<Platform, 'database' | 'clock'>,
  { userId, page, url }: { userId: string; page: number; url: string },
) {
  const { prisma } = deps.database;
  const where = { speakerId: userId };
  const [closed, underWay, promises, total, unread, rows] = await Promise.all([
    listNotices(deps.database, userId, deps.clock.now()),
    loadUnderWay({ prisma }, userId),
    openPromisesOfSpeaker(deps, userId),
    prisma.report.count({ where }),
    prisma.report.count({ where: { ...where, firstReadAt: null } }),
    prisma.report.findMany({
      where,
      orderBy: [{ finalizedAt: 'desc' }, { id: 'desc' }],
      ...pageOf(page, PAGE_SIZE),
      include: {
        account: { select: { id: true, name: true } },
        dictation: { select: { reference: true } },
        units: {
          where: { retired: false, codes: { some: { codeKey: { notIn: ['admin'] } } } },
          orderBy: [{ startOffset: 'asc' }, { number: 'asc' }],
          take: 2,
          select: { number: true, text: true },
        },
        // What the speaker reads oneself is not "read by".
        reads: {
          where: { userId: { not: userId } },
          orderBy: { readAt: 'asc' },
          select: { readAt: true, user: { select: { name: true } } },
        },
        replies: {
          orderBy: { createdAt: 'asc' },
          select: {
            id: true,
            text: true,
            createdAt: true,
            author: { select: { name: true } },
            hearings: { where: { userId }, select: { acknowledgedAt: true } },
          },
        },
      },
    }),
  ]);
  const pager: Pager = toPager(url, { page, pageSize: PAGE_SIZE, total });
  return {
    closed,
    underWay,
    promises: promises.slice(0, PROMISES),
    promiseCount: promises.length,
    overdueCount: promises.filter((promise) => promise.overdue).length,
    reports: rows,
    total,
    unread,
    pager,
  };
}
