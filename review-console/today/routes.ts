import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { listReports, type ReportList } from '../../insight/today/report-lists.ts';
import { todayNumbers } from '../../insight/today/today-numbers.ts';
import { topicReports } from '../../insight/today/topics.ts';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { loadCodeLabels } from '../codebook/code-labels.ts';
import { plural } from '../view-helpers/amounts.ts';
import { loadToday } from './load-today.ts';

const PAGE_SIZE = 50;

const LISTS: Record<ReportList, string> = {
  in: 'Reports in today',
  unread_by_me: 'Unread by you',
  unread_by_all: 'Read by no manager yet',
  timeliness: 'From meeting to report, seven days',
  first_read: 'From report to first reading, seven days',
  first_reply: 'From reading to reply, seven days',
};

const listQuery = z.object({
  list: z.enum(['in', 'unread_by_me', 'unread_by_all', 'timeliness', 'first_read', 'first_reply']),
  page: z.coerce.number().int().min(1).max(1000).catch(1),
});
const topicQuery = z.object({
  dimension: z.enum(['code', 'product', 'competitor']),
  key: z.string().min(1).max(200),
  from: z.iso.date(),
  to: z.iso.date(),
});

/** `/today`: what should I know, and whom do I owe an answer? With the lists behind its numbers. */
export function serveToday(app: FastifyInstance, platform: Pick<Platform, 'database' | 'clock'>): void {
  const onlyManagers = { preHandler: requireRole('manager') };

  app.get('/today', onlyManagers, async (request, reply) => {
    const today = await loadToday(platform, userOf(request));
    return reply.page('views/today', {
      title: today.unread > 0 ? `(${today.unread}) Today` : 'Today',
      nav: 'today',
      ...today,
    });
  });

  app.get('/today/reports', onlyManagers, async (request, reply) => {
    const user = userOf(request);
    const parsed = listQuery.safeParse(request.query);
    if (!parsed.success) throw new NotFound('no such list of reports');
    const { list, page } = parsed.data;
    const numbers = await todayNumbers(platform, user);
    const figures = [
      numbers.reportsIn,
      numbers.unreadByMe,
      numbers.unreadByAll,
      numbers.meetingToReportHours,
      numbers.reportToReadHours,
      numbers.readToReplyHours,
    ];
    const figure = figures.find((each) => each.list === list);
    if (!figure) throw new NotFound('no such list of reports');
    const reports = await listReports(platform, user, list, figure.period, {
      limit: PAGE_SIZE,
      offset: (page - 1) * PAGE_SIZE,
    });
    const address = (to: number) => `/today/reports?list=${list}&page=${to}`;
    return reply.page('views/today-reports', {
      title: LISTS[list],
      nav: 'today',
      summary: plural(figure.n, 'report'),
      measured: figure.list !== 'in' && !figure.list.startsWith('unread'),
      reports: reports.map((report) => ({
        ...report,
        spanMs: report.hours === null ? null : report.hours * 3_600_000,
      })),
      previous: page > 1 ? address(page - 1) : null,
      next: page * PAGE_SIZE < figure.n ? address(page + 1) : null,
    });
  });

  app.get('/today/topic', onlyManagers, async (request, reply) => {
    const parsed = topicQuery.safeParse(request.query);
    if (!parsed.success) throw new NotFound('no such topic');
    const { dimension, key, from, to } = parsed.data;
    const [reports, labelOf, name] = await Promise.all([
      topicReports(platform, userOf(request), parsed.data),
      loadCodeLabels(platform.database),
      nameOf(platform, dimension, key),
    ]);
    return reply.page('views/today-topic', {
      title: name ?? (dimension === 'code' ? labelOf(key) : key),
      nav: 'today',
      from,
      to,
      reports,
      searchFor: `${dimension}:${key}`,
    });
  });
}

/** The name of a product or competitor by the company's own id. */
async function nameOf(
  { database: { prisma } }: Pick<Platform, 'database'>,
  dimension: z.infer<typeof topicQuery>['dimension'],
  key: string,
): Promise<string | null> {
  const where = { where: { externalId: key }, select: { name: true } };
  if (dimension === 'product') return (await prisma.product.findUnique(where))?.name ?? null;
  if (dimension === 'competitor') return (await prisma.competitor.findUnique(where))?.name ?? null;
  return null;
}
